"""What holds for every test: a fixed day, no settings of the user's, work shared by all; and golden files."""

from __future__ import annotations

import faulthandler
import functools
import gc
import importlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import settings
from tests.examples import MANY, part
from tests.freeze_rules import FROZEN
from tests.reading import Once, Parsed, opening_once

import ehrpay.places.gazetteer  # noqa: F401 - takes the shipped folder's name before a test changes it
from ehrpay import shipped
from ehrpay.rules import cache, finding, judging
from ehrpay.rules.checks import ids
from ehrpay.rules.shape import layout
from ehrpay.strict import source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A user's own overlays must not change what the tests see, in this process or in those they start.
os.environ["XDG_CONFIG_HOME"] = os.devnull
os.environ.pop("EHRPAY_RULES", None)
os.environ.pop("EHRPAY_NO_CONFIG", None)
# Nor must the day: today is this day, here and in every process that a test starts.
os.environ["EHRPAY_TODAY"] = "2026-11-23"
# Unbuffered output would hide what a program fails to write out before it ends.
os.environ.pop("PYTHONUNBUFFERED", None)
# In the background of a shell Ctrl-C is ignored, by what is started there, too.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# Where Python is told to write no bytecode, every process would compile all modules again.
if sys.dont_write_bytecode:
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(Path(__file__).parents[1] / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Without EHRPAY_TEST_MANY the same examples are tried every time.
settings.register_profile("few", max_examples=part(250), derandomize=True, deadline=None, database=None)
settings.register_profile("many", deadline=None, print_blob=True)
settings.load_profile("many" if MANY else "few")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the golden files anew")


def pytest_configure(config: pytest.Config) -> None:
    """One cache for the compiled rules of this session, for all workers and the processes that tests start."""
    if not hasattr(config, "workerinput"):
        cache = tempfile.mkdtemp(prefix="ehrpay-tests-")
        os.environ["EHRPAY_CACHE"] = cache
        config.add_cleanup(lambda: shutil.rmtree(cache, ignore_errors=True))


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Where a worker crashes, it writes what each of its threads was doing to a file of its own."""
    if hasattr(session.config, "workerinput"):
        file = Path(os.environ["EHRPAY_CACHE"], f"fault-{os.getpid()}")
        faulthandler.enable(file.open("w", encoding="utf-8"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Among other output that a crash would be lost in, it stands at the end."""
    for file in Path(os.environ["EHRPAY_CACHE"]).glob("fault-*"):
        terminalreporter.write(file.read_text("utf-8"))


def pytest_collection_finish() -> None:
    """What collecting made lives to the end: looking through it for garbage costs a fifth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


# Before any other module takes these names.
once = Once(source.read_bytes)
for place, name, kept in (
    (source, "read_bytes", once.reader()),
    (finding, "read_bytes", once.reader(shared=True)),
    (layout, "walk", once.walk(layout.walk)),
    (layout, "branches", once.walk(layout.branches)),
    (ids, "references", once.references(ids.references)),
    (judging, "judge", once.judge(judging.judge)),
    (cache, "json", Parsed()),
    (typer.main, "get_command", functools.cache(typer.main.get_command)),
):
    setattr(place, name, kept)
shelf: Any = importlib.import_module("ehrpay.rules.show.shelf")
shelf.open_shelf = opening_once(shelf.open_shelf)


@pytest.fixture(scope="module")
def frozen_rules() -> Iterator[Path]:
    """The rules of a day stand for the shipped ones, so that screens change only when the program does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shipped, "folder", lambda: FROZEN)
        yield FROZEN


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the file of a name in the test's own `snapshots` folder."""
    folder = request.path.parent / "snapshots"

    def check(name: str, text: str) -> None:
        file = folder / name
        if request.config.getoption("--update-snapshots"):
            folder.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        assert file.exists(), f"no golden file {file}; run pytest --update-snapshots and read it"
        assert text == file.read_bytes().decode("utf-8")

    return check

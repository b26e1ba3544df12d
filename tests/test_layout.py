"""The shape of the house that linters can't hold: sizes, names, who writes, and what a run imports."""

from __future__ import annotations

import ast
import os
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.each import each
from tests.program import clean, ehrpay

if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = Path(__file__).parents[1] / "src" / "ehrpay"
MODULES = sorted(SRC.rglob("*.py"))
LONGEST, LARGEST = 300, 12
"""Lines of a module, and modules of a room."""
LONG_FUNCTION = 21
"""Nineteen functions of twenty have at most so many lines."""
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}
HEAVY = {"importlib.metadata", "platformdirs", "polars", "pydantic", "pydantic_core", "rich", "yaml"}
ESTIMATE = ["estimate", "--agency", "va", "--years", "5", "--cert", "rhit", "--as-of", "2026-11-23"]
RUN = "import sys; from ehrpay.cli.main import run; code = run(sys.argv[1:])"
TELL = "print(*sys.modules, file=sys.stderr)"


def imported(code: str, *args: str, cache: Path) -> set[str]:
    """The modules a fresh interpreter holds after running some code, which must not fail."""
    env = {**os.environ, "EHRPAY_CACHE": str(cache)}
    for name in ("EHRPAY_DEBUG", "FORCE_COLOR"):
        env.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-c", code, *args], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_there_are_modules_to_guard() -> None:
    assert len(MODULES) > 30


@each("path", MODULES)
def test_a_module_is_short_and_its_name_says_something(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
    assert not NAMES_THAT_SAY_NOTHING & {
        part.strip("_") for part in path.relative_to(SRC).with_suffix("").parts
    }


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement below a node, at any depth; no function is defined in an expression."""
    for one in ast.iter_child_nodes(node):
        if not isinstance(one, ast.expr):
            yield one
            yield from statements(one)


def test_functions_are_short() -> None:
    lengths = [
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in statements(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    ]
    assert statistics.quantiles(lengths, n=20)[-1] <= LONG_FUNCTION


def test_a_room_holds_few_modules() -> None:
    rooms = Counter(path.parent for path in MODULES if path.name != "__init__.py")
    assert {str(room): count for room, count in rooms.items() if count > LARGEST} == {}


def test_only_the_command_line_writes_to_the_terminal() -> None:
    writers = {path.relative_to(SRC).parts[0] for path in MODULES if "sys.std" in path.read_text("utf-8")}
    # Where the program starts, Ctrl-C has to be answered before the command line is there.
    assert writers == {"cli", "__main__.py"}


def test_importing_the_library_loads_nothing_else(tmp_path: Path) -> None:
    """The public names arrive when they are used."""
    found = imported(f"import sys, ehrpay; {TELL}", cache=tmp_path)
    assert {name for name in found if name.startswith("ehrpay")} == {"ehrpay"}
    assert not HEAVY & found


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache that a first run leaves."""
    cache = tmp_path_factory.mktemp("cache")
    assert ehrpay(*ESTIMATE, env=clean(EHRPAY_CACHE=str(cache))).returncode == 0
    return cache


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (["--json"], set()),
        (["--format", "plain"], set()),
        (["--format", "table", "--color", "always"], {"rich"}),
    ],
    ids=["json", "plain", "table"],
)
def test_an_estimate_imports_only_what_it_needs(wanted: list[str], allowed: set[str], filled: Path) -> None:
    """With the rules cached, neither YAML nor pydantic is loaded, and Rich only to draw a table."""
    found = imported(f"{RUN}; {TELL}; sys.exit(code)", *ESTIMATE, *wanted, cache=filled)
    assert "ehrpay.domain.estimate.pricing" in found
    assert HEAVY & found == allowed


def test_rules_that_are_not_cached_are_judged(tmp_path: Path) -> None:
    """The guard above can fail: without a cache the same run does load YAML and pydantic."""
    found = imported(f"{RUN}; {TELL}; sys.exit(code)", *ESTIMATE, "--json", cache=tmp_path)
    assert {"yaml", "pydantic"} <= found


def test_help_and_wrong_use_read_no_rules_at_all(tmp_path: Path) -> None:
    """What a person sees most while learning is quick."""
    for args in (["estimate", "--help"], ["estimate", "--years", "5", "--years", "6"]):
        found = imported(f"{RUN}; {TELL}", *args, cache=tmp_path)
        assert not (HEAVY | {"ehrpay.api"}) & found

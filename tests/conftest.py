"""Golden files: `pytest --update-snapshots` writes them anew; look at the difference before you keep it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


# A user's own overlays must not change what the tests see, in this process or in those they start.
os.environ["XDG_CONFIG_HOME"] = os.devnull
os.environ.pop("EHRPAY_RULES", None)
# Nor must the day: today is this day, here and in every process that a test starts.
os.environ["EHRPAY_TODAY"] = "2026-11-23"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-snapshots", action="store_true", help="write the golden files anew")


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

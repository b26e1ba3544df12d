"""docs/accuracy.md says what the rules of today give: whoever makes them better or worse sees it as a difference."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

TOOLS = Path(__file__).parents[2] / "tools"


def test_the_page_is_what_the_rules_give(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python tools/accuracy.py` writes it, and so does `pytest --update-snapshots`."""
    monkeypatch.syspath_prepend(str(TOOLS))
    import accuracy

    text = accuracy.page()
    if request.config.getoption("--update-snapshots"):
        accuracy.main()
    assert accuracy.PAGE.read_text("utf-8") == text, "run python tools/accuracy.py and look at the difference"
    sys.modules.pop("accuracy", None)

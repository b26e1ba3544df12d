"""docs/accuracy.md says what the rules of today give: whoever makes them better or worse sees it as a difference."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay import load_rulebook
from ehrpay.api.backtests import backtest
from ehrpay.domain.backtest.result import weak
from ehrpay.domain.facts import in_force
from ehrpay.observed.read import path, read

if TYPE_CHECKING:
    import pytest

    from ehrpay.domain.backtest.result import Stratum

AS_OF = "2026-01-15"
TOOLS = Path(__file__).parents[2] / "tools"
NEAR = 1_600
"""In 1/10,000: a role half of whose estimates are this near may have a confidence of medium (docs/method.md)."""


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


def test_a_role_has_the_confidence_its_estimates_earn() -> None:
    file = path()
    book = load_rulebook(AS_OF)
    strata = backtest(read(file.name, file.read_bytes()), book).strata
    poor = weak(strata)

    def earned(one: Stratum) -> bool:
        error = one.measures.error
        return error.value <= NEAR and error.low is not None and one not in poor

    steady = {one.value for one in strata if one.field == "role" and earned(one)}
    found = {role: in_force(level.values, AS_OF) for role, level in book.levels("role").items()}
    words = {role: fact.confidence for role, fact in found.items() if fact is not None}
    assert {role for role, word in words.items() if word == "medium"} == steady
    assert {word for role, word in words.items() if role not in steady} == {"low"}

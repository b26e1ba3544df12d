"""The three steps of a federal rate: the base, what the locality adds, and the cap, each with its own story."""

from __future__ import annotations

from ehrpay import Profile, estimate, load_rulebook


def steps(grade: int, step: int, locality: str) -> dict[str, tuple[int, int]]:
    """The change and the running total of each step, in whole dollars, of a cell on 2026-11-23."""
    profile = Profile(agency="va", grade=grade, step=step, locality=locality)
    answer = estimate(profile, load_rulebook("2026-11-23"))
    return {step.id: (step.change_cents // 100, step.total_cents // 100) for step in answer.steps}


def test_a_rate_above_level_iv_is_cut_to_it() -> None:
    """GS-15 step 10 in San Francisco: 164,301 and 46.34 % is 240,438; the Executive Schedule allows 197,200."""
    assert steps(15, 10, "SF") == {
        "base-rate": (164_301, 164_301),
        "locality-pay": (76_137, 240_438),
        "pay-cap": (-43_238, 197_200),
    }


def test_a_rate_below_level_iv_shows_no_cap() -> None:
    assert list(steps(8, 3, "DEN")) == ["base-rate", "locality-pay"]


def test_the_locality_says_its_sum() -> None:
    answer = estimate(Profile(agency="va", grade=15, step=10, locality="SF"), load_rulebook("2026-11-23"))
    [locality] = [step for step in answer.steps if step.id == "locality-pay"]
    assert locality.story.formula == "164,301 x 1.4634 = 240,438, rounded to the dollar"

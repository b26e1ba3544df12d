"""The market method's own rules: the word of confidence, titles, bands by their evidence, growth by occupation."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.each import each

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.domain.market.ageing import Ageing
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook

METHOD = Path(__file__).parents[2] / "docs/method.md"
BOOK = load_rulebook("2026-11-23")


@each(
    ("day", "said", "word", "reason"),
    [
        ("2025-05-31", {"location": "Colorado", "years": "9"}, "medium", "Experience"),
        ("2025-05-31", {}, "medium", "place not specified"),
        ("2025-05-31", {"location": "Colorado"}, "medium", "neither years nor level specified"),
        ("2026-11-23", {"location": "Colorado", "level": "ii"}, "medium", "projected"),
        ("2026-11-23", {"location": "Colorado", "role": "coder", "years": "9"}, "medium", "Medical coder"),
        ("2026-11-23", {"location": "Colorado", "role": "director", "years": "9"}, "low", "Director"),
        ("2023-06-01", {"agency": "ssa"}, "low", "Published band 50,000 to 100,000"),
        ("2026-11-23", {"agency": "ssa"}, "medium", "projected"),
        ("2026-11-23", {"role": "coder", "years": "30", "setting": "payer", "degree": "master"}, "medium", "coder"),
    ],
)  # fmt: skip
def test_the_word_is_that_of_the_weakest_link(day: str, said: dict[str, Any], word: str, reason: str) -> None:
    answer = estimate(Profile(**said), load_rulebook(day), method="market")
    assert answer.confidence.word == word
    assert reason in answer.confidence.reason


def test_an_acting_cap_makes_it_low() -> None:
    said = Profile(
        role="coder", years=30, setting="payer", degree="master", certs=("cpma", "ccs", "rhia"), location="CO"
    )
    answer = estimate(said, BOOK)
    assert any(step.id == "cap" and step.change_cents < 0 for step in answer.steps)
    assert answer.confidence.word == "low"


def test_nothing_that_rests_on_an_assumption_is_high() -> None:
    for day in ("2021-05-31", "2024-05-31", "2025-05-31"):
        book = load_rulebook(day)
        for said in (Profile(location="CO", years=9), Profile(location="CO", level="senior")):
            answer = estimate(said, book)
            assert any(step.story.basis == "assumption" for step in answer.steps if step.story.said)
            assert answer.confidence.word != "high"


@each(
    ("title", "role", "level"),
    [
        ("Coder III", "coder", "senior"),
        ("coder 1", "coder", "entry"),
        ("Senior medical coder", "coder", "senior"),
        ("Entry-level HIM specialist", "specialist", "entry"),
        ("Associate Auditor", "auditor", "entry"),
        ("lead coder", "lead", None),
        ("Coder", "coder", None),
    ],
)
def test_a_title_has_a_role_and_perhaps_a_level(title: str, role: str, level: str | None) -> None:
    read = estimate(Profile(role=title), BOOK).profile
    assert (read.role, read.level) == (role, level)
    assert estimate(Profile(role=title), BOOK) == estimate(Profile(role=role, level=level), BOOK)


@pytest.mark.parametrize(
    ("profile", "field", "words"),
    [
        (Profile(role="Senior Coder II"), "role", "names two levels"),
        (Profile(role="Coder II", level="lead"), "level", "conflicts with the title"),
        (Profile(role="Plumber III"), "role", "'Plumber III'"),
        (Profile(role=" ".join(["i"] * 30)), "role", "role"),
        (Profile(level="seniorr"), "level", "did you mean 'senior'"),
    ],
)
def test_what_a_title_may_not_be(profile: Profile, field: str, words: str) -> None:
    with pytest.raises(UsageError, match=re.escape(words)) as caught:
        estimate(profile, BOOK)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("day", "applied", "why"),
    [
        ("2023-06-01", True, ""),
        ("2024-06-30", True, ""),
        ("2024-07-01", False, "due for review by 2024-06-30"),
        ("2026-11-23", False, "contradicted since 2024-12-31"),
    ],
)
def test_a_reported_band_acts_until_it_is_contradicted_or_due_for_review(
    day: str, *, applied: bool, why: str
) -> None:
    book = load_rulebook(day)
    answer = estimate(Profile(agency="ssa", role="roi", location="Mississippi"), book)
    assert answer.band is not None
    assert (answer.band_applied, answer.band.held_back) == (applied, why)
    forced = estimate(Profile(agency="ssa", role="roi", location="Mississippi"), book, apply_band=True)
    assert forced.percentiles.p10 >= 50_000
    [line] = [step for step in forced.steps if step.id == "band"]
    assert line.story.label.startswith("Published band 50,000 to 100,000 moved P10, P25, P50")
    assert forced.confidence.word == "low"
    assert (answer.percentiles == forced.percentiles) is applied
    assert any("applied as asked" in warning for warning in forced.warnings) is not applied


def rows(text: str) -> list[list[str]]:
    """The ageing table of docs/method.md."""
    table = text.partition("<!-- ageing -->")[2].partition("\n\n")[0]
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if "-" in line
    ][1:]


def predicted(book: Rulebook, occupation: str) -> list[str]:
    """Each May from the May before, by the occupation's share of the index and by the whole, in percent too high."""
    ageing, share = Ageing(book.rules.ageing), book.wages.growth_share(occupation)
    wages = sorted(book.rules.occupations[occupation].wages, key=lambda wage: wage.effective)
    found = []
    for before, after in pairwise(wages):
        whole = ageing.factor(before.effective, after.effective)
        over = [
            before.value.p50 * one.factor.middle / after.value.p50 / 100 - 100
            for one in (whole.less(share), whole)
        ]
        found.append(" / ".join(f"{part:+.1f}" for part in over))
    return found


def test_the_handbook_has_what_each_share_would_have_said_of_each_past_may() -> None:
    for occupation in BOOK.rules.occupations:
        share = BOOK.wages.growth_share(occupation)
        wanted = [
            occupation,
            f"{(share.value.middle if share else 10_000) / 10_000:.2f}",
            *predicted(BOOK, occupation),
        ]
        assert wanted in rows(METHOD.read_text("utf-8")), wanted

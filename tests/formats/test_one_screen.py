"""The default answer of `estimate`: a sentence first, and all of it on a screen of 80 x 24."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from tests.each import each
from tests.examples import swept
from tests.formats import samples

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.domain.estimate.result import BAND, MINIMUM_WAGE, Percentiles
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate import Answer
from ehrpay.formats.estimate.sentences import opening, tied
from ehrpay.formats.estimate.steps import folded
from ehrpay.formats.writers import Screen, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay import Rulebook

    Golden = Callable[[str, str], None]

pytestmark = pytest.mark.usefixtures("frozen_rules")

LINES = 23
"""What a screen of 24 lines shows above the next prompt."""

CODER = Profile(role="coder", years="5", certs=("ccs",), location="Denver, CO")
PROFILES = {
    "plain": Profile(),
    "coder": CODER,
    "va": CODER._replace(agency="va"),
    "va-step": Profile(agency="va", grade=8, step=3, location="Denver"),
    "ssa": Profile(agency="ssa"),
    "private": CODER._replace(agency="private"),
}
WHOLE = CODER._replace(degree="bachelor", setting="hospital", ehr=("epic", "oracle-health"), work="remote")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook("2026-11-28")


def shown(
    book: Rulebook, profile: Profile, offer: str | None = None, period: str = "year", **screen: bool | int
) -> str:
    answer = estimate(profile, book, offer=offer)
    view = Answer(answer, book.sources, period, answer.verdict)
    return write(view, "table", Screen(int(screen.get("width", 80)), bool(screen.get("unicode", True))))


@pytest.mark.parametrize("offer", swept([None, "52000", "25/h", "70000", "300000"]))
@pytest.mark.parametrize("name", [*PROFILES, "whole", "whole-va"])
def test_the_default_answer_fits_80_by_24_with_an_offer_too(
    book: Rulebook, name: str, offer: str | None
) -> None:
    others = {"whole": WHOLE, "whole-va": WHOLE._replace(agency="va", setting=None)}
    profile = (PROFILES | others)[name]
    for period in ("year", "hour"):
        lines = shown(book, profile, offer, period).splitlines()
        assert len(lines) <= LINES
        assert max(map(cell_len, lines)) <= 80
        assert lines[-1].startswith("More: add --explain")
        assert any(line.startswith("Confidence") for line in lines)
        assert sum(line.startswith("Offer ") for line in lines) == (offer is not None)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", ["coder", "va", "whole"])
def test_the_answer_at_common_widths(book: Rulebook, golden: Golden, name: str, width: int) -> None:
    profile = (PROFILES | {"whole": WHOLE})[name]
    for charset, unicode in {"unicode": True, "ascii": False}.items():
        text = shown(book, profile, "52000", width=width, unicode=unicode)
        assert max(map(cell_len, text.splitlines())) <= width
        assert unicode or text.isascii()
        golden(f"one-screen-{name}-{width}-{charset}.txt", text)


@each("width", swept([80, 100, 120]))
def test_how_the_grade_came_about_ends_with_a_whole_clause(book: Rulebook, width: int) -> None:
    """As in the first command of the README; what doesn't fit stands under `--explain`."""
    profile = Profile(agency="va", years="5", certs=("rhit",))
    answer = estimate(profile, book)
    assert answer.grade is not None
    whole = f"{answer.grade.rate.label} in the middle; {'; '.join(answer.grade.reasons)}"
    lines = shown(book, profile, width=width).splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("Grade "))
    rest = next(n for n, line in enumerate(lines) if n > first and not line.startswith(" "))
    told = " ".join(" ".join(lines[first:rest]).split()).removeprefix("Grade ")
    assert f"{whole}; ".startswith(f"{told}; ")
    assert told.count("; ") >= 1


def test_the_answer_opens_with_one_plain_sentence() -> None:
    points = Percentiles(40_000, 52_120, 53_770, 55_880, 60_000)
    about = samples.plainest()._replace(percentiles=points)
    assert (
        opening(about, Period("year", 2080))
        == "About $53,800 a year; half of people like this earn $52,100 to $55,900."
    )
    assert (
        opening(about, Period("hour", 2080))
        == "About $25.90 an hour; half of people like this earn $25.10 to $26.90."
    )
    assert opening(about, Period("month", 2080)).startswith("About $4,480 a month; ")


@each("name", PROFILES)
def test_every_answer_opens_with_its_sentence_in_every_form(book: Rulebook, name: str) -> None:
    answer = estimate(PROFILES[name], book)
    view, sentence = Answer(answer, book.sources), opening(answer, Period("year", answer.hours))
    assert write(view, "table", Screen()).replace("\n", " ").startswith(sentence)
    assert write(view, "plain", Screen()).splitlines()[0] == f"answer\t{sentence}"
    assert sentence in write(view, "markdown", Screen()).replace("\\", "")
    assert view.record()["sentence"] == sentence


def test_where_a_band_or_the_minimum_wage_cuts_the_range_no_half_of_people_is_said(book: Rulebook) -> None:
    """Whom a bound moved lies on it, so that more or fewer than a quarter earn what is beyond."""
    banded = estimate(
        Profile(agency="va", role="director", years="20"), book, method="market", apply_band=True
    )
    assert "half of people" not in opening(banded, Period("year", 2080))
    assert opening(banded, Period("year", 2080)).endswith(", cut to the employer's band.")
    step = next(one for one in banded.steps if one.id == BAND)
    raised = banded._replace(steps=(step._replace(id=MINIMUM_WAGE),))
    assert opening(raised, Period("year", 2080)).endswith(", cut to the minimum wage.")
    far = step._replace(story=step.story._replace(points=("P10", "P90")))
    assert "half of people" in opening(banded._replace(steps=(far,)), Period("year", 2080))


def test_an_offer_above_an_employers_band_is_told_where_the_band_ends(book: Rulebook) -> None:
    banded = estimate(
        Profile(agency="va", role="director", years="20"),
        book,
        method="market",
        apply_band=True,
        offer="400000",
    )
    assert banded.band is not None
    said = f"The employer's band ends at ${banded.band.maximum:,}."
    text = write(Answer(banded, book.sources, "year", banded.verdict), "plain", Screen())
    assert said in text
    assert "people like this earn less" not in text


def test_an_exact_amount_of_the_pay_table_is_not_about(book: Rulebook) -> None:
    assert re.match(
        r"\$\d\d,\d{3} a year: the pay table's amount for GS-8 step 3\.", shown(book, PROFILES["va-step"])
    )


def test_tied_percentiles_are_said() -> None:
    points = Percentiles(40_000, 52_000, 53_770, 53_770, 60_000)
    answer = samples.plainest()._replace(percentiles=points)
    assert tied(answer) == "P50 (the middle) and P75 are the same amount"
    assert "Tied        P50 (the middle) and P75" in write(Answer(answer, {}), "table", Screen())
    assert tied(samples.plainest()) == ""


def test_a_warning_only_when_the_number_it_warns_of_was_used(book: Rulebook) -> None:
    kept_out = estimate(PROFILES["ssa"], book)
    assert kept_out.band is not None
    assert kept_out.band.contradicted
    assert not [text for text in kept_out.warnings if "contradicts" in text]
    applied = estimate(PROFILES["ssa"], book, apply_band=True)
    assert [text for text in applied.warnings if "contradicts" in text]


def test_a_band_that_moves_nothing_for_its_evidence_is_not_drawn_beside_the_range(book: Rulebook) -> None:
    kept_out = shown(book, PROFILES["ssa"])
    assert "not applied: contradicted" in " ".join(kept_out.split())
    assert not [line for line in kept_out.splitlines() if line.startswith("band")]
    assert [line for line in shown(book, PROFILES["va"]).splitlines() if line.startswith("band")]


def test_the_ratios_of_an_offer_stand_under_explain_and_in_json(book: Rulebook) -> None:
    answer = estimate(CODER, book, offer="52000")
    view = Answer(answer, book.sources, offer=answer.verdict)
    assert "compa-ratio" not in write(view, "table", Screen())
    assert "compa-ratio" in write(view._replace(explain=True), "table", Screen())
    assert {"compa_ratio", "penetration"} <= view.record()["offer"].keys()


def test_steps_that_have_no_room_are_one_row_and_the_totals_still_add_up(book: Rulebook) -> None:
    rows = [
        re.search(r"([+-]?[\d,]+) +([\d,]+)(?:  \w+)?$", line)
        for line in shown(book, WHOLE, "52000").split("How the")[1].splitlines()[1:]
    ]
    amounts = [[int(text.replace(",", "")) for text in row.groups()] for row in rows if row]
    assert sum(change for change, _ in amounts) == amounts[-1][1]


def test_steps_folded_into_one_row_keep_their_numbers_whole() -> None:
    """Each is named by its label up to a comma between words, a colon or a bracket."""
    labels = (
        "Base",
        "EHR skills: Epic",
        "Published band 50,000 to 66,000",
        "RHIT, a credential",
        "Ohio (2024)",
    )
    rows = tuple(doc.Row((label, "+1,000", "9,000", "", "")) for label in labels)
    grid = doc.Grid(
        tuple(map(doc.Column, "abcde")), (*rows, doc.Row(("= middle", "", "", "", ""), strong=True))
    )
    made = folded(grid, 1)
    assert made.rows[1].cells[:2] == (
        "4 steps: EHR skills, Published band 50,000 to 66,000, RHIT, Ohio",
        "+4,000",
    )

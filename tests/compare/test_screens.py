"""What people read: golden screens at every width, and what no screen may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from rich.cells import cell_len
from tests.compare.offers import AS_OF, HOSPITAL, PAYER, PERSON, THREE, VA, said
from tests.examples import swept

from ehrpay import Rulebook, compare, load_rulebook
from ehrpay.domain.package.terms import OfferTerms
from ehrpay.formats import writers
from ehrpay.formats.compare import SideBySide

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Golden = Callable[[str, str], None]

pytestmark = pytest.mark.usefixtures("frozen_rules")

FOUR = (*THREE, HOSPITAL._replace(name="Gem State Clinic", base=said(6_120_000), sign_on=None, match=None))
BARE = OfferTerms("Optum", PERSON._replace(location="Boise, ID"), "--offer 1", base=said(6_100_000))
HOSTILE = (
    VA._replace(name="[bold]VA[/] \x1b[31m|`*_#$ <script>"),
    HOSPITAL._replace(name="病院 ボイシ \u202e evil"),
    PAYER._replace(name="x" * 90),
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def drawn(book: Rulebook, offers: Sequence[OfferTerms], name: str = "table", /, **told: Any) -> str:
    screen = writers.Screen(width=told.pop("width", 80), unicode=told.pop("unicode", True))
    explain = told.pop("explain", False)
    return writers.write(SideBySide(compare(offers, book, **told), book.sources, explain), name, screen)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_three_offers(book: Rulebook, golden: Golden, width: int) -> None:
    text = drawn(book, THREE, width=width, home="Denver")
    assert max(map(cell_len, text.splitlines())) <= width
    golden(f"three-{width}.txt", text)


@pytest.mark.parametrize(
    ("name", "offers", "told"),
    [
        ("four-80", FOUR, {"home": "Denver"}),
        ("one-80", (VA,), {}),
        ("years-80", THREE, {"home": "Denver", "years": 3}),
        ("weights-80", THREE, {"weights": "package=3,percentile=1,leave=1"}),
        ("ascii-80", THREE, {"home": "Denver", "unicode": False}),
        ("five-80", (*FOUR, BARE), {"home": "Denver"}),
        ("explain-80", THREE, {"home": "Denver", "explain": True}),
        ("stated-80", (*THREE, BARE), {"assume": ["none"]}),
    ],
)
def test_other_tables(
    book: Rulebook, golden: Golden, name: str, offers: tuple[OfferTerms, ...], told: dict[str, Any]
) -> None:
    text = drawn(book, offers, **told)
    assert max(map(cell_len, text.splitlines())) <= 80
    assert told.get("unicode", True) or text.isascii()
    golden(f"{name}.txt", text)


@pytest.mark.parametrize(
    ("name", "file"), [("plain", "plain.txt"), ("markdown", "markdown.md"), ("csv", "csv.csv")]
)
def test_other_formats(book: Rulebook, golden: Golden, name: str, file: str) -> None:
    text = drawn(book, THREE, name, home="Denver")
    golden(file, re.sub(book.version, "RULES", text))


UNEVEN = (
    VA,
    HOSPITAL._replace(bonus=said(332_500)),
    PAYER._replace(bonus=None, match=None, leave=None, holidays=None, hours=None),
)


@pytest.mark.parametrize("offers", [THREE, UNEVEN], ids=["stated", "uneven"])
def test_three_offers_fit_one_screen(book: Rulebook, offers: tuple[OfferTerms, ...]) -> None:
    """With a bonus that one letter alone states, too: a row and a warning more."""
    text = drawn(book, offers, width=80, home="Denver")
    assert len(text.splitlines()) < 50
    assert text.splitlines()[-1] == "More: add --explain for assumptions, sources and market ranges"


def test_more_than_four_offers_are_rows(book: Rulebook) -> None:
    five = drawn(book, (*FOUR, BARE))
    assert "paid leave" not in five
    assert "paid leave" in drawn(book, FOUR)
    assert "paid leave" in drawn(book, (*FOUR, BARE), explain=True)


def test_what_was_not_given_reads_not_specified_hours_too(book: Rulebook) -> None:
    """In every row: a letter with a base alone has one number."""
    rows = [
        line.rstrip() for line in drawn(book, [BARE], assume=["none"], width=120).splitlines() if "  " in line
    ]
    named = {row.split("  ")[0]: row.split("  ")[-1].strip() for row in rows}
    for label in ("paid leave, days", "sick leave, days", "holidays, days", "hours a week"):
        assert named[label] in ("not specified", "hours not specified")
    assert re.search(r"Optum +61,000 +61,000 +not specified", "\n".join(rows))
    assert "per hour" not in "\n".join(rows)
    assert "not specified (40)" in drawn(book, [BARE], width=120)


def test_hours_that_are_not_as_stated_stand_in_brackets(book: Rulebook) -> None:
    """An employer's published week and a usual holiday are no more stated here than in the rows below."""
    whole = PAYER._replace(leave=said(200), sick=said(50), holidays=said(80))
    rows = drawn(book, [VA, whole], width=120).splitlines()
    cells = {row.split()[1]: row.split()[-3] for row in rows if re.match(r"[12]  ", row)}
    assert re.fullmatch(r"\(1,\d{3}\)", cells["VA"])
    assert re.fullmatch(r"1,\d{3}", cells["Granite"])


@pytest.mark.parametrize("width", swept([20, 30, 45, 60, 61, 75, 80, 100, 200]))
@pytest.mark.parametrize("offers", [HOSTILE, (*HOSTILE, *THREE)], ids=["three", "six"])
def test_no_name_acts_and_no_amount_is_cut(
    book: Rulebook, offers: tuple[OfferTerms, ...], width: int
) -> None:
    text = drawn(book, offers, width=width, home="Denver", years=3, explain=True)
    assert max(map(cell_len, text.splitlines())) <= width
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "[bold]VA[/]" in text.replace("\n", "").replace(" ", "")
    for one in compare(offers, book, home="Denver", years=3).offers:
        package = one.package
        for figure in (package.base, package.package, package.total, package.adjusted, package.market):
            assert figure is not None
            assert re.search(rf"(?<![\d,]){figure.value:,}(?![\d,])", text), figure


@pytest.mark.parametrize("name", ["plain", "markdown"])
def test_names_are_cleaned_in_every_format(book: Rulebook, name: str) -> None:
    text = drawn(book, HOSTILE, name)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert name == "plain" or ("<script" not in text and r"\|" in text)


def test_all_bars_share_one_axis(book: Rulebook) -> None:
    """Each base's mark stands where the ruler says its amount is, to within a column."""
    lines = drawn(book, THREE, width=120, home="Denver", explain=True).splitlines()
    ruler = next(line for line in lines if line.count("┴") > 2)
    ticks = {m.start(): int(m[1]) * 1_000 for m in re.finditer(r"┴(\d+)k", ruler)}
    (first, low), (last, high) = min(ticks.items()), max(ticks.items())
    marks = [
        (line.index("▲"), int(m[1].replace(",", "")))
        for line in lines
        if (m := re.search(r"▲ ([\d,]+)", line))
    ]
    assert sorted(amount for _, amount in marks) == [66_500, 68_819, 71_760]
    for at, amount in marks:
        assert abs(at - (first + (amount - low) * (last - first) / (high - low))) <= 1


def test_a_name_without_end_is_cut_on_a_screen_and_whole_in_a_file(book: Rulebook) -> None:
    """Ten thousand letters would be a hundred lines of each heading."""
    name = "N" * 10_000
    offers = (VA._replace(name=name), PAYER)
    screen = drawn(book, offers)
    assert f"{'N' * 60}…" in screen
    assert "N" * 61 not in screen
    assert len(screen.splitlines()) < 70
    assert name in drawn(book, offers, "plain")
    assert name in drawn(book, offers, "json")

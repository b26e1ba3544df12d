"""Drawings say what they show: labels on their lines, broken bars, a key of the colors, one basis of money."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.report.reports import made
from tests.report.test_report import Page, cells

from ehrpay.formats.axis import scale
from ehrpay.formats.bars import PARTS, Bar, Chart
from ehrpay.formats.document import Column, Grid, Row
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.style import PAGE
from ehrpay.formats.page.svg import ruler
from ehrpay.formats.page.tables import table

if TYPE_CHECKING:
    from pathlib import Path

PERSON = ("--years", "5", "--cert", "rhit", "--location", "Denver")
OFFERS = """\
home: Denver
offers:
  - {name: Valley Hospital, base: 66500, premium: 8800, premium share: 80 %, location: "Boise, ID"}
  - {name: VA, agency: va, grade: 9, step: 1, location: Denver}
"""


@pytest.mark.parametrize(("low", "high"), [(5_000_000, 9_000_000), (4_890_000, 7_400_000), (0, 8_000_000)])
def test_every_axis_label_stands_on_its_line(low: int, high: int) -> None:
    """The first and the last too, which begin or end there."""
    behind, below = ruler(scale(low, high), 100)
    lines = re.findall(r'class="grid" x1="([\d.]+)%"', behind)
    labels = re.findall(r'class="tick" x="([\d.]+)%"', below)
    assert lines == labels
    assert len(lines) > 2


def test_a_waterfall_is_visibly_broken_and_says_so(tmp_path: Path) -> None:
    page = made(tmp_path, *PERSON).read_text("ascii")
    assert page.count('class="break"') == 2
    assert page.count('class="axis-break"') == 1
    assert page.count('class="total"') == 2
    assert "they begin at zero, the axis doesn&#x27;t" in page
    assert 'x="0.00%"' in re.findall(r'<rect class="total"[^>]*>', page)[0]


def test_stacked_bars_have_a_key_of_their_colors(tmp_path: Path) -> None:
    file = tmp_path / "offers.yaml"
    file.write_text(OFFERS, "utf-8")
    page = made(tmp_path, str(file)).read_text("ascii")
    keys = re.findall(r'<rect class="(part\d)"[^>]*height="12"/><text[^>]*>([^<]*)<', page)
    assert keys == [
        ("part1", "base"),
        ("part2", "employer match"),
        ("part3", "health premium"),
        ("part4", "pension"),
    ]
    assert all(f".{kind}{{fill:" in page for kind, _ in keys)


def test_a_page_has_one_basis_of_money_and_says_so(tmp_path: Path) -> None:
    """With a home every amount is at its prices, as the offers are ranked, and parts add up to their whole."""
    file = tmp_path / "offers.yaml"
    file.write_text(OFFERS, "utf-8")
    page = made(tmp_path, str(file)).read_text("ascii")
    assert "Amounts are at Denver, CO prices" in Page(page).text
    assert "Packages at Denver, CO prices, US dollars a year" in page
    assert "Market ranges and bases at Denver, CO prices" in page
    # Valley Hospital is second, in Boise.
    found = {row[0]: row[-1] for row in cells(page)}
    whole, *parts = (
        int("".join(re.findall(r"\d", found[name])))
        for name in ("like for like", "base", "employer match", "health premium")
    )
    assert found["Valley Hospital"] == "66,500"
    assert sum(parts) == whole
    assert re.search(rf'text-anchor="end">{whole:,}</text>', page)


def test_a_page_without_a_home_says_that_prices_are_not_counted(tmp_path: Path) -> None:
    file = tmp_path / "offers.yaml"
    file.write_text(OFFERS.replace("home: Denver\n", ""), "utf-8")
    page = made(tmp_path, str(file)).read_text("ascii")
    assert "Amounts are as paid there: the cost of living is not counted (--home)." in page
    assert "Packages, US dollars a year" in page


def test_a_word_of_a_label_is_never_broken() -> None:
    words = "role: Clinical documentation improvement specialist"
    chart = Chart("x", (Bar(PARTS, (0, 100), label=words, amount="70,752 to 98,040, middle 79,301"),))
    shown = re.findall(r'class="label"[^>]*>([^<]*)<', drawing(chart).marks)
    assert " ".join(shown) == words


def test_an_id_stands_as_it_is_typed() -> None:
    """No capital letter is put before what a list, a rule or a file is called."""
    typed, said = (table(Grid((Column(head),), (Row(("entry",)),))) for head in ("id", "What"))
    assert '<th scope="row" class="id">entry</th>' in typed
    assert '<th scope="row">entry</th>' in said
    assert "tbody th:not(.id)::first-letter" in PAGE

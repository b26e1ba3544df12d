"""The JSON of a comparison: its schema, and every figure traced to the file, a rule or other figures."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import ValidationError
from tests.compare.offers import AS_OF, HOSPITAL, THREE, said
from tests.schemas import contract

from ehrpay import Rulebook, compare, load_rulebook
from ehrpay.formats import writers
from ehrpay.formats.compare import SideBySide

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parent / "files" / "offers.yaml"
SCHEMA = contract("compare")
WAYS: dict[str, dict[str, Any]] = {
    "plain": {},
    "home": {"home": "Denver"},
    "years": {"home": "Denver", "years": 5},
    "stated": {"assume": ["none"]},
    "weights": {"weights": "package=3,percentile=1,leave=1"},
}
NOT_FIGURES = {"rank", "weights", "year", "years"}
"""Numbers that are an order or were asked for."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def told(book: Rulebook, way: str, offers: Any = THREE) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        writers.write(SideBySide(compare(offers, book, **WAYS[way]), book.sources), "json", writers.Screen())
    )
    return found


def froms(node: Any, figures: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    """Every `from` with its path and the figures its offer has; fails on a number that stands without one."""
    if isinstance(node, list):
        for n, one in enumerate(node):
            yield from froms(one, figures, f"{path}[{n}]")
    if not isinstance(node, dict):
        return
    figures = node.get("figures", figures)
    if "from" in node:
        yield path, node["from"], figures
    for key, value in node.items():
        number = isinstance(value, int) and not isinstance(value, bool)
        inside = "from" in node or path.endswith("percentiles")
        assert not number or inside or key in NOT_FIGURES, f"{path}.{key} comes from nowhere"
        if key not in ("from", "sources", "weights"):
            yield from froms(value, figures, f"{path}.{key}")


def leaves(origin: dict[str, Any], figures: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The files, rules and searches an origin comes down to, through other figures."""
    if "figure" in origin:
        figure = figures[origin["figure"]]
        yield from leaves(figure["from"], figures) if "from" in figure else ()
    elif origin.get("of"):
        for one in origin["of"]:
            yield from leaves(one, figures)
    else:
        yield origin


@pytest.mark.parametrize("way", WAYS)
def test_the_record_keeps_its_schema(book: Rulebook, way: str) -> None:
    SCHEMA.validate(told(book, way))
    SCHEMA.validate(told(book, way, THREE[:1]))


def test_the_schema_refuses_a_figure_from_nowhere(book: Rulebook) -> None:
    record = told(book, "home")
    del record["offers"][0]["figures"]["base"]["from"]
    with pytest.raises(ValidationError):
        SCHEMA.validate(record)


@pytest.mark.parametrize("way", WAYS)
def test_every_figure_comes_down_to_the_file_or_a_rule(book: Rulebook, way: str) -> None:
    record = told(book, way)
    lines = FILE.read_text(encoding="utf-8").splitlines()
    seen = 0
    for path, origin, figures in froms(record, {}):
        for leaf in leaves(origin, figures):
            seen += 1
            if "file" in leaf:
                name, line = leaf["file"].rsplit(":", 1)
                assert name == "offers.yaml", path
                assert 1 <= int(line) <= len(lines), path
            elif "rule" in leaf:
                stands(leaf, record, path)
            else:
                assert path in (".flip", ".headline"), (path, leaf)
    assert seen > 100


def stands(leaf: dict[str, Any], record: dict[str, Any], path: str) -> None:
    """The rule's file and line are there, and its sources are spelled out."""
    name, _, line = leaf["where"].partition(":")
    text = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert text[int(line) - 1 if line else 0].strip(), path
    assert leaf["sources"], path
    assert set(leaf["sources"]) <= set(record["sources"]), path


def test_a_benefit_names_the_very_line_of_its_rule(book: Rulebook) -> None:
    va = next(one for one in told(book, "plain")["offers"] if one["name"] == "VA Denver")
    rule = va["figures"]["pension_pays"]["from"]["of"][0]
    name, _, line = rule["where"].partition(":")
    assert rule["rule"] == "fers-employee-share"
    assert "percent: 4.40" in (ROOT / name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    assert va["figures"]["pension_pays"]["from"]["computed"] == "base x 4.40 %"


@pytest.mark.parametrize("way", WAYS)
def test_the_parts_sum_to_the_package(book: Rulebook, way: str) -> None:
    for one in told(book, way)["offers"]:
        figures = one["figures"]
        parts = ("base", "bonus", "retirement", "health", "loan_repayment", "pension")
        whole = figures.get("first_year", figures["package"])["value"]
        assert whole == sum(figures[part]["value"] or 0 for part in parts)


def test_the_years_sum_to_the_total(book: Rulebook) -> None:
    for one in told(book, "years")["offers"]:
        years, figures = one["by_year"], one["figures"]
        whole = sum(year["package"]["value"] for year in years) + (figures["sign_on"]["value"] or 0)
        assert len(years) == 5
        assert figures["total"]["value"] == whole
        assert years[0]["package"]["value"] == figures["first_year"]["value"]
    assert all(one["by_year"] == [] for one in told(book, "home")["offers"])


def test_what_is_not_said_is_null_and_never_zero(book: Rulebook) -> None:
    bare = HOSPITAL._replace(bonus_share=None, match=None, premium=None, leave=None, sign_on=None)
    record = told(book, "stated", [bare])
    figures = record["offers"][0]["figures"]
    for name in ("bonus", "retirement", "health", "loan_repayment", "sign_on"):
        assert figures[name]["value"] is None
        assert figures[name]["why"]
    assert figures["leave"] == {"days": None, "why": "not specified"}
    assert record["offers"][0]["gaps"] == ["bonus", "retirement", "health", "loan_repayment"]
    assert figures["package"]["value"] == figures["base"]["value"]


def test_a_part_said_to_be_nothing_is_no_gap(book: Rulebook) -> None:
    none = HOSPITAL._replace(bonus_share=None, bonus=said(0), loan_repayment=said(0), premium_share=said(0))
    one = told(book, "plain", [none])["offers"][0]
    assert one["gaps"] == []
    assert [one["figures"][name]["value"] for name in ("bonus", "health", "loan_repayment")] == [0, 0, 0]


def test_csv_is_a_row_an_offer(book: Rulebook) -> None:
    hostile = HOSPITAL._replace(name="=cmd|' /C calc'!A0")
    text = writers.write(
        SideBySide(compare([*THREE, hostile], book, home="Denver"), book.sources), "csv", writers.Screen()
    )
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4"]
    assert {row["name"] for row in rows} >= {"VA Denver", "'=cmd|' /C calc'!A0"}
    va = next(row for row in rows if row["name"] == "VA Denver")
    assert (va["base"], va["bonus"], va["pay_plan"], va["hourly"]) == ("68819", "", "GS-9 step 1", "49.35")

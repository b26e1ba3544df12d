"""Tables: rows of the right form, amounts that never fall, years and quarters without a hole."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.fields import LEAST, MOST
from ehrpay.rules.shape.market import AREA_COLUMNS, PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.finding import Files, Passage

INDEX = "ageing.yaml"
AREA_CODE = {"state": 2, "metro": 5, "nonmetro": 7}
QUARTERS = 4
FALL, LEAP = Decimal("0.8"), Decimal("1.2")


def percentiles(files: Files) -> Iterator[Finding]:
    """National percentiles never decrease."""
    for wage in files["occupations.yaml"].items("occupations", "wages"):
        published = (wage.at(p) for p in PERCENTILES if wage.data[p] is not None)
        for before, after in pairwise(published):
            if after.data < before.data:
                words = f"{after.path[-1]} {after.data} is below {before.path[-1]} {before.data}"
                yield Finding(after, "E306", words, other=before)


def quarters(files: Files) -> Iterator[Finding]:
    """The wage index has every quarter from its first to its last, in order."""
    for before, after in pairwise(one.at("quarter") for one in files[INDEX].items("ageing", "readings")):
        if _number(after.data) != _number(before.data) + 1:
            yield Finding(after, "E309", f"{after.data} does not follow {before.data}")


def leaps(files: Files) -> Iterator[Finding]:
    """The wage index never moves by more than a fifth in a quarter: such a reading is a slip of the pen."""
    for here, share in moves(files):
        if not FALL <= share <= LEAP:
            yield Finding(here, "E313", f"the index moves by {(share - 1) * 100:+.1f} % in one quarter")


def moves(files: Files) -> Iterator[tuple[Passage, Decimal]]:
    """Each value of the index but the first, and its share of the one before it."""
    for before, after in pairwise(one.at("value") for one in files[INDEX].items("ageing", "readings")):
        old, new = Decimal(before.data), Decimal(after.data)
        yield after, new / old if old else LEAP + 1


def _number(quarter: str) -> int:
    return int(quarter[:4]) * QUARTERS + int(quarter[5])


def minimum_wages(files: Files) -> Iterator[Finding]:
    """Minimum wages never fall, and only a part of a state has counties."""
    for here in files["minimum-wages.yaml"].items("minimum_wages"):
        raw = here.data
        for before, after in pairwise(value.at("hourly") for value in here.items("values")):
            if after.data < before.data:
                yield Finding(after, "E314", f"{after.data} is less than {before.data} before it")
        if (raw.get("counties") or raw.get("metro")) and not raw.get("state"):
            yield Finding(here.at("id"), "E314", f"'{raw['id']}' has counties or a metro, but no state")


def pay_tables(files: Files) -> Iterator[Finding]:
    """A base table has grades 1 to 15 in order; a later step or a higher grade never pays less."""
    for table in files["federal/gs-base.yaml"].items("tables"):
        rows = table.data["rows"]
        for j, row in enumerate(rows):
            message = ""
            if row[0] != j + 1:
                message = f"found grade {row[0]}, expected grade {j + 1}"
            elif not _rising(row[1:]):
                message = f"a step of grade {row[0]} pays less than the one before it"
            elif not LEAST <= row[1] <= row[-1] <= MOST:
                message = f"the steps of grade {row[0]} must be between {LEAST:,} and {MOST:,}"
            elif j and row[1] < rows[j - 1][1]:
                message = f"grade {row[0]} starts lower than grade {j}"
            if message:
                yield Finding(table.at("rows").at(j), "E310", message)


def ladders(files: Files) -> Iterator[Finding]:
    """A ladder's grades rise, its lowest has a way in, and every way in leads to one of them."""
    for ladder in files["federal/ladders.yaml"].items("ladders"):
        here, entries = ladder.at("grades"), [entry.at("grade") for entry in ladder.items("entries")]
        grades = here.data
        if grades != sorted(set(grades)):
            yield Finding(here, "E311", "the grades of a ladder must rise")
            continue
        if not any(entry.data == grades[0] for entry in entries):
            yield Finding(here, "E311", f"no entry for GS-{grades[0]}, the ladder's lowest grade")
        for entry in entries:
            if entry.data not in grades:
                message = f"GS-{entry.data} isn't a grade of this ladder"
                yield Finding(entry, "E311", message, other=here)


def area_rows(files: Files, known: Files) -> Iterator[Finding]:
    """Area tables: the columns asked for, known occupations and areas, percentiles in order, no cell twice."""
    listed = known["occupations.yaml"].at("occupations")
    occupations = None if listed.data is None else {one.data["id"] for one in listed.each()}
    for file in files.values():
        for table in file.items("tables"):
            if table.data["columns"] != [*AREA_COLUMNS]:
                message = f"the columns must be {', '.join(AREA_COLUMNS)}"
                yield Finding(table.at("columns"), "E307", message)
                continue
            seen: set[str] = set()
            for j, row in enumerate(table.data["rows"]):
                if problem := _bad_row(row, file.data, occupations, seen):
                    yield Finding(table.at("rows").at(j), "E307", problem)


def _bad_row(  # noqa: PLR0911 - one return a mistake
    row: list[Any], data: dict[str, Any], occupations: set[str] | None, seen: set[str]
) -> str:
    if len(row) != len(AREA_COLUMNS):
        return f"{len(row)} cells, expected {len(AREA_COLUMNS)}"
    area, occupation, *numbers = row
    if not isinstance(area, str) or not isinstance(occupation, str):
        return "area and occupation codes must be text in quotes"
    if any(n is not None and (type(n) is not int or n < 0) for n in numbers):
        return "employment and percentiles must be whole numbers or null"
    if any(n is not None and not LEAST <= n <= MOST for n in numbers[1:]):
        return f"percentiles must be between {LEAST:,} and {MOST:,}"
    if area not in data["names"] or len(area) != AREA_CODE[data["kind"]]:
        return f"area '{area}' has no name above or isn't a {data['kind']} code"
    if occupations is not None and occupation not in occupations:
        return f"occupation '{occupation}' is not in occupations.yaml"
    if f"{occupation} {area}" in seen:
        return f"occupation '{occupation}' appears twice for area '{area}'"
    seen.add(f"{occupation} {area}")
    return "" if _rising(numbers[1:]) else "percentiles decrease"


def _rising(values: Iterable[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return known == sorted(known)

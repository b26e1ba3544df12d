"""Tables: rows of the right form, amounts that never fall, years and quarters without a hole."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ehrpay.rules.finding import Finding, items
from ehrpay.rules.shape.fields import LEAST, MOST
from ehrpay.rules.shape.market import AREA_COLUMNS, PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.finding import Files
    from ehrpay.rules.shape.layout import Path

INDEX = "ageing.yaml"
AREA_CODE = {"state": 2, "metro": 5, "nonmetro": 7}
QUARTERS = 4
FALL, LEAP = Decimal("0.8"), Decimal("1.2")


def percentiles(files: Files) -> Iterator[Finding]:
    """National percentiles never decrease."""
    file = "occupations.yaml"
    for path, wage in items(files.get(file), "occupations", "wages"):
        if not _rising([wage[p] for p in PERCENTILES]):
            yield Finding(file, (*path, "p10"), "E306", "percentiles decrease")


def quarters(files: Files) -> Iterator[Finding]:
    """The wage index has every quarter from its first to its last, in order."""
    for (_, before), (path, after) in pairwise(items(files.get(INDEX), "ageing", "readings")):
        first, second = before["quarter"], after["quarter"]
        if _number(second) != _number(first) + 1:
            yield Finding(INDEX, (*path, "quarter"), "E309", f"{second} does not follow {first}")


def leaps(files: Files) -> Iterator[Finding]:
    """The wage index never moves by more than a fifth in a quarter: such a reading is a slip of the pen."""
    for path, share in moves(files):
        if not FALL <= share <= LEAP:
            message = f"the index moves by {(share - 1) * 100:+.1f} % in one quarter"
            yield Finding(INDEX, path, "E313", message)


def moves(files: Files) -> Iterator[tuple[Path, Decimal]]:
    """Each reading of the index but the first, by the path of its value, over the one before it."""
    for (_, before), (path, after) in pairwise(items(files.get(INDEX), "ageing", "readings")):
        old, new = Decimal(before["value"]), Decimal(after["value"])
        yield (*path, "value"), new / old if old else LEAP + 1


def _number(quarter: str) -> int:
    return int(quarter[:4]) * QUARTERS + int(quarter[5])


def minimum_wages(files: Files) -> Iterator[Finding]:
    """Minimum wages never fall, and only a part of a state has counties."""
    file = "minimum-wages.yaml"
    for path, raw in items(files.get(file), "minimum_wages"):
        for (_, before), (at, after) in pairwise(items(raw, "values", path=path)):
            if after["hourly"] < before["hourly"]:
                message = f"{after['hourly']} is less than {before['hourly']} before it"
                yield Finding(file, (*at, "hourly"), "E314", message)
        if (raw.get("counties") or raw.get("metro")) and not raw.get("state"):
            message = f"'{raw['id']}' has counties or a metro, but no state"
            yield Finding(file, (*path, "id"), "E314", message)


def pay_tables(files: Files) -> Iterator[Finding]:
    """A base table has grades 1 to 15 in order; a later step or a higher grade never pays less."""
    file = "federal/gs-base.yaml"
    for path, table in items(files.get(file), "tables"):
        for j, row in enumerate(table["rows"]):
            message = ""
            if row[0] != j + 1:
                message = f"found grade {row[0]}, expected grade {j + 1}"
            elif not _rising(row[1:]):
                message = f"a step of grade {row[0]} pays less than the one before it"
            elif not LEAST <= row[1] <= row[-1] <= MOST:
                message = f"the steps of grade {row[0]} must be between {LEAST:,} and {MOST:,}"
            elif j and row[1] < table["rows"][j - 1][1]:
                message = f"grade {row[0]} starts lower than grade {j}"
            if message:
                yield Finding(file, (*path, "rows", j), "E310", message)


def ladders(files: Files) -> Iterator[Finding]:
    """A ladder's grades rise, its lowest has a way in, and every way in leads to one of them."""
    file = "federal/ladders.yaml"
    for path, ladder in items(files.get(file), "ladders"):
        grades, at_grades = ladder["grades"], (*path, "grades")
        if grades != sorted(set(grades)):
            yield Finding(file, at_grades, "E311", "the grades of a ladder must rise")
            continue
        if not any(entry["grade"] == grades[0] for entry in ladder["entries"]):
            message = f"no entry for GS-{grades[0]}, the ladder's lowest grade"
            yield Finding(file, at_grades, "E311", message)
        for at, entry in items(ladder, "entries", path=path):
            if entry["grade"] not in grades:
                message = f"GS-{entry['grade']} isn't a grade of this ladder"
                yield Finding(file, (*at, "grade"), "E311", message, other=(file, at_grades))


def area_rows(files: Files, known: Files) -> Iterator[Finding]:
    """Area tables: the columns asked for, known occupations and areas, percentiles in order, no cell twice."""
    listed = known.get("occupations.yaml", {}).get("occupations")
    occupations = None if listed is None else {raw["id"] for raw in listed}
    for file, data in files.items():
        for path, table in items(data, "tables"):
            if table["columns"] != [*AREA_COLUMNS]:
                message = f"the columns must be {', '.join(AREA_COLUMNS)}"
                yield Finding(file, (*path, "columns"), "E307", message)
                continue
            seen: set[str] = set()
            for j, row in enumerate(table["rows"]):
                if problem := _bad_row(row, data, occupations, seen):
                    yield Finding(file, (*path, "rows", j), "E307", problem)


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

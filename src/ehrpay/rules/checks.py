"""What no single value shows: ids that exist nowhere, dates out of order, curves and tables that contradict.

Each check takes the judged files by path and yields findings; none stops at the first.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Files = dict[str, dict[str, Any]]

BUILT_IN = ("base", "area", "location", "ageing", "cap")
COLUMNS = ["area", "occupation", "employment", "p10", "p25", "p50", "p75", "p90"]
AREA_CODE = {"state": 2, "metro": 5, "nonmetro": 7}
MOST_CENTS = 1 << 63
LARGEST_MOVE = 10


class Finding(NamedTuple):
    """Something wrong: the file, the path to the value in it, a code, a sentence and perhaps a hint."""

    file: str
    path: tuple[Any, ...]
    code: str
    message: str
    help: str = ""


def check(part: str, files: Files, known: Files) -> Iterator[Finding]:
    """Every finding in a part's files; `known` holds all files that ids may refer to."""
    for one in CHECKS[part]:
        yield from one(files, known)


def sources(files: Files, known: Files) -> Iterator[Finding]:
    """Every source id is in sources.yaml, and every citation there stands once."""
    ids = [raw["id"] for raw in known["sources.yaml"]["sources"]]
    for file, data in files.items():
        for path, value in _walk(data, ()):
            if (
                path[-1] in ("sources", "facts_sources")
                and isinstance(value, list)
                and file != "sources.yaml"
            ):
                yield from _unknown(file, path, value, ids, "source")
    yield from _twice("sources.yaml", ("sources",), ids) if "sources.yaml" in files else ()


def dates(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """Dated lists run from old to new; a review never comes before its date."""
    for file, data in files.items():
        for path, value in _walk(data, ()):
            if _dated(value) and path[-1] not in ("bands", "ladders"):
                yield from _ordered(file, path, [raw["effective"] for raw in value])
            if isinstance(value, dict) and (value.get("review_by") or "9999") < value.get("effective", ""):
                yield Finding(file, (*path, "review_by"), "E302", "review_by lies before effective")


def _dated(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and "effective" in value[0]


def _ordered(file: str, path: tuple[Any, ...], days: list[str]) -> Iterator[Finding]:
    for i, (before, after) in enumerate(itertools.pairwise(days), 1):
        if after == before:
            yield Finding(file, (*path, i, "effective"), "E301", f"{after} stands twice: two values overlap")
        elif after < before:
            yield Finding(
                file, (*path, i, "effective"), "E301", f"{after} comes after {before}: put the older first"
            )


def names(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """No id or alias means two things."""
    for file, data in files.items():
        if file.startswith("adjustments/"):
            seen: dict[str, int] = {}
            for i, level in enumerate(data.get("levels") or []):
                for name in (level["id"], *(level.get("aliases") or [])):
                    other = seen.setdefault(name.casefold(), i)
                    if other != i:
                        message = f"'{name}' already means '{data['levels'][other]['id']}'"
                        yield Finding(file, ("levels", i, "id"), "E304", message)


def links(files: Files, known: Files) -> Iterator[Finding]:
    """Ids of steps, occupations, roles, credentials, settings and agencies that are spoken of exist."""
    of = _known_ids(known)
    for file, data in files.items():
        for path, value in _walk(data, ()):
            kind = LINKED.get(str(path[-1])) if isinstance(value, (str, list)) else None
            if (file, path) == ("plan.yaml", ("market",)):
                kind = "step"
            ids = value if isinstance(value, list) else [value]
            if file == "spread.yaml" and path[-1] == "narrow":
                ids, kind = list(value), "step"
            if kind and value and kind in of:
                yield from _unknown(file, path, ids, of[kind], kind)


LINKED = {
    "occupation": "occupation",
    "applies_to": "occupation",
    "roles": "role",
    "excluded_roles": "role",
    "same_as": "credential",
    "certs": "credential",
    "setting": "setting",
    "agencies": "agency",
    "degree": "degree",
}
_LEVELS = {"role": "responsibility", "credential": "certification", "setting": "setting", "degree": "degree"}


def _known_ids(known: Files) -> dict[str, list[str]]:
    adjustments = {
        data["adjustment"]: data for file, data in known.items() if file.startswith("adjustments/")
    }
    found = {
        "occupation": [raw["id"] for raw in known.get("occupations.yaml", {}).get("occupations", [])],
        "step": [*BUILT_IN, *adjustments],
        "agency": [data["agency"] for file, data in known.items() if file.startswith("agencies/")],
    }
    for kind, id_ in _LEVELS.items():
        found[kind] = [level["id"] for level in adjustments.get(id_, {}).get("levels", [])]
    return found


def needed(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """The files without which no estimate can be made are there."""
    for file in ("occupations.yaml", "ageing.yaml", "spread.yaml", "plan.yaml", "adjustments/location.yaml"):
        if file not in files:
            yield Finding(file, (), "E305", "this file is needed and missing")


def percentiles(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """National percentiles never decrease."""
    for i, raw in enumerate(files.get("occupations.yaml", {}).get("occupations", [])):
        for j, wage in enumerate(raw["wages"]):
            if not _rising([wage[p] for p in COLUMNS[3:]]):
                yield Finding(
                    "occupations.yaml", ("occupations", i, "wages", j, "p10"), "E306", "percentiles decrease"
                )


def area_rows(files: Files, known: Files) -> Iterator[Finding]:
    """Area tables: the columns asked for, known occupations and areas, percentiles in order, no cell twice."""
    occupations = {raw["id"] for raw in known["occupations.yaml"]["occupations"]}
    for file, data in files.items():
        for i, table in enumerate(data["tables"]):
            if table["columns"] != COLUMNS:
                message = f"the columns must be {', '.join(COLUMNS)}"
                yield Finding(file, ("tables", i, "columns"), "E307", message)
                continue
            seen: set[str] = set()
            for j, row in enumerate(table["rows"]):
                if problem := _bad_row(row, data, occupations, seen):
                    yield Finding(file, ("tables", i, "rows", j), "E307", problem)


def _bad_row(  # noqa: PLR0911 - one return a mistake
    row: list[Any], data: dict[str, Any], occupations: set[str], seen: set[str]
) -> str:
    if len(row) != len(COLUMNS):
        return f"{len(row)} cells, expected {len(COLUMNS)}"
    area, occupation, *numbers = row
    if not isinstance(area, str) or not isinstance(occupation, str):
        return "area and occupation codes must be text in quotes"
    if any(n is not None and (type(n) is not int or n < 0) for n in numbers):
        return "employment and percentiles must be whole numbers or null"
    if area not in data["names"] or len(area) != AREA_CODE[data["kind"]]:
        return f"area '{area}' has no name above or is no {data['kind']} code"
    if occupation not in occupations:
        return f"occupation '{occupation}' is not in occupations.yaml"
    if f"{occupation} {area}" in seen:
        return f"occupation '{occupation}' stands twice for area '{area}'"
    seen.add(f"{occupation} {area}")
    return "" if _rising(numbers[1:]) else "percentiles decrease"


def _rising(values: Iterable[int | None]) -> bool:
    known = [value for value in values if value is not None]
    return known == sorted(known)


def reach(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """The largest product the steps can reach fits in 63 bits, so columns of integers can't wrap."""
    # The largest wage a file may state, moved by the largest area factor and ageing we accept.
    largest = Decimal(10_000_000) * 100 * LARGEST_MOVE * LARGEST_MOVE
    for file, data in files.items():
        if file.startswith("adjustments/"):
            largest *= max(_factors(data), default=Decimal(1)) ** (3 if data["step"] == "set" else 1)
    if largest * LARGEST_MOVE * 10_000 >= MOST_CENTS:
        yield Finding(
            "plan.yaml", ("market",), "E308", "the largest reachable product does not fit in 63 bits"
        )


def _factors(data: dict[str, Any]) -> Iterator[Decimal]:
    for path, value in _walk(data, ()):
        if path[-1] == "factor":
            yield Decimal(value)
        elif path[-1] == "points":
            yield from (Decimal(point[1]) for point in value)


def _unknown(
    file: str, path: tuple[Any, ...], values: list[str], ids: list[str], kind: str
) -> Iterator[Finding]:
    for i, value in enumerate(values):
        if value not in ids:
            near = get_close_matches(str(value), ids, n=1)
            where = (*path, i) if len(values) > 1 else path
            yield Finding(
                file, where, "E303", f"unknown {kind} '{value}'", f"did you mean '{near[0]}'?" if near else ""
            )


def _twice(file: str, path: tuple[Any, ...], ids: list[str]) -> Iterator[Finding]:
    for i, id_ in enumerate(ids):
        if id_ in ids[:i]:
            yield Finding(file, (*path, i, "id"), "E304", f"'{id_}' stands twice")


def _walk(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        if key != "rows":
            yield from _walk(below, (*path, key))


CHECKS: dict[str, tuple[Callable[[Files, Files], Iterator[Finding]], ...]] = {
    "core": (needed, sources, dates, names, links, percentiles, reach),
    "areas": (sources, dates, area_rows),
}

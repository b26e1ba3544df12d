"""What is no error but worth a look: odd values, old ones, things that can never act. Asked for by `rules validate`.

Like the checks, each is a function of the judged files that yields findings; none runs when rules are loaded.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ehrpay.rules.advice.reach import extremes
from ehrpay.rules.advice.unreached import unreached
from ehrpay.rules.checks.ids import references
from ehrpay.rules.checks.tables import FALL, LEAP, moves
from ehrpay.rules.finding import Finding
from ehrpay.rules.folder import AREAS
from ehrpay.rules.shape.fields import USUAL
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import NOTHING, Usual, branches, walk
from ehrpay.rules.shape.wages import AREA_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files, Path

USUAL_MOVE = Decimal(1), Decimal("1.03")
MEDIAN = AREA_COLUMNS.index("p50")
LOOK = "check it; nothing is wrong if it is intended"


def advice(files: Files, as_of: str, page: str = "", *, whole: bool = True) -> Iterator[Finding]:
    """Every warning and note about the files on a day; `page` is a text outside them that cites sources.

    Without `whole` some files are missing for their errors, and what only all of them can tell is left out.
    """
    yield from unusual(files)
    yield from uneven(files)
    yield from shadowed(files)
    yield from missing_years(files)
    yield from stale(files, as_of)
    if whole:
        yield from unreached(files)
        yield from uncited(files, page)
        yield from extremes(files, as_of)


def uneven(files: Files) -> Iterator[Finding]:
    """Quarters in which the wage index falls, or moves far more than it is used to."""
    for i, share in moves(files):
        if not USUAL_MOVE[0] <= share <= USUAL_MOVE[1] and FALL <= share <= LEAP:
            message = f"{(share - 1) * 100:+.1f} % in one quarter is outside the usual 0 to 3 %"
            yield Finding("ageing.yaml", ("ageing", "readings", i, "value"), "W401", message, help=LOOK)


def shadowed(files: Files) -> Iterator[Finding]:
    """Ways into a ladder that never give anything: another asks for no more and gives as high a grade."""
    file = "federal/ladders.yaml"
    for i, ladder in enumerate(files.get(file, {}).get("ladders", [])):
        entries = ladder["entries"]
        for j, entry in enumerate(entries):
            for k, other in enumerate(entries):
                if j != k and _covers(other, entry) and not (k > j and _covers(entry, other)):
                    at, better = (("ladders", i, "entries", n, "grade") for n in (j, k))
                    message = f"this GS-{entry['grade']} entry never applies: another requires no more"
                    yield Finding(file, at, "W402", message, other=(file, better))
                    break


def _covers(other: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Whether whoever meets `entry` meets `other`, and gets at least its grade."""
    certs, wider = set(entry.get("certs") or []), set(other.get("certs") or [])
    return (
        other["grade"] >= entry["grade"]
        and other.get("years", 0) <= entry.get("years", 0)
        and other.get("degree") in (None, entry.get("degree"))
        and (not wider or (bool(certs) and certs <= wider))
    )


def missing_years(files: Files) -> Iterator[Finding]:
    """Years between two base tables, caps or percentages of a locality that have none."""
    for file, path, rows in _yearly(files):
        for i, (before, after) in enumerate(pairwise(raw["effective"] for raw in rows), 1):
            if int(after[:4]) > int(before[:4]) + 1:
                message = f"no grade can be priced for the years between {before[:4]} and {after[:4]}"
                other = (file, (*path, i - 1, "effective"))
                yield Finding(file, (*path, i, "effective"), "W403", message, other=other)


def _yearly(files: Files) -> Iterator[tuple[str, Path, list[dict[str, Any]]]]:
    """Lists of which each year needs its own value, with their places."""
    for file, key in (("federal/gs-base.yaml", "tables"), ("federal/gs-rules.yaml", "caps")):
        yield file, (key,), files.get(file, {}).get(key, [])
    file = "federal/gs-locality.yaml"
    for i, raw in enumerate(files.get(file, {}).get("localities", [])):
        yield file, ("localities", i, "percents"), raw["percents"]


def stale(files: Files, as_of: str) -> Iterator[Finding]:
    """Values in force that are past their review date."""
    for file, data in files.items():
        for path, value, _ in branches(data, NOTHING):
            if (
                isinstance(value, dict)
                and (value.get("review_by") or "9999") < as_of
                and not _replaced(data, path, as_of)
            ):
                message = f"review was due {value['review_by']}"
                yield Finding(file, (*path, "review_by"), "W404", message)


def _replaced(data: dict[str, Any], path: Path, as_of: str) -> bool:
    """Whether a newer value of the same list is in force by then."""
    siblings: Any = data
    for key in path[:-1]:
        siblings = siblings[key]
    later = siblings[path[-1] + 1 :] if isinstance(siblings, list) else []
    return any(isinstance(one, dict) and one.get("effective", "9999") <= as_of for one in later)


def uncited(files: Files, page: str) -> Iterator[Finding]:
    """Sources that no number and no sentence rests on."""
    cited = {
        id_
        for file, data in files.items()
        for _, ref, ids, _ in references(file, data)
        if ref.kind == "source"
        for id_ in ids
    }
    texts = [
        page,
        *(text for data in files.values() for _, text, _ in walk(data, NOTHING) if isinstance(text, str)),
    ]
    for i, raw in enumerate(files.get("sources.yaml", {}).get("sources", [])):
        # A note may cite in passing: `[usaj]`.
        if raw["id"] not in cited and not any(raw["id"] in text for text in texts if text != raw["id"]):
            yield Finding("sources.yaml", ("sources", i, "id"), "W405", f"nothing cites '{raw['id']}'")


def unusual(files: Files) -> Iterator[Finding]:
    """A W401 for every value outside the range its field calls usual."""
    for file, data in files.items():
        for path, value, layout in walk(data, layout_at(file)):
            yield from _judged(file, path, value, layout.mark(Usual))
        yield from _cells(file, data)


def _cells(file: str, data: dict[str, Any]) -> Iterator[Finding]:
    """Amounts of area and base tables, whose rows have no field of their own for each."""
    for i, table in enumerate(data.get("tables", [])):
        for j, row in enumerate(table["rows"]):
            # The top tenth of some areas earns more than people here usually do; the median tells a slip.
            for value in row[MEDIAN : MEDIAN + 1] if file.startswith(AREAS) else row[1:]:
                yield from _judged(file, ("tables", i, "rows", j), value, USUAL)


def _judged(file: str, path: Path, value: Any, usual: Usual | None) -> Iterator[Finding]:
    if usual is None or isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return
    if not Decimal(usual.least) <= value <= Decimal(usual.most):
        message = f"{value} is outside the usual {usual.least} to {usual.most}"
        yield Finding(file, path, "W401", message, help=LOOK)

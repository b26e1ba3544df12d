"""What is no error but worth a look: odd values, old ones, things that can never act. Asked for by `rules validate`.

Like the checks, each is a function of the judged files that yields findings; none runs when rules are loaded.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import chain, pairwise
from math import prod
from typing import TYPE_CHECKING, Any

from ehrpay.domain.market.ageing import quarter
from ehrpay.domain.market.wages import REFERENCE
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.advice.unreached import RURAL, unreached
from ehrpay.rules.checks.ids import adjustments, references
from ehrpay.rules.checks.tables import FALL, INDEX, LEAP, moves
from ehrpay.rules.finding import Finding
from ehrpay.rules.folder import AREAS
from ehrpay.rules.shape.fields import USUAL
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import NOTHING, Usual, branches, is_number, walk
from ehrpay.rules.shape.market import AREA_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files

USUAL_MOVE = Decimal(1), Decimal("1.03")
MEDIAN = AREA_COLUMNS.index("p50")
LOOK = "check it; nothing is wrong if it is intended"


def advice(files: Files, as_of: str, page: str, *, whole: bool) -> Iterator[Finding]:
    """Every warning and note about the files on a day; `page` is a text outside them that cites sources.

    Without `whole` some files are missing for their errors, and what only all of them can tell is left out.
    """
    yield from unusual(files)
    yield from uneven(files)
    yield from shadowed(files)
    yield from missing_years(files)
    yield from incomplete_years(files)
    yield from unaged(files)
    yield from stale(files, as_of)
    if whole:
        yield from unreached(files)
        yield from uncited(files, page)
        yield from extremes(files, as_of)


def uneven(files: Files) -> Iterator[Finding]:
    """Quarters in which the wage index falls, or moves far more than it is used to."""
    for here, share in moves(files):
        if not USUAL_MOVE[0] <= share <= USUAL_MOVE[1] and FALL <= share <= LEAP:
            message = f"{(share - 1) * 100:+.1f} % in one quarter is outside the usual 0 to 3 %"
            yield Finding(here, "W401", message, help=LOOK)


def shadowed(files: Files) -> Iterator[Finding]:
    """Ways into a ladder that never give anything: another asks for no more and gives as high a grade."""
    for ladder in files["federal/ladders.yaml"].items("ladders"):
        entries = list(enumerate(ladder.items("entries")))
        for j, entry in entries:
            for k, other in entries:
                covered, both = _covers(other.data, entry.data), _covers(entry.data, other.data)
                if j != k and covered and not (k > j and both):
                    here = entry.at("grade")
                    message = f"this GS-{here.data} entry never applies: another requires no more"
                    yield Finding(here, "W402", message, other=other.at("grade"))
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
    # Each year needs its own value in each of these lists.
    yearly = [files["federal/gs-base.yaml"].items("tables"), files["federal/gs-rules.yaml"].items("caps")]
    localities = files["federal/gs-locality.yaml"].items("localities")
    for values in (*yearly, *(locality.items("percents") for locality in localities)):
        for before, after in pairwise(value.at("effective") for value in values):
            first, second = before.data[:4], after.data[:4]
            if int(second) > int(first) + 1:
                message = f"no grade can be priced for the years between {first} and {second}"
                yield Finding(after, "W403", message, other=before)


def unaged(files: Files) -> Iterator[Finding]:
    """Wages that start where the index has no reading, so that nothing carries them to another date."""
    known = {reading.data["quarter"] for reading in files[INDEX].items("ageing", "readings")}
    tables = (file.items("tables") for file in files.within(AREAS))
    for wages in chain(files["occupations.yaml"].items("occupations", "wages"), *tables):
        day = wages.at("effective")
        if known and (start := quarter(day.data)) not in known:
            message = f"estimates from these wages fail: {INDEX} has no reading of {start}, where they start"
            yield Finding(day, "W407", message, help="add the index of that quarter first")


def incomplete_years(files: Files) -> Iterator[Finding]:
    """Base tables of a year that has no cap or no locality percentage, and those without a base table."""
    lists = {
        "base table": [*files["federal/gs-base.yaml"].items("tables")],
        "pay cap": [*files["federal/gs-rules.yaml"].items("caps")],
        "locality percentage": [*files["federal/gs-locality.yaml"].items("localities", "percents")],
    }
    years = {name: {value.data["effective"][:4] for value in values} for name, values in lists.items()}
    if not all(years.values()):
        return
    base = years["base table"]
    for name, values in lists.items():
        for day in (value.at("effective") for value in values):
            year = day.data[:4]
            lacks = [other for other in lists if year not in years[other] and "base table" in (name, other)]
            if lacks:
                fails = "grades of its year can't be priced" if year in base else "never used"
                yield Finding(day, "W407", f"{fails}: there is no {' and no '.join(lacks)} of {year}")


def stale(files: Files, as_of: str) -> Iterator[Finding]:
    """Values in force that are past their review date."""
    for file in files.values():
        for path, value, _ in branches(file.data, NOTHING):
            if (
                isinstance(value, dict)
                and (value.get("review_by") or "9999") < as_of
                and not _replaced(file.below(path[:-1]).data, path[-1], as_of)
            ):
                here = file.below((*path, "review_by"))
                yield Finding(here, "W404", f"review was due {here.data}")


def _replaced(siblings: Any, place: Any, as_of: str) -> bool:
    """Whether a newer value of the same list is in force by then."""
    later = siblings[place + 1 :] if isinstance(siblings, list) else []
    return any(isinstance(one, dict) and one.get("effective", "9999") <= as_of for one in later)


def uncited(files: Files, page: str) -> Iterator[Finding]:
    """Sources that no number and no sentence rests on."""
    cited = {
        id_
        for file, here in files.items()
        for _, ref, ids, _ in references(file, here.data)
        if ref.kind == "source"
        for id_ in ids
    }
    texts = [
        page,
        *(
            text
            for here in files.values()
            for _, text, _ in walk(here.data, NOTHING)
            if isinstance(text, str)
        ),
    ]
    for source in files["sources.yaml"].items("sources"):
        here = source.at("id")
        # A note may cite in passing: `[usaj]`.
        if here.data not in cited and not any(here.data in text for text in texts if text != here.data):
            yield Finding(here, "W405", f"nothing cites '{here.data}'")


def unusual(files: Files) -> Iterator[Finding]:
    """A W401 for every value outside the range its field calls usual."""
    for name, file in files.items():
        for path, value, layout in walk(file.data, layout_at(name)):
            if message := _judged(value, layout.mark(Usual)):
                yield Finding(file.below(path), "W401", message, help=LOOK)
        # Amounts of area and base tables, whose rows have no field of their own for each. The top tenth of some areas
        # earns more than people here usually do; the median tells a slip.
        cells = slice(MEDIAN, MEDIAN + 1) if name.startswith(AREAS) else slice(1, None)
        for table in file.items("tables"):
            for j, row in enumerate(table.data["rows"]):
                for message in filter(None, (_judged(value, USUAL) for value in row[cells])):
                    yield Finding(table.at("rows").at(j), "W401", message, help=LOOK)


def _judged(value: Any, usual: Usual | None) -> str:
    """What is unusual about a number; empty where nothing is, or where it is none."""
    if usual is None or not is_number(value):
        return ""
    usually = Decimal(usual.least) <= value <= Decimal(usual.most)
    return "" if usually else f"{value} is outside the usual {usual.least} to {usual.most}"


class Factor(NamedTuple):
    """A factor and the level that gives it."""

    value: Decimal
    name: str


def extremes(files: Files, as_of: str) -> Iterator[Finding]:
    """One note: both products, where they come from, and the shares of the median that P10 and P90 are."""
    plan, made = files["plan.yaml"].at("market"), adjustments(files)
    # Each has at least what is not said.
    reached = [list(_reached(made[step].data, as_of)) for step in plan.data or () if step in made]
    if not reached:
        return
    least, most = ([pick(found, key=lambda one: one.value) for found in reached] for pick in (min, max))
    note = f"smallest: {_listed(least)}. Largest: {_listed(most)}."
    smallest, largest = (prod(one.value for one in factors) for factors in (least, most))
    message = f"factors range from {smallest:.2f} to {largest:.2f} of the median worker's pay"
    shares = _shares(files, as_of)
    if shares is not None:
        message += (
            f"; P10 is {shares[0]:.2f} of the median, P90 {shares[1]:.2f}, where the cap keeps the middle"
        )
    yield Finding(plan, "N501", message, note=note)


def _listed(factors: list[Factor]) -> str:
    return " x ".join(f"{one.name} {one.value}" for one in factors if one.value != 1)


def _reached(data: dict[str, Any], as_of: str) -> Iterator[Factor]:
    """Every factor an adjustment can give alone on a day, and 1 for what is not said."""
    yield Factor(Decimal(1), "unsaid")
    for curve in _in_force(data.get("curve") or [], as_of):
        yield from (Factor(Decimal(row[1]), f"{data['adjustment']} {row[0]}") for row in curve["points"])
    best = Decimal(1)
    for level in data.get("levels") or []:
        if data["input"] == "fallback" and level["id"] != RURAL:
            continue
        # A role of another occupation has a base of its own; its factor is relative to that.
        values = level["values"] if level.get("occupation") is None else []
        for value in _in_force(values, as_of):
            best = max(best, Decimal(value["factor"]))
            yield Factor(Decimal(value["factor"]), level["id"])
    for value in _in_force((data.get("none") or {}).get("values") or [], as_of):
        yield Factor(Decimal(value["factor"]), "none")
    yield from _ranked(data, best, as_of)


def _ranked(data: dict[str, Any], best: Decimal, as_of: str) -> Iterator[Factor]:
    """The best credential with a second and a third."""
    ranks = data.get("ranks") or {}
    product = best
    for rank in ("second", "third"):
        for value in _in_force(ranks.get(rank, {}).get("values") or [], as_of):
            product *= Decimal(value["factor"])
    if ranks:
        yield Factor(product.quantize(Decimal("0.0001")), "three credentials")


def _in_force(values: list[dict[str, Any]], as_of: str) -> list[dict[str, Any]]:
    return [value for value in values if value["effective"] <= as_of][-1:]


def _shares(files: Files, as_of: str) -> tuple[Decimal, Decimal] | None:
    """P10 and P90 over the median of the nation's workers."""
    for one in files["occupations.yaml"].items("occupations"):
        for wage in _in_force(one.data["wages"], as_of) if one.data["id"] == REFERENCE else []:
            if wage["p10"] is not None and wage["p90"] is not None:
                return Decimal(wage["p10"]) / wage["p50"], Decimal(wage["p90"]) / wage["p50"]
    return None

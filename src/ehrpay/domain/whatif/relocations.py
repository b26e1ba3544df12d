"""Changes of place: the areas that pay the occupation best, the localities of a pay plan, or the places given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.steps import SMALL
from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.place import WagePlace
from ehrpay.domain.whatif.change import Change, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.whatif.change import Baseline, Unpriced

MOST = 5


def relocations(start: Baseline) -> Iterator[Change | Unpriced]:
    """A change of place only; prices there are not counted."""
    if start.places:
        for place in start.places:
            yield relocation(start, place.query, place.query, place.name)
    elif start.now.method == "grade":
        yield from _localities(start)
    else:
        yield from _metros(start)


def relocation(start: Baseline, id_: str, location: str, name: str) -> Change:
    """The same person in another place; a locality that was given goes with the old one."""
    profile = start.profile._replace(location=location, locality=None)
    return Change("move", id_, f"move to {name}", profile)


def _metros(start: Baseline) -> Iterator[Change | Unpriced]:
    """The metropolitan areas with the highest medians of the occupation at home prices, small ones left out.

    So are those whose median is also their P25 or P75: one employer's pay stands for the area's there.
    """
    wages, best = start.book.wages, []
    for code, name in start.book.rules.areas.names["metro"].items():
        wage = wages.at(start.resolved.occupation, WagePlace(None, code, rural=False))
        workers = wage.fact.value.employment or 0
        even = UNIT not in (wage.shape.p25, wage.shape.p75)
        if wage.kind == "metro" and workers >= SMALL and even and code != start.now.area.code:
            best.append((-_at_home(start, code, wage.median), code, name))
    if not best:
        reason = f"no area wages of this occupation are in force on {start.book.as_of}"
        yield not_possible("move", "any", "move to another area", reason)
    for _, code, name in sorted(best)[:MOST]:
        # Some codes are ZIPs as well.
        yield relocation(start, code, f"cbsa {code}", name)


def _at_home(start: Baseline, code: str, median: int) -> int:
    """A median in an area at the prices of home; as it is where either isn't known."""
    there = None if start.prices is None else start.prices.of_area(code)
    return median if there is None or start.home is None else divide(median * start.home, there)


def _localities(start: Baseline) -> Iterator[Change]:
    """The locality pay areas with the highest percentages in the table's year."""
    table, best = start.book.pay_table(start.resolved), []
    for area in start.book.rules.federal.localities.values():
        rows = [fact for fact in area.percents if fact.effective[:4] == table.year]
        if rows and area.code != table.code:
            best.append((-rows[-1].value, area.code, area.name))
    for _, code, name in sorted(best)[:MOST]:
        profile = start.profile._replace(location=None, locality=code)
        yield Change("move", code, f"move to {name} ({code})", profile)

"""Moves to other places: the ones asked about, or the best paid that the rules know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.grade import schedule
from ehrpay.domain.facts import facts
from ehrpay.domain.market.steps import SMALL
from ehrpay.domain.market.wages import EMPLOYMENT, P50
from ehrpay.domain.place import Place
from ehrpay.domain.whatif.change import Change, Here, Left, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 5


def moves(here: Here) -> Iterator[Change | Left]:
    """A change of place only; prices there are not counted."""
    if here.places:
        for place in here.places:
            yield moved(here, place.query, place.name)
    elif here.now.method == "grade":
        yield from _localities(here)
    else:
        yield from _metros(here)


def moved(here: Here, location: str, name: str) -> Change:
    """The same person in another place; a locality that was said goes with the old one."""
    profile = here.profile._replace(location=location, locality=None)
    return Change("move", location, f"move: {name}", profile)


def _metros(here: Here) -> Iterator[Change | Left]:
    """The metropolitan areas with the highest medians of the occupation, small ones left out."""
    wages, found = here.book.wages, []
    for code, name in wages.areas()["names"]["metro"].items():
        wage = wages.at(here.known.occupation, Place(code, "metro", name, area=code))
        workers = wage.fact.value[EMPLOYMENT] or 0
        if wage.kind == "metro" and workers >= SMALL and code != here.now.area.code:
            found.append((-(wage.percentile(P50) or 0), code, name))
    if not found:
        reason = f"no area wages of this occupation are in force on {here.book.as_of}"
        yield refused("move", "any", "move: another area", reason)
    for _, code, name in sorted(found)[:MOST]:
        yield moved(here, code, name)


def _localities(here: Here) -> Iterator[Change]:
    """The locality pay areas with the highest percentages in the table's year."""
    table, found = schedule(here.book, here.known), []
    for area in here.book.core["federal"]["localities"].values():
        rows = [fact for fact in facts(area["percents"]) if fact.effective[:4] == table.year]
        if rows and area["code"] != table.code:
            found.append((-rows[-1].value, area["code"], area["name"]))
    for _, code, name in sorted(found)[:MOST]:
        profile = here.profile._replace(location=None, locality=code)
        yield Change("move", code, f"move: {name} ({code})", profile)

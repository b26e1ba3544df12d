"""A line of the gazetteer as a Place: names for the codes, and notes on what the place does not settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.place import Place
from ehrpay.places import gazetteer
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.places.gazetteer import Entry


def of_entry(typed: str, entry: Entry, notes: Sequence[str] = ()) -> Place:
    """The place of one meaning of a name."""
    told = [*notes, *([entry.note] if entry.note else [])]
    if entry.kind in gazetteer.AREAS and not entry.note:
        if not entry.locality:
            told.append("lies in more than one locality pay area: give a city or county for federal pay")
        if not entry.area:
            told.append("lies in more than one wage area: give a city or county")
    settled = (entry.state, entry.county, entry.cbsa, entry.area, entry.locality)
    return built(typed, entry.kind, entry.name, settled, entry.population or None, told)


def built(
    typed: str,
    kind: str,
    name: str,
    settled: tuple[str, str, str, str, str],
    population: int | None,
    notes: Sequence[str],
) -> Place:
    """A place from its state, county, CBSA, wage area and locality; empty text for what it does not settle."""
    state, county, cbsa, area, locality = (code or None for code in settled)
    return Place(
        clean(typed),
        kind,
        name,
        state,
        county,
        cbsa,
        area,
        area and gazetteer.area_name(area),
        locality,
        locality and gazetteer.locality_name(locality),
        population,
        tuple(notes),
    )

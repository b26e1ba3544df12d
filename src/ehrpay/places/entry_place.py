"""A line of the gazetteer as a Place: names for the codes, and notes on what the place doesn't determine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.place import Place
from ehrpay.places import gazetteer
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.places.gazetteer import Entry


def entry_place(typed: str, entry: Entry, notes: Sequence[str] = ()) -> Place:
    """The place of one meaning of a name."""
    notes = [*notes, *([entry.note] if entry.note else [])]
    if entry.kind in gazetteer.AREAS and not entry.note:
        if not entry.locality:
            notes.append("spans more than one locality pay area: give a city or county for federal pay")
        if not entry.area:
            notes.append("spans more than one wage area: give a city or county")
    return Place(
        query=clean(typed),
        kind=entry.kind,
        name=entry.name,
        state=entry.state or None,
        county=entry.county or None,
        cbsa=entry.cbsa or None,
        area=entry.area or None,
        area_name=gazetteer.area_name(entry.area) if entry.area else None,
        locality=entry.locality or None,
        locality_name=gazetteer.locality_name(entry.locality) if entry.locality else None,
        population=entry.population or None,
        notes=tuple(notes),
    )

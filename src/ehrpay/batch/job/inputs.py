"""From a row's cells to the texts of a profile's fields: a city and a state are a place, a hiring date is years."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ehrpay.batch.job.headings import CITY, HIRED, STATE
from ehrpay.batch.tables.codes import UNSAID, Codes, Table
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.batch.job.head import Head
    from ehrpay.batch.tables.reading import Reader

MONTHS = 12
TENTHS = 10


def years_since(hired: str | None, as_of: str) -> str | None:
    """Whole tenths of a year from an ISO date to another, by whole months; UsageError for anything else."""
    if hired is None:
        return None
    try:
        start, end = date.fromisoformat(hired), date.fromisoformat(as_of)
    except ValueError:
        raise UsageError(f"{shown(hired)} is not a date; write YYYY-MM-DD", field=HIRED) from None
    if start > end:
        raise UsageError(f"{shown(hired)} is after {as_of}, the date asked about", field=HIRED)
    months = (end.year - start.year) * MONTHS + end.month - start.month - (end.day < start.day)
    tenths = months * TENTHS // MONTHS
    return f"{tenths // TENTHS}.{tenths % TENTHS}"


def place_of(city: str | None, state: str | None) -> str | None:
    """A city with its state; the state where there is no city."""
    return f"{city}, {state}" if city and state else city or state


class Inputs:
    """The texts of fields from the cells of a roster's columns."""

    def __init__(self, head: Head, reader: Reader, as_of: str) -> None:
        """Take the columns, and what reads their texts."""
        self._as_of, self._reader, self._places = as_of, reader, head.places
        self.codes = {name: self._codes(name) for name in head.places if name != "pay"}
        self._years = self._derived(HIRED, "years", self._years_of)
        self._location = self._derived(STATE, "location", lambda own, other: own or other)
        self._cities = Table(
            self.codes.get(CITY, Codes()), self.codes.get(STATE, Codes()), place_of, reader.texts["location"]
        )

    def _codes(self, name: str) -> Codes:
        derived = {HIRED, CITY, STATE}
        return Codes() if name in derived else self._reader.texts[name]

    def _derived(
        self, source: str, field: str, make: Callable[[str | None, str | None], str | None]
    ) -> Table | None:
        if source not in self._places:
            return None
        texts = self._reader.texts[field]
        other = texts if source == STATE else self.codes[source]
        return Table(texts, other, make, texts)

    def _years_of(self, years: str | None, hired: str | None) -> str | None:
        return years or years_since(hired, self._as_of)

    def texts(self, codes: Mapping[str, Any]) -> dict[str, Any]:
        """The codes of fields' texts, from the codes of the columns' texts."""
        found = {name: code for name, code in codes.items() if name in FIELDS}
        if self._years is not None:
            found["years"] = self._years.at(codes.get("years", UNSAID), codes[HIRED])
        if self._location is not None:
            there = self._cities.at(codes.get(CITY, UNSAID), codes[STATE])
            found["location"] = self._location.at(codes.get("location", UNSAID), there)
        return found

    def cells(self, row: Mapping[str, str | None]) -> dict[str, str | None]:
        """The texts of a profile's fields of one row; UsageError for a hiring date that can't be read."""
        found = {name: text for name, text in row.items() if name in FIELDS}
        if HIRED in row:
            found["years"] = self._years_of(row.get("years"), row[HIRED])
        if STATE in row:
            found["location"] = row.get("location") or place_of(row.get(CITY), row[STATE])
        return found

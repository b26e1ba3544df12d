"""A priced roster in a few figures, as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats.roster.shown import ShownRoster

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.document import Document


class RosterSummary(ShownRoster):
    """A roster's summary in every form."""

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.roster.document import document

        return document(self)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.roster.record import record

        return record(self)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a group."""
        from ehrpay.formats.roster.record import rows

        return rows(self.summary)

"""A comparison of two sets of rules, as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.review.changes import Difference
    from ehrpay.formats.document import Document


class Comparison(NamedTuple):
    """What changed and who moves: at most so many lines of each list, and only changes that match."""

    result: Difference
    most: int | None = None
    only: Sequence[str] = ()
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.diff.document import document

        return document(self.result, self.most, self.only)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.diff.record import record

        return record(self.result, self.most, self.only, self.warnings)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a change."""
        from ehrpay.formats.diff.record import rows

        return rows(self.record())

"""A ladder, or two side by side, as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.facts import Source
    from ehrpay.domain.ladder.result import Ladder
    from ehrpay.domain.ladder.versus import Versus
    from ehrpay.domain.profile import Profile
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document


class Years(NamedTuple):
    """Pay by year."""

    ladder: Ladder
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.ladder.document import document

        return document(self.ladder)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.ladder.document import chart

        return (chart(self.ladder),)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.ladder.record import record

        return record(self.ladder, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a year."""
        from ehrpay.formats.ladder.record import rows

        return rows(self.record())


class Pair(NamedTuple):
    """Two ladders; the profiles as typed say what the second changes."""

    versus: Versus
    profiles: tuple[Profile, Profile]
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.ladder.pair import document

        return document(self.versus)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.ladder.pair import chart

        return (chart(self.versus),)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.ladder.record import pair_record

        return pair_record(self.versus, self.profiles, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a year of the first ladder, then of the second with the differences."""
        from ehrpay.formats.ladder.record import rows

        return rows(self.record())

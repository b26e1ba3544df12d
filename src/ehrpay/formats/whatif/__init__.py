"""A what-if, and one scenario, as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.facts import Source
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import WhatIf
    from ehrpay.domain.whatif.scenario import Scenario
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document


class Ranking(NamedTuple):
    """The ranked changes, at most so many of them."""

    result: WhatIf
    start: Baseline
    most: int | None

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.whatif.document import ranking

        return ranking(self.result, self.start, self.most)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.whatif.chart import changes

        return (changes(self.result, self.start, self.most),)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.whatif.record import record

        return record(self.result, self.start, self.most)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV."""
        from ehrpay.formats.whatif.record import rows

        return rows(self.record())


class Route(NamedTuple):
    """One scenario."""

    result: Scenario
    profile: Profile
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.whatif.document import route

        return route(self.result)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.whatif.chart import ends

        return (ends(self.result),)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.whatif.record import route_record

        return route_record(self.result, self.profile, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV."""
        from ehrpay.formats.whatif.record import rows

        return rows(self.record())

"""What is shown of an estimate, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.amounts import Period
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.facts import Source


class ShownEstimate(NamedTuple):
    """An estimate, the period its pay is shown for, the offer it judges, and whether every formula is shown.

    `period` is year, month, biweekly or hour; `version` is ehrpay's own, for JSON.
    """

    estimate: Estimate
    sources: Mapping[str, Source]
    period: str = "year"
    offer: Verdict | None = None
    explain: bool = False
    version: str = ""

    @property
    def per(self) -> Period:
        """The period, with its divisor."""
        return Period(self.period, self.estimate.hours)

"""benefits.yaml compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.facts import Fact


class BenefitRule(NamedTuple):
    """A benefit of some kinds of employer. Shares are in 1/10,000, days in tenths, hours in hundredths."""

    id: str
    title: str
    kind: str
    employers: tuple[str, ...]
    values: tuple[Fact[object], ...]

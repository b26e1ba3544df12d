"""The grade method's steps: base rate, locality pay, the pay cap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT
from ehrpay.domain.numerals import decimal, percent
from ehrpay.domain.running import Term
from ehrpay.domain.story import AllCounts, Story, cited

if TYPE_CHECKING:
    from ehrpay.domain.federal.schedule import PaySchedule, Rate

    Texts = tuple[str, ...]


class BaseRate(AllCounts):
    """The General Schedule's rate of a grade and step."""

    id, inputs = "base-rate", ("table", "rate", "reasons", "sources")

    def term(self, table: PaySchedule, rate: Rate, reasons: Texts = (), sources: Texts = ()) -> Term:  # noqa: ARG002 - the story's
        """Base pay in cents a year."""
        return Term(plus=rate.base * 100)

    def story(self, table: PaySchedule, rate: Rate, reasons: Texts, sources: Texts) -> Story:
        """The table's year, the cell, and why this grade."""
        return cited(f"Base pay {table.year}, {rate.label}", table.base)._replace(
            sources=tuple(dict.fromkeys((*table.base.sources, *sources))), note="; ".join(reasons)
        )


class LocalityPay(AllCounts):
    """The locality pay area's percentage of base pay."""

    id, inputs = "locality-pay", ("table", "rate")

    def term(self, table: PaySchedule, rate: Rate) -> Term:  # noqa: ARG002 - the story's
        """What the locality adds, in cents a year."""
        return Term(plus=(rate.uncapped - rate.base) * 100)

    def story(self, table: PaySchedule, rate: Rate) -> Story:
        """The percentage and whose it is."""
        share = table.percent.value
        return cited(f"Locality pay {percent(share)}, {table.name} ({table.code})", table.percent)._replace(
            note=table.percent.note,
            formula=f"{rate.base:,} x {decimal(UNIT + share)} = {rate.uncapped:,}, rounded to the dollar",
        )


class PayCap(AllCounts):
    """Level IV of the Executive Schedule bounds the rate."""

    id, inputs = "pay-cap", ("table",)

    def term(self, table: PaySchedule) -> Term:
        """The bounds in cents a year."""
        return Term(low=0, high=table.cap.value * 100)

    def story(self, table: PaySchedule) -> Story:
        """The cap in dollars."""
        return cited(f"Executive Schedule level IV cap, {table.cap.value:,}", table.cap)

"""Integers as people write them: factors and shares as decimals, cents as dollars."""

from __future__ import annotations

from ehrpay.domain.money import dollars


class Decimal(str):
    """A decimal as text, exact and with all its places; a number to JSON and to a spreadsheet."""

    __slots__ = ()


def fixed(value: int, places: int) -> Decimal:
    """An integer of 10 to the minus `places` as a decimal: `fixed(10_300, 4)` is `1.0300`."""
    whole_part, part = divmod(abs(value), 10**places)
    return Decimal(f"{'-' if value < 0 else ''}{whole_part}.{part:0{places}d}")


def trimmed(value: int, places: int) -> str:
    """The same without zeros at its end: `trimmed(375, 1)` is `37.5`, `trimmed(400, 1)` is `40`."""
    return fixed(value, places).rstrip("0").removesuffix(".")


def decimal(factor: int) -> Decimal:
    """A factor in 1/10,000 with four places: `1.0300`."""
    return fixed(factor, 4)


def percent(points: int) -> str:
    """A share in 1/10,000 as a percentage with two places: `3.00 %`."""
    return f"{fixed(points, 2)} %"


def short_percent(points: int) -> str:
    """A share in 1/10,000 as a percentage, whole ones without a point: `4.40 %`, `72 %`."""
    return percent(points).replace(".00 %", " %")


def whole(cents: int) -> str:
    """Cents rounded half up to the dollar: `55,039`."""
    return f"{dollars(cents):,}"


def exact(cents: int) -> str:
    """Cents as dollars and cents: `55,039.28`."""
    dollars_part, cents_part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{dollars_part:,}.{cents_part:02d}"

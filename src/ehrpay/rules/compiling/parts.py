"""What compiled rules are made of: facts with their source and place, scaled numbers."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.facts import CitedText, Fact
from ehrpay.domain.money import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Raw = dict[str, Any]
    Where = Callable[..., str]
    """File and line of the value at a path of keys."""

T = TypeVar("T")


def each(rows: Iterable[Raw] | None, where: Where, *path: Any) -> Iterator[tuple[Raw, Where]]:
    """Each row of a list with its own `where`, by keys of the row."""
    return ((raw, partial(where, *path, i)) for i, raw in enumerate(rows or ()))


def fact(raw: Raw, value: T, where: str) -> Fact[T]:
    """One compiled value with its source and place."""
    return Fact(
        effective=raw["effective"],
        value=value,
        basis=raw["basis"],
        confidence=raw.get("confidence", "high"),
        sources=texts(raw["sources"]),
        where=where,
        review_by=raw.get("review_by"),
        note=raw.get("note") or "",
    )


def dated(rows: Iterable[tuple[Raw, Where]], key: str, value: Callable[[Any], T]) -> tuple[Fact[T], ...]:
    """The value under a key of each row, as facts."""
    return tuple(fact(raw, value(raw[key]), at(key)) for raw, at in rows)


def made(kind: Callable[..., T], raw: Raw, /, **others: Any) -> T:
    """An object of a compiled class: a field not given here is what stands under its name, a list as a tuple."""
    same = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    fields: dict[str, Any] = kind._field_defaults  # type: ignore[attr-defined]
    return kind(**{name: same.get(name, fields.get(name)) for name in kind._fields} | others)  # type: ignore[attr-defined]


def texts(values: Iterable[str] | None) -> tuple[str, ...]:
    """A list of texts, which may be left out."""
    return tuple(values or ())


def cited(raw: Raw) -> CitedText:
    """A text with its basis and sources."""
    return CitedText(raw["text"], raw["basis"], texts(raw["sources"]))


def scaled(value: Decimal | int | str, unit: int) -> int:
    """A decimal in whole parts of a unit."""
    return int(Decimal(value) * unit)


tenths, hundredths, basis_points = (partial(scaled, unit=unit) for unit in (10, 100, UNIT))

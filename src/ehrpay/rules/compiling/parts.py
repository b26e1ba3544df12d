"""A part of a judged rule file to its compiled form, as the annotations of `domain.compiled` say.

Under a field's name stands what becomes its value: for `tuple[Locality, ...]` a list of mappings, each of which has the
fields of a `Locality`. Decimals become whole numbers by the places they may have, so that a factor is in 1/10,000. What
is not as plain as that has a maker of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.compiled.employers import TypicalBenefits
from ehrpay.domain.facts import Fact, Factor
from ehrpay.rules.decode import class_of
from ehrpay.rules.shape.fields import Decimals
from ehrpay.rules.shape.layout import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.rules.finding import Passage

    Maker = Callable[[Passage], Any]

T = TypeVar("T")

EMPTY: dict[str, Any] = {"tuple": (), "Mapping": {}, "bool": False, "TypicalBenefits": TypicalBenefits()}
"""What is left out, by the type of its field; else it is None."""

_MAKERS: dict[str, Maker] = {}


def plain(here: Passage) -> Any:
    """The data of a passage, its decimals as whole numbers."""
    if isinstance(here.data, list):
        return tuple(map(plain, here.each()))
    decimals = here.layout.mark(Decimals)
    return int(here.data * 10**decimals.places) if decimals and here.data is not None else here.data


def maker(make: Maker) -> Maker:
    """Let a function make what has the class that it returns."""
    _MAKERS[make.__annotations__["return"]] = make
    return make


def value(annotation: str, here: Passage | None) -> Any:
    """The value of a field, by its annotation; None for a passage that is not there."""
    outer, _, inner = annotation.removesuffix(" | None").removesuffix("]").partition("[")
    if here is None or here.data is None:
        return None if annotation.endswith(" | None") else EMPTY.get(outer)
    if outer in _MAKERS:
        return _MAKERS[outer](here)
    if outer == "Fact":
        return _dated(inner, here)
    if outer == "tuple" and inner.endswith(", ..."):
        rows = here.at("values") if isinstance(here.data, dict) else here
        return tuple(value(inner.removesuffix(", ..."), row) for row in rows.each())
    if outer == "Mapping":
        return dict(_named(inner.removeprefix("str, "), here))
    kind = class_of(outer)
    return plain(here) if kind is None else made(kind, here)


def _named(annotation: str, here: Passage) -> Iterator[tuple[str, Any]]:
    """The values of a mapping, the things of a list by their own names, or the rows of a table by their first cells."""
    for below in here.each():
        if isinstance(here.data, dict):
            yield below.path[-1], value(annotation, below)
        elif isinstance(below.data, dict):
            yield below.data[below.layout.name], value(annotation, below)
        else:
            head, *row = plain(below)
            yield str(head), row


def _dated(annotation: str, here: Passage) -> Fact[Any]:
    """A dated value: that of its figure, or a record of several."""
    figure = next((below for below in here.each() if below.layout.has(Figure)), here)
    if annotation == "Factor":
        return fact(here, Factor(*(plain(one) for one in (figure, here.at("low"), here.at("high")))), figure)
    kind = class_of(annotation)
    return fact(here, value(annotation, figure) if kind is None else made(kind, here), figure)


def fact(here: Passage, value: T, figure: Passage) -> Fact[T]:
    """A dated value with its source, and the place of its figure."""
    raw = here.data
    return Fact(
        effective=raw["effective"],
        value=value,
        basis=raw["basis"],
        confidence=raw.get("confidence", "high"),
        sources=tuple(raw["sources"]),
        where=figure.where,
        review_by=raw.get("review_by"),
        note=raw.get("note") or "",
    )


def made(kind: Callable[..., T], here: Passage, /, **others: Any) -> T:
    """An object of a compiled class from a mapping, or from a row; fields not given here have what stands there.

    An `id` is what the thing is found again by, and `where` is the place of that, or of its date.
    """
    if isinstance(here.data, list):
        return kind(*plain(here))
    defaults: dict[str, Any] = kind._field_defaults  # type: ignore[attr-defined]
    for name, annotation in kind.__annotations__.items():
        below = here.at(here.layout.name if name == "id" else name)
        if name == "where":
            others.setdefault(name, here.at(here.layout.name or "effective").where)
        elif name not in others and (name not in defaults or below.data is not None):
            others[name] = value(annotation, below)
    return kind(**others)

"""A part of a judged rule file to its compiled form, as the annotations of `domain.compiled` say.

Under a field's name stands what becomes its value: for `tuple[Locality, ...]` a list of mappings, each of which has the
fields of a `Locality`. Decimals become whole numbers by the places they may have, so that a factor is in 1/10,000. What
is not as plain as that has a maker of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.facts import Fact, Factor
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.decode import class_of
from ehrpay.rules.shape.fields import Decimals
from ehrpay.rules.shape.layout import Figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.rules.shape.layout import Layout, Path
    from ehrpay.strict.marks import Marks

    Maker = Callable[["Part"], Any]

T = TypeVar("T")

EMPTY: dict[str, Any] = {"tuple": (), "Mapping": {}, "bool": False}
"""What is left out, by the type of its field; else it is None."""

_MAKERS: dict[str, Maker] = {}


class Part(NamedTuple):
    """A part of a file: its data, None where it was left out; what is known of it, and where it stands."""

    data: Any
    layout: Layout
    marks: Marks
    path: Path = ()

    def at(self, key: Any) -> Part:
        """What stands under a key or at a position."""
        data = self.data.get(key) if isinstance(self.data, dict) else self.data and self.data[key]
        return Part(data, self.layout.below(key), self.marks, (*self.path, key))

    def each(self) -> Iterator[Part]:
        """All that stands right below: the values of a mapping, the items of a list."""
        return map(self.at, self.data if isinstance(self.data, dict) else range(len(self.data or ())))

    @property
    def where(self) -> str:
        """The file and line."""
        return self.marks.place(self.path)

    @property
    def plain(self) -> Any:
        """The data, its decimals as whole numbers."""
        if isinstance(self.data, list):
            return tuple(below.plain for below in self.each())
        decimals = self.layout.mark(Decimals)
        return int(self.data * 10**decimals.places) if decimals and self.data is not None else self.data


def maker(make: Maker) -> Maker:
    """Let a function make what has the class that it returns."""
    _MAKERS[make.__annotations__["return"]] = make
    return make


def value(annotation: str, part: Part) -> Any:
    """The value of a field, by its annotation."""
    outer, _, inner = annotation.removesuffix(" | None").removesuffix("]").partition("[")
    if part.data is None:
        return None if annotation.endswith(" | None") else EMPTY.get(outer)
    if outer in _MAKERS:
        return _MAKERS[outer](part)
    if outer == "Fact":
        return _dated(inner, part)
    if outer == "tuple" and inner.endswith(", ..."):
        rows = part.at("values") if isinstance(part.data, dict) else part
        return tuple(value(inner.removesuffix(", ..."), row) for row in rows.each())
    if outer == "Mapping":
        return dict(_named(inner.removeprefix("str, "), part))
    kind = class_of(outer)
    return part.plain if kind is None else made(kind, part)


def _named(annotation: str, part: Part) -> Iterator[tuple[str, Any]]:
    """The values of a mapping, the things of a list by their own names, or the rows of a table by their first cells."""
    for below in part.each():
        if isinstance(part.data, dict):
            yield below.path[-1], value(annotation, below)
        elif isinstance(below.data, dict):
            yield below.data[below.layout.name], value(annotation, below)
        else:
            head, *row = below.plain
            yield str(head), row


def _dated(annotation: str, part: Part) -> Fact[Any]:
    """A dated value: that of its figure, or a record of several."""
    figure = next((below for below in part.each() if below.layout.has(Figure)), part)
    if annotation == "Factor":
        return fact(part, Factor(*(one.plain for one in (figure, part.at("low"), part.at("high")))), figure)
    kind = class_of(annotation)
    return fact(part, value(annotation, figure) if kind is None else made(kind, part), figure)


def fact(part: Part, value: T, figure: Part) -> Fact[T]:
    """A dated value with its source, and the place of its figure."""
    raw = part.data
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


def made(kind: Callable[..., T], part: Part, /, **others: Any) -> T:
    """An object of a compiled class from a mapping, or from a row; fields not given here have what stands there."""
    if isinstance(part.data, list):
        return kind(*part.plain)
    for name, annotation in kind.__annotations__.items():
        if name not in others and (name not in kind._field_defaults or part.data.get(name) is not None):  # type: ignore[attr-defined]
            others[name] = value(annotation, part.at(name))
    return kind(**others)

"""The compiled form's plain rows back to the classes of `domain.compiled`, one by one as they are asked for.

How is written nowhere but in the annotations of those classes: of `tuple[Special, ...]` the row is a list of rows,
each of which has the fields of a `Special` in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.compiled.rules import Rules
from ehrpay.domain.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")
Decode = Callable[[Any], Any]

CLASSES = {
    "facts": ("CitedText", "Factor", "Overlay", "Source"),
    "compiled.adjustments": ("Adjustment", "Level", "Order", "Point", "Span", "Special"),
    "compiled.employers": ("Agency", "BandRule", "BenefitRule", "EmployerKind", "TypicalBenefit", "TypicalBenefits"),
    "compiled.federal": ("FederalRules", "GradeCount", "LadderEntry", "Locality", "QualificationLadder", "Staff"),
    "compiled.wages": (
        "AreaTable", "AreaTables", "MinimumWage", "Occupation", "OccupationRule", "Spread", "WageIndex", "WagePoints",
    ),
}  # fmt: skip
"""The classes of rules, by the modules of `domain` that they are in."""


class Decoded(Mapping[str, T]):
    """A mapping whose values are decoded on first use, and kept."""

    def __init__(self, decode: Callable[[Any], T], rows: Mapping[str, Any]) -> None:
        """Take how a row is decoded, and the rows by name."""
        self._decode, self._rows = decode, rows
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        if key not in self._made:
            self._made[key] = self._decode(self._rows[key])
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def rules(rows: Mapping[str, Any], areas: Callable[[], Any]) -> Rules:
    """The rules from the rows of their parts; `areas` is called when an area's wages are first used."""

    def part(name: str, annotation: str) -> Any:
        return _decoded(_decoder(annotation), areas() if name == "areas" else rows[name])

    return Rules({name: partial(part, name, type_) for name, type_ in Rules.__annotations__.items()})


def _decoded(decode: Decode | None, row: Any) -> Any:
    return row if decode is None else decode(row)


@cache
def _decoder(annotation: str) -> Decode | None:
    """What makes a value of its row, by the annotation of a field; None where the row is the value."""
    if annotation.endswith(" | None"):
        some = _decoder(annotation.removesuffix(" | None"))
        return some and (lambda row: None if row is None else some(row))
    outer, _, inner = annotation.removesuffix("]").partition("[")
    if outer == "tuple":
        one = _decoder(inner.removesuffix(", ..."))
        return tuple if one is None else partial(_several, one)
    if outer == "Mapping":
        one = _decoder(inner.removeprefix("str, "))
        return one and partial(Decoded, one)
    if outer == "Fact":
        return partial(_fact, _decoder(inner))
    kind = class_of(outer)
    return kind and _maker(kind)


def _several(decode: Decode, rows: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(decode, rows))


def _fact(decode: Decode | None, row: Iterable[Any]) -> Fact[Any]:
    effective, value, basis, confidence, sources, *rest = row
    return Fact(effective, _decoded(decode, value), basis, confidence, tuple(sources), *rest)


def class_of(name: str) -> Any:
    """The class that an annotation names; None for a type whose rows are its values."""
    module = next((module for module, names in CLASSES.items() if name in names), None)
    return module and getattr(import_module(f"ehrpay.domain.{module}"), name)


def _maker(kind: Any) -> Decode:
    """What makes an object of a class from a row of its fields, or from a mapping by their names."""
    decoders = [_decoder(annotation) for annotation in kind.__annotations__.values()]

    def made(row: Sequence[Any] | Mapping[str, Any]) -> Any:
        values = [row[field] for field in kind._fields] if isinstance(row, Mapping) else row
        return kind._make([_decoded(*pair) for pair in zip(decoders, values, strict=True)])

    return made if any(decoders) else kind._make

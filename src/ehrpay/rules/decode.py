"""The compiled form's plain rows back to the classes of `domain.compiled`, one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.compiled.rules import Rules
from ehrpay.domain.facts import CitedText, Fact, Factor, Overlay, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ehrpay.domain.compiled.adjustments import Adjustment, Level, OccupationFactors, RoleFactors
    from ehrpay.domain.compiled.agencies import Agency
    from ehrpay.domain.compiled.benefits import BenefitRule
    from ehrpay.domain.compiled.federal import FederalRules, Locality, QualificationLadder, Staff
    from ehrpay.domain.compiled.typical import TypicalBenefits
    from ehrpay.domain.compiled.wages import AreaTables, MinimumWage, Occupation, OccupationRule, WageIndex

T = TypeVar("T")


class Decoded(Mapping[str, T]):
    """A mapping whose values are decoded on first use, and kept."""

    def __init__(self, rows: Mapping[str, Any], decode: Callable[[Any], T]) -> None:
        """Take the rows by name, and how one is decoded."""
        self._rows, self._decode = rows, decode
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
    from ehrpay.domain.compiled.wages import Spread

    return Rules(
        {
            "version": lambda: rows["version"],
            "overlays": lambda: tuple(Overlay(*row) for row in rows["overlays"]),
            "conflicts": lambda: tuple(rows["conflicts"]),
            "plan": lambda: rows["plan"],
            "names": lambda: rows["names"],
            "agencies": lambda: Decoded(rows["agencies"], _agency),
            "adjustments": lambda: Decoded(rows["adjustments"], _adjustment),
            "occupations": lambda: Decoded(rows["occupations"], _occupation),
            "occupation_rules": lambda: Decoded(rows["occupation_rules"], _occupation_rule),
            "areas": lambda: _areas(areas()),
            "ageing": lambda: _ageing(rows["ageing"]),
            "spread": lambda: _facts(rows["spread"], lambda row: Spread(*row)),
            "federal": lambda: _federal(rows["federal"]),
            "benefits": lambda: Decoded(rows["benefits"], _benefit),
            "typical_benefits": lambda: _typical(*rows["typical_benefits"]),
            "minimum_wages": lambda: Decoded(rows["minimum_wages"], _minimum_wage),
            "sources": lambda: Decoded(rows["sources"], lambda row: Source(*row)),
        }
    )


def _made(kind: Callable[..., T], row: Iterable[Any], **decode: Callable[[Any], Any]) -> T:
    """An object from its row, some fields decoded by their names."""
    values = dict(zip(kind._fields, row, strict=True))  # type: ignore[attr-defined]
    for field, made in decode.items():
        values[field] = made(values[field])
    return kind(**values)


def _fact(row: list[Any], decode: Callable[[Any], T] | None = None) -> Fact[T]:
    effective, value, basis, confidence, sources, *rest = row
    return Fact(effective, decode(value) if decode else value, basis, confidence, tuple(sources), *rest)


def _facts(rows: Iterable[list[Any]], decode: Callable[[Any], T] | None = None) -> tuple[Fact[T], ...]:
    return tuple(_fact(row, decode) for row in rows)


def _factors(rows: Iterable[list[Any]]) -> tuple[Fact[Factor], ...]:
    return _facts(rows, lambda row: Factor(*row))


def _cited(row: Iterable[Any]) -> CitedText:
    return _made(CitedText, row, sources=tuple)


def _adjustment(row: list[Any]) -> Adjustment:
    from ehrpay.domain.compiled.adjustments import Adjustment, Point

    def curve(rows: Iterable[Any]) -> tuple[Fact[tuple[Point, ...]], ...]:
        return _facts(rows, lambda points: tuple(Point(years, Factor(*row)) for years, row in points))

    factors = dict.fromkeys(("none", "core", "second", "third", "beside_level"), _factors)
    return _made(
        Adjustment,
        row,
        levels=lambda rows: Decoded(rows, _level),
        curve=curve,
        applies_to=tuple,
        apart=tuple,
        none_by_role=_by_role,
        **factors,
    )


def _by_role(rows: Iterable[Any]) -> tuple[RoleFactors, ...]:
    from ehrpay.domain.compiled.adjustments import RoleFactors

    return tuple(_made(RoleFactors, one, roles=tuple, values=_factors) for one in rows)


def _by_occupation(rows: Iterable[Any]) -> tuple[OccupationFactors, ...]:
    from ehrpay.domain.compiled.adjustments import OccupationFactors

    return tuple(_made(OccupationFactors, one, occupations=tuple, values=_factors) for one in rows)


def _level(row: list[Any]) -> Level:
    from ehrpay.domain.compiled.adjustments import Level, Order, Span

    def order(row: list[Any] | None) -> Order | None:
        share = partial(_fact, decode=lambda bounds: Span(*bounds))
        return None if row is None else _made(Order, row, share=share)

    return _made(
        Level,
        row,
        values=_factors,
        aliases=tuple,
        by_role=_by_role,
        by_occupation=_by_occupation,
        order=order,
        asks_years=lambda row: None if row is None else _fact(row),
        same_as=tuple,
        excluded_roles=tuple,
        titles=tuple,
    )


def _agency(row: list[Any]) -> Agency:
    from ehrpay.domain.compiled.agencies import Agency, BandRule

    def bands(rows: Iterable[Any]) -> tuple[BandRule, ...]:
        return tuple(_made(BandRule, one, grades=_pair, roles=tuple, sources=tuple) for one in rows)

    def benefits(rows: Iterable[Any]) -> tuple[CitedText, ...]:
        return tuple(map(_cited, rows))

    return _made(Agency, row, aliases=tuple, bands=bands, benefits=benefits, notes=tuple)


def _pair(row: list[int] | None) -> tuple[int, ...] | None:
    return None if row is None else tuple(row)


def _occupation(row: list[Any]) -> Occupation:
    from ehrpay.domain.compiled.wages import Occupation, WagePoints

    return _made(Occupation, row, wages=lambda rows: _facts(rows, lambda points: WagePoints(*points)))


def _minimum_wage(row: list[Any]) -> MinimumWage:
    from ehrpay.domain.compiled.wages import MinimumWage

    return _made(MinimumWage, row, counties=tuple, values=_facts)


def _occupation_rule(row: list[Any]) -> OccupationRule:
    from ehrpay.domain.compiled.wages import OccupationRule

    return _made(OccupationRule, row, ageing=_factors, blend=_facts)


def _areas(rows: Mapping[str, Any]) -> AreaTables:
    from ehrpay.domain.compiled.wages import AreaTable, AreaTables

    tables = tuple(_made(AreaTable, row, sources=tuple) for row in rows["tables"])
    return AreaTables(tables, rows["names"], tuple(rows["conflicts"]))


def _ageing(row: list[Any]) -> WageIndex:
    from ehrpay.domain.compiled.wages import WageIndex

    return _made(WageIndex, row, readings=lambda rows: Decoded(rows, _fact), beyond=_fact)


def _federal(parts: Mapping[str, Any]) -> FederalRules:
    from ehrpay.domain.compiled.federal import FederalRules

    return FederalRules(
        base=_facts(parts["base"]),
        caps=_facts(parts["caps"]),
        within_grade=_facts(parts["within_grade"], tuple),
        divisor=_facts(parts["divisor"]),
        ahead=_facts(parts["ahead"]),
        localities=Decoded(parts["localities"], _locality),
        ladders=Decoded(parts["ladders"], _ladder),
        employment=tuple(map(_staff, parts["employment"])),
    )


def _staff(row: list[Any]) -> Staff:
    from ehrpay.domain.compiled.federal import GradeCount, Staff

    def counts(rows: Iterable[Any]) -> tuple[Fact[tuple[GradeCount, ...]], ...]:
        return _facts(rows, lambda grades: tuple(GradeCount(*one) for one in grades))

    return _made(Staff, row, agencies=tuple, counts=counts)


def _locality(row: list[Any]) -> Locality:
    from ehrpay.domain.compiled.federal import Locality

    return _made(Locality, row, percents=_facts)


def _ladder(row: list[Any]) -> QualificationLadder:
    from ehrpay.domain.compiled.federal import LadderEntry, QualificationLadder

    def entries(rows: Iterable[Any]) -> tuple[LadderEntry, ...]:
        return tuple(_made(LadderEntry, one, certs=tuple, grant=_cited) for one in rows)

    texts = dict.fromkeys(("agencies", "roles", "grades", "sources"), tuple)
    return _made(QualificationLadder, row, entries=entries, advance=_cited, **texts)


def _benefit(row: list[Any]) -> BenefitRule:
    from ehrpay.domain.compiled.benefits import BenefitRule

    return _made(BenefitRule, row, employers=tuple, values=_facts)


def _typical(employers: Iterable[Any], benefits: Iterable[Any]) -> TypicalBenefits:
    from ehrpay.domain.compiled.typical import EmployerKind, TypicalBenefit, TypicalBenefits

    return TypicalBenefits(
        tuple(_made(EmployerKind, row, settings=tuple, names=tuple) for row in employers),
        tuple(_made(TypicalBenefit, row, values=_facts) for row in benefits),
    )

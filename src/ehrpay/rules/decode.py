"""The compiled form's plain rows back to the classes of `domain.compiled`, one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.compiled.rules import Rules
from ehrpay.domain.facts import CitedText, Fact, Factor, Overlay, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ehrpay.domain.compiled.adjustments import Adjustment, Curve, Level
    from ehrpay.domain.compiled.agencies import Agency, BandRule
    from ehrpay.domain.compiled.benefits import BenefitRule
    from ehrpay.domain.compiled.federal import FederalRules, Locality, QualificationLadder
    from ehrpay.domain.compiled.wages import AreaTables, Occupation, Spread, WageIndex

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
    return Rules(
        {
            "version": lambda: rows["version"],
            "overlays": lambda: tuple(Overlay(*row) for row in rows["overlays"]),
            "conflicts": lambda: tuple(rows["conflicts"]),
            "plan": lambda: {method: tuple(steps) for method, steps in rows["plan"].items()},
            "names": lambda: rows["names"],
            "agencies": lambda: Decoded(rows["agencies"], _agency),
            "adjustments": lambda: Decoded(rows["adjustments"], _adjustment),
            "occupations": lambda: Decoded(rows["occupations"], _occupation),
            "areas": lambda: _areas(areas()),
            "ageing": lambda: _ageing(rows["ageing"]),
            "spread": lambda: _facts(rows["spread"], _spread),
            "federal": lambda: _federal(**rows["federal"]),
            "benefits": lambda: Decoded(rows["benefits"], _benefit),
            "sources": lambda: Decoded(rows["sources"], lambda row: Source(*row)),
        }
    )


def _fact(row: list[Any], decode: Callable[[Any], T]) -> Fact[T]:
    effective, value, basis, confidence, sources, *rest = row
    return Fact(effective, decode(value), basis, confidence, tuple(sources), *rest)


def _facts(rows: Iterable[Any], decode: Callable[[Any], T]) -> tuple[Fact[T], ...]:
    return tuple(_fact(row, decode) for row in rows)


def _factor(row: list[int]) -> Factor:
    return Factor(*row)


def _factors(rows: Iterable[Any]) -> tuple[Fact[Factor], ...]:
    return _facts(rows, _factor)


def _plain(value: Any) -> Any:
    return value


def _cited(row: Iterable[Any]) -> CitedText:
    text, basis, sources = row
    return CitedText(text, basis, tuple(sources))


def _curve(rows: list[Any]) -> Curve:
    from ehrpay.domain.compiled.adjustments import Point

    return tuple(Point(years, Factor(*row)) for years, row in rows)


def _level(row: list[Any]) -> Level:
    from ehrpay.domain.compiled.adjustments import Level, RoleFactors

    made = Level(*row)
    return made._replace(
        values=_factors(made.values),
        aliases=tuple(made.aliases),
        by_role=tuple(RoleFactors(tuple(roles), _factors(values)) for roles, values in made.by_role),
        same_as=tuple(made.same_as),
        excluded_roles=tuple(made.excluded_roles),
    )


def _adjustment(row: list[Any]) -> Adjustment:
    from ehrpay.domain.compiled.adjustments import Adjustment

    made = Adjustment(*row)
    return made._replace(
        levels=Decoded(made.levels, _level),
        curve=_facts(made.curve, _curve),
        applies_to=tuple(made.applies_to),
        none=_factors(made.none),
        core=_factors(made.core),
        second=_factors(made.second),
        third=_factors(made.third),
    )


def _agency(row: list[Any]) -> Agency:
    from ehrpay.domain.compiled.agencies import Agency

    made = Agency(*row)
    return made._replace(
        aliases=tuple(made.aliases),
        bands=tuple(map(_band, made.bands)),
        benefits=tuple(map(_cited, made.benefits)),
        notes=tuple(made.notes),
    )


def _band(row: Iterable[Any]) -> BandRule:
    from ehrpay.domain.compiled.agencies import BandRule

    made = BandRule(*row)
    grades = None if made.grades is None else (made.grades[0], made.grades[1])
    return made._replace(grades=grades, roles=tuple(made.roles), sources=tuple(made.sources))


def _occupation(row: list[Any]) -> Occupation:
    from ehrpay.domain.compiled.wages import Occupation, WagePoints

    title, noisy, wages = row
    return Occupation(title, noisy, _facts(wages, lambda points: WagePoints(*points)))


def _areas(rows: Mapping[str, Any]) -> AreaTables:
    from ehrpay.domain.compiled.wages import AreaTable, AreaTables

    tables = (AreaTable(*row) for row in rows["tables"])
    return AreaTables(
        tuple(table._replace(sources=tuple(table.sources)) for table in tables),
        rows["names"],
        tuple(rows["conflicts"]),
    )


def _ageing(row: list[Any]) -> WageIndex:
    from ehrpay.domain.compiled.wages import WageIndex

    title, readings, beyond = row
    return WageIndex(title, Decoded(readings, lambda one: _fact(one, _plain)), _fact(beyond, _plain))


def _spread(row: list[Any]) -> Spread:
    from ehrpay.domain.compiled.wages import Spread

    return Spread(*row)


def _federal(
    base: list[Any],
    caps: list[Any],
    within_grade: list[Any],
    divisor: list[Any],
    localities: Mapping[str, Any],
    ladders: Mapping[str, Any],
) -> FederalRules:
    from ehrpay.domain.compiled.federal import FederalRules

    return FederalRules(
        base=_facts(base, _plain),
        caps=_facts(caps, _plain),
        within_grade=_facts(within_grade, tuple),
        divisor=_facts(divisor, _plain),
        localities=Decoded(localities, _locality),
        ladders=Decoded(ladders, _ladder),
    )


def _locality(row: list[Any]) -> Locality:
    from ehrpay.domain.compiled.federal import Locality

    code, name, percents = row
    return Locality(code, name, _facts(percents, _plain))


def _ladder(row: list[Any]) -> QualificationLadder:
    from ehrpay.domain.compiled.federal import LadderEntry, QualificationLadder

    made = QualificationLadder(*row)
    return made._replace(
        agencies=tuple(made.agencies),
        roles=tuple(made.roles),
        grades=tuple(made.grades),
        sources=tuple(made.sources),
        entries=tuple(
            LadderEntry(grade, tenths, degree, tuple(certs), _cited(granted))
            for grade, tenths, degree, certs, granted in made.entries
        ),
        advance=_cited(made.advance),
    )


def _benefit(row: list[Any]) -> BenefitRule:
    from ehrpay.domain.compiled.benefits import BenefitRule

    made = BenefitRule(*row)
    return made._replace(employers=tuple(made.employers), values=_facts(made.values, _plain))

"""occupations, areas, minimum wages, ageing and spread compiled: what the market method starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.facts import Fact, Factor


class WagePoints(NamedTuple):
    """How many workers there are, and five percentiles of their pay in whole dollars a year; None where hidden."""

    employment: int | None
    p10: int | None
    p25: int | None
    p50: int
    p75: int | None
    p90: int | None


class Occupation(NamedTuple):
    """An occupation's title and national wages; `noisy` where areas' own figures are not to be used."""

    title: str
    noisy: bool
    wages: tuple[Fact[WagePoints], ...]


class OccupationRule(NamedTuple):
    """How an occupation's published wages are taken.

    `ageing` is the share of the wage index's growth that they take part in, in 1/10,000; `blend` the number of workers
    at which an area's own figure counts as much as the one that stands in for it.
    """

    ageing: tuple[Fact[Factor], ...] = ()
    blend: tuple[Fact[int], ...] = ()


class AreaTable(NamedTuple):
    """The wages of all areas of a kind in one reference month; `cells` is one text (see `packed_wages`)."""

    kind: str
    effective: str
    basis: str
    sources: tuple[str, ...]
    file: str
    review_by: str | None
    cells: str


class AreaTables(NamedTuple):
    """All tables, the names of areas by kind and code, and where two overlays differ."""

    tables: tuple[AreaTable, ...]
    names: Mapping[str, Mapping[str, str]]
    conflicts: tuple[str, ...] = ()


class MinimumWage(NamedTuple):
    """The minimum wages of the nation (no state), a state or some of its counties, in cents an hour.

    `metro` is the metropolitan area whose name alone stands for the counties.
    """

    name: str
    state: str | None
    counties: tuple[str, ...]
    metro: str | None
    values: tuple[Fact[int], ...]


class WageIndex(NamedTuple):
    """An index by quarter (`2026Q1`) in thousandths of a point, and how many months its pace may be carried on."""

    title: str
    readings: Mapping[str, Fact[int]]
    beyond: Fact[int]


class Spread(NamedTuple):
    """How each thing known narrows the range, and how each level fallen back widens it, in 1/10,000.

    `levels` has numbers of their own for some levels, by step and level.
    """

    narrow: Mapping[str, int]
    fall_back: int
    levels: Mapping[str, Mapping[str, int]] = {}

    def left(self, step: str) -> Left:
        """What a step leaves of the range."""
        return Left(self.narrow.get(step), self.levels.get(step, {}))


class Left(NamedTuple):
    """What is left of the range once a thing is known, in 1/10,000: None for all of it, or a level's own number."""

    share: int | None = None
    levels: Mapping[str, int] = {}

    def at(self, level: str) -> int | None:
        """What a level leaves."""
        return self.levels.get(level, self.share)

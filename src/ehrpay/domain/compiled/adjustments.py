"""adjustments/*.yaml compiled: one factor each, by level, by credential or along a curve of years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.facts import Fact, Factor

    Factors = tuple[Fact[Factor], ...]
    Curve = tuple["Point", ...]


class Point(NamedTuple):
    """A factor at a number of years."""

    years: int
    factor: Factor


class Special(NamedTuple):
    """Factors of a level that hold only for some roles, or in some occupations."""

    ids: tuple[str, ...]
    values: tuple[Fact[Factor], ...]


class Order(NamedTuple):
    """The place a role keeps beside another: at least, or at most, a share of what the other's median worker has."""

    role: str
    share: Fact[Span]


class Span(NamedTuple):
    """Bounds in 1/10,000; None for none."""

    at_least: int | None
    at_most: int | None


class Level(NamedTuple):
    """One level of a choice, or one credential.

    `asks_years` is how many years announcements of a role ask for. Factors by role come before factors by occupation,
    and those before `values`. `details` has what is known besides pay: issuer, prerequisite, fee, renewal. `titles` are
    those of postings that mean a role. `kind`, `same_as` (steps of one path, counted once) and `excluded_roles` (whose
    pay includes it already) are those of credentials.
    """

    id: str
    name: str
    short: str
    where: str
    values: tuple[Fact[Factor], ...]
    aliases: tuple[str, ...] = ()
    evidence: bool = True
    by_role: tuple[Special, ...] = ()
    by_occupation: tuple[Special, ...] = ()
    occupation: str | None = None
    order: Order | None = None
    asks_years: Fact[int] | None = None
    series: str | None = None
    kind: str | None = None
    same_as: tuple[str, ...] = ()
    excluded_roles: tuple[str, ...] = ()
    details: Mapping[str, str] = {}
    titles: tuple[str, ...] = ()


class Adjustment(NamedTuple):
    """One factor: `step` is `curve`, `choice` or `set`, `input` the field of a profile it depends on.

    Its levels' own factors hold in the occupations it `applies_to`, in all where there are none, and for no role
    that stands `apart`. A set has factors for holding `none`, by role too, for a `core` credential, for a `second`
    and a `third`. Where a level is said too, a curve's distance from 1.0000 counts by the share `beside_level`.
    """

    id: str
    title: str
    step: str
    input: str
    levels: Mapping[str, Level]
    curve: tuple[Fact[tuple[Point, ...]], ...] = ()
    applies_to: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    none: tuple[Fact[Factor], ...] = ()
    none_by_role: tuple[Special, ...] = ()
    core: tuple[Fact[Factor], ...] = ()
    second: tuple[Fact[Factor], ...] = ()
    third: tuple[Fact[Factor], ...] = ()
    beside_level: tuple[Fact[Factor], ...] = ()

"""The terms of one job offer as written, each with its place. What isn't specified is None, never zero.

Money is cents, shares are 1/10,000, days are tenths of a day, hours are hundredths of an hour.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile

T_co = TypeVar("T_co", covariant=True)


class Stated(NamedTuple, Generic[T_co]):
    """A value, the text it was read from, and the place of that text (`offers.yaml:7`, or `--offer 1`)."""

    value: T_co
    text: str
    where: str


class Tier(NamedTuple):
    """One tier of an employer match: the employer adds `rate` of what is saved, up to `of_pay` of pay."""

    rate: int
    of_pay: int


class OfferTerms(NamedTuple):
    """One offer: the employer's name, the person and job to price, and what is paid.

    `profile` has agency, role, location, grade, step and the person, as typed; `base` is cents a year (None where
    grade and step set it, or where it isn't specified); `match` is the employer's tiers besides any pension;
    `save` is the share of pay the person will save; `premium` is the whole yearly health premium and
    `premium_share` the employer's share of it; `marks` has the place of each key, the person's included.
    """

    name: str
    profile: Profile
    where: str
    base: Stated[int] | None = None
    bonus: Stated[int] | None = None
    bonus_share: Stated[int] | None = None
    sign_on: Stated[int] | None = None
    retirement: Stated[str] | None = None
    match: Stated[tuple[Tier, ...]] | None = None
    save: Stated[int] | None = None
    premium: Stated[int] | None = None
    premium_share: Stated[int] | None = None
    leave: Stated[int] | None = None
    sick: Stated[int] | None = None
    holidays: Stated[int] | None = None
    hours: Stated[int] | None = None
    loan_repayment: Stated[int] | None = None
    marks: Mapping[str, str] = MappingProxyType({})

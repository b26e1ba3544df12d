"""The terms of one job offer as they were written, each with where it stands. What was not said is None, never zero.

Money is cents, shares are 1/10,000, days are tenths of a day, hours are hundredths of an hour.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile

T = TypeVar("T")


class Said(NamedTuple, Generic[T]):
    """A value read, the text it was read from, and where that stands (`offers.yaml:7`, or `--offer`)."""

    value: T
    text: str
    where: str


class Tier(NamedTuple):
    """One tier of a retirement match: the employer adds `rate` of what is saved, up to `of_pay` of pay."""

    rate: int
    of_pay: int


class Terms(NamedTuple):
    """One offer: the employer's name, the person and job to price, and what is paid beside base pay.

    `profile` holds agency, role, location, grade, step and the person, as typed; `base` is cents a year (None
    where grade and step give it, or where it was not said); `match` is the employer's tiers beside any pension;
    `own` is the share of pay the person will save; `premium` is the whole yearly health premium and
    `premium_share` the employer's share of it; `marks` says where each key stands, the person's included.
    """

    name: str
    profile: Profile
    where: str
    base: Said[int] | None = None
    bonus: Said[int] | None = None
    bonus_share: Said[int] | None = None
    sign_on: Said[int] | None = None
    retirement: Said[str] | None = None
    match: Said[tuple[Tier, ...]] | None = None
    own: Said[int] | None = None
    premium: Said[int] | None = None
    premium_share: Said[int] | None = None
    leave: Said[int] | None = None
    sick: Said[int] | None = None
    holidays: Said[int] | None = None
    hours: Said[int] | None = None
    loan_repayment: Said[int] | None = None
    marks: Mapping[str, str] = MappingProxyType({})

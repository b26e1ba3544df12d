"""The keys an offer may have: what is said of the person and job, and what is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.profile import Profile
from ehrpay.offers import quantities

if TYPE_CHECKING:
    from collections.abc import Callable

SEVERAL = ("certs", "ehr")
NAMES = ("employer", "name")
PERSON = Profile._fields
JOB = ("grade", "step", "years_in_grade")
"""What a pay plan alone has, so that a person's goes no further than to an employer on one."""

QUANTITIES: dict[str, Callable[[str], Any]] = {
    "match": quantities.match,
    "save": quantities.share,
    "premium": quantities.premium,
    "premium_share": quantities.share,
    "leave": quantities.days,
    "sick": quantities.days,
    "holidays": quantities.days,
    "hours": quantities.hours,
}
AMOUNTS = ("bonus", "sign_on", "loan_repayment")
RETIREMENT = ("fers", "none")
KEYS = (*NAMES, *PERSON, "remote", "base", "retirement", *AMOUNTS, *QUANTITIES)
TERMS = {"save": "own"}
"""Keys whose field of `Terms` has another name."""

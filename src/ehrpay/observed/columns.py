"""The columns of a file of observed pay, by the names that the field uses for them."""

from __future__ import annotations

from ehrpay.domain.fields import COLUMN_NAMES
from ehrpay.domain.profile import FIELDS

OTHER_NAMES = {
    "pay": "pay_mid",
    "pay_min": "pay_low",
    "pay_max": "pay_high",
    "date": "date_stated",
    "posted": "date_stated",
    "group": "dup_group",
    "years_req": "years",
    "years_min": "years",
    "degree_req": "degree",
    "certs_req": "certs",
    "cert": "certs",
    "remote": "work",
}
"""A column's other name to its own."""

TITLES = ("title", "job_title", "job", "position")
"""Columns of a job's title."""

PAY = ("pay_low", "pay_high", "pay_mid")
PLACE = ("city", "state")
ABOUT = ("id", "date_stated", "employer", "dup_group", "title", "kind")
"""What a row says of itself, beside its pay, its place and the fields of a profile."""

PROVENANCE = (
    "source", "retrieved", "pay_as_written", "how_annualised", "basis", "date_quality", "county", "n", "notes", "quote",
)  # fmt: skip
"""For people who check the rows; not read."""

PROFILE = tuple(FIELDS)
KNOWN = (*PAY, *ABOUT, *PLACE, *PROFILE, *PROVENANCE)


def column(header: str) -> str:
    """The name of a column as it is compared, a known other name replaced by its own."""
    name = "_".join(header.casefold().replace("-", " ").replace("_", " ").split())
    name = COLUMN_NAMES.get(name, name)
    return OTHER_NAMES.get(name, name)

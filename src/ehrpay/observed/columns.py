"""The columns of a file of observed pay, and the job that a row of them says: what the rules don't know is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.profile import COLUMN_NAMES, FIELDS, from_texts, plain_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile

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

WORDS = {
    "setting": {"state-local": "state-local-government", "other": "", "federal": ""},
    "work": {"yes": "remote", "no": "onsite"},
}
"""What a column's words are to the rules; nothing where they have none."""

UNNAMED = ("not stored", "not in the stored", "unknown", "not stated", "confidential")
"""What a file writes for an employer that it doesn't name."""

_APART = re.compile("[,;|]")


def column(header: str) -> str:
    """The name of a column as it is compared, a known other name replaced by its own."""
    plain = plain_key(header)
    name = COLUMN_NAMES.get(plain, plain)
    return OTHER_NAMES.get(name, name)


def job(row: Mapping[str, str], location: str) -> Profile:
    """The profile of a row, as typed."""
    said = {name: _word(name, row[name]) for name in PROFILE if row.get(name)}
    if location:
        said["location"] = location
    return from_texts({name: _value(name, text) for name, text in said.items() if text})


def _word(name: str, text: str) -> str:
    return WORDS.get(name, {}).get(text.casefold(), text)


def _value(name: str, text: str) -> str | tuple[str, ...]:
    """A list where the field holds several; of a degree, the first of those that would do."""
    parts = tuple(part.strip() for part in _APART.split(text) if part.strip())
    if FIELDS[name].several:
        return parts
    return parts[0] if name == "degree" and parts else text


def place(row: Mapping[str, str]) -> tuple[str, str]:
    """The place as typed, and the state that stands in where the city is unknown."""
    city, state = row.get("city", ""), row.get("state", "")
    if row.get("location"):
        return row["location"], state
    return (f"{city}, {state}" if city and state else state), state


def is_named(employer: str) -> bool:
    """Whether a file names the employer, so that its rows are known to be one employer's."""
    return bool(employer) and not any(words in employer.casefold() for words in UNNAMED)

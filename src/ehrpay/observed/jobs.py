"""The job of a row as a profile: what the rules have no word for is left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.profile import FIELDS, from_texts
from ehrpay.observed.columns import PROFILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile

WORDS = {
    "setting": {"state-local": "state-local-government", "other": "", "federal": ""},
    "work": {"yes": "remote", "no": "onsite"},
}
"""What a column's words are to the rules; nothing where they have none."""

UNNAMED = ("not stored", "not in the stored", "unknown", "not stated", "confidential")
"""What a file writes for an employer that it doesn't name."""

_APART = re.compile("[,;|]")


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

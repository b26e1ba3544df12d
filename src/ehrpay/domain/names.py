"""Names people type, matched to ids: case and spacing don't matter, aliases count, near misses are suggested."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


WHOLE = {
    "admin": "administrator", "applic": "application", "asst": "assistant", "clin": "clinical", "coders": "coder",
    "coord": "coordinator", "dir": "director", "doc": "documentation", "emr": "ehr", "him": "health information",
    "himt": "health information technician", "hlth": "health", "inf": "information", "info": "information",
    "ip": "inpatient", "med": "medical", "mgr": "manager", "op": "outpatient", "rec": "records", "record": "records",
    "recs": "records", "spec": "specialist", "specialists": "specialist", "sup": "supervisor", "supr": "supervisor",
    "supervisory": "supervisor", "supv": "supervisor", "sys": "systems", "tech": "technician",
    "technicians": "technician", "transcriber": "transcriptionist", "transcript": "transcriptionist",
}  # fmt: skip

"""What short forms of words in titles of jobs stand for."""

UNSAYING = frozenset(
    {
        "a", "and", "certified", "contract", "day", "days", "exempt", "for", "ft", "full", "fulltime", "hour",
        "hybrid", "management", "mgmt", "mgt", "non", "of", "office", "on", "onsite", "part", "parttime", "prn", "pt",
        "remote", "service", "services", "site", "svcs", "temp", "temporary", "the", "time", "union",
    }
)  # fmt: skip
"""Words that don't change what the job is."""


@lru_cache(maxsize=500)  # a name is looked up more than once on its way
def folded(text: str) -> str:
    """A name as it is compared: case folded, apostrophes plain, runs of blanks, hyphens and underscores one hyphen."""
    return "-".join(text.casefold().replace("\u2019", "'").replace("_", " ").replace("-", " ").split())


def essential(title: str) -> list[str]:
    """The words that say what the job is, whole and in their order, without marks."""
    words = re.findall(r"[\w']+", title.casefold())
    return [part for word in words if word not in UNSAYING for part in WHOLE.get(word, word).split()]


def index(things: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, str]:
    """Ids with their name and aliases, as a mapping of every name, folded, to its id.

    A name that another thing has as an alias or id means that one; without what stands in parentheses it counts too.
    """
    things = list(things)
    whole = {folded(name): id_ for id_, name, _ in things}
    short = {folded(name.partition("(")[0]): id_ for id_, name, _ in things}
    typed = {folded(name): id_ for id_, _, aliases in things for name in (*aliases, id_)}
    return short | whole | typed


class Names:
    """The names of one kind of thing (`agency`, `degree`, ...) to ids."""

    def __init__(self, field: str, noun: str, listing: str, ids: Mapping[str, str]) -> None:
        """Take every folded name with its id; `listing` is what `ehrpay list` calls them, for error messages."""
        self.field, self.noun, self.listing, self._ids = field, noun, listing, ids

    def find(self, text: str) -> str | None:
        """The id that was meant; None where the name is not known."""
        return self._ids.get(folded(text))

    def find_loosely(self, text: str) -> str | None:
        """The id of the name with the same essential words; None where there is none, or names of two ids have them."""
        found = self._by_words.get(tuple(essential(text)), ())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], set[str]]:
        kept: dict[tuple[str, ...], set[str]] = {}
        for name, id_ in self._ids.items():
            kept.setdefault(tuple(essential(name)), set()).add(id_)
        return kept

    def read(self, text: str) -> str:
        """The id that was meant. UsageError names the value, the nearest names and the command that lists."""
        key = folded(text)
        if key in self._ids:
            return self._ids[key]
        if not key:
            msg = f"{self.noun} is empty; 'ehrpay list {self.listing}' lists them all"
            raise UsageError(msg, field=self.field)
        raise UsageError(unknown(self.noun, text, self._ids, listing=self.listing), field=self.field)

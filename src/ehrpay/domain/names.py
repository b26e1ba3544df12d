"""Names people type, matched to ids: case and spacing ignored, aliases known, near misses suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def folded(text: str) -> str:
    """A name as it is compared: case folded, runs of blanks, hyphens and underscores made one hyphen."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


class Names:
    """The names of one kind of thing (`agency`, `degree`, ...): id and aliases to id."""

    def __init__(self, field: str, noun: str, listing: str, ids: Mapping[str, Iterable[str]]) -> None:
        """Take ids with their aliases; `listing` is the command that lists them, for error messages."""
        self.field, self.noun, self.listing = field, noun, listing
        self._ids = {folded(name): id_ for id_, also in ids.items() for name in (*also, id_)}

    def read(self, text: str) -> str:
        """The id that was meant. UsageError names the value, the nearest names and the command that lists."""
        key = folded(text)
        if key in self._ids:
            return self._ids[key]
        if not key:
            msg = f"{self.noun} is empty; 'ehrpay list {self.listing}' lists them all"
            raise UsageError(msg, field=self.field)
        raise UsageError(unknown(self.noun, text, self._ids, listing=self.listing), field=self.field)

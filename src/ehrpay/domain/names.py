"""Names people type, matched to ids: case and spacing don't matter, aliases count, near misses are suggested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def folded(text: str) -> str:
    """A name as it is compared: case folded, runs of blanks, hyphens and underscores made one hyphen."""
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())


def index(ids: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Ids with their aliases, as a mapping of every name, folded, to its id."""
    return {folded(name): id_ for id_, aliases in ids for name in (*aliases, id_)}


class Names:
    """The names of one kind of thing (`agency`, `degree`, ...) to ids."""

    def __init__(self, field: str, noun: str, listing: str, ids: Mapping[str, str]) -> None:
        """Take every folded name with its id; `listing` is what `ehrpay list` calls them, for error messages."""
        self.field, self.noun, self.listing, self._ids = field, noun, listing, ids

    def find(self, text: str) -> str | None:
        """The id that was meant; None where the name is not known."""
        return self._ids.get(folded(text))

    def read(self, text: str) -> str:
        """The id that was meant. UsageError names the value, the nearest names and the command that lists."""
        key = folded(text)
        if key in self._ids:
            return self._ids[key]
        if not key:
            msg = f"{self.noun} is empty; 'ehrpay list {self.listing}' lists them all"
            raise UsageError(msg, field=self.field)
        raise UsageError(unknown(self.noun, text, self._ids, listing=self.listing), field=self.field)

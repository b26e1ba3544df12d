"""An entry of sources.yaml for a download: what it is, where it came from, and the sum that proves it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from _download import Download, cited
from _rule_text import quoted
from ehrpay.errors import DataError, RulesError

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = "sources.yaml"
_SUM = re.compile(r"SHA-256 (?:of their sums )?([0-9a-f]{64})")


class Source(NamedTuple):
    """One publication: its id, citation, and the files it was read in; `like` are ids it stands next to."""

    id: str
    title: str
    publisher: str
    url: str
    published: str
    retrieved: str
    downloads: Sequence[Download]
    like: str

    @property
    def entry(self) -> str:
        """Its lines in sources.yaml."""
        return (
            f"  - id: {self.id}\n    title: {quoted(self.title)}\n    publisher: {self.publisher}\n"
            f"    url: {self.url}\n    published: {quoted(self.published)}\n    retrieved: {self.retrieved}\n"
            f"    licence: public domain\n    note: {quoted(f'Read in {cited(self.downloads)}.')}\n"
        )


def cite(text: str, source: Source) -> tuple[str, str]:
    """sources.yaml with the source, and a sentence on what was done.

    An entry that is there is left as it is; DataError if it records other files than these.
    """
    held = re.search(rf"^  - id: {re.escape(source.id)}\n(?:    .*\n)+", text, re.MULTILINE)
    now = cited(source.downloads)
    if held is None:
        return _inserted(text, source), f"{FILE}: new source {source.id}: {now}"
    sums, read = _SUM.findall(held[0]), _SUM.findall(now)
    if sums and sums != read:
        raise DataError(
            f"{FILE}: {source.id} was read in a file with SHA-256 {sums[0]}, and this one has {read[0]}: {now}. "
            "The publisher has changed the file, or it is another one"
        )
    how = (
        "was read in these very files"
        if sums
        else f"is left as written; these files are not in its note: {now}"
    )
    return text, f"{FILE}: {source.id} {how}"


def _inserted(text: str, source: Source) -> str:
    """The text with the entry after the last one like it."""
    places = list(re.finditer(rf"^  - id: {source.like}\n(?:    .*\n)+", text, re.MULTILINE))
    if not places:
        raise RulesError(f"{FILE}: no source like {source.like} to put {source.id} after")
    after = max(
        (place for place in places if place[0] < source.entry),
        key=lambda place: place.end(),
        default=places[-1],
    )
    return text[: after.end()] + source.entry + text[after.end() :]

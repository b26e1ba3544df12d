"""What a person typed to the one rule that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.names import folded
from ehrpay.errors import UsageError, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ehrpay.rules.show.index import Entry

MOST = 12


def find(typed: str, entries: Sequence[Entry]) -> Entry:
    """The rule of a full id, the end of one, or an alias, case and blanks ignored (but `VA` may be Virginia).

    UsageError names the full ids that a word may mean, or the nearest names of an unknown one.
    """
    word = _plain(typed)
    if not word:
        msg = "ID is empty; give a rule's id, such as rhit or agency.va"
        raise UsageError(msg)
    for names in (_full, _ends, _others, _loose):
        found = list({entry.id: entry for entry in entries if word in names(entry, typed)}.values())
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(_several(typed, found))
    raise UsageError(_unknown(typed, word, entries))


def _plain(text: str) -> str:
    """A name as it is compared: case folded, blanks and colons between its parts made dots."""
    parts = text.replace(":", " ").replace(".", " ").split()
    return ".".join(folded(part) for part in parts)


def _full(entry: Entry, typed: str) -> Iterator[str]:
    if typed:
        yield _plain(entry.id)


def _ends(entry: Entry, typed: str) -> Iterator[str]:
    """The ends of a full id; an area's code only as it is written, for `va` is an agency and `VA` a state."""
    parts = entry.id.split(".")
    if entry.kind == "area" and typed.strip() != parts[-1]:
        return
    # What is known of an occupation's demand is found under the occupation.
    if entry.kind == "level" and entry.file.data.get("input") == "occupation":
        return
    for first in range(1, len(parts)):
        yield _plain(".".join(parts[first:]))


def _others(entry: Entry, typed: str) -> Iterator[str]:
    """Aliases; and the alias of a level or an agency behind the first part of its id."""
    if typed:
        first = entry.id.partition(".")[0]
        for alias in entry.aliases:
            yield _plain(alias)
            yield _plain(f"{first}.{alias}")


def _loose(entry: Entry, typed: str) -> Iterator[str]:
    """Whole names, and an area's code in any case."""
    if typed:
        yield _plain(entry.name)
        if entry.kind == "area":
            yield _plain(entry.id.partition(".")[2])


def _several(typed: str, found: Sequence[Entry]) -> str:
    names = ", ".join(f"{entry.id} ({entry.name})" for entry in found[:MOST])
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"{shown(typed)} could be {len(found)} rules; use one of {names}{more}"


def _unknown(typed: str, word: str, entries: Sequence[Entry]) -> str:
    makers: tuple[Callable[[Entry, str], Iterator[str]], ...] = (_full, _ends, _others)
    known: dict[str, str] = {}
    for entry in entries:
        for make in makers:
            for name in make(entry, entry.id.rpartition(".")[2]):
                known.setdefault(name, entry.id)
    near = list(dict.fromkeys(known[name] for name in nearest(word, known)))
    hint = f"; did you mean {' or '.join(near)}?" if near else ";"
    return f"unknown rule or source {shown(typed)}{hint} 'ehrpay rules show' without an ID lists them by kind"

"""Errors for places that can't be read: what the text could be, or the names most like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, shown
from ehrpay.places import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.places.gazetteer import Entry

MOST, NEAREST = 8, 5
LIKE, LONGER, HOME = 0.7, 0.92, 0.1
"""The least likeness of two spellings (0 to 1), the likeness of a name and a longer one that begins with it, and the
bonus for lying in the state given."""


def unknown(typed: str, hint: str) -> UsageError:
    """The error for an unknown place, with a sentence on what to try."""
    advice = f". {hint[0].upper()}{hint[1:]} The command" if hint else ";"
    msg = f"unknown place {shown(typed)}{advice} 'ehrpay list areas' lists the areas"
    return UsageError(msg, field="location")


def ambiguous(typed: str, readings: Sequence[str]) -> UsageError:
    """The error for a name that could be several places, each as it can be typed."""
    more = f" and {len(readings) - MOST} more" if len(readings) > MOST else ""
    msg = f"{shown(typed)} could be {'; '.join(readings[:MOST])}{more}. Write the one you mean"
    return UsageError(msg, field="location")


def candidates(entries: Sequence[Entry]) -> list[str]:
    """Places as they can be typed, with their population; the county where a state has two of the name."""
    names = [entry.name for entry in entries]
    readings = (_candidate(entry, twin=names.count(entry.name) > 1) for entry in entries)
    return list(dict.fromkeys(readings))


def _candidate(entry: Entry, *, twin: bool) -> str:
    name = entry.name
    if twin and entry.county and entry.kind in ("city", "facility"):
        city, _, state = name.rpartition(", ")
        county = gazetteer.county_of(entry.county).name.rpartition(", ")[0]
        name = f"{city}, {county}, {state}"
    return f"{name} ({entry.population:,})" if entry.population else name


def unknown_name(typed: str, name: str, state: str) -> UsageError:
    """The error for a folded name without a place (in the state, if one is given), with those most like it."""
    for code, locality in gazetteer.localities():
        if typed.casefold() in (code.casefold(), locality.casefold()):
            return unknown(typed, f"for the locality pay area {locality} write --locality {code}.")
    if "remote" in name.split():
        return unknown(typed, "for remote work, give the place it is done from, and --work remote.")
    near = _nearest(name, state)
    return unknown(typed, f"did you mean {'; '.join(near)}?" if near else "")


def _nearest(name: str, state: str) -> list[str]:
    """The places most like a name: the most similar first, then those in its state, then the largest.

    Only those in its state where the first is.
    """
    scored: dict[str, tuple[float, int]] = {}
    states: dict[str, str | None] = {}
    for key, ratio in _alike(name):
        for entry in gazetteer.named(key):
            score = round(ratio + (HOME if state and entry.state == state else 0), 2)
            states[entry.name] = entry.state
            scored[entry.name] = max(scored.get(entry.name, (0.0, 0)), (score, entry.population))
    near = sorted(scored, key=lambda place: scored[place], reverse=True)
    if near and state == states[near[0]]:
        near = [place for place in near if states[place] == state]
    return near[:NEAREST]


def _alike(name: str) -> Iterator[tuple[str, float]]:
    """The most similar names among those with the same first letter or, if that is wrong, the same next two."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=name, autojunk=False)
    similar = []
    for letter, keys in gazetteer.names_by_letter().items():
        same = letter == name[:1]
        for key in keys:
            if letter.isdigit() or not (same or key[1:3] == name[1:3] or key[:2] == name[1:3]):
                continue
            if key.startswith(f"{name} "):
                similar.append((LONGER, key))
                continue
            matcher.set_seq1(key)
            if matcher.real_quick_ratio() > LIKE and matcher.quick_ratio() > LIKE:
                similar.append((matcher.ratio(), key))
    similar.sort(reverse=True)
    yield from ((key, ratio) for ratio, key in similar[: 8 * NEAREST] if ratio > LIKE)

"""Why a place was not read: what it could be, or what is most like it. Tables may be read whole here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, shown
from ehrpay.places import gazetteer, postal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.places.gazetteer import Entry

MOST, NEAREST = 8, 5
LIKE, LONGER, HOME = 0.7, 0.92, 0.1
"""How alike two spellings must be (0 to 1), how alike a name and a longer one that begins with it are held to
be, and what lying in the state that was said adds."""


def refused(typed: str, hint: str = "") -> UsageError:
    """The error for a place that is not known, with a sentence on what to try."""
    told = f". {hint[0].upper()}{hint[1:]} The command" if hint else "; the command"
    msg = f"{shown(typed)} is no place ehrpay knows{told} 'ehrpay list areas' shows the areas"
    return UsageError(msg, field="location")


def several(typed: str, lines: Sequence[str]) -> UsageError:
    """The error for a name that could be several places, each as it can be typed."""
    more = f" and {len(lines) - MOST} more" if len(lines) > MOST else ""
    msg = f"{shown(typed)} could be {'; '.join(lines[:MOST])}{more}. Write the one you mean"
    return UsageError(msg, field="location")


def candidates(entries: Sequence[Entry]) -> list[str]:
    """Places as they can be typed, with their people; the county where a state has two of the name."""
    names = [entry.name for entry in entries]
    lines = (_line(entry, twin=names.count(entry.name) > 1) for entry in entries)
    return list(dict.fromkeys(lines))


def _line(entry: Entry, *, twin: bool) -> str:
    name = entry.name
    if twin and entry.kind == "city":
        city, _, state = name.rpartition(", ")
        name = f"{city}, {postal.county_of(entry.county).name.rpartition(', ')[0]}, {state}"
    return f"{name} ({entry.population:,})" if entry.population else name


def unknown(typed: str, name: str, state: str) -> UsageError:
    """The error for a folded name that nobody bears (in the state, if one was said), with those most like it."""
    code = typed.upper()
    if (locality := gazetteer.locality_name(code)) != code:
        return refused(typed, f"for the locality pay area {locality} write --locality {code}.")
    near = _nearest(name, state)
    return refused(typed, f"did you mean {'; '.join(near)}?" if near else "")


def _nearest(name: str, state: str) -> list[str]:
    """The places most like a name: the likest first, then those in its state, then the largest."""
    scored: dict[str, tuple[float, int]] = {}
    for key, ratio in _alike(name):
        for entry in gazetteer.named(key):
            score = round(ratio + (HOME if state and entry.state == state else 0), 2)
            scored[entry.name] = max(scored.get(entry.name, (0.0, 0)), (score, entry.population))
    best = sorted(scored, key=lambda one: scored[one], reverse=True)
    return best[:NEAREST]


def _alike(name: str) -> Iterator[tuple[str, float]]:
    """The likest names among those with the same first letter or, one wrong there, the same next two."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=name, autojunk=False)
    found = []
    for letter, keys in gazetteer.names_by_letter().items():
        same = letter == name[:1]
        for key in keys:
            if letter.isdigit() or not (same or key[1:3] == name[1:3] or key[:2] == name[1:3]):
                continue
            if key.startswith(f"{name} "):
                found.append((LONGER, key))
                continue
            matcher.set_seq1(key)
            if matcher.real_quick_ratio() > LIKE and matcher.quick_ratio() > LIKE:
                found.append((matcher.ratio(), key))
    found.sort(reverse=True)
    yield from ((key, ratio) for ratio, key in found[: 8 * NEAREST] if ratio > LIKE)

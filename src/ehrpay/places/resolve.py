"""What a person typed, read as one place; or an error that lists what it could be.

Read in this order: the nation; a ZIP or area code; a state's code or name; a name that says its state
(`Denver, CO`, `denver colorado`); a title or alias (`dfw`); `rural STATE`; a bare name. A bare name is taken
only when one place bears it, or when one has at least 50,000 people and twenty times as many as the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.place import Place
from ehrpay.errors import UsageError, shown
from ehrpay.places import gazetteer
from ehrpay.places.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.places.gazetteer import Entry

LONGEST = 100
NATION = frozenset({"us", "usa", "united states", "united states of america", "nation", "national"})
LARGE, TIMES = 50_000, 20
SHARED = 90
MOST = 8


def resolve(text: str) -> Place:
    """The place meant. UsageError (field `location`) when it is unknown or could be several."""
    typed = text.strip()
    if not typed:
        msg = "location is empty; write a place like 'Denver, CO', or us for the nation"
        raise UsageError(msg, field="location")
    if len(typed) > LONGEST:
        msg = f"{shown(typed)} is too long for a place"
        raise UsageError(msg, field="location")
    key = folded(typed)
    if key in NATION:
        return Place(typed, "nation", "United States")
    found = _code(typed, key) or _state(typed, key) or _with_state(typed, key) or _rural(typed, key)
    return found or _bare(typed, key)


def _code(typed: str, key: str) -> Place | None:
    """A ZIP (`80202`, `80202-1234`, `zip 80202`) or an area's code (`19740`, `cbsa 19740`, `0800001`)."""
    word, _, rest = key.rpartition(" ")
    digits = rest if word in ("", "zip", "cbsa", "zip code") else ""
    if word.isdigit() and rest.isdigit() and (len(word), len(rest)) == (5, 4):
        word, digits = "zip", word
    if not (digits.isascii() and digits.isdigit()):
        return None
    mail = gazetteer.zip_code(digits) if word != "cbsa" else None
    areas = gazetteer.named(digits) if not word.startswith("zip") else []
    if mail is not None and areas:
        lines = [f"zip {digits} (ZIP in {_place_of(mail.county)})", f"cbsa {digits} ({areas[0].name})"]
        raise _several(typed, lines)
    if areas:
        return _place(typed, areas[0])
    if mail is None:
        what = "area" if word == "cbsa" else "ZIP or area code"
        msg = f"{shown(typed)} is no {what} ehrpay knows; 'ehrpay list areas' shows the areas"
        raise UsageError(msg, field="location")
    return _mailed(typed, mail)


def _place_of(county: str) -> str:
    return gazetteer.county_name(county)


def _mailed(typed: str, mail: gazetteer.Zip) -> Place:
    notes = []
    if mail.share < SHARED:
        notes.append(f"ZIP {mail.code}: approximate, {mail.share} % of its people live in this area")
    if mail.method in ("postoffice", "city"):
        notes.append(f"ZIP {mail.code}: placed by its delivering post office")
    name = f"ZIP {mail.code} ({_place_of(mail.county)})"
    settled = (mail.state, mail.county, mail.cbsa, mail.area, mail.locality)
    return _built(typed, "zip", name, settled, None, notes)


def _state(typed: str, key: str) -> Place | None:
    states = [entry for entry in gazetteer.named(key) if entry.kind == "state"]
    if not states:
        return None
    notes = []
    if others := [
        entry for entry in gazetteer.named(key) if entry.kind != "state" and entry.population > LARGE
    ]:
        notes.append(f"read as the state; write '{others[0].name}' for the other")
    return _place(typed, states[0], notes)


def _with_state(typed: str, key: str) -> Place | None:
    """A name followed by its state's code or name."""
    words = key.split()
    for size in (1, 2, 3, 4):
        states = _state_of(" ".join(words[-size:])) if len(words) > size else ""
        if not states:
            continue
        name = " ".join(words[:-size])
        if name in ("rural", "nonmetropolitan", "nonmetro"):
            return None
        whole = [entry for entry in gazetteer.named(key) if entry.kind in ("metro", "micro", "nonmetro")]
        found = _in_state(name, states) or whole
        if found:
            return _chosen(typed, found, title=whole)
    return None


def _state_of(key: str) -> str:
    return next((entry.state for entry in gazetteer.named(key) if entry.kind == "state"), "")


def _in_state(name: str, state: str) -> list[Entry]:
    """The meanings of a name in a state; `Franklin Milwaukee County` means Franklin in that county."""
    for plain in _variants(name):
        if found := [e for e in gazetteer.named(plain) if e.state == state and e.kind != "state"]:
            return found
    words = name.split()
    for cut in range(1, len(words)):
        counties = [
            e for e in gazetteer.named(" ".join(words[cut:])) if e.kind == "county" and e.state == state
        ]
        inside = {county.county for county in counties}
        if found := [
            e for e in gazetteer.named(" ".join(words[:cut])) if e.kind == "city" and e.county in inside
        ]:
            return found
    return []


def _variants(name: str) -> list[str]:
    """A name with and without the words people put before or after it."""
    plain = name.removeprefix("city of ").removeprefix("town of ").removeprefix("village of ")
    tails = (" city", " town", " village", " cdp", " area", " metro", " metro area")
    return [
        name,
        plain,
        *(plain.removesuffix(tail) for tail in tails if plain.endswith(tail)),
        f"{plain} city",
    ]


def _rural(typed: str, key: str) -> Place | None:
    word, _, rest = key.partition(" ")
    if word not in ("rural", "nonmetropolitan", "nonmetro"):
        return None
    state = _state_of(rest)
    if not state:
        return None
    name = next(e.name for e in gazetteer.named(rest) if e.kind == "state")
    note = "a rural place without its own area: the state's wages stand in, with the rural factor"
    return Place(typed, "nonmetro", f"rural {name}", state, notes=(note,))


def _bare(typed: str, key: str) -> Place:
    for plain in _variants(key):
        found = gazetteer.named(plain)
        if found:
            return _chosen(typed, found, bare=True)
    raise _unknown(typed, key)


def _chosen(typed: str, found: Sequence[Entry], *, bare: bool = False, title: Sequence[Entry] = ()) -> Place:
    """The one meaning, or the one that towers over the rest, or the area of that very title; else an error."""
    areas = [entry for entry in found if entry.kind in ("metro", "micro")]
    # An area known by another name (Manhattan for New York) stands beside the cities of that name; one that
    # has the city's own name is only its surroundings.
    cities = [entry for entry in found if entry not in areas or entry.key not in folded(entry.name)]
    same = {(entry.area, entry.locality, entry.state) for entry in cities}
    if cities and len(same) == 1:
        return _place(typed, cities[0])
    if all(entry in areas for entry in cities):
        if len({entry.name for entry in areas}) == 1:
            return _place(typed, areas[0])
        raise _several(typed, [_line(entry) for entry in areas])
    first, second = cities[0], cities[1]
    if bare and first.population >= max(LARGE, TIMES * second.population):
        note = f"the largest place of that name by far; others are '{second.name}' and such"
        return _place(typed, first, [note])
    if title:
        return _place(typed, title[0])
    raise _several(typed, [_line(entry, cities) for entry in cities])


def _line(entry: Entry, among: Sequence[Entry] = ()) -> str:
    name = entry.name
    if sum(other.name == name for other in among) > 1:
        city, _, state = name.rpartition(", ")
        name = f"{city}, {gazetteer.county_name(entry.county).rpartition(', ')[0]}, {state}"
    return f"{name} ({entry.population:,})" if entry.population else name


def _several(typed: str, lines: Sequence[str]) -> UsageError:
    more = f" and {len(lines) - MOST} more" if len(lines) > MOST else ""
    msg = f"{shown(typed)} could be {'; '.join(lines[:MOST])}{more}. Write the one you mean"
    return UsageError(msg, field="location")


def _unknown(typed: str, key: str) -> UsageError:
    """The error for a name nobody bears, with those most like it, large ones first among equals."""
    from difflib import SequenceMatcher

    name, state = key, ""
    words = key.split()
    if len(words) > 1 and _state_of(words[-1]):
        name, state = " ".join(words[:-1]), _state_of(words[-1])
    scored: dict[str, tuple[float, int]] = {}
    matcher = SequenceMatcher(b=name, autojunk=False)
    for entry in gazetteer.every_name():
        elsewhere = bool(state) and entry.state != state
        if entry.key.isdigit() or (elsewhere and entry.key[0] != name[:1]):
            continue
        matcher.set_seq1(entry.key)
        if matcher.real_quick_ratio() > 0.7 and matcher.quick_ratio() > 0.7:  # noqa: PLR2004 - a fair likeness
            score = matcher.ratio() + (0.1 if state and entry.state == state else 0)
            scored[entry.name] = max(scored.get(entry.name, (0.0, 0)), (round(score, 2), entry.population))
    near = sorted(scored, key=lambda one: (-scored[one][0], -scored[one][1]))[:5]
    hint = f"; did you mean {'; '.join(near)}?" if near else ";"
    msg = f"{shown(typed)} is no place ehrpay knows{hint} 'ehrpay list areas' shows the areas"
    return UsageError(msg, field="location")


def _place(typed: str, entry: Entry, notes: Sequence[str] = ()) -> Place:
    told = [*notes, *([entry.note] if entry.note else [])]
    if entry.kind in ("metro", "micro", "nonmetro") and not entry.locality:
        told.append("lies in more than one locality pay area: give a city or county for federal pay")
    if entry.kind == "micro" and not entry.area:
        told.append("lies in more than one wage area: give a city or county")
    people = entry.population or None
    settled = (entry.state, entry.county, entry.cbsa, entry.area, entry.locality)
    return _built(typed, entry.kind, entry.name, settled, people, told)


def _built(
    typed: str,
    kind: str,
    name: str,
    settled: tuple[str, str, str, str, str],
    population: int | None,
    notes: Sequence[str],
) -> Place:
    state, county, cbsa, area, locality = settled
    return Place(
        typed,
        kind,
        name,
        state or None,
        county or None,
        cbsa or None,
        area or None,
        gazetteer.area_name(area) if area else None,
        locality or None,
        gazetteer.locality_name(locality) if locality else None,
        population,
        tuple(notes),
    )

"""What a person typed, read as one place; or an error that lists what it could be.

Read in this order: the nation; a ZIP or area code; a state's code, name or abbreviation; `rural STATE`; a name
that says its state (`Denver, CO`, `denver colorado`); a bare name (`Denver`, `dfw`); a city's `metro area`.

What is never guessed, and what is:

- A bare name is taken only if all who bear it lie in one wage area and locality, or if one has at least 50,000
  people and twenty times as many as the next. A nickname of an area (`brooklyn`) counts with the area's people.
- With a state said, twenty times as many is enough; else the name is that of the city after which a CBSA is
  named (`Columbia, MO`). Otherwise the county tells them apart: `Franklin, Venango County, PA`.
- A state's code or name is always the state: `la` is Louisiana, `new york` the state. `L.A.` and `nyc` are the
  cities. `dc` is the District, and so its metropolitan area. A note says what else was passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.place import Place
from ehrpay.errors import UsageError, shown
from ehrpay.places import gazetteer
from ehrpay.places.entry_place import of_entry
from ehrpay.places.spelling import folded, variants
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.places.gazetteer import Entry

LONGEST = 100
LARGE, TIMES = 50_000, 20
NATION = frozenset({"us", "usa", "united states", "united states of america", "nation", "national"})
_COUNTRY = (" usa", " us", " united states", " united states of america")
_RURAL = ("rural", "nonmetropolitan area", "nonmetropolitan", "nonmetro", "non metropolitan", "non metro")
_METRO = ("greater", "metropolitan area", "metro area", "metropolitan", "metro", "msa", "area")
_BLANKS = str.maketrans("\t\r\n\u00a0", "    ")
_DOTTED_CITIES = {"l.a.": "los angeles"}
_COUNTIES = ("county", "parish", "borough", "census area", "municipio", "municipality")


def resolve(text: str) -> Place:
    """The place meant. UsageError (field `location`) when it is unknown or could be several."""
    typed = _checked(text)
    key = folded(_DOTTED_CITIES.get(typed.casefold(), typed))
    if key in NATION:
        return Place(typed, "nation", "United States")
    for country in _COUNTRY:
        key = key.removesuffix(country)
    return (
        _coded(typed, key)
        or _read(typed, key)
        or _addressed(typed, key)
        or _swapped(typed)
        or _lost(typed, key)
    )


def _checked(text: str) -> str:
    """The text without blanks around it; UsageError for what no place's name holds."""
    typed = text.translate(_BLANKS).strip(" ")
    if not typed:
        msg = "location is empty; write a place like 'Denver, CO', or us for the nation"
        raise UsageError(msg, field="location")
    wrong = ""
    if len(typed) > LONGEST:
        wrong = "is too long for a place"
    elif clean(typed) != typed:
        wrong = "holds characters no place's name has"
    elif not typed.isascii() and any(c.isdigit() and not c.isascii() for c in typed):
        wrong = "holds digits other than 0 to 9"
    if wrong:
        msg = f"{shown(typed)} {wrong}"
        raise UsageError(msg, field="location")
    return typed


def _coded(typed: str, key: str) -> Place | None:
    if not any(map(str.isdigit, key)):
        return None
    from ehrpay.places.codes import coded

    return coded(typed, key)


def _read(typed: str, key: str) -> Place | None:
    return (
        _state(typed, key)
        or _rural(typed, key)
        or _with_state(typed, key)
        or _bare(typed, key)
        or _metro(typed, key)
    )


def _state(typed: str, key: str) -> Place | None:
    plain = key.removeprefix("state of ").removesuffix(" state")
    state = gazetteer.state_named(key) or gazetteer.state_named(plain)
    if state is None:
        return None
    # The District's entry says itself that it is the city too.
    hidden = [] if state.area else [e for e in gazetteer.named(key) if e.kind in ("city", "metro")]
    large = [entry.name for entry in hidden if entry.population > LARGE]
    return of_entry(typed, state, [f"read as the state; write '{name}' for the other" for name in large[:1]])


def _without(key: str, words: Sequence[str]) -> str:
    """The key without one of the words at its start or end; empty text if it has none."""
    for word in words:
        rest = key.removeprefix(f"{word} ")
        if rest != key or (rest := key.removesuffix(f" {word}")) != key:
            return rest
    return ""


def _rural(typed: str, key: str) -> Place | None:
    """`rural Colorado`: the nonmetropolitan part of a state; its one area where there is but one."""
    if gazetteer.named(key) and not key.startswith("rural "):
        return None
    state = gazetteer.state_named(_without(key, _RURAL))
    if state is None:
        return None
    for entry in gazetteer.named(f"rural {state.state.lower()}"):
        return of_entry(typed, entry)
    msg = f"{shown(typed)}: {state.name} has no nonmetropolitan area; write {state.state} or a city"
    raise UsageError(msg, field="location")


def _with_state(typed: str, key: str) -> Place | None:
    """A name before its state's code, name or abbreviation."""
    for name, state in _splits(key):
        if found := _in_state(name, state):
            titled = [e for e in gazetteer.named(key) if e.kind in ("metro", "micro")]
            return _chosen(typed, found, titled=titled)
        if found := [e for e in gazetteer.named(key) if e.kind in gazetteer.AREAS]:
            return _chosen(typed, found)
    return None


def _splits(key: str) -> Iterator[tuple[str, str]]:
    """A name and its state's code, the longest state first: `x west virginia` is not in Virginia."""
    words = key.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        state = gazetteer.state_named(" ".join(words[-size:]))
        if state is not None:
            yield " ".join(words[:-size]), state.state


def _in_state(name: str, state: str) -> list[Entry]:
    """The meanings of a name in a state: under any of its spellings, in a county, or as a county."""
    for plain in variants(name):
        if found := [e for e in gazetteer.named(plain) if e.state == state and e.kind != "state"]:
            return found
    return _in_county(name.split(), state) or [
        county for word in _COUNTIES for county in _counties(f"{name} {word}", state)
    ]


def _in_county(words: Sequence[str], state: str) -> list[Entry]:
    """The cities of `franklin venango county`: a name, then its county."""
    for cut in range(1, len(words)):
        inside = {county.county for county in _counties(" ".join(words[cut:]), state)}
        cities = gazetteer.named(" ".join(words[:cut])) if inside else []
        if found := [city for city in cities if city.kind == "city" and city.county in inside]:
            return found
    return []


def _counties(key: str, state: str) -> list[Entry]:
    return [e for e in gazetteer.named(key) if e.kind == "county" and e.state == state]


def _bare(typed: str, key: str) -> Place | None:
    for plain in variants(key):
        if found := [entry for entry in gazetteer.named(plain) if entry.kind != "state"]:
            return _chosen(typed, found, least=LARGE)
    return None


def _metro(typed: str, key: str) -> Place | None:
    """`Denver metro area`: the CBSA a city lies in."""
    rest = _without(key, _METRO)
    for name, state in _splits(key):
        rest = rest or (f"{inner} {state.lower()}" if (inner := _without(name, _METRO)) else "")
    city = _with_state(typed, rest) or _bare(typed, rest) if rest else None
    if city is None or city.cbsa is None:
        return city
    return of_entry(typed, gazetteer.named(city.cbsa)[0])


def _addressed(typed: str, key: str) -> Place | None:
    """`Denver, CO 80202`: the ZIP, if it lies in the state said."""
    name, _, code = key.partition(" ")
    while name and not code.replace(" ", "").isdigit():
        word, _, code = code.partition(" ")
        name = f"{name} {word}" if word else ""
    for _, state in _splits(name):
        mail = _coded(typed, f"zip {code}")
        if mail is None or mail.state == state:
            return mail
        msg = f"{shown(typed)}: the ZIP code is in {mail.state}, not in {state}"
        raise UsageError(msg, field="location")
    return None


def _swapped(typed: str) -> Place | None:
    """`CO, Denver`."""
    state, comma, name = typed.partition(",")
    if not comma or gazetteer.state_named(folded(state)) is None:
        return None
    return _with_state(typed, folded(f"{name} {state}"))


def _lost(typed: str, key: str) -> Place:
    from ehrpay.places.errors import unknown

    for name, state in _splits(key):
        raise unknown(typed, name, state)
    raise unknown(typed, key, "")


def _chosen(typed: str, found: Sequence[Entry], *, titled: Sequence[Entry] = (), least: int = 1) -> Place:
    """The one meaning, or the one that towers over the rest, or the area's own city; else an error."""
    places = _apart(found)
    if len(places) == 1:
        return of_entry(typed, places[0][1])
    from ehrpay.places.errors import candidates, several

    places.sort(key=lambda one: one[0], reverse=True)
    (most, first), (next_most, second) = places[:2]
    read, other = candidates([first, second])
    note = f"read as {read}; others bear the name, the next largest is {other}"
    if most >= max(least, TIMES * next_most):
        return of_entry(typed, first, [note])
    for area in titled:
        if named_for := [entry for _, entry in places if entry.cbsa == area.cbsa]:
            note = f"read as the city after which the area {area.name} is named"
            return of_entry(typed, named_for[0], [note])
    raise several(typed, candidates([entry for _, entry in places]))


def _apart(found: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """The meanings that differ in state, wage area or locality, each with the people it counts for.

    An area that has a city of that very name is only its surroundings: the city stands for both, and if the
    name is one of the area's nicknames, with the area's people.
    """
    cities = [entry for entry in found if entry.kind not in ("metro", "micro")]
    areas = [entry for entry in found if entry.kind in ("metro", "micro")]
    apart: dict[tuple[str, str, str], tuple[int, Entry]] = {}
    for city in cities:
        nicknamed = [a.population for a in areas if a.cbsa == city.cbsa and city.key not in folded(a.name)]
        settled = (city.state, city.area, city.locality)
        apart.setdefault(settled, (max(city.population, *nicknamed, 0), city))
    homes = {city.cbsa for city in cities}
    for area in areas:
        if not (area.cbsa in homes or (cities and area.key in folded(area.name))):
            apart[area.state, area.cbsa, area.kind] = (area.population, area)
    return list(apart.values())

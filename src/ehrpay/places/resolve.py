"""Read the text a person typed as one place; or raise an error that lists what it could be.

Readings are tried in this order: the nation; a ZIP or area code; a state's code, name or abbreviation; `rural STATE`;
a name with its state (`Denver, CO`, `denver colorado`); a name alone (`Denver`, `dfw`); a city's `metro area`.

What is never guessed, and what is:

- A name alone is accepted only if all places of that name lie in one wage area and locality, or if one has at least
  50,000 people and twenty times as many as the next. A nickname of an area (`brooklyn`) counts with the area's people.
- With a state, twenty times as many is enough; else the name is that of the city after which a CBSA is named
  (`Columbia, MO`). Otherwise the county distinguishes them: `Franklin, Venango County, PA`.
- A federal hospital or clinic is known by its name and by the place that postings name, such as `Hines, IL`; a city of
  that name in the state comes first.
- A state's code or name is always the state: `la` is Louisiana, `new york` the state. `L.A.` and `nyc` are the
  cities. `dc` is the District, and so its metropolitan area. A note names the other readings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.place import Place
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.places import gazetteer
from ehrpay.places.gazetteer import entry_place
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
    """The place of a text. UsageError (field `location`) when it is unknown or could be several."""
    typed = _checked(text)
    key = folded(_DOTTED_CITIES.get(typed.casefold(), typed))
    if key in NATION:
        return Place(typed, "nation", "United States")
    for country in _COUNTRY:
        key = key.removesuffix(country)
    return (
        _code(typed, key)
        or _name(typed, key)
        or _addressed(typed, key)
        or _swapped(typed)
        or _unknown(typed, key)
    )


def _checked(text: str) -> str:
    """The text without blanks around it; UsageError for what no place name contains."""
    typed = text.translate(_BLANKS).strip(" ")
    if not typed:
        msg = "location is empty; write a place like 'Denver, CO', or us for the nation"
        raise UsageError(msg, field="location")
    wrong = ""
    if len(typed) > LONGEST:
        wrong = "is too long for a place"
    elif clean(typed) != typed:
        wrong = "contains characters no place name has"
    elif not typed.isascii() and any(c.isdigit() and not c.isascii() for c in typed):
        wrong = "contains digits other than 0 to 9"
    if wrong:
        raise UsageError(f"{shown(typed)} {wrong}", field="location")
    return typed


def _code(typed: str, key: str) -> Place | None:
    if not any(map(str.isdigit, key)):
        return None
    from ehrpay.places.codes import code_place

    return code_place(typed, key)


def _name(typed: str, key: str) -> Place | None:
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
    # The note of the District's entry says that it is the city too.
    hidden = [] if state.area else [e for e in gazetteer.named(key) if e.kind in ("city", "metro")]
    large = [entry.name for entry in hidden if entry.population > LARGE]
    return entry_place(
        typed, state, [f"read as the state; write '{name}' for the other" for name in large[:1]]
    )


def _without(key: str, words: Sequence[str]) -> str:
    """The key without one of the words at its start or end; empty text if it has none."""
    for word in words:
        rest = key.removeprefix(f"{word} ")
        if rest != key or (rest := key.removesuffix(f" {word}")) != key:
            return rest
    return ""


def _rural(typed: str, key: str) -> Place | None:
    """`rural Colorado`: the nonmetropolitan part of a state; its one area where it has only one."""
    if gazetteer.named(key) and not key.startswith("rural "):
        return None
    state = gazetteer.state_named(_without(key, _RURAL))
    if state is None:
        return None
    for entry in gazetteer.named(f"rural {state.state.lower()}"):
        return entry_place(typed, entry)
    msg = f"{shown(typed)}: {state.name} has no nonmetropolitan area; write {state.state} or a city"
    raise UsageError(msg, field="location")


def _with_state(typed: str, key: str) -> Place | None:
    """A name before its state's code, name or abbreviation."""
    for name, state in _splits(key):
        if entries := _in_state(name, state):
            titled = [e for e in gazetteer.named(key) if e.kind in ("metro", "micro")]
            return _chosen(typed, entries, titled=titled)
        if entries := [e for e in gazetteer.named(key) if e.kind in gazetteer.AREAS]:
            return _chosen(typed, entries)
    return None


def _splits(key: str) -> Iterator[tuple[str, str]]:
    """A name and its state's code, the longest state first: `x west virginia` is not in Virginia."""
    words = key.split()
    for size in range(min(4, len(words) - 1), 0, -1):
        state = gazetteer.state_named(" ".join(words[-size:]))
        if state is not None:
            yield " ".join(words[:-size]), state.state


def _in_state(name: str, state: str) -> list[Entry]:
    """The meanings of a name in a state: by any of its spellings, in a county, or as a county."""
    for plain in variants(name):
        if entries := [e for e in gazetteer.named(plain) if e.state == state and e.kind != "state"]:
            return entries
    return _in_county(name.split(), state) or [
        county for word in _COUNTIES for county in _counties(f"{name} {word}", state)
    ]


def _in_county(words: Sequence[str], state: str) -> list[Entry]:
    """The cities and facilities of `franklin venango county`: a name, then its county."""
    for cut in range(1, len(words)):
        inside = {county.county for county in _counties(" ".join(words[cut:]), state)}
        named = gazetteer.named(" ".join(words[:cut])) if inside else []
        if entries := [e for e in named if e.kind in ("city", "facility") and e.county in inside]:
            return entries
    return []


def _counties(key: str, state: str) -> list[Entry]:
    return [e for e in gazetteer.named(key) if e.kind == "county" and e.state == state]


def _bare(typed: str, key: str) -> Place | None:
    for plain in variants(key):
        if entries := [entry for entry in gazetteer.named(plain) if entry.kind != "state"]:
            return _chosen(typed, entries, least=LARGE)
    return None


def _metro(typed: str, key: str) -> Place | None:
    """`Denver metro area`: the CBSA a city lies in."""
    rest = _without(key, _METRO)
    for name, state in _splits(key):
        rest = rest or (f"{inner} {state.lower()}" if (inner := _without(name, _METRO)) else "")
    city = _with_state(typed, rest) or _bare(typed, rest) if rest else None
    if city is None or city.cbsa is None:
        return city
    return entry_place(typed, gazetteer.named(city.cbsa)[0])


def _addressed(typed: str, key: str) -> Place | None:
    """`Denver, CO 80202`: the ZIP, if it lies in the state given."""
    name, _, code = key.partition(" ")
    while name and not code.replace(" ", "").isdigit():
        word, _, code = code.partition(" ")
        name = f"{name} {word}" if word else ""
    for _, state in _splits(name):
        mail = _code(typed, f"zip {code}")
        if mail is None or mail.state == state:
            return mail
        raise UsageError(f"{shown(typed)}: the ZIP code is in {mail.state}, not in {state}", field="location")
    return None


def _swapped(typed: str) -> Place | None:
    """`CO, Denver`."""
    state, comma, name = typed.partition(",")
    if not comma or gazetteer.state_named(folded(state)) is None:
        return None
    return _with_state(typed, folded(f"{name} {state}"))


def _unknown(typed: str, key: str) -> Place:
    from ehrpay.places.errors import unknown_name

    for name, state in _splits(key):
        raise unknown_name(typed, name, state)
    raise unknown_name(typed, key, "")


def _chosen(typed: str, entries: Sequence[Entry], *, titled: Sequence[Entry] = (), least: int = 1) -> Place:
    """The only meaning, or the one far larger than the rest, or the area's own city; else an error."""
    places = _distinct(entries)
    if len(places) == 1:
        return entry_place(typed, places[0].entry)
    from ehrpay.places.errors import ambiguous, candidates

    places.sort(key=lambda place: place.people, reverse=True)
    first, second = places[:2]
    read, other = candidates([first.entry, second.entry])
    if first.people >= max(least, TIMES * second.people):
        note = f"read as {read}; other places share this name, the next largest is {other}"
        return entry_place(typed, first.entry, [note])
    for area in titled:
        if named_for := [place.entry for place in places if place.entry.cbsa == area.cbsa]:
            note = f"read as the city after which the area {area.name} is named"
            return entry_place(typed, named_for[0], [note])
    raise ambiguous(typed, candidates([place.entry for place in places]))


class _Meaning(NamedTuple):
    """One meaning of a name, with the people it counts for."""

    people: int
    entry: Entry


def _distinct(entries: Sequence[Entry]) -> list[_Meaning]:
    """The meanings that differ in state, wage area or locality.

    An area with a city of the same name is only its surroundings: the city stands for both, and if the name is one
    of the area's nicknames, with the area's people.
    """
    cities = [entry for entry in entries if entry.kind not in ("metro", "micro")]
    areas = [entry for entry in entries if entry.kind in ("metro", "micro")]
    distinct: dict[tuple[str, str, str], _Meaning] = {}
    for city in cities:
        nicknamed = [a.population for a in areas if a.cbsa == city.cbsa and city.key not in folded(a.name)]
        people = max(city.population, *nicknamed, 0)
        distinct.setdefault((city.state, city.area, city.locality), _Meaning(people, city))
    homes = {city.cbsa for city in cities}
    for area in areas:
        if not (area.cbsa in homes or (cities and area.key in folded(area.name))):
            distinct[area.state, area.cbsa, area.kind] = _Meaning(area.population, area)
    return list(distinct.values())

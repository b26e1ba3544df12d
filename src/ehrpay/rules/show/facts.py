"""What a rule says besides its dated values: the scalars of its file in order, then lists in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.show.index import Entry

Fact = tuple[str, str]

NAMED = frozenset({"id", "name", "title", "aliases", "adjustment", "agency", "code", "index"})
"""Keys the heading shows already."""


def facts(entry: Entry) -> tuple[Fact, ...]:
    """Labels and texts; a list has its items joined, what was not given is left out."""
    data = entry.data
    if entry.kind == "plan":
        return tuple((str(i), str(step)) for i, step in enumerate(data, 1))
    if not isinstance(data, dict) or entry.kind in ("band", "table"):
        return ()
    more = _MORE[entry.kind](data) if entry.kind in _MORE else ()
    return (*_scalars(data), *more)


def _scalars(data: dict[str, Any]) -> Iterator[Fact]:
    for key, value in data.items():
        if key in NAMED or value is None or value == []:
            continue
        label = key.replace("_", " ")
        if key == "evidence":
            yield from () if value else [(label, "no pay figure was found")]
        elif isinstance(value, bool):
            yield from [(label, "yes")] if value else []
        elif isinstance(value, list) and all(isinstance(one, (str, int)) for one in value) and key != "notes":
            yield label, ", ".join(map(str, value))
        elif isinstance(value, (str, int)):
            yield label, str(value)


def _agency(data: dict[str, Any]) -> Iterator[Fact]:
    for raw in data.get("benefits") or ():
        yield "benefit", _cited(raw)
    for text in data.get("notes") or ():
        yield "note", str(text)


def _ladder(data: dict[str, Any]) -> Iterator[Fact]:
    for raw in data["entries"]:
        yield f"GS-{raw['grade']} with", _cited(raw)
    yield "next grade", _cited(data["advance"])


def _cited(raw: dict[str, Any]) -> str:
    return f"{raw['text']} ({raw['basis']}; {', '.join(raw['sources'])})"


_MORE = {"agency": _agency, "ladder": _ladder}

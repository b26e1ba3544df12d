"""One spelling for a name however it is typed: case, accents, punctuation, Saint and St., spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "township": "twp"}
_DOTTED = ("st", "ste", "ft", "mt")
_NOTHING = str.maketrans("", "", ".'`\u00b4\u2018\u2019\u02b9\u02bb\u02bc\u2032")
_POINTS = {"n": "north", "no": "north", "s": "south", "so": "south", "e": "east", "w": "west"}
_BEFORE = ("city of ", "town of ", "village of ", "borough of ", "twp of ", "municipality of ", "the ")
_AFTER = (
    " balance", " metropolitan government", " metro government", " consolidated government",
    " unified government", " urban county", " charter twp", " city and borough", " city", " town", " village",
    " borough", " twp", " cdp", " municipality",
)  # fmt: skip


def folded(text: str) -> str:
    """The form in which names are stored and looked up; idempotent."""
    plain = text.translate(_NOTHING) if not text.isascii() else text
    if not plain.isascii():
        import unicodedata

        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    plain = plain.casefold()
    for short in _DOTTED:
        plain = plain.replace(f"{short}.", f"{short} ")
    plain = plain.translate(_NOTHING)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def variants(name: str) -> Iterator[str]:
    """A folded name, then its other possible spellings: most faithful first, none twice.

    Without the Census Bureau's words for its kind (`city of`, `town`, `(balance)`), with a compass point
    written out (`n las vegas`), with a lone letter joined (`coeur d alene`).
    """
    seen = {name}
    yield name
    for plain in (_bare(name), _pointed(name), _joined(name)):
        if plain and plain not in seen:
            seen.add(plain)
            yield plain


def _bare(name: str) -> str:
    for head in _BEFORE:
        name = name.removeprefix(head)
    if name.startswith("county of "):
        return f"{name.removeprefix('county of ')} county"
    for tail in _AFTER:
        name = name.removesuffix(tail)
    return name


def _pointed(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{_POINTS[first]} {rest}" if rest and first in _POINTS else ""


def _joined(name: str) -> str:
    words = name.split()
    for at, word in enumerate(words[:-1]):
        if word in ("d", "o", "l"):
            return " ".join((*words[:at], word + words[at + 1], *words[at + 2 :]))
    return ""

"""One spelling for a name however it is typed: case, accents, punctuation, Saint and St., blanks."""

from __future__ import annotations

_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "township": "twp"}
_DOTTED = ("st", "ste", "ft", "mt")
_NOTHING = str.maketrans("", "", ".'`\u2019\u02bb")


def folded(text: str) -> str:
    """The form under which names are kept and looked up; idempotent."""
    if not text.isascii():
        import unicodedata

        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = text.casefold()
    for short in _DOTTED:
        plain = plain.replace(f"{short}.", f"{short} ")
    plain = plain.translate(_NOTHING)
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join(_SHORT.get(word, word) for word in words)

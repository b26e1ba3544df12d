r"""Text from a user, made safe to print: cleaned once, where it comes in.

Control characters, surrogates, bidirectional controls and line separators could style, move or break a
terminal; they are shown as visible escapes such as `\x1b`.
"""

from __future__ import annotations

_UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _visible(char: str) -> str:
    # Needed only for text that is not plain ASCII, so imported only then.
    import unicodedata

    if char not in _BIDI and unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"  # noqa: PLR2004 - one byte or more


def clean(text: str) -> str:
    """The same text with every character that could act on a terminal shown as an escape; idempotent."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))

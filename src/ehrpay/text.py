r"""Text from a user, made safe to print: cleaned once, where it comes in.

Control characters, surrogates, bidirectional controls and line separators could style, move or break a
terminal, and what has no width could hide in a name; they are shown as visible escapes such as `\x1b`.
"""

from __future__ import annotations

_UNSAFE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_FORMAT = (
    0xAD,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)
_HIDDEN = frozenset(map(chr, (*_FORMAT, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))))
"""What has no width: bidirectional controls, joiners, marks, tags."""


def _visible(char: str) -> str:
    # Needed only for text that is not plain ASCII, so imported only then.
    import unicodedata

    if char not in _HIDDEN and unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    if code < 0x100:  # noqa: PLR2004 - one byte or more
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004 - two bytes or more


def clean(text: str) -> str:
    """The same text with every character that could act on a terminal shown as an escape; idempotent."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))

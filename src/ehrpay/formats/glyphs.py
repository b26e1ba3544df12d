"""The characters we draw with, and text made fit to stand among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

Tidy: TypeAlias = "Callable[[str], str]"
"""What makes a text fit for a format: `one_line` or `in_ascii`."""


class Glyphs(NamedTuple):
    """What a chart and a cut text are drawn with."""

    whisker: str
    box: str
    middle: str
    left: str
    right: str
    band: str
    band_left: str
    band_right: str
    axis: str
    tick: str
    offer: str
    both: str
    ellipsis: str


UNICODE = Glyphs("─", "█", "◆", "├", "┤", "━", "├", "┤", "─", "┴", "▲", "×", "…")
ASCII = Glyphs("-", "=", "#", "|", "|", ".", "[", "]", "-", "+", "^", "x", "...")

_TYPED = str.maketrans(
    {
        "\u2013": "-",
        "\u2014": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2026": "...",
        "\u00d7": "x",
        "\u25c6": "#",
        "\u25b2": "^",
    }
)
"""Typographic signs, and marks of charts, that NFKD would turn into escapes."""


def one_line(text: str) -> str:
    """Text on one line, runs of blanks made one, whatever could act on a terminal shown as an escape."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return clean(" ".join(text.split()))


def in_ascii(text: str) -> str:
    r"""Text on one line in ASCII: accents dropped, other characters as escapes such as `\u4e2d`."""
    line = one_line(text)
    if line.isascii():
        return line
    import unicodedata

    split = unicodedata.normalize("NFKD", line.translate(_TYPED))
    bare = "".join(char for char in split if not unicodedata.combining(char))
    return bare.encode("ascii", "backslashreplace").decode("ascii")

"""What an unquoted YAML scalar means here, and which ones are refused because readers disagree on them.

Whole numbers are int, decimals Decimal (never float), true and false bool; null, ~ and nothing None. All else
is text, dates included. What YAML 1.1 and 1.2 read differently is refused with what to write instead:
https://yaml.org/type/ (1.1: bool, int, float) against https://yaml.org/spec/1.2.2/#103-core-schema.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple

DIGITS = 15
SHORT = 40

_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_MEANT = {"y": "true", "yes": "true", "on": "true", "true": "true", "null": "null"} | dict.fromkeys(
    ("n", "no", "off", "false"), "false"
)
_LONGEST_WORD = 5

# Every alternative runs in linear time, so a text of 10,000 digits is no trap.
_NUMBER = re.compile(
    r"""
      (?P<int> -?(?:0|[1-9]\d{0,14}) )
    | (?P<decimal> -?(?:0|[1-9]\d{0,14})\.\d{1,15} )
    | (?P<E111> [-+]?0(?=[\d_]*\d)[\d_]*(?:\.[\d_]*)? )
    | (?P<E113> [-+]?(?=[\d.]*_)\d[\d_]*(?:\.[\d_]*)? )
    | (?P<E117> -?\d+(?:\.\d+)? )
    | (?P<E118> \+\d+(?:\.\d*)? | -?\d+\. | [-+]?\.\d[\d_]* )
    | (?P<E112> [-+]?\d[\d_]*(?::\d{1,2})+(?:\.[\d_]*)? )
    | (?P<E114> [-+]?0(?:[xX]_*[\da-fA-F][\da-fA-F_]* | [oO]_*[0-7][0-7_]* | [bB]_*[01][01_]*) )
    | (?P<E115> [-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][-+]?\d+ )
    | (?P<E116> [-+]?\.(?:[iI][nN][fF]|[nN][aA][nN]) )
    """,
    re.ASCII | re.VERBOSE,
)
_SENTENCE = {
    "E111": "{} has a leading zero: YAML 1.1 reads it as octal or drops the zero",
    "E112": "{} is a number in base 60 in YAML 1.1",
    "E113": "{} is a number with underscores, which readers interpret differently",
    "E114": "{} is a number that is not decimal",
    "E115": "{} is a number to some readers and text to others",
    "E116": "{} is not a finite number",
    "E117": f"{{}} has more than {DIGITS} digits before or after the point",
    "E118": "{} is a number to some readers and text to others",
}


class Refusal(NamedTuple):
    """Why a scalar is refused: a code, a sentence, and what to write instead."""

    code: str
    message: str
    help: str


Plain: TypeAlias = str | int | bool | Decimal | None


def plain(text: str) -> Plain | Refusal:
    """The meaning of an unquoted scalar, or why it is refused."""
    if text and text[0] in "0123456789+-.":
        return _number(text)
    if len(text) > _LONGEST_WORD:
        return text
    if text in _WORDS:
        return _WORDS[text]
    meant = _MEANT.get(text.lower())
    if meant is None:
        return text
    kind = "null" if meant == "null" else f"the truth value {meant}"
    return Refusal(
        "E110", f"'{text}' means {kind} to many YAML readers", f'write "{text}" for the text, or {meant}'
    )


def _number(text: str) -> Plain | Refusal:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    kind = found.lastgroup or ""
    if kind == "int":
        return int(text)
    if kind == "decimal":
        return Decimal(text)
    return Refusal(kind, _SENTENCE[kind].format(shown(text)), _instead(kind, text))


def _instead(kind: str, text: str) -> str:
    quoted = f'"{text}"' if len(text) <= SHORT else "it in quotes"
    number = _rewritten(kind, text) if len(text) <= SHORT else ""
    return (
        f"write {quoted} for a code, or {number} for a number" if number else f"write {quoted} if it is text"
    )


def _rewritten(kind: str, text: str) -> str:
    """The plain decimal that may have been meant; nothing when that is unclear or would be refused too."""
    if kind in ("E111", "E113", "E118"):
        bare = text.replace("_", "").removeprefix("+")
        number = str(Decimal(bare)) if bare.strip("-.") else ""
    elif kind == "E115" and abs(int(text.lower().rpartition("e")[2])) <= DIGITS:
        number = format(Decimal(text), "f")
    elif kind == "E114":
        number = str(int(text.replace("_", ""), 0))
    else:
        return ""
    found = _NUMBER.fullmatch(number)
    return number if found and found.lastgroup in ("int", "decimal") else ""

"""Every error a user can meet: its exit code and its plain sentence.

Exit codes (README, "Exit codes"): 2 wrong use, 65/66 input unusable or unreadable, 69 no rule covers the
question or a service is not there, 70 a bug of ours, 73/74 cannot create or write output, 78 rules or configuration
broken.
"""

from __future__ import annotations

from contextlib import contextmanager
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DONE, FINDINGS, USAGE, BAD_DATA, NO_INPUT, NO_RULE, BUG = 0, 1, 2, 65, 66, 69, 70
UNAVAILABLE = NO_RULE
CANNOT_CREATE, CANNOT_WRITE, BAD_RULES, INTERRUPTED, BROKEN_PIPE = 73, 74, 78, 130, 141

SHOWN = 60
TELLING = 3
"""The fewest characters that say which longer name was meant."""
ALIKE = 0.75
"""How like a word of a longer name what was typed must be, where it is like no whole name."""

SAME = {
    "vacation": ("leave",), "pto": ("leave",), "salary": ("base",), "pay": ("base",), "401k": ("match", "retirement"),
    "insurance": ("premium",), "health": ("premium",), "title": ("role",), "job": ("role",), "experience": ("years",),
    "place": ("location",), "city": ("location",), "state": ("location",), "company": ("employer", "agency"),
}  # fmt: skip
"""Everyday words for what has another name here."""


class EhrpayError(Exception):
    """An error with a sentence for the user; `code` is the process's exit code."""

    code = BUG


class UsageError(EhrpayError):
    """Wrong use: an unknown name, a value out of range, options that conflict (exit 2).

    `field` is the profile's field or the argument at fault, so that a command line can name the option or variable.
    """

    code = USAGE

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence and the name of the field at fault."""
        super().__init__(message)
        self.field = field


class NoRuleError(EhrpayError):
    """A valid question that no rule covers: a date, place or table that the rules do not have (exit 69)."""

    code = NO_RULE


class UnavailableError(EhrpayError):
    """A service that a run was sent to and that doesn't answer, or ends before the run does (exit 69)."""

    code = UNAVAILABLE


class DataError(EhrpayError):
    """An input file whose content can't be used (exit 65)."""

    code = BAD_DATA


class InputError(EhrpayError):
    """An input file that can't be opened (exit 66)."""

    code = NO_INPUT


class OutputError(EhrpayError):
    """Output that can't be created (exit 73) or written (exit 74)."""

    def __init__(self, message: str, *, code: int = CANNOT_WRITE) -> None:
        """Keep the sentence and which of the two codes it is."""
        super().__init__(message)
        self.code = code


class RulesError(EhrpayError):
    """Rules that are missing, unreadable or invalid (exit 78)."""

    code = BAD_RULES


@contextmanager
def blamed_on(field: str, before: str = "") -> Iterator[None]:
    """What fails inside is blamed on a field, with words before the sentence."""
    try:
        yield
    except NoRuleError as error:
        raise NoRuleError(f"{before}{error}") from error
    except UsageError as error:
        raise UsageError(f"{before}{error}", field=field) from error


def shown(value: object) -> str:
    """Quote a user's value for a message: control and bidi characters escaped, cut at 60 characters."""
    from ehrpay.text import clean

    text = clean(str(value))
    return f"'{text[:SHOWN]}…'" if len(text) > SHOWN else f"'{text}'"


def nearest(value: str, names: Iterable[str], *, most: int = 3) -> list[str]:
    """The names most like what was typed, best first: one of its words, then a longer one; empty when none is near.

    Where none is, the names that have a word like it.
    """
    names, typed = list(names), value.casefold()
    words = [word for word in typed.split() if word in names]
    longer = (
        sorted((name for name in names if name.startswith(typed)), key=len) if len(typed) >= TELLING else []
    )
    near = get_close_matches(typed, names, n=most, cutoff=0.6)
    if not (near or words or longer):
        near = _by_a_word(typed, names)
    return list(
        dict.fromkeys([*words, *longer[:1], *(name for name in SAME.get(typed, ()) if name in names), *near])
    )[:most]


def _by_a_word(typed: str, names: Iterable[str]) -> list[str]:
    """The names that have a word like what was typed, those with the likest word first."""
    having: dict[str, list[str]] = {}
    for name in names:
        for word in name.replace("-", " ").split():
            if len(word) > TELLING:
                having.setdefault(word, []).append(name)
    near = get_close_matches(typed, having, n=1, cutoff=ALIKE)
    return [name for word in near for name in having[word]]


def did_you_mean(value: str, names: Iterable[str]) -> str:
    """A closing half-sentence such as `; did you mean 'va'?`, or nothing when no name is near."""
    near = nearest(value, names)
    return f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""


def unknown(noun: str, value: str, names: Iterable[str], *, listing: str = "") -> str:
    """The sentence for an unknown name: the nearest ones, and all of them or what `ehrpay list` lists them."""
    names = list(names)
    if not names:
        return f"unknown {noun} {shown(value)}: these rules know none"
    *others, last = names
    every = f"'ehrpay list {listing}' lists them all"
    if not listing:
        every = f"use {', '.join(others)} or {last}" if others else f"use {last}"
    return f"unknown {noun} {shown(value)}{did_you_mean(value.strip(), names) or ';'} {every}"

"""The rules in force on a day, loaded from folders."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ehrpay import clock, shipped
from ehrpay.api.arguments import wrong_type
from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.errors import UsageError, shown
from ehrpay.rules import book as rule_files
from ehrpay.rules import folder

_FORM = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def read_date(value: str | date | None) -> str:
    """An ISO date; today when None. UsageError unless it is a day written YYYY-MM-DD."""
    if value is None:
        return clock.today()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise wrong_type(value, "as_of", "a date, or its text YYYY-MM-DD")
    text = value.strip()
    if re.fullmatch(_FORM, text) is None:
        raise UsageError(f"{shown(value)} is not a date; write YYYY-MM-DD", field="as_of")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{shown(value)} is not a calendar date", field="as_of") from None


def load_rulebook(
    as_of: str | date | None = None,
    rules: str | Path | None = None,
    overlays: str | Path | Iterable[str | Path | folder.Named] = (),
) -> Rulebook:
    """The rules in force on a day (today by default), from the shipped folder or from one given.

    `overlays` are folders of your own rules, applied on top one after the other: the last one wins. Only these are
    read, not those of EHRPAY_RULES or the configuration. Raises UsageError for a text that isn't a date and RulesError
    for rules that can't be read or trusted.
    """
    day = read_date(as_of)
    if rules is not None and not isinstance(rules, (str, Path)):
        raise wrong_type(rules, "rules", "the path of a folder of rules")
    top = shipped.folder() if rules is None else Path(rules)
    files = folder.files(top)
    overlays = [overlays] if isinstance(overlays, (str, Path)) else overlays
    if not isinstance(overlays, Iterable):
        raise wrong_type(overlays, "overlays", "the paths of folders of rules")
    layers = folder.overlays(overlays)
    return Rulebook(rule_files.load(top, files, layers), day)


def rulebook(book: Rulebook | None) -> Rulebook:
    """The rulebook given, or the one of today."""
    if book is None:
        return load_rulebook()
    if not isinstance(book, Rulebook):
        raise wrong_type(book, "book", "a Rulebook, as load_rulebook() returns it")
    return book

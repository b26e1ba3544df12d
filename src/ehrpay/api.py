"""The library's two verbs: load the rules of a date, and estimate one profile by them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.domain.answer import estimate as answer
from ehrpay.domain.rulebook import Rulebook
from ehrpay.errors import UsageError, shown
from ehrpay.rules import book, folder

if TYPE_CHECKING:
    from ehrpay.domain.estimate import Estimate
    from ehrpay.domain.profile import Profile


_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(value: str | date | None) -> str:
    """An ISO date; today when None. UsageError unless it is a day written YYYY-MM-DD."""
    if value is None:
        return date.today().isoformat()  # noqa: DTZ011 - the user's own day
    if isinstance(value, date):
        return value.isoformat()
    text = value.strip()
    if _FORM.fullmatch(text) is None:
        msg = f"{shown(value)} is not a date; write YYYY-MM-DD"
        raise UsageError(msg, field="as_of")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        msg = f"{shown(value)} is no such day"
        raise UsageError(msg, field="as_of") from None


def load_rulebook(as_of: str | date | None = None, rules: str | Path | None = None) -> Rulebook:
    """The rules in force on a day (today by default), from the shipped folder or from one given.

    Raises UsageError for a text that is no date and RulesError for rules that can't be read or trusted.
    """
    day = read_date(as_of)
    top = shipped.folder() if rules is None else Path(rules)
    files = folder.files(top)
    loaded: dict[str, Any] = {}

    def areas() -> dict[str, Any]:
        if not loaded:
            loaded.update(book.areas(top, files))
        return loaded

    return Rulebook(book.core(top, files), areas, day)


def estimate(profile: Profile, book: Rulebook | None = None, *, method: str = "auto") -> Estimate:
    """An explained pay range, whole dollars a year, for what is known of a person and a job.

    `method` is `auto`, `market` or `grade`. Raises UsageError (exit code 2) for anything unknown or
    conflicting and NoRuleError (69) where the question is valid but no rule covers it. Sources are the
    estimate's own `sources`, spelled out by `book.sources`.
    """
    rules = load_rulebook() if book is None else book
    place = None
    if profile.location is not None:
        from ehrpay.places.resolve import resolve

        place = resolve(profile.location)
    return answer(rules, rules.read(profile, place), method)

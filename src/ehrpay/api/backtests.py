"""Estimates against pay that was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.api.estimates import estimate
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.estimate.rulebook import Rulebook

if TYPE_CHECKING:
    from ehrpay.domain.backtest.observation import Observation
    from ehrpay.domain.backtest.result import Backtest
    from ehrpay.domain.backtest.trial import Medians
    from ehrpay.observed.read import ObservedFile


def backtest(observed: ObservedFile, book: Rulebook | None = None, *, since: int | str = 2019) -> Backtest:
    """Estimates for jobs whose pay was observed, measured against that pay; `since` is the first year that counts.

    Each job is priced with the rules of the book's date, and the result carried to the date of the pay by the
    nation's published medians; an employer on a pay plan is priced by its table of that date. Raises DataError
    (65) if no row of those years can be tested.
    """
    from functools import cache

    from ehrpay.domain.backtest.result import backtest as measured
    from ehrpay.domain.backtest.trial import Trier
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.typed_numbers import read_whole

    first = read_whole(since, "year", "since", 1900, 2999)
    rules = rulebook(book)

    @cache
    def on(day: str) -> Rulebook:
        return rules if day == rules.as_of else Rulebook(rules.rules, day)

    trier = Trier(cache(lambda profile, day: estimate(profile, on(day))), rules.as_of, _medians(rules))
    return measured(
        [_with_level(rules, row) for row in observed.rows],
        observed.faults,
        lambda row: trier.trial(row, Profile()),
        since=first,
        as_of=rules.as_of,
        version=rules.version,
    )


def _medians(book: Rulebook) -> Medians:
    """The national medians of health records work: those of the rules, and older ones."""
    from ehrpay.domain.backtest.trial import Medians
    from ehrpay.domain.market.wages import REFERENCE
    from ehrpay.observed.read import older_medians

    published = book.rules.occupations[REFERENCE].wages
    return Medians.of(older_medians() | {fact.effective: fact.value.p50 for fact in published})


def _with_level(book: Rulebook, row: Observation) -> Observation:
    """A row with the level that its title names, where the rules know levels and it gives none."""
    from ehrpay.domain.backtest.observation import level_of

    if row.profile.level is not None:
        return row
    level = level_of(row.title, book.rules.names.get("level", {}))
    return row._replace(profile=row.profile._replace(level=level))

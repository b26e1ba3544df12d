"""The library's verbs: load the rules of a date, estimate one profile by them, compare offers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay import clock, shipped
from ehrpay.domain.estimate.pricing import estimate as answer
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.errors import NoRuleError, UsageError, blamed_on, shown
from ehrpay.rules import book, folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.backtest.medians import Medians
    from ehrpay.domain.backtest.observation import Observation
    from ehrpay.domain.backtest.result import Backtest
    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.ladder.result import Ladder
    from ehrpay.domain.package.model import Offer, Parity
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile
    from ehrpay.observed.read import ObservedFile
    from ehrpay.offers.build import OfferFile


MOST_YEARS = 40
"""The longest horizon of a comparison."""

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(value: str | date | None) -> str:
    """An ISO date; today when None. UsageError unless it is a day written YYYY-MM-DD."""
    if value is None:
        return clock.today()
    if isinstance(value, date):
        return value.isoformat()
    text = value.strip()
    if _FORM.fullmatch(text) is None:
        msg = f"{shown(value)} is not a date; write YYYY-MM-DD"
        raise UsageError(msg, field="as_of")
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        msg = f"{shown(value)} is not a calendar date"
        raise UsageError(msg, field="as_of") from None


def load_rulebook(
    as_of: str | date | None = None,
    rules: str | Path | None = None,
    overlays: Iterable[str | Path | folder.Named] = (),
) -> Rulebook:
    """The rules in force on a day (today by default), from the shipped folder or from one given.

    `overlays` are folders laid over it one after the other, so that the last acts; what `--rules`,
    EHRPAY_RULES and the configuration name is not read here. Raises UsageError for a text that is no date
    and RulesError for rules that can't be read or trusted.
    """
    day = read_date(as_of)
    top = shipped.folder() if rules is None else Path(rules)
    files = folder.files(top)
    layers = folder.overlays(overlays)
    return Rulebook(book.load(top, files, layers), day)


def estimate(
    profile: Profile, book: Rulebook | None = None, *, method: str = "auto", apply_band: bool = False
) -> Estimate:
    """An explained pay range, whole dollars a year, for what is known of a person and a job.

    `method` is `auto`, `market` or `grade`; `apply_band` holds the range to the employer's published band even where it
    is contradicted or due for review. Raises UsageError (exit code 2) for anything unknown or
    conflicting and NoRuleError (69) where the question is valid but no rule covers it. Sources are the
    estimate's own `sources`, spelled out by `book.sources`.
    """
    rules = load_rulebook() if book is None else book
    place = None
    if profile.location is not None:
        from ehrpay.places.resolve import resolve

        place = resolve(profile.location)
    return answer(rules, read_profile(rules, profile, place), method, apply_band=apply_band)


def compare(
    offers: Iterable[OfferTerms],
    book: Rulebook | None = None,
    *,
    home: str | None = None,
    sort: str | None = None,
    weights: str | None = None,
    years: int | str | None = None,
    assume: Iterable[str] = (),
) -> Comparison:
    """Offers valued and ranked side by side; amounts are whole dollars a year unless they say otherwise.

    `home` is the place whose prices the packages are turned into; `sort` is `base`, `package`, `adjusted`,
    `hourly`, `percent`, `percentile` or `name` (`adjusted` where home is known, else `package`); `weights`
    such as `package=3,leave=1` rank instead; `years` is a horizon of 1 to 40; `assume` replaces what fills in missing
    parts, as `health=0` or `none`. Raises UsageError (2) for
    wrong arguments, DataError (65) for a value of an offer's file that can't be used, naming its line.
    """
    from ehrpay.domain.compare import comparison as room
    from ehrpay.domain.compare.preparation import numbered
    from ehrpay.domain.compare.ranking import Ranking, read_sort, read_weights
    from ehrpay.domain.package.benefits import Benefits
    from ehrpay.domain.package.filling import read_filling
    from ehrpay.domain.package.model import Settings
    from ehrpay.domain.typed_numbers import read_whole

    if weights is not None and sort is not None:
        msg = "--weights rank by points and conflict with --sort"
        raise UsageError(msg)
    horizon = None if years is None else read_whole(years, "number of years to come", "years", 1, MOST_YEARS)
    rules = load_rulebook() if book is None else book
    here = _home(home)
    by = Ranking(
        read_sort(sort) if sort is not None else "adjusted" if here is not None else "package",
        read_weights(weights) if weights is not None else (),
    )
    ready = [_ready(rules, terms, home, horizon or 1) for terms in numbered(offers)]
    if not ready:
        msg = "there is no offer to compare"
        raise UsageError(msg)
    filling = read_filling(assume, rules.rules.typical_benefits, rules.as_of)
    settings = Settings(Benefits(rules.rules.benefits.values(), rules.as_of), filling, here, horizon)
    return room.compare(ready, settings, by, rules)


def _home(home: str | None) -> Parity | None:
    if home is None:
        return None
    from ehrpay.places.resolve import resolve

    with blamed_on("home"):
        place = resolve(home)
    found = _parity(place)
    if found is None:
        msg = f"no price parity is known for {place.name}; without --home packages are compared as they are"
        raise UsageError(msg, field="home")
    return found


def _ready(book: Rulebook, terms: OfferTerms, home: str | None, years: int) -> Offer:
    """An offer ready to be valued; what it says wrongly is told with its line."""
    from ehrpay.domain.compare.mistakes import located
    from ehrpay.domain.compare.preparation import prepare, with_home
    from ehrpay.places.resolve import resolve

    try:
        terms = with_home(book, terms, home)
        location = terms.profile.location
        place = None if location is None else resolve(location)
        return prepare(book, terms, place, None if place is None else _parity(place), years)
    except UsageError as error:
        raise located(terms, error) from error
    except NoRuleError as error:
        msg = f"{terms.where}: {error}"
        raise NoRuleError(msg) from error


def offer_mistakes(book: Rulebook, offers: OfferFile) -> Iterable[tuple[str, str]]:
    """The place and the sentence of each value in a file of offers that the rules or the gazetteer don't know."""
    from ehrpay.domain.compare.mistakes import mistakes
    from ehrpay.places.resolve import resolve

    for terms in offers.offers:
        yield from mistakes(book, terms, resolve)
    if offers.home is not None:
        try:
            _home(offers.home.value)
        except UsageError as error:
            yield offers.home.where, f"home: {error}"


def _parity(place: Place) -> Parity | None:
    from ehrpay.domain.package.figures import Origin
    from ehrpay.domain.package.model import Parity
    from ehrpay.places.gazetteer import price_parity

    found = price_parity(place)
    origin = Origin(
        rule="price-parity", where="rules/places/parities.tsv", basis="official", sources=("bea-rpp-2024",)
    )
    return None if found is None else Parity(place.name, found, origin)


def ladder(
    profile: Profile,
    book: Rulebook | None = None,
    *,
    method: str = "auto",
    horizon: int | str = 10,
    raised: str | float = 0,
    to_grade: int | str | None = None,
    promotions: bool = True,
    apply_band: bool = False,
) -> Ladder:
    """Pay by year, year 0 being the estimate: whole dollars a year, in today's dollars.

    `horizon` is 0 to 40 years; `raised` a general raise in percent a year (0 to 20, hundredths allowed) that
    makes the dollars nominal; `to_grade` the last grade a promotion may lead to. Raises what `estimate` does.
    """
    from ehrpay.domain.ladder import years
    from ehrpay.domain.ladder.options import read_options, refuse_ineffective

    rules = load_rulebook() if book is None else book
    options = read_options(horizon, raised, to_grade, promotions=promotions)
    now = estimate(profile, rules, method=method, apply_band=apply_band)
    found = years.ladder(rules, now, options)
    refuse_ineffective(options, [found.last_grade])
    return found


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
    rules = load_rulebook() if book is None else book

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
    from ehrpay.domain.backtest.medians import Medians
    from ehrpay.domain.market.wages import REFERENCE
    from ehrpay.observed.shipped_rows import older_medians

    published = book.rules.occupations[REFERENCE].wages
    return Medians.of(older_medians() | {fact.effective: fact.value.p50 for fact in published})


def _with_level(book: Rulebook, row: Observation) -> Observation:
    """A row with the level that its title names, where the rules know levels and it gives none."""
    from ehrpay.domain.backtest.title_level import level_of
    from ehrpay.domain.profile import FIELDS

    if "level" not in FIELDS or getattr(row.profile, "level", None) is not None:
        return row
    level = level_of(row.title, book.rules.names.get("level", {}))
    return row._replace(profile=row.profile.with_value("level", level))

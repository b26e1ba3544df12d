"""The assumptions behind a comparison, and warnings where its sums don't compare as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import CRITERIA, NAME
from ehrpay.domain.numerals import short_percent
from ehrpay.domain.package.parts import BenefitQuery, assumed_savings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.compare.result import RankedOffer
    from ehrpay.domain.package.model import Package, Settings

PARTS = {
    "bonus": "bonus",
    "retirement": "employer match",
    "health": "employer health premium",
    "loan_repayment": "loan repayment",
    "pension": "pension",
    "sign_on": "sign-on bonus",
}
"""The parts of a package that may be unknown, in words."""

DAYS_OFF = {"leave": "leave", "sick": "sick leave", "holidays": "holidays"}


def in_words(names: Sequence[str]) -> str:
    """Names joined as in a sentence: `A`, `A and B`, `A, B and C`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def warnings(offers: Sequence[RankedOffer], settings: Settings, by: Ranking) -> Iterator[str]:
    """Warnings on parts known for some offers only, on ranking by unknown figures, and on odd terms."""
    for part, words in PARTS.items():
        if part not in ("sign_on", "pension"):
            yield from _uneven(words, {ranked.name: part not in ranked.package.gaps for ranked in offers})
    for part, words in DAYS_OFF.items():
        days = {ranked.name: getattr(ranked.package.time, part) for ranked in offers}
        yield from _uneven(words, {name: figure.value is not None for name, figure in days.items()})
    for name in dict(by.weights) if by.weights else [by.sort]:
        yield from _unknown(name, offers)
    for ranked in offers:
        yield from (f"{ranked.name}: {text}" for text in _of_terms(ranked, settings))


def _uneven(words: str, known: dict[str, bool]) -> Iterator[str]:
    without = [name for name, is_known in known.items() if not is_known]
    within = [name for name, is_known in known.items() if is_known]
    if without and within:
        yield f"{words}: unknown for {in_words(without)}, counted for {in_words(within)}"


def _unknown(name: str, offers: Sequence[RankedOffer]) -> Iterator[str]:
    without = [ranked.name for ranked in offers if name != NAME and CRITERIA[name](ranked.package) is None]
    if without:
        yield f"{name} is unknown for {in_words(without)}, ranked as zero"


def _of_terms(ranked: RankedOffer, settings: Settings) -> Iterator[str]:
    offer = ranked.offer
    yield from offer.warned
    share, most = offer.terms.premium_share, settings.benefits.get((offer.kind, "health-most"))
    if share is not None and most is not None and share.value > most.value:
        yield f"a premium share of {short_percent(share.value)} is above the legal maximum, {short_percent(most.value)}"
    if offer.no_market:
        yield f"no market range: {offer.no_market}"


def assumptions(offers: Sequence[RankedOffer], settings: Settings, as_of: str) -> Iterator[str]:
    """Sentences on what the figures assume and no offer specifies."""
    for ranked in offers:
        yield from (f"{ranked.name}: {text}" for text in _of_offer(ranked, settings, as_of))
    yield "what is not specified counts as zero; days off count as taken, each a fifth of a week"
    if any(ranked.package.pension is not None for ranked in offers):
        yield (
            "like for like a pension counts by its published normal cost, less what you pay; what it is worth to you "
            "depends on your age, how long you stay and how long you live"
        )
        yield from _pensions(offers)
    if settings.home is not None:
        yield "cost of living is BEA's regional price parity of 2024 for all goods and rents"
    if settings.years is None and any(ranked.package.sign_on.value for ranked in offers):
        yield "a sign-on bonus is paid once and not counted in the package of a year; --years counts it"
    if settings.years is not None:
        yield (
            f"{settings.years} years in today's dollars: pay-plan steps rise after their waiting periods, "
            "other pay stays the same, the sign-on bonus counts once"
        )


def _pensions(offers: Sequence[RankedOffer]) -> Iterator[str]:
    """What each pension costs the person and earns."""
    for ranked in offers:
        pension = ranked.package.pension
        if pension is not None:
            yield (
                f"{ranked.name}: you pay ${pension.pays.counted:,} a year for the pension; a year of service earns "
                f"${pension.earns.counted:,} a year for life"
            )


def _of_offer(ranked: RankedOffer, settings: Settings, as_of: str) -> Iterator[str]:
    offer, package = ranked.offer, ranked.package
    yield from offer.assumed
    if offer.remote:
        market = "the United States, as no home is specified" if offer.place is None else offer.place.name
        yield f"remote work, compared with the market of {market}"
    saved = assumed_savings(BenefitQuery(offer.terms, offer.kind, settings.benefits, settings.filling))
    if saved is not None and package.cash.retirement.value:
        yield f"assumes you contribute {short_percent(saved)}, enough for the full match"
    if package.pension is not None:
        yield f"assumes a first appointment on {as_of}, with the pension and leave of new employees"
        late = settings.benefits.get((offer.kind, "pension-accrual-late"))
        if late is not None:
            yield f"{late.title}: {short_percent(late.value)}"
    yield from _of_rules(package)


def _of_rules(package: Package) -> Iterator[str]:
    """What a rule assumes in place of a term."""
    health, week = package.cash.health, package.time.week
    if health.value is not None and any(origin.rule for origin in health.origin.of):
        yield (
            "assumes the government's share of an average premium; its share of a plan that costs more is smaller"
        )
    if week.value is not None and week.origin.basis == "assumption":
        yield f"assumes a week of {week.value // 100} hours, as none are specified"

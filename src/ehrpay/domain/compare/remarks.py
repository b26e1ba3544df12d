"""What a comparison takes for granted, and where its sums can't be set side by side as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import CRITERIA, NAME
from ehrpay.domain.numerals import short_percent
from ehrpay.domain.package.parts import Asking, fully_matched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.compare.result import Valued
    from ehrpay.domain.package.model import Frame, Package

PARTS = {
    "bonus": "bonus",
    "retirement": "retirement money",
    "health": "health money",
    "loan_repayment": "loan repayment",
    "sign_on": "sign-on",
}
"""The parts of a package that may be gaps, as people say them."""


def in_words(names: Sequence[str]) -> str:
    """Names joined as in a sentence: `A`, `A and B`, `A, B and C`."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def warnings(valued: Sequence[Valued], frame: Frame, by: Ranking) -> Iterator[str]:
    """Parts known for some offers only; figures ranked by that are not known; what an offer's terms say oddly."""
    for part, words in PARTS.items():
        without = [one.name for one in valued if part in one.package.gaps]
        within = [one.name for one in valued if part not in one.package.gaps]
        if without and within and part != "sign_on":
            yield _uneven(words, without, within)
    yield from _uneven_time(valued)
    for name in dict(by.weights) if by.weights else [by.sort]:
        yield from _unknown(name, valued)
    for one in valued:
        yield from (f"{one.name}: {text}" for text in one.offer.warned)
        yield from _over(one, frame)
        if one.offer.no_market:
            yield f"{one.name}: no market range, {one.offer.no_market}"


def _over(one: Valued, frame: Frame) -> Iterator[str]:
    share, most = one.offer.terms.premium_share, frame.benefits.get(one.offer.kind, "health-most")
    if share is not None and most is not None and share.value > most.value:
        yield (
            f"{one.name}: a premium share of {short_percent(share.value)} is above the law's most,"
            f" {short_percent(most.value)}"
        )


def _uneven(words: str, without: list[str], within: list[str]) -> str:
    return f"{words}: not known for {in_words(without)}, counted for {in_words(within)}"


def _uneven_time(valued: Sequence[Valued]) -> Iterator[str]:
    for part, words in (("leave", "leave"), ("sick", "sick leave"), ("holidays", "holidays")):
        known = {one.name: getattr(one.package.time, part).value is not None for one in valued}
        without = [name for name, there in known.items() if not there]
        within = [name for name, there in known.items() if there]
        if without and within:
            yield _uneven(words, without, within)


def _unknown(name: str, valued: Sequence[Valued]) -> Iterator[str]:
    if name == NAME:
        return
    without = [one.name for one in valued if CRITERIA[name](one.package) is None]
    if without:
        yield f"{name} is not known for {in_words(without)}, ranked as if it were nothing"


def assumptions(valued: Sequence[Valued], frame: Frame, as_of: str) -> Iterator[str]:
    """Sentences on what no offer says and the figures rest on."""
    for one in valued:
        yield from (f"{one.name}: {text}" for text in _of_one(one, frame, as_of))
    yield "a part not said counts as nothing in a sum; days off count as taken, a fifth of a week each"
    if any(one.package.pension is not None for one in valued):
        yield (
            "a pension is shown beside the package and in neither direction in it: a year of service earns so "
            "much a year for life, and what that is worth depends on age, stay and length of life, not known here"
        )
    if frame.home is not None:
        yield "prices are BEA's regional price parities of 2024, of all goods and rents together"
    if frame.years is None and any(one.package.sign_on.value for one in valued):
        yield "a sign-on is paid once and is in no year's package; a horizon (--years) counts it"
    if frame.years is not None:
        yield (
            f"{frame.years} years in today's dollars: steps of a pay plan rise by their waiting periods, "
            "other pay stays as it is, sign-on counts once"
        )


def _of_one(one: Valued, frame: Frame, as_of: str) -> Iterator[str]:
    offer, package = one.offer, one.package
    yield from offer.assumed
    if offer.remote:
        market = "the United States, for home was not said" if offer.place is None else offer.place.name
        yield f"remote work, set against the market of {market}"
    saved = fully_matched(Asking(offer.terms, offer.kind, frame.benefits))
    if saved is not None and package.money.retirement.value:
        yield f"the whole match is counted, for {short_percent(saved)} of pay saved: how much will be was not said"
    if package.pension is not None:
        yield from _pension(offer.kind, frame, as_of)
    yield from _health(package)
    if package.time.week.origin.basis == "assumption" and package.time.week.value is not None:
        yield f"a week of {package.time.week.value // 100} hours: hours were not said"


def _pension(kind: str, frame: Frame, as_of: str) -> Iterator[str]:
    yield f"a first appointment of {as_of}, with the pension and leave of new employees"
    late = frame.benefits.get(kind, "pension-accrual-late")
    if late is not None:
        yield f"{late.title}: {short_percent(late.value)} instead"


def _health(package: Package) -> Iterator[str]:
    health = package.money.health
    if health.value is not None and any(origin.rule for origin in health.origin.of):
        yield (
            "the government's share of an average premium stands for that of this plan, which is smaller if "
            "the plan costs more"
        )

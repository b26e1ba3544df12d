"""The parts of an offer's package in whole dollars a year, each from the offer, else from a cited rule, else a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT, divide, dollars
from ehrpay.domain.numerals import short_percent
from ehrpay.domain.package.figures import Figure, computed, gap, of_file, of_rule, said
from ehrpay.domain.package.terms import Tier
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.package.benefits import Benefit, Benefits
    from ehrpay.domain.package.figures import Origin
    from ehrpay.domain.package.terms import Said, Terms

FEDERAL = "federal"
"""The kind of employer whose rules FERS and the Thrift Savings Plan are."""

NO_SYSTEM = "none"


class Asking(NamedTuple):
    """Whose parts: the terms, the kind of employer, and the benefits in force."""

    terms: Terms
    employer: str
    benefits: Benefits


class Money(NamedTuple):
    """The parts beside base pay, whole dollars a year; the names are those of the gaps."""

    bonus: Figure
    retirement: Figure
    health: Figure
    loan_repayment: Figure


class Pension(NamedTuple):
    """A pension beside the package: dollars a year one pays, and dollars a year for life that a year earns."""

    pays: Figure
    earns: Figure


def money(asking: Asking, base: int) -> Money:
    """All parts beside a base in whole dollars a year."""
    terms = asking.terms
    loan = terms.loan_repayment
    return Money(
        _bonus(terms, base),
        _retirement(asking, base),
        _health(asking),
        gap() if loan is None else said(loan, dollars(loan.value)),
    )


def _bonus(terms: Terms, base: int) -> Figure:
    if terms.bonus is not None:
        return said(terms.bonus, dollars(terms.bonus.value))
    share = terms.bonus_share
    if share is None:
        return gap()
    return computed(divide(base * share.value, UNIT), f"base x {short_percent(share.value)}", of_file(share))


def _retirement(asking: Asking, base: int) -> Figure:
    """What the employer adds to savings, counted at what the person saves; the whole match where unsaid."""
    tiers, automatic, origins = _tiers(asking)
    own, system, match = asking.terms.own, asking.terms.retirement, asking.terms.match
    if not tiers and not automatic:
        without = match if match is not None else system if _none(system) else None
        return gap() if without is None else said(without, 0)
    most = sum(tier.of_pay for tier in tiers)
    saved = most if own is None else own.value
    if own is not None:
        origins = (*origins, of_file(own))
    whole = divide(base * (automatic * UNIT + _matched(tiers, saved)), UNIT * UNIT)
    return computed(whole, _formula(tiers, automatic, saved), *origins)


def _tiers(asking: Asking) -> tuple[tuple[Tier, ...], int, tuple[Origin, ...]]:
    """The tiers of a match, the share paid whatever one saves, and where both come from."""
    match = asking.terms.match
    if match is not None:
        return match.value, 0, (of_file(match),)
    automatic = _by_system(asking, "savings-automatic")
    matching = _by_system(asking, "savings-match")
    tiers = () if matching is None else tuple(Tier(*row) for row in matching.value)
    origins = tuple(of_rule(one) for one in (automatic, matching) if one is not None)
    return tiers, 0 if automatic is None else automatic.value, origins


def _by_system(asking: Asking, kind: str) -> Benefit | None:
    """A rule of the retirement system: as said, else by the kind of employer."""
    system = asking.terms.retirement
    if _none(system):
        return None
    return asking.benefits.get(FEDERAL if system is not None else asking.employer, kind)


def _none(system: Said[str] | None) -> bool:
    return system is not None and system.value == NO_SYSTEM


def _matched(tiers: tuple[Tier, ...], saved: int) -> int:
    """Pay added, in 1/10,000 of 1/10,000: each tier takes the next part of what is saved."""
    added = 0
    for tier in tiers:
        part = min(saved, tier.of_pay)
        added += part * tier.rate
        saved -= part
    return added


def _formula(tiers: tuple[Tier, ...], automatic: int, saved: int) -> str:
    parts = [short_percent(automatic)] if automatic else []
    parts += [f"{short_percent(tier.rate)} of {short_percent(tier.of_pay)}" for tier in tiers]
    return f"base x ({' + '.join(parts)}), {short_percent(saved)} saved"


def fully_matched(asking: Asking) -> int | None:
    """The share of pay that is taken to be saved because nothing was said; None where something was."""
    tiers, _, _ = _tiers(asking)
    return sum(tier.of_pay for tier in tiers) if tiers and asking.terms.own is None else None


def _health(asking: Asking) -> Figure:
    premium, share = asking.terms.premium, asking.terms.premium_share
    rule = asking.benefits.get(asking.employer, "health-share")
    if share is not None and not share.value:
        return said(share, 0)
    if premium is None:
        return gap("premium not said")
    if share is None and rule is None:
        return gap("share not said")
    part = rule.value if share is None and rule is not None else share.value if share is not None else 0
    origin = of_file(share) if share is not None else of_rule(rule) if rule is not None else of_file(premium)
    yearly = divide(premium.value * part, UNIT * 100)
    return computed(yearly, f"premium x {short_percent(part)}", of_file(premium), origin)


def pension(asking: Asking, base: int) -> Pension | None:
    """What a pension by the rules costs and earns; None where the rules know of none."""
    share = _by_system(asking, "pension-share")
    accrual = _by_system(asking, "pension-accrual")
    if share is None or accrual is None:
        return None
    return Pension(
        computed(divide(base * share.value, UNIT), f"base x {short_percent(share.value)}", of_rule(share)),
        computed(
            divide(base * accrual.value, UNIT),
            f"base x {short_percent(accrual.value)}, were it the high-3 average",
            of_rule(accrual),
        ),
    )

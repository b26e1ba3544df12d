"""The parts of a package, dollars a year, and days off: each from the offer, else from a cited rule, else unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT, divide, dollars
from ehrpay.domain.numerals import short_percent, trimmed
from ehrpay.domain.package.figures import Figure, computed, of_file, stated, unknown
from ehrpay.domain.package.terms import Tier
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.package.figures import Origin
    from ehrpay.domain.package.filling import Benefit, Benefits, Filling
    from ehrpay.domain.package.terms import OfferTerms, Stated

FEDERAL = "federal"
"""The kind of employer whose rules FERS and the Thrift Savings Plan are."""

NO_SYSTEM = "none"
NO_SHARE = "share not specified"
WEEKS, WORKDAYS = 52, 5
TENTHS = 10
PARTS = {"annual-leave": "leave", "sick-leave": "sick"}
"""Kinds of rules whose part has another name."""


class BenefitQuery(NamedTuple):
    """Whose benefits: the terms, the kind of employer, the benefits in force, and what fills in missing parts."""

    terms: OfferTerms
    employer: str
    benefits: Benefits
    filling: Filling
    like: str = ""

    def rule(self, kind: str) -> Benefit | None:
        """The rule for the kind of employer, which fills in what isn't stated."""
        return None if self.filling.nothing else self.benefits.get((self.employer, kind))

    def filled(self, part: str, base: int = 0) -> Figure | None:
        """What is typical for a part, or replaces it."""
        return self.filling.figure(self.like, part, base)

    def retirement_rule(self, kind: str) -> Benefit | None:
        """The rule of the stated retirement system, else of the kind of employer."""
        system = self.terms.retirement
        if system is None:
            return None if self.filling.without("retirement") else self.rule(kind)
        return None if system.value == NO_SYSTEM else self.benefits.get((FEDERAL, kind))


class CashParts(NamedTuple):
    """The parts besides base pay, whole dollars a year; the names are those of the gaps."""

    bonus: Figure
    retirement: Figure
    health: Figure
    loan_repayment: Figure
    pension: Figure

    def known(self) -> dict[str, Figure]:
        """The parts that have a value, by name."""
        return {name: part for name, part in self._asdict().items() if part.value is not None}


class Pension(NamedTuple):
    """A pension, listed apart from the package: dollars a year one pays, and dollars a year for life earned."""

    pays: Figure
    earns: Figure


class _Match(NamedTuple):
    """What the employer adds to savings: the tiers of its match, and the share it pays in any case."""

    tiers: tuple[Tier, ...]
    automatic: int
    origins: tuple[Origin, ...]

    @property
    def most(self) -> int:
        """The share of pay that earns the full match."""
        return sum(tier.of_pay for tier in self.tiers)

    def added(self, saved: int) -> int:
        """The pay added, in 1/10,000 of 1/10,000: each tier takes the next part of the savings."""
        added = self.automatic * UNIT
        for tier in self.tiers:
            part = min(saved, tier.of_pay)
            added += part * tier.rate
            saved -= part
        return added

    def pay_added(self, base: int, saved: int) -> int:
        """What is added to a base in whole dollars a year."""
        return divide(base * self.added(saved), UNIT * UNIT)

    def formula(self, saved: int) -> str:
        """How the pay added comes about."""
        parts = [short_percent(self.automatic)] if self.automatic else []
        parts += [f"{short_percent(tier.rate)} of {short_percent(tier.of_pay)}" for tier in self.tiers]
        return f"base x ({' + '.join(parts)}), {short_percent(saved)} saved"


def cash_parts(query: BenefitQuery, base: int) -> CashParts:
    """All parts besides a base in whole dollars a year."""
    loan = query.terms.loan_repayment
    return CashParts(
        bonus=_bonus(query.terms, base),
        retirement=_retirement(query, base),
        health=_health(query),
        loan_repayment=unknown() if loan is None else stated(loan, dollars(loan.value)),
        # By its published normal cost; no offer states it.
        pension=_typical(query, "pension", base),
    )


def _bonus(terms: OfferTerms, base: int) -> Figure:
    if terms.bonus is not None:
        return stated(terms.bonus, dollars(terms.bonus.value))
    share = terms.bonus_share
    if share is None:
        return unknown()
    return computed(divide(base * share.value, UNIT), f"base x {short_percent(share.value)}", of_file(share))


def _retirement(query: BenefitQuery, base: int) -> Figure:
    """The employer match for what the person saves; the full match where that isn't specified."""
    terms, match = query.terms, _match(query)
    if not match.tiers and not match.automatic:
        if terms.match is not None:
            return stated(terms.match, 0)
        return _typical(query, "retirement", base)
    saved = match.most if terms.save is None else terms.save.value
    origins = match.origins if terms.save is None else (*match.origins, of_file(terms.save))
    figure = computed(match.pay_added(base, saved), match.formula(saved), *origins)
    if terms.match is not None or terms.retirement is not None:
        return figure
    return figure.ranging(match.pay_added(base, 0), match.pay_added(base, match.most))


def _match(query: BenefitQuery) -> _Match:
    stated_match = query.terms.match
    if stated_match is not None:
        return _Match(stated_match.value, 0, (of_file(stated_match),))
    automatic = query.retirement_rule("savings-automatic")
    matching = query.retirement_rule("savings-match")
    return _Match(
        tiers=() if matching is None else tuple(Tier(*row) for row in matching.rows),
        automatic=0 if automatic is None else automatic.value,
        origins=tuple(rule.origin for rule in (automatic, matching) if rule is not None),
    )


def assumed_savings(query: BenefitQuery) -> int | None:
    """The share of pay assumed to be saved for the full match; None where it is specified or there is no match."""
    most = _match(query).most
    return most if most and query.terms.save is None else None


def _health(query: BenefitQuery) -> Figure:
    """The employer's share of the premium."""
    premium, share = query.terms.premium, query.terms.premium_share
    if share is not None and not share.value:
        return stated(share, 0)
    if premium is None:
        return query.filled("health") or unknown("premium not specified")
    if share is not None:
        return _of_premium(premium, share.value, of_file(share))
    rule, legal = query.rule("health-share"), query.rule("health-most")
    if rule is None or query.filling.without("health"):
        typical = query.filled("health")
        most = dollars(premium.value)
        found = unknown() if typical is None else typical.changed(lambda amount: min(amount, most))
        return found._replace(why=NO_SHARE)
    figure = _of_premium(premium, rule.value, rule.origin)
    high = figure if legal is None else _of_premium(premium, legal.value, legal.origin)
    return figure.ranging(figure.counted, high.counted)._replace(why=NO_SHARE)


def _of_premium(premium: Stated[int], share: int, origin: Origin) -> Figure:
    yearly = divide(premium.value * share, UNIT * 100)
    return computed(yearly, f"premium x {short_percent(share)}", of_file(premium), origin)


def _typical(query: BenefitQuery, part: str, base: int) -> Figure:
    """What is typical of a retirement part; nothing where the offer says that it has no system."""
    system = query.terms.retirement
    if system is not None and system.value == NO_SYSTEM:
        return stated(system, 0)
    return query.filled(part, base) or unknown()


def pension(query: BenefitQuery, base: int) -> Pension | None:
    """What a pension costs and earns by the rules; None where the rules have none."""
    share, accrual = query.retirement_rule("pension-share"), query.retirement_rule("pension-accrual")
    if share is None or accrual is None:
        return None
    formula = f"base x {short_percent(accrual.value)}, if it were the high-3 average"
    return Pension(
        pays=computed(divide(base * share.value, UNIT), f"base x {short_percent(share.value)}", share.origin),
        earns=computed(divide(base * accrual.value, UNIT), formula, accrual.origin),
    )


class TimeOff(NamedTuple):
    """Days off in tenths of a day a year, the week in hundredths of an hour, and hours worked, in hundredths."""

    leave: Figure
    sick: Figure
    holidays: Figure
    week: Figure
    worked: Figure


def time_off(query: BenefitQuery) -> TimeOff:
    """Days off and hours as stated, filled in by the rules; unknown days count as none."""
    terms = query.terms
    leave = _filled(terms.leave, query, "annual-leave")
    sick = _filled(terms.sick, query, "sick-leave")
    holidays = _filled(terms.holidays, query, "holidays")
    week = _filled(terms.hours, query, "week")
    worked = _worked((leave, sick, holidays), week)
    return TimeOff(leave=leave, sick=sick, holidays=holidays, week=week, worked=worked)


def _filled(term: Stated[int] | None, query: BenefitQuery, kind: str) -> Figure:
    if term is not None:
        return stated(term, term.value)
    rule, part = query.rule(kind), PARTS.get(kind, kind)
    if rule is None or query.filling.without(part):
        return query.filled(part) or unknown()
    return Figure(rule.value, rule.origin, low=rule.value, high=rule.value)


def _worked(off: tuple[Figure, ...], week: Figure) -> Figure:
    if week.value is None:
        return unknown("hours not specified")
    days = sum(figure.counted for figure in off)
    hours = divide(week.value * (WEEKS * WORKDAYS * TENTHS - days), WORKDAYS * TENTHS)
    if hours <= 0:
        return unknown("the days off leave no hours")
    formula = f"52 weeks of {trimmed(week.value, 2)} hours less {trimmed(days, 1)} days off"
    origins = [figure.origin for figure in off if figure.value is not None]
    return computed(hours, formula, week.origin, *origins)

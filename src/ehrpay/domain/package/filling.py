"""What fills in the parts that an offer doesn't state: benefits by kind of employer in force, and what is typical."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ehrpay.domain.facts import in_force
from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.numerals import short_percent
from ehrpay.domain.package.figures import Figure, Origin, made_of, of_fact
from ehrpay.errors import UsageError, shown, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ehrpay.domain.compiled.employers import BenefitRule, TypicalBenefit, TypicalBenefits
    from ehrpay.domain.facts import Fact

    Benefits = Mapping[tuple[str, str], "Benefit"]

OTHERS = "private"
"""The kind of an employer without a rule file."""
PARTS = ("health", "retirement", "pension", "leave", "sick", "holidays")
"""What may be filled in."""
SHARES = ("retirement", "pension")
NONE, FAMILY = "none", "family"
LONGEST = 200
_NOTHING: Mapping[str, Replacement] = MappingProxyType({})


class Benefit(NamedTuple):
    """One benefit in force: the rule's id and title, and the dated fact."""

    id: str
    title: str
    fact: Fact[object]

    @property
    def value(self) -> int:
        """A share in 1/10,000, days in tenths, hours a week in hundredths; of days by service, a new employee's."""
        return self.fact.value if isinstance(self.fact.value, int) else self.rows[0][1]

    @property
    def origin(self) -> Origin:
        """The rule."""
        return of_fact(self.id, self.fact)

    @property
    def rows(self) -> list[list[int]]:
        """The tiers of a match, or days by years of service; none where it is a number."""
        return self.fact.value if isinstance(self.fact.value, list) else []


def benefits_in_force(rules: Iterable[BenefitRule], as_of: str) -> Benefits:
    """The benefits in force on a date, the assumed day of appointment, by kind of employer and their own kind."""
    dated = [(rule, in_force(rule.values, as_of)) for rule in rules]
    return {
        (employer, rule.kind): Benefit(rule.id, rule.title, fact)
        for rule, fact in dated
        if fact is not None
        for employer in rule.employers
    }


class Replacement(NamedTuple):
    """What a person counts for a part that an offer doesn't state, and how they wrote it.

    `amount` is dollars, or tenths of a day; `share` is of base pay, in 1/10,000; neither: the part isn't filled in.
    """

    text: str
    amount: int | None = None
    share: int | None = None


class Filling(NamedTuple):
    """How missing parts are filled in: the typical values of a date, and what replaces them.

    With `nothing`, only what an offer states counts; `family` is whether health is for a family.
    """

    typical: TypicalBenefits | None
    as_of: str
    replaced: Mapping[str, Replacement] = _NOTHING
    nothing: bool = False
    family: bool = False

    def figure(self, employer: str, part: str, base: int = 0) -> Figure | None:
        """A missing part of a package: what replaces it, else what is typical; None where nothing is known."""
        if self.nothing:
            return None
        if part in self.replaced:
            return _replaced(self.replaced[part], part, base)
        rule = self._rule(employer, f"{part}-family" if part == "health" and self.family else part)
        fact = None if rule is None else in_force(rule.values, self.as_of)
        return None if rule is None or fact is None else _typical(rule, fact, base)

    def without(self, part: str) -> bool:
        """Whether a part is not to be filled in."""
        return self.nothing or part in self.replaced

    def _rule(self, employer: str, part: str) -> TypicalBenefit | None:
        rules = () if self.typical is None else self.typical.benefits
        return next((rule for rule in rules if (rule.employer, rule.part) == (employer, part)), None)


def _replaced(given: Replacement, part: str, base: int) -> Figure | None:
    value = given.amount if given.share is None else divide(base * given.share, UNIT)
    if value is None:
        return None
    return Figure(value, Origin(file="--assume", text=f"{part}={given.text}"), low=value, high=value)


def _typical(rule: TypicalBenefit, fact: Fact[tuple[int, int, int, str]], base: int) -> Figure:
    value, low, high, _ = fact.value
    figure = Figure(value, of_fact(rule.id, fact), low=low, high=high)
    if rule.part not in SHARES:
        return figure
    amount = figure.changed(lambda share: divide(base * share, UNIT))
    return amount._replace(origin=made_of(f"base x {short_percent(value)}", figure.origin))


def read_filling(texts: Iterable[str], typical: TypicalBenefits, as_of: str) -> Filling:
    """How to fill in, by `--assume` as typed: `none`, or `health=0`, `health=family`, `retirement=4 %`, `leave=20`."""
    filling, replaced = Filling(typical, as_of), dict[str, Replacement]()
    for text in (part.strip() for given in texts for part in given[:LONGEST].split(",")):
        if text.casefold() == NONE:
            filling = filling._replace(nothing=True)
            continue
        name, equals, value = (word.strip() for word in text.partition("="))
        part = name.casefold()
        if part not in PARTS:
            raise UsageError(unknown("part", name, (*PARTS, NONE)), field="assume")
        if not equals or not value:
            raise _refused(text)
        if part == "health" and value.casefold() == FAMILY:
            filling = filling._replace(family=True)
        else:
            replaced[part] = _read(part, value, text)
    return filling._replace(replaced=replaced)


def _read(part: str, value: str, text: str) -> Replacement:
    from ehrpay.domain.typed_numbers import read_tenths, read_whole

    if value.casefold() == NONE:
        return Replacement(value)
    try:
        if part in SHARES and value.endswith("%"):
            return Replacement(value, share=read_tenths(value.removesuffix("%").strip(), part) * 10)
        if part in ("leave", "sick", "holidays"):
            return Replacement(value, amount=read_tenths(value, part))
        dollars = value.removeprefix("$").replace(",", "")
        return Replacement(value, amount=read_whole(dollars, "amount", part, 0, 100_000))
    except UsageError as error:
        raise _refused(text) from error


def _refused(text: str) -> UsageError:
    msg = f"{shown(text)} can't be assumed; write it like health=8000, health=family, retirement=4 %, leave=20 or none"
    return UsageError(msg, field="assume")

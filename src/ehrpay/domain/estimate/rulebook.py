"""The rulebook: all rules for one date."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ehrpay.domain.compiled.wages import Spread
from ehrpay.domain.estimate.plan import CachedStep
from ehrpay.domain.facts import in_force
from ehrpay.domain.federal.qualification import pick
from ehrpay.domain.federal.schedule import GS, REST_OF_US, PaySchedule
from ehrpay.domain.federal.staff import SERIES, count
from ehrpay.domain.market.ageing import Ageing
from ehrpay.domain.market.market_plan import Parts, market_steps
from ehrpay.domain.market.wages import REFERENCE, Wages
from ehrpay.domain.money import UNIT
from ehrpay.domain.names import Names
from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.compiled.employers import Agency
    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.estimate.plan import Answer
    from ehrpay.domain.facts import Source
    from ehrpay.domain.federal.qualification import Reached
    from ehrpay.domain.federal.staff import Counted
    from ehrpay.domain.profile import Field, ResolvedProfile
    from ehrpay.domain.story import PlanStep


class Rulebook:
    """All rules in force on one date."""

    def __init__(self, rules: Rules, as_of: str) -> None:
        """Take the compiled rules and an ISO date."""
        self.rules, self.as_of = rules, as_of
        self.wages = Wages(rules, as_of)
        self._names: dict[str, Names] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._pay_tables: dict[tuple[str, str], PaySchedule] = {}
        self._ladders: dict[tuple[str, str | None], QualificationLadder | None] = {}
        self._counts: dict[tuple[str, str | None], Counted | None] = {}
        self.reached: dict[tuple[object, ...], Reached] = {}
        """For the grade method: where a ladder takes a person, once it was worked out."""
        self.least_pay: dict[tuple[str | None, ...] | None, Answer | None] = {}
        """For the market method: the bound that the minimum wage sets in a state, county and metro, once known."""

    def __repr__(self) -> str:
        """The day, the version and the overlays."""
        overlays = "".join(f", with {one.title} ({one.path})" for one in self.rules.overlays)
        return f"<Rulebook: rules of {self.as_of}, version {self.version}{overlays}>"

    @property
    def version(self) -> str:
        """A short fingerprint of the rules' bytes."""
        return self.rules.version

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every citation by id."""
        return self.rules.sources

    @cached_property
    def ageing(self) -> Ageing:
        """The wage index."""
        return Ageing(self.rules.ageing)

    def agency(self, id_: str | None) -> Agency | None:
        """One employer's rules."""
        return None if id_ is None else self.rules.agencies[id_]

    @cached_property
    def market_plan(self) -> list[CachedStep]:
        """The market method's steps, in the order the rules name them."""
        parts = Parts(self.rules, self.as_of, self.wages, self.ageing, self._spread)
        return [CachedStep(step) for step in market_steps(parts)]

    @cached_property
    def grade_plan(self) -> list[CachedStep]:
        """The grade method's steps, in the order the rules name them."""
        from ehrpay.domain.federal.steps import BaseRate, LocalityPay, PayCap

        own: dict[str, PlanStep] = {step.id: step for step in (BaseRate(), LocalityPay(), PayCap())}
        return [CachedStep(own[id_]) for id_ in self.rules.plan["grade"]]

    @cached_property
    def _spread(self) -> Spread:
        fact = in_force(self.rules.spread, self.as_of)
        return Spread({}, UNIT) if fact is None else fact.value

    @property
    def fall_back(self) -> int:
        """What each level fallen back does to the width of the range, in 1/10,000."""
        return self._spread.fall_back

    def employer(self, id_: str) -> str:
        """The initials people know a federal agency by; another employer's name."""
        agency = self.rules.agencies[id_]
        return id_.upper() if agency.kind == "federal" else agency.name

    def levels(self, field: str) -> Mapping[str, Level]:
        """The levels a profile field can take (`role`, `degree`, `certs`, ...), by id."""
        rule = self.rules.adjustments.get(FIELDS[field].adjustment)
        return {} if rule is None else rule.levels

    def title(self, field: Field, id_: str) -> str:
        """What a headline calls a level; a credential is known by its short name."""
        title = self._titles.get((field.name, id_))
        if title is None:
            level = self.levels(field.name)[id_]
            title = self._titles[field.name, id_] = level.short if field.step == "set" else level.name
        return title

    def names(self, field: str) -> Names:
        """The names of a field's values (`agency`, `role`, `degree`, `certs`, ...)."""
        if field not in self._names:
            known = FIELDS[field]
            ids = self.rules.names.get(known.adjustment or field, {})
            self._names[field] = Names(field, known.noun, known.plural, ids)
        return self._names[field]

    def ladder(self, agency: str | None, role: str | None) -> QualificationLadder | None:
        """The qualification ladder for a role at an agency, if the rules have one."""
        if agency is None:
            return None
        if (agency, role) not in self._ladders:
            ladders = self.rules.federal.ladders.values()
            self._ladders[agency, role] = pick(ladders, agency, role, self.as_of)
        return self._ladders[agency, role]

    def ladders(self, agency: str | None, series: str) -> list[QualificationLadder]:
        """Every ladder in force of an agency and job series."""
        return [
            ladder
            for ladder in self.rules.federal.ladders.values()
            if agency in ladder.agencies and ladder.series == series and ladder.effective <= self.as_of
        ]

    def counted(self, agency: str | None, role: str | None) -> Counted | None:
        """The people an agency has in the job series of a role's ladder, or of the role; None where not counted."""
        if agency is None:
            return None
        if (agency, role) not in self._counts:
            ladder = self.ladder(agency, role)
            series = SERIES if role is None else ladder.series if ladder else self.series(role)
            self._counts[agency, role] = count(self.rules.federal.employment, agency, series, self.as_of)
        return self._counts[agency, role]

    def pay_table(self, profile: ResolvedProfile) -> PaySchedule:
        """The table of an agency's pay plan in a person's locality pay area; Rest of U.S. where none is given."""
        agency = self.agency(profile.agency)
        key = profile.locality or REST_OF_US, (agency and agency.pay_plan) or GS
        if key not in self._pay_tables:
            self._pay_tables[key] = PaySchedule(self.rules.federal, self.as_of, *key)
        return self._pay_tables[key]

    def role(self, id_: str | None) -> Level | None:
        """The rules of a role; None where none was said."""
        return None if id_ is None else self.levels("role").get(id_)

    def occupation(self, role: str | None) -> str:
        """The occupation whose wages a role starts from."""
        level = self.role(role)
        return REFERENCE if level is None else level.occupation or REFERENCE

    def series(self, role: str | None) -> str | None:
        """The federal job series a role belongs to, where the rules name one."""
        level = self.role(role)
        return None if level is None else level.series

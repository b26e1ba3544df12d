"""The `choice` step: one of a few named levels, each a factor relative to the median worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import required
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story, factor_story, factor_term, unsaid
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment
    from ehrpay.domain.facts import Fact, Factor

    Value = str | tuple[str, ...] | None


class _Found(NamedTuple):
    """A level's name, the fact in force, and whether there is pay evidence for it."""

    name: str
    fact: Fact[Factor]
    evidence: bool


class Choice:
    """One named level, in force on one date; where a rule says so, its factor depends on the role."""

    def __init__(self, rule: Adjustment, as_of: str, narrow: int | None = None) -> None:
        """Take the compiled rule; `narrow` is what knowing the level does to the width of the range."""
        self.id, self.title = rule.id, rule.title
        self.inputs = (rule.input, "role")
        self._levels, self._as_of, self._narrow = rule.levels, as_of, narrow
        # What follows from the occupation alone was not said by anyone, so it may not change the range.
        self._implied = rule.input == "occupation"

    def narrowed(self, value: Value, role: str | None) -> tuple[Value, str | None]:
        """The level or levels, and the role where it matters."""
        ids = (value,) if isinstance(value, str) else value or ()
        special = [one for id_ in ids if id_ in self._levels for one in self._levels[id_].by_role]
        return value, role if any(role in one.roles for one in special) else None

    def term(self, value: Value, role: str | None) -> Term:
        """The factor of a level; of several (EHR systems) the best one counts."""
        best = self._best(value, role)
        if best is None:
            return Term()
        if self._implied:
            return Term(factor=best.fact.value.middle)
        return factor_term(best.fact.value, self._narrow)

    def story(self, value: Value, role: str | None) -> Story:
        """The level by name."""
        best = self._best(value, role)
        if best is None:
            story = unsaid(self.title)
            return story if value is None else story._replace(label=f"{self.title}: none")
        label = f"{self.title}: {best.name}"
        return factor_story(label, best.fact.value, best.fact, evidence=best.evidence)._replace(
            said=not self._implied
        )

    def _best(self, value: Value, role: str | None) -> _Found | None:
        ids = (value,) if isinstance(value, str) else value or ()
        found = [self._level(id_, role) for id_ in ids if id_ in self._levels]
        return max(
            found, key=lambda one: (one.fact.value.middle, one.fact.value.high, one.name), default=None
        )

    def _level(self, id_: str, role: str | None) -> _Found:
        level = self._levels[id_]
        facts, evidence = level.values, level.evidence
        for special in level.by_role:
            if role in special.roles:
                facts, evidence = special.values, True
        return _Found(level.name, required(facts, self._as_of, f"{self.title.lower()} '{id_}'"), evidence)

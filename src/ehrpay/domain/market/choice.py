"""The `choice` step: one of a few named levels, each a factor relative to the median worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import required
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story, factor_story, factor_term, unsaid
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment, Factors, Level
    from ehrpay.domain.compiled.wages import Left
    from ehrpay.domain.facts import Fact, Factor

    Value = str | tuple[str, ...] | None


class _Found(NamedTuple):
    """A level, the fact in force, and whether there is pay evidence for it."""

    level: Level
    fact: Fact[Factor]
    evidence: bool


class Choice:
    """One named level, in force on one date; where a rule says so, its factor depends on role and occupation."""

    def __init__(self, rule: Adjustment, as_of: str, left: Left) -> None:
        """Take the compiled rule; `left` is what knowing the level leaves of the range."""
        self.id, self.title = rule.id, rule.title
        self.inputs = (rule.input, "role", "occupation")
        self._rule, self._levels, self._as_of, self._left = rule, rule.levels, as_of, left
        # What follows from the occupation alone was not said by anyone, so it may not change the range.
        self._implied = rule.input == "occupation"

    def narrowed(
        self, value: Value, role: str | None, occupation: str
    ) -> tuple[Value, str | None, str | None]:
        """The level or levels, and the role and the occupation where they matter."""
        levels = self._of(value)
        special = role in self._rule.apart or any(
            role in one.ids for level in levels for one in level.by_role
        )
        columns = bool(levels and self._rule.applies_to) or any(level.by_occupation for level in levels)
        return value, role if special else None, occupation if columns else None

    def term(self, value: Value, role: str | None, occupation: str | None) -> Term:
        """The factor of a level; of several (EHR systems) the best one counts."""
        best = self._best(value, role, occupation)
        if best is None:
            return Term()
        if self._implied:
            return Term(factor=best.fact.value.middle)
        return factor_term(best.fact.value, self._left.at(best.level.id))

    def story(self, value: Value, role: str | None, occupation: str | None) -> Story:
        """The level by name."""
        best = self._best(value, role, occupation)
        if best is not None:
            label = f"{self.title}: {best.level.name}"
            story = factor_story(label, best.fact.value, best.fact, evidence=best.evidence)
            return story._replace(said=not self._implied)
        if not self._of(value):
            story = unsaid(self.title)
            return story if value is None else story._replace(label=f"{self.title}: none")
        where = f"role {role}" if role in self._rule.apart else f"occupation {occupation}"
        return not_measured(self.title, where)

    def _of(self, value: Value) -> list[Level]:
        """The levels that a value names; most occupations have none."""
        ids = (value,) if isinstance(value, str) else value or ()
        return [self._levels[id_] for id_ in ids if id_ in self._levels]

    def _best(self, value: Value, role: str | None, occupation: str | None) -> _Found | None:
        if role in self._rule.apart:
            return None
        found = [
            one for level in self._of(value) if (one := self._found(level, role, occupation)) is not None
        ]
        return max(
            found, key=lambda one: (one.fact.value.middle, one.fact.value.high, one.level.name), default=None
        )

    def _found(self, level: Level, role: str | None, occupation: str | None) -> _Found | None:
        """The level's factor for a role, else for an occupation; None where it was not measured."""
        for specials, id_ in ((level.by_role, role), (level.by_occupation, occupation)):
            for special in reversed(specials):
                if id_ in special.ids:
                    return self._in_force(level, special.values, evidence=True)
        if self._rule.applies_to and occupation not in self._rule.applies_to:
            return None
        return self._in_force(level, level.values, evidence=level.evidence)

    def _in_force(self, level: Level, values: Factors, *, evidence: bool) -> _Found:
        return _Found(level, required(values, self._as_of, f"{self.title.lower()} '{level.id}'"), evidence)


def not_measured(title: str, where: str) -> Story:
    """The story of something said that has no figure where it was said: it counts 1.0000."""
    return Story(f"{title}: not measured in {where}, so not counted")

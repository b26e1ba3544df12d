"""The `choice` step: one of a few named levels, each a factor relative to the median worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import required
from ehrpay.domain.outcome import Outcome, factor, unsaid

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment


class Choice:
    """One named level, in force on one date; where a rule says so, its factor depends on the role."""

    def __init__(self, rule: Adjustment, as_of: str) -> None:
        """Take the compiled rule."""
        self.id, self.title = rule.id, rule.title
        self.inputs = (rule.input, "role")
        self._levels = rule.levels
        self._as_of = as_of

    def ask(self, value: str | tuple[str, ...] | None, role: str | None) -> Outcome:
        """The factor of a level id; of several ids (EHR systems) the best one counts. KeyError on unknown ids."""
        if value is None:
            return unsaid(self.id, self.title)
        ids = (value,) if isinstance(value, str) else value
        known = [self._level(id_, role) for id_ in ids if id_ in self._levels]
        if not known:
            return unsaid(self.id, self.title)._replace(label=f"{self.title}: none")
        return max(known, key=lambda outcome: (outcome.value, outcome.high, outcome.label))

    def _level(self, id_: str, role: str | None) -> Outcome:
        level = self._levels[id_]
        rows, evidence = level.values, level.evidence
        for special in level.by_role:
            if role in special.roles:
                rows, evidence = special.values, True
        fact = required(rows, self._as_of, f"{self.title.lower()} '{id_}'")
        answer = factor(self.id, f"{self.title}: {level.name}", fact.value, fact, evidence=evidence)
        # What follows from the occupation alone was not said by anyone, so it may not widen the range.
        return answer._replace(said=False, down=0, up=0) if self.inputs[0] == "occupation" else answer

"""The `set` step: the credentials a person holds. The best counts in full, a second and a third add a little.

What may not be counted twice is a rule: credentials that are steps of one path (`same_as`), an extra whose
pay already comes with the role (`excluded_roles`), occupations a credential was never measured in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Factor, required
from ehrpay.domain.money import UNIT, times
from ehrpay.domain.numerals import decimal
from ehrpay.domain.outcome import Outcome, factor, unsaid

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment
    from ehrpay.domain.facts import Fact

_COUNTED = ("core", "specialty")


class Credentials:
    """The certification step, in force on one date; the order in which credentials are named never matters."""

    inputs = ("certs", "role", "occupation")

    def __init__(self, rule: Adjustment, as_of: str) -> None:
        """Take the compiled rule."""
        self.id, self.title = rule.id, rule.title
        self._rule, self._as_of = rule, as_of
        self._levels = rule.levels

    def ask(self, certs: tuple[str, ...] | None, role: str | None, occupation: str) -> Outcome:
        """The factor for a set of credential ids; `()` is "holds none" and None is "not said"."""
        if certs is None:
            return unsaid(self.id, self.title)
        if occupation not in self._rule.applies_to:
            label = f"{self.title}: not measured in occupation {occupation}, so not counted"
            return unsaid(self.id, self.title)._replace(label=label, said=True)
        if not certs:
            fact = required(self._rule.none, self._as_of, "no credential")
            return factor(self.id, f"{self.title}: none", fact.value, fact)
        return self._held(certs, role)

    def _held(self, certs: tuple[str, ...], role: str | None) -> Outcome:
        worth = {id_: self._worth(id_, role) for id_ in set(certs)}
        order = sorted(worth, key=lambda id_: (-worth[id_].value.middle, -worth[id_].value.high, id_))
        best, counted = order[0], self._counted(order)
        parts = [(best, worth[best])]
        ranks = (("second", self._rule.second), ("third", self._rule.third))
        for (rank, facts), id_ in zip(ranks, counted, strict=False):
            parts.append((id_, required(facts, self._as_of, f"a {rank} credential")))
        return self._told(parts, order)

    def _worth(self, id_: str, role: str | None) -> Fact[Factor]:
        """What a credential counts as the best one held; without its extra where the role already pays for it."""
        level = self._levels[id_]
        rows = level.values
        if role in level.excluded_roles and level.evidence:
            rows = self._rule.core
        return required(rows, self._as_of, f"credential '{id_}'")

    def _counted(self, order: list[str]) -> list[str]:
        """Those after the best that count as second and third: with evidence, and not another's twin."""
        taken, kept = [order[0]], []
        for id_ in order[1:]:
            level = self._levels[id_]
            twin = any(t in level.same_as or id_ in self._levels[t].same_as for t in taken)
            if level.kind in _COUNTED and level.evidence and not twin:
                taken.append(id_)
                kept.append(id_)
        # A second credential only counts beside a first that has pay evidence of its own.
        return kept if self._levels[order[0]].kind in _COUNTED else []

    def _told(self, parts: list[tuple[str, Fact[Factor]]], order: list[str]) -> Outcome:
        value = Factor(UNIT, UNIT, UNIT)
        for _, fact in parts:
            value = Factor(*map(times, value, fact.value))
        best = parts[0][1]
        names = ", ".join(self._short(id_) for id_ in order)
        sources = tuple(dict.fromkeys(s for _, fact in parts for s in fact.sources))
        fact = best._replace(sources=sources)
        evidence = any(self._levels[id_].evidence for id_ in order)
        outcome = factor(self.id, f"{self.title}: {names}", value, fact, evidence=evidence)
        formula = " x ".join(f"{decimal(f.value.middle)} ({self._short(id_)})" for id_, f in parts)
        return outcome._replace(formula=formula if len(parts) > 1 else "", note=self._note(parts, order))

    def _short(self, id_: str) -> str:
        return self._levels[id_].short

    def _note(self, parts: list[tuple[str, Fact[Factor]]], order: list[str]) -> str:
        """Which credentials were named but do not move the number, and the best one's own note."""
        counted = {id_ for id_, _ in parts}
        left = [self._short(id_) for id_ in order if id_ not in counted]
        silent = [self._short(id_) for id_ in order if not self._levels[id_].evidence]
        told = [parts[0][1].note] if parts[0][1].note else []
        if silent:
            told.append(f"no pay evidence for {', '.join(silent)}")
        if rest := [name for name in left if name not in silent]:
            told.append(f"not counted again: {', '.join(rest)}")
        return "; ".join(told)

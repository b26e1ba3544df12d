"""The `set` step: the credentials a person holds. The best counts in full, a second and a third add a little.

What may not be counted twice is a rule: credentials that are steps of one path (`same_as`), an extra whose
pay already comes with the role (`excluded_roles`), occupations a credential was never measured in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Factor, required
from ehrpay.domain.market.choice import not_measured
from ehrpay.domain.money import UNIT, times
from ehrpay.domain.numerals import decimal
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story, Trust, factor_story, factor_term, unsaid

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ehrpay.domain.compiled.adjustments import Adjustment, Factors
    from ehrpay.domain.compiled.wages import Left
    from ehrpay.domain.facts import Fact

    Certs = tuple[str, ...] | None
    Part = tuple[str, Fact[Factor]]

_COUNTED = ("core", "specialty")


class Credentials:
    """The certification step, in force on one date; the order in which credentials are named never matters."""

    inputs = ("certs", "role", "occupation")

    def __init__(self, rule: Adjustment, as_of: str, left: Left) -> None:
        """Take the compiled rule; `left` is what knowing the credentials leaves of the range."""
        self.id, self.title = rule.id, rule.title
        self._rule, self._as_of, self._narrow = rule, as_of, left.share
        self._levels = rule.levels
        self._facts: dict[tuple[str, bool], Fact[Factor]] = {}

    def narrowed(self, certs: Certs, role: str | None, occupation: str) -> tuple[Certs, str | None, str]:
        """The credentials, the role where it pays for one of them already, and one occupation for all alike."""
        if certs is None or occupation not in self._rule.applies_to:
            return certs and (), None, occupation
        special = any(role in self._levels[id_].excluded_roles for id_ in certs)
        special |= certs == () and any(role in one.ids for one in self._rule.none_by_role)
        return certs, role if special else None, self._rule.applies_to[0]

    def alike(self, role: str | None, occupation: str) -> Hashable:
        """What of a role matters, whichever the credentials."""
        if occupation not in self._rule.applies_to:
            return None
        paid = [id_ for id_, level in self._levels.items() if role in level.excluded_roles]
        return *paid, *(role in one.ids for one in self._rule.none_by_role)

    def term(self, certs: Certs, role: str | None, occupation: str) -> Term:
        """The factor for a set of credential ids; `()` is "holds none" and None is "not said"."""
        if certs is None or occupation not in self._rule.applies_to:
            return Term()
        if not certs:
            return factor_term(self._none(role).value, self._narrow)
        return factor_term(_product(self._parts(self._order(certs, role), role)), self._narrow)

    def trust(self, certs: Certs, role: str | None, occupation: str) -> Trust:
        """How sure its story is: as sure as the best credential's number."""
        if certs is None or occupation not in self._rule.applies_to:
            return Trust(said=certs is not None)
        best = self._worth(self._order(certs, role)[0], role) if certs else self._none(role)
        return Trust(basis=best.basis, confidence=best.confidence)

    def story(self, certs: Certs, role: str | None, occupation: str) -> Story:
        """Which credentials count, and which do not."""
        if certs is None:
            return unsaid(self.title)
        if occupation not in self._rule.applies_to:
            return not_measured(self.title, f"occupation {occupation}")
        if not certs:
            fact = self._none(role)
            return factor_story(f"{self.title}: none", fact.value, fact)
        order = self._order(certs, role)
        return self._held(order, self._parts(order, role))

    def _none(self, role: str | None) -> Fact[Factor]:
        special = (one.values for one in reversed(self._rule.none_by_role) if role in one.ids)
        return required(next(special, self._rule.none), self._as_of, "no credential")

    def _order(self, certs: tuple[str, ...], role: str | None) -> list[str]:
        """Those held, the best first."""
        worth = {id_: self._worth(id_, role).value for id_ in set(certs)}
        return sorted(worth, key=lambda id_: (-worth[id_].middle, -worth[id_].high, id_))

    def _parts(self, order: list[str], role: str | None) -> list[Part]:
        """What counts: the best in full, a second and a third as such."""
        parts = [(order[0], self._worth(order[0], role))]
        ranks = (("second", self._rule.second), ("third", self._rule.third))
        for (rank, facts), id_ in zip(ranks, self._counted(order), strict=False):
            parts.append((id_, self._in_force(f"a {rank} credential", facts)))
        return parts

    def _worth(self, id_: str, role: str | None) -> Fact[Factor]:
        """What a credential counts as the best one held; without its extra where the role already pays for it."""
        level = self._levels[id_]
        paid = role in level.excluded_roles and level.evidence
        return self._in_force(f"credential '{id_}'", self._rule.core if paid else level.values, special=paid)

    def _in_force(self, what: str, facts: Factors, *, special: bool = False) -> Fact[Factor]:
        """The fact in force, looked up once."""
        found = self._facts.get((what, special))
        if found is None:
            found = self._facts[what, special] = required(facts, self._as_of, what)
        return found

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

    def _held(self, order: list[str], parts: list[Part]) -> Story:
        best = parts[0][1]
        names = ", ".join(self._short(id_) for id_ in order)
        evidence = any(self._levels[id_].evidence for id_ in order)
        story = factor_story(f"{self.title}: {names}", _product(parts), best, evidence=evidence)
        formula = " x ".join(f"{decimal(fact.value.middle)} ({self._short(id_)})" for id_, fact in parts)
        return story._replace(
            sources=tuple(dict.fromkeys(source for _, fact in parts for source in fact.sources)),
            formula=formula if len(parts) > 1 else "",
            note=self._note(parts, order),
        )

    def _short(self, id_: str) -> str:
        return self._levels[id_].short

    def _note(self, parts: list[Part], order: list[str]) -> str:
        """Which credentials were named but do not move the number, and the best one's own note."""
        counted = {id_ for id_, _ in parts}
        uncounted = [self._short(id_) for id_ in order if id_ not in counted]
        silent = [self._short(id_) for id_ in order if not self._levels[id_].evidence]
        notes = [parts[0][1].note] if parts[0][1].note else []
        if silent:
            notes.append(f"no pay evidence for {', '.join(silent)}")
        if rest := [name for name in uncounted if name not in silent]:
            notes.append(f"not counted again: {', '.join(rest)}")
        return "; ".join(notes)


def _product(parts: list[Part]) -> Factor:
    value = Factor(UNIT, UNIT, UNIT)
    for _, fact in parts:
        value = Factor(*map(times, value, fact.value))
    return value

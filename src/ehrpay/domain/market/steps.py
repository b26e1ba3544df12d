"""The market method's own steps: base wage, area, fall-back, ageing, the cap, the employer's band, rounding.

Each has named `inputs` and an `ask` that answers for them alone, so a roster asks once per distinct tuple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.money import CLIP, PLUS, ROUND, TIMES, UNIT, times
from ehrpay.domain.numerals import percent
from ehrpay.domain.outcome import Outcome, unsaid

if TYPE_CHECKING:
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.market.ageing import Ageing
    from ehrpay.domain.market.wages import AreaWage, Wages
    from ehrpay.domain.outcome import AnyStep
    from ehrpay.domain.place import Place

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SMALL = 100
"""Below this many workers an area's cell is named as small."""


def month(date: str) -> str:
    """An ISO date as `May 2025`."""
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def _told(step: str, kind: str, value: object, label: str, fact: Fact[Any]) -> Outcome:
    return Outcome(
        step, kind, value, label, fact.basis, sources=fact.sources, where=fact.where, review_by=fact.review_by
    )


class Base:
    """The national median of the role's occupation."""

    id, inputs = "base", ("occupation",)

    def __init__(self, wages: Wages) -> None:
        """Take the wages in force."""
        self._wages = wages

    def ask(self, occupation: str) -> Outcome:
        """The median in cents a year."""
        fact = self._wages.nation(occupation)
        label = f"US median {month(fact.effective)}, {self._wages.title(occupation)}"
        return _told(self.id, PLUS, fact.value.p50 * 100, label, fact)._replace(
            note=f"occupation {occupation}"
        )


class Area:
    """The geographic differential: from the national median to the area's."""

    id, inputs = "area", ("occupation", "place")

    def __init__(self, wages: Wages) -> None:
        """Take the wages in force."""
        self._wages = wages

    def ask(self, occupation: str, place: Place | None) -> Outcome:
        """The difference in cents to the area's own median, or its factor where the occupation has no cell."""
        wage = self._wages.at(occupation, place)
        if wage.kind == "nation":
            answer = unsaid(self.id, "Area")
            if not wage.fell_back:
                return answer if place is None else answer._replace(said=True, label="Area: United States")
            return answer._replace(
                said=True, label="Area: none with data, the nation stands in", confidence="low"
            )
        label, word = f"Area: {wage.name}", _trust(wage)
        if wage.factor is not None:
            told = _told(self.id, TIMES, wage.factor, label, wage.fact)
            return told._replace(
                low=wage.factor, high=wage.factor, confidence=word, note=_stand_in(occupation)
            )
        change = (wage.fact.value.p50 - self._wages.nation(occupation).value.p50) * 100
        return _told(self.id, PLUS, change, label, wage.fact)._replace(confidence=word, note=_small(wage))


def _trust(wage: AreaWage) -> str:
    return "medium" if wage.levels or wage.factor is not None or _small(wage) else "high"


def _small(wage: AreaWage) -> str:
    workers = wage.fact.value.employment
    return f"only {workers} workers in the area's figure" if workers is not None and workers < SMALL else ""


def _stand_in(occupation: str) -> str:
    return f"occupation {occupation} has no steady figure here: records specialists' area factor stands in"


class Fallback:
    """The factor for a rural place whose own area has no figure, so that its whole state stands in."""

    id, inputs = "location", ("occupation", "place")

    def __init__(self, wages: Wages, choice: AnyStep) -> None:
        """Take the wages and the rule with the fall-back levels."""
        self._wages, self._choice = wages, choice

    def ask(self, occupation: str, place: Place | None) -> Outcome:
        """The rural factor when a rural place fell back to its state; neutral otherwise."""
        rural = place is not None and _rural(place) and self._wages.at(occupation, place).kind == "state"
        if not rural:
            return unsaid(self.id, "Rural fall-back")._replace(label="No rural fall-back needed")
        return self._choice.ask("nonmetro", None)


def _rural(place: Place) -> bool:
    return place.kind == "nonmetro" or (place.area is not None and len(place.area) > 5)  # noqa: PLR2004 - CBSA codes have five digits


class Age:
    """Ageing: from the wages' reference month to the date asked about."""

    id, inputs = "ageing", ("occupation",)

    def __init__(self, wages: Wages, ageing: Ageing) -> None:
        """Take the wages and the index."""
        self._wages, self._ageing = wages, ageing

    def ask(self, occupation: str) -> Outcome:
        """The factor between the two dates; months past the last reading are named."""
        since, as_of = self._wages.nation(occupation).effective, self._wages.as_of
        factor, months, fact = self._ageing.factor(since, as_of)
        label = f"Ageing {month(since)} to {month(as_of)}"
        note = f"{self._ageing.title}"
        if months:
            label = f"{label}, {months} months extrapolated"
            pace = percent(self._ageing.pace)
            note = f"{note} to {self._ageing.last}, then its last 12 months' pace of {pace} a year"
        word = "medium" if months else "high"
        return _told(self.id, TIMES, factor, label, fact)._replace(
            confidence=word, low=factor, high=factor, note=note
        )


class Cap:
    """The product of adjustments may not carry the middle out of the area's own P10 to P90."""

    id, inputs = "cap", ("occupation", "place")

    def __init__(self, wages: Wages, age: Age, fallback: Fallback) -> None:
        """Take the wages, and the two steps that move the area's percentiles as they move its median."""
        self._wages, self._age, self._fallback = wages, age, fallback

    def ask(self, occupation: str, place: Place | None) -> Outcome:
        """The bounds in cents."""
        wage = self._wages.at(occupation, place)
        shape = self._wages.shape(wage, occupation)
        bounds = [times(wage.median * 100, ratio) for ratio in (shape.p10, shape.p90)]
        for factor in (self._fallback.ask(occupation, place).value, self._age.ask(occupation).value):
            bounds = [times(bound, factor) for bound in bounds]
        label = f"Cap at P10 to P90 of {wage.name}"
        return _told(self.id, CLIP, tuple(bounds), label, wage.fact)


def rounding() -> Outcome:
    """The last step: whole dollars, half up."""
    return Outcome("round", ROUND, UNIT, "Rounded to whole dollars")

"""The market method's own steps: base wage, area, rural fall-back, ageing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, CONFIDENCES, weakest
from ehrpay.domain.numerals import decimal, percent
from ehrpay.domain.running import Term
from ehrpay.domain.story import AllCounts, Story, cited, factor_term, unsaid

if TYPE_CHECKING:
    from ehrpay.domain.facts import Fact, Factor
    from ehrpay.domain.market.ageing import Aged, Ageing
    from ehrpay.domain.market.choice import Choice
    from ehrpay.domain.market.wages import AreaWage, Wages
    from ehrpay.domain.place import Place, WagePlace

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SMALL = 100
"""Below this many workers an area's cell is named as small."""


def month(date: str) -> str:
    """An ISO date as `May 2025`."""
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"


class Base(AllCounts):
    """The national median of the role's occupation."""

    id, inputs = "base", ("occupation",)

    def __init__(self, wages: Wages) -> None:
        """Take the wages in force."""
        self._wages = wages

    def term(self, occupation: str) -> Term:
        """The median in cents a year."""
        return Term(plus=self._wages.nation(occupation).value.p50 * 100)

    def story(self, occupation: str) -> Story:
        """Which figure, of when."""
        fact = self._wages.nation(occupation)
        label = f"US median {month(fact.effective)}, {self._wages.title(occupation)}"
        return cited(label, fact)._replace(note=f"occupation {occupation}")


class _ByPlace:
    """A step that depends on the wages of an occupation in a place."""

    inputs = ("occupation", "place")

    def __init__(self, wages: Wages, narrow: int | None = None) -> None:
        """Take the wages in force; `narrow` is what knowing the place does to the width of the range."""
        self._wages, self._narrow = wages, narrow

    def narrowed(self, occupation: str, place: Place | None) -> tuple[str, WagePlace | None]:
        """The occupation, and what of the place decides its wages."""
        return occupation, None if place is None else place.wage_place


class Area(_ByPlace):
    """The geographic differential: from the national median to the area's."""

    id = "area"

    def term(self, occupation: str, place: WagePlace | None) -> Term:
        """The difference in cents to the area's own median, or its factor where the occupation has no cell."""
        if place is None:
            return Term()
        wage = self._wages.at(occupation, place)
        if wage.factor is not None:
            return Term(factor=wage.factor, narrow=self._narrow)
        if wage.kind == "nation":
            return Term(narrow=self._narrow)
        change = wage.median - self._wages.nation(occupation).value.p50
        return Term(plus=change * 100, narrow=self._narrow)

    def story(self, occupation: str, place: WagePlace | None) -> Story:
        """Which area's figure was used."""
        wage = self._wages.at(occupation, place)
        if wage.kind == "nation":
            if wage.fell_back:
                return Story("Area: no local figure, national wages used", confidence="low")
            return unsaid("Area") if place is None else Story("Area: United States", said=True)
        story = cited(f"Area: {wage.name}", wage.fact)._replace(confidence=_confidence(wage))
        if wage.factor is None:
            return story._replace(note=_small(wage))
        return story._replace(low=wage.factor, high=wage.factor, note=wage.note)


def _confidence(wage: AreaWage) -> str:
    return "medium" if wage.levels or wage.factor is not None or _small(wage) else "high"


def _small(wage: AreaWage) -> str:
    workers = wage.fact.value.employment
    return (
        f"the area's figure covers only {workers} workers" if workers is not None and workers < SMALL else ""
    )


class RuralFallback(_ByPlace):
    """The factor for a rural place whose own area has no figure, so that its whole state stands in."""

    id = "location"

    def __init__(self, wages: Wages, choice: Choice) -> None:
        """Take the wages and the rule with the fall-back levels."""
        super().__init__(wages)
        self._choice = choice

    def term(self, occupation: str, place: WagePlace | None) -> Term:
        """The rural factor when a rural place fell back to its state; nothing otherwise."""
        return self._choice.term("nonmetro", None, occupation) if self._acts(occupation, place) else Term()

    def story(self, occupation: str, place: WagePlace | None) -> Story:
        """The rural level, where it acts."""
        if self._acts(occupation, place):
            return self._choice.story("nonmetro", None, occupation)
        return Story("Rural fallback not needed", said=False)

    def _acts(self, occupation: str, place: WagePlace | None) -> bool:
        return place is not None and place.rural and self._wages.at(occupation, place).kind == "state"


class Age(AllCounts):
    """Ageing: from the wages' reference month to the date asked about."""

    id, inputs = "ageing", ("occupation",)

    def __init__(self, wages: Wages, ageing: Ageing) -> None:
        """Take the wages and the index."""
        self._wages, self._ageing = wages, ageing
        self._known: dict[str, Aged] = {}

    def term(self, occupation: str) -> Term:
        """The factor between the two dates."""
        return factor_term(self._aged(occupation).factor, None)

    def story(self, occupation: str) -> Story:
        """The two months; those past the last reading are named."""
        aged, as_of = self._aged(occupation), self._wages.as_of
        since = month(self._wages.nation(occupation).effective)
        label = f"Wage growth, {since} to {month(as_of)}"
        note, word = self._ageing.title, "high"
        if aged.months:
            label, word = f"Wage growth to {month(as_of)} ({aged.months} months projected)", "medium"
            pace = percent(self._ageing.pace)
            note = (
                f"{note} from {since} to {self._ageing.last}, then its last 12 months' pace of {pace} a year"
            )
        low, high = aged.factor.low, aged.factor.high
        story = cited(label, aged.fact)._replace(confidence=word, low=low, high=high, note=note)
        return story if aged.share is None else _shared(story, aged.share, occupation)

    def _aged(self, occupation: str) -> Aged:
        if occupation not in self._known:
            aged = self._ageing.factor(self._wages.nation(occupation).effective, self._wages.as_of)
            self._known[occupation] = aged.less(self._wages.growth_share(occupation))
        return self._known[occupation]


def _shared(story: Story, share: Fact[Factor], occupation: str) -> Story:
    """The story of a factor that has only a share of the index's growth, which is its weakest link."""
    return story._replace(
        basis=weakest((story.basis, share.basis), BASES),
        confidence=weakest((story.confidence, share.confidence), CONFIDENCES),
        sources=tuple(dict.fromkeys((*story.sources, *share.sources))),
        note=f"{story.note}; occupation {occupation} takes part in {decimal(share.value.middle)} of its growth",
    )

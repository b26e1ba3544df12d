"""The library's main verb: an explained pay range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.api.arguments import checked, text, wrong_type
from ehrpay.api.result import CitedResult
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.estimate import result
from ehrpay.domain.estimate.pricing import numbers_and_words
from ehrpay.domain.estimate.reading import read_profile, repeated

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.profile import Profile


class Estimate(CitedResult, result.Estimate):
    """An estimated pay range with everything it rests on; amounts are whole dollars a year.

    `verdict` is where the offer that was asked about lies in it; None without one.
    """

    verdict: Verdict | None = None

    def _view(self) -> Any:
        from importlib.metadata import version

        from ehrpay.formats.estimate import Answer

        return Answer(estimate=self, sources=self._sources, offer=self.verdict, version=version("ehrpay"))

    def _summary(self) -> str:
        from ehrpay.formats.amounts import Period
        from ehrpay.formats.estimate.sentences import opening

        return f"{self.headline}. {opening(self, Period('year', self.hours))}"


def estimate(
    profile: Profile,
    book: Rulebook | None = None,
    *,
    method: str = "auto",
    apply_band: bool = False,
    offer: str | float | None = None,
) -> Estimate:
    """An explained pay range, whole dollars a year, for what is known of a person and a job.

    `method` is `auto`, `market` or `grade`; `apply_band` holds the range to the employer's published band even where it
    is contradicted or due for review; `offer`, dollars a year or a text such as `29.50/h`, is judged by the range.
    Raises UsageError (exit code 2) for anything unknown or conflicting and NoRuleError (69) where the question is
    valid but no rule covers it. `sources` has the ids of what it cites, `book.sources` each in full.
    """
    rules, profile = rulebook(book), checked(profile)
    place = None
    if profile.location is not None:
        from ehrpay.places.resolve import resolve

        place = resolve(profile.location)
    known, way = read_profile(rules, profile, place), text(method, "method")
    numbers, words = numbers_and_words(rules, known, way, apply_band=apply_band)

    def explained() -> result.Words:
        made = words()
        return made._replace(warnings=(*made.warnings, *repeated(rules, profile)))

    found = Estimate(numbers, explained)
    found.verdict = None if offer is None else _judged(offer, found, rules)
    return found.with_sources(rules.sources)


def _judged(offer: str | float, answer: Estimate, book: Rulebook) -> Verdict:
    """An offer compared with an estimate; by a pay table, with the steps next to it."""
    from ehrpay.domain.estimate.verdict import by_steps, read_offer, verdict
    from ehrpay.domain.federal.schedule import STEPS

    if isinstance(offer, bool) or not isinstance(offer, (str, int, float)):
        raise wrong_type(offer, "offer", "dollars a year, or a text such as 29.50/h")
    found = verdict(read_offer(str(offer), answer.hours), answer)
    if answer.grade is None:
        return found
    return by_steps(found, book.pay_table(answer.profile).cells(answer.grade.grades, (1, STEPS)))

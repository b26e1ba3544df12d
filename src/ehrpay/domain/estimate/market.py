"""The market method: the wages of the occupation where the work is, times what is known of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain import running
from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.plan import answered, explained
from ehrpay.domain.estimate.result import AreaUsed, MethodResult, Percentiles
from ehrpay.domain.money import clip
from ehrpay.domain.running import Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import ResolvedProfile

HOURS = 2080
"""The divisor for hourly pay outside the General Schedule."""


def market(book: Rulebook, profile: ResolvedProfile, bands: Sequence[Band]) -> MethodResult:
    """The plan's steps, then the employer's newest band; the range has the area's own shape."""
    answers = [step(profile) for step in book.market_plan]
    band = bands[0].term if bands else None
    if bands:
        answers.append(answered("band", bands[0].term, bands[0].story))
    lines = explained(answers)
    wage = book.wages.at(profile.occupation, profile.place and profile.place.wage_place)
    terms = [line.term for line in lines] + [Term(narrow=book.fall_back)] * wage.widened
    return MethodResult(
        method="market",
        lines=lines,
        percentiles=Percentiles(*running.percentiles(lines[-1].total_cents, terms, wage.shape, band, clip)),
        area=AreaUsed(wage.kind, wage.code, wage.name, wage.fell_back, profile.locality),
        hours=HOURS,
        warnings=(
            *warnings.clipped(lines),
            *warnings.fallen_back(wage, profile),
            *warnings.about_inputs(lines, profile),
        ),
    )

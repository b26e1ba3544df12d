"""Which grade follows which, for one person, by the qualification ladder of the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, weakest
from ehrpay.domain.federal.progression import Opening
from ehrpay.domain.federal.qualification import YEAR, Qualifications, climb
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.placement import Placement
    from ehrpay.domain.federal.qualification import Named
    from ehrpay.domain.profile import ResolvedProfile

MOST_AHEAD = 40
"""Years ahead that a ladder looks."""


class PromotionPath(NamedTuple):
    """Each grade's opening above it.

    `last` is the ladder's highest grade, 0 where no ladder covers the role, and `end` that grade's name.
    """

    openings: dict[int, Opening]
    title: str = ""
    where: str = ""
    last: int = 0
    end: str = ""


def promotion_path(
    book: Rulebook, profile: ResolvedProfile, placement: Placement, to_grade: int | None
) -> PromotionPath:
    """The promotions that the rules support for a person, up to a grade if one is given."""
    ladder = book.ladder(profile.agency, profile.role)
    if ladder is None:
        return PromotionPath({})
    last, named = ladder.grades[-1], placement.table.named
    openings = {}
    for grade in range(1, last if to_grade is None else min(to_grade, last)):
        above = next(other for other in ladder.grades if other > grade)
        # A year at a grade of the ladder is what the next asks for; elsewhere the entry itself must be met.
        on_it = grade in ladder.grades and placement.reached.met
        opening = (
            _advance(ladder, above) if on_it else _entry(ladder, Qualifications.of(profile), above, named)
        )
        if opening is not None and (to_grade is None or above <= to_grade):
            openings[grade] = opening
    return PromotionPath(openings, ladder.title, ladder.where, last, named(last))


def _advance(ladder: QualificationLadder, grade: int) -> Opening:
    granted = ladder.advance
    sources = tuple(dict.fromkeys((*ladder.sources, *granted.sources)))
    return Opening(grade=grade, rule=granted.text, basis=granted.basis, sources=sources)


def _entry(ladder: QualificationLadder, now: Qualifications, grade: int, named: Named) -> Opening | None:
    """The opening once the years, counted on, first qualify for a grade; None if they never do.

    The lower end of a range counts, and years that were left out count from zero.
    """
    start = 0 if now.years is None else now.years.low
    for ahead in range(MOST_AHEAD + 1):
        tenths = min(start + ahead * YEAR, MOST_YEARS * YEAR)
        then = climb(ladder, now._replace(years=Years(tenths, tenths)), named)
        if then.met and grade in then.tenths_since:
            grants = [*(entry.grant for entry in ladder.entries if entry.grade <= grade), ladder.advance]
            return Opening(
                grade=grade,
                week=ahead * WEEKS,
                rule="; ".join(then.reasons),
                basis=weakest((granted.basis for granted in grants), BASES),
                sources=then.sources,
            )
    return None

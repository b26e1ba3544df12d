"""The way up: which grade follows which, for one person, by the qualification ladder of the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, weakest
from ehrpay.domain.federal.progression import Opening
from ehrpay.domain.federal.qualification import YEAR, Qualifications, climb
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.qualification import Reached
    from ehrpay.domain.profile import ResolvedProfile
MOST_AHEAD = 40
"""Years ahead that a ladder looks."""


class Way(NamedTuple):
    """Grade to the opening above it, and where the ladder stands; `last` is its highest grade, 0 without one."""

    openings: dict[int, Opening]
    title: str = ""
    where: str = ""
    last: int = 0


def way_up(book: Rulebook, known: ResolvedProfile, reached: Reached, to_grade: int | None) -> Way:
    """The promotions that the rules support for a person, up to a grade if one is given."""
    ladder = book.ladder(known.agency, known.role)
    if ladder is None:
        return Way({})
    last = ladder.grades[-1]
    found = {}
    for grade in range(1, last if to_grade is None else min(to_grade, last)):
        above = next(other for other in ladder.grades if other > grade)
        # A year at a grade of the ladder is what the next asks for; elsewhere the entry itself must be met.
        on_it = grade in ladder.grades and reached.met
        opening = _advance(ladder, above) if on_it else _entered(ladder, known, above)
        if opening is not None and (to_grade is None or above <= to_grade):
            found[grade] = opening
    return Way(found, ladder.title, ladder.where, last)


def _advance(ladder: QualificationLadder, grade: int) -> Opening:
    way = ladder.advance
    return Opening(grade, 0, way.text, way.basis, _once(ladder.sources, way.sources))


def _entered(ladder: QualificationLadder, known: ResolvedProfile, grade: int) -> Opening | None:
    """The opening when the years said, counted on, first qualify for a grade; None if they never do.

    Of a range the fewest years count, and years that were not said count from none.
    """
    start = 0 if known.years is None else known.years.low
    for ahead in range(MOST_AHEAD + 1):
        tenths = min(start + ahead * YEAR, MOST_YEARS * YEAR)
        then = climb(ladder, Qualifications(Years(tenths, tenths), known.degree, known.certs))
        if then.met and grade in then.tenths_since:
            ways = [*(entry.grant for entry in ladder.entries if entry.grade <= grade), ladder.advance]
            basis = weakest((way.basis for way in ways), BASES)
            return Opening(grade, ahead * WEEKS, "; ".join(then.reasons), basis, then.sources)
    return None


def _once(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for ids in lists for id_ in ids))

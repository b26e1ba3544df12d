"""The qualification ladder: role, years, degree and credentials give the grades a person qualifies for.

A ladder has entries (a grade with what it asks for) and then its next grade for each year at the one below;
its grades may lie two apart. Each grade keeps the sentence of the standard that grants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, weakest
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.compiled.federal import LadderEntry, QualificationLadder
    from ehrpay.domain.facts import CitedText
    from ehrpay.domain.profile import ResolvedProfile

    Named = Callable[[int], str]
    """A grade as people write it."""

DEGREES = ("high-school", "certificate", "diploma", "associate", "bachelor", "master")
"""From least to most; a requirement is met by its own degree or a higher one."""

YEAR = 10
"""Tenths of a year at a grade that open the next of the ladder."""


class Qualifications(NamedTuple):
    """What a ladder asks of a person."""

    years: Years | None = None
    degree: str | None = None
    certs: tuple[str, ...] | None = None

    @classmethod
    def of(cls, profile: ResolvedProfile) -> Qualifications:
        """Those of a profile."""
        return cls(profile.years, profile.degree, profile.certs)


class Reached(NamedTuple):
    """Where a ladder takes a person: grades lowest and highest, and why.

    `tenths_since` has each grade of the ladder that the years given can have opened, and the tenths of a year
    since then at most; `sources` are the ids the grades and their sentences rest on, `basis` how the weakest
    of them is known.
    """

    grades: tuple[int, int]
    tenths_since: dict[int, int]
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    met: bool
    basis: str = "official"


def pick(
    ladders: Iterable[QualificationLadder], agency: str, role: str | None, as_of: str
) -> QualificationLadder | None:
    """The ladder an agency's rules give a role, the newest in force; its default one without a role."""
    fitting = [ladder for ladder in _fitting(ladders, agency, role) if ladder.effective <= as_of]
    return max(fitting, key=lambda ladder: ladder.effective, default=None)


def first(ladders: Iterable[QualificationLadder], agency: str, role: str | None) -> str | None:
    """The day from which an agency's rules give a role grades; None where they never do."""
    return min((ladder.effective for ladder in _fitting(ladders, agency, role)), default=None)


def _fitting(
    ladders: Iterable[QualificationLadder], agency: str, role: str | None
) -> Iterator[QualificationLadder]:
    for ladder in ladders:
        if (ladder.default if role is None else role in ladder.roles) and agency in ladder.agencies:
            yield ladder


def climb(ladder: QualificationLadder, person: Qualifications, named: Named) -> Reached:
    """The grades a person may be placed at, from those open with the fewest years to those with the most.

    Where the highest grade was opened by years at lower ones, the one below it stays possible, for a board
    may not credit every year. Without years all that any number of years opens is possible.
    """
    years = Years(0, MOST_YEARS * YEAR) if person.years is None else person.years
    entries = [entry for entry in ladder.entries if held(entry, person)]
    since = _since(ladder, entries, years.high)
    if not since:
        return _unmet(ladder, named)
    grades = (_lowest(ladder, entries, years.low) or min(since), max(since))
    ways = _ways(ladder, entries, grades, since)
    cited = [*ladder.sources, *(id_ for way, _ in ways for id_ in way.sources)]
    reasons = tuple(f"{_span(on, named)}: {_sentence(way)}" for way, on in ways)
    return Reached(
        grades=grades,
        tenths_since=since,
        reasons=reasons + _assumptions(ladder, entries, person),
        sources=tuple(dict.fromkeys(cited)),
        met=True,
        basis=weakest((ladder.basis, *(way.basis for way, _ in ways)), BASES),
    )


def held(entry: LadderEntry, person: Qualifications) -> bool:
    """Whether the degree and credentials an entry asks for are there; what was left out is not held."""
    degree = entry.degree
    if degree and (person.degree not in DEGREES or DEGREES.index(person.degree) < DEGREES.index(degree)):
        return False
    return not entry.certs or not set(entry.certs).isdisjoint(person.certs or ())


def _since(ladder: QualificationLadder, entries: Iterable[LadderEntry], tenths: int) -> dict[int, int]:
    """Each grade that so many years open, by the earliest way, with the tenths of a year since."""
    since: dict[int, int] = {}
    for entry in entries:
        above = [grade for grade in ladder.grades if grade >= entry.grade]
        for place, grade in enumerate(above):
            tenths_since = tenths - entry.tenths - YEAR * place
            if tenths_since >= since.get(grade, 0):
                since[grade] = tenths_since
    return dict(sorted(since.items()))


def _lowest(ladder: QualificationLadder, entries: list[LadderEntry], tenths: int) -> int | None:
    """The lowest grade to be placed at with so many years; None when they open none.

    It is the highest open one where an entry grants that itself, and the one below it where years led there.
    """
    open_ = list(_since(ladder, entries, tenths))
    if not open_:
        return None
    granted = any(entry.grade == open_[-1] and entry.tenths <= tenths for entry in entries)
    return open_[-1] if granted else open_[-2]


def _ways(
    ladder: QualificationLadder,
    entries: Iterable[LadderEntry],
    grades: tuple[int, int],
    since: dict[int, int],
) -> list[tuple[CitedText, list[int]]]:
    """What grants each grade of a range, led by the entry it was climbed from; neighbours of one way together."""
    direct: dict[int, LadderEntry] = {}
    for entry in sorted(entries, key=lambda entry: entry.tenths):
        if entry.grade in since:
            direct.setdefault(entry.grade, entry)
    start = max(grade for grade in direct if grade <= grades[0])
    ways: list[tuple[CitedText, list[int]]] = []
    for grade in (start, *(grade for grade in since if grade > start and grade >= grades[0])):
        way = direct[grade].grant if grade in direct else ladder.advance
        if ways and ways[-1][0] is way:
            ways[-1][1].append(grade)
        else:
            ways.append((way, [grade]))
    return ways


def _span(grades: list[int], named: Named) -> str:
    first, last = named(grades[0]), named(grades[-1])
    return first if first == last else f"{first} to {last}"


def _sentence(way: CitedText) -> str:
    """A way's own words, and its basis where that is not the standard itself."""
    return way.text if way.basis == "official" else f"{way.text} ({way.basis})"


def _assumptions(
    ladder: QualificationLadder, entries: list[LadderEntry], person: Qualifications
) -> tuple[str, ...]:
    """What is assumed of years that were left out, or fall short at their lower end."""
    if person.years is None:
        return ("years not specified: assumed sufficient; all reachable grades are shown",)
    if not _since(ladder, entries, person.years.low):
        return ("the low end of the years does not meet the entry requirement yet",)
    return ()


def _unmet(ladder: QualificationLadder, named: Named) -> Reached:
    first = ladder.grades[0]
    entries = "; or ".join(f"{named(entry.grade)}: {_sentence(entry.grant)}" for entry in ladder.entries)
    why = f"entry requirement not met, so the lowest grade is shown: {entries}"
    cited = [*ladder.sources, *(id_ for entry in ladder.entries for id_ in entry.grant.sources)]
    return Reached((first, first), {first: 0}, (why,), tuple(dict.fromkeys(cited)), met=False)

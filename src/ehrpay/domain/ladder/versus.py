"""Two ladders of one person: which is ahead when, where one overtakes the other, and what it comes to in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.scenario import assigned
from ehrpay.errors import blamed_on
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.ladder.result import Ladder
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.gains import Run
    from ehrpay.domain.whatif.scenario import Assignment

A, B = "A", "B"


class Crossing(NamedTuple):
    """The year in which one ladder (`A` or `B`) overtakes the other, and what each then pays in the middle."""

    year: int
    leader: str
    a: int
    b: int


class Versus(NamedTuple):
    """A second ladder beside the first. Amounts are the middle of B less that of A, whole dollars.

    `differences` and `totals` have one for each year: that year's, and of all years up to it; `recovered` is
    the year from which on the one that earns more in all has done so, where it had to catch up.
    """

    a: Ladder
    b: Ladder
    names: tuple[str, str]
    set: tuple[str, ...]
    differences: tuple[int, ...]
    totals: tuple[int, ...]
    crossings: tuple[Crossing, ...]
    recovered: int | None


def changed(book: Rulebook, profile: Profile, changes: Sequence[Assignment]) -> Profile:
    """The profile with all changes made; UsageError (field `vs`) for one that can't be."""
    for change in changes:
        with blamed_on("vs", f"{change.text}: "):
            profile = assigned(book, profile, change)
    return profile


def second(profile: Profile, changes: Sequence[Assignment], run: Run) -> Estimate:
    """The estimate that the second ladder begins with; an error names the changes."""
    with blamed_on("vs", f"{', '.join(change.text for change in changes)}: "):
        return run(profile)


def versus(book: Rulebook, a: Ladder, b: Ladder, changes: Sequence[Assignment]) -> Versus:
    """Two ladders of the same years and the same money, compared by their middles."""
    differences = [then.mid - now.mid for now, then in zip(a.years, b.years, strict=True)]
    totals = [then.total - now.total for now, then in zip(a.years, b.years, strict=True)]
    told = tuple(change.text for change in changes)
    found = [
        Crossing(year, B if differences[year] > 0 else A, a.years[year].mid, b.years[year].mid)
        for year in _turns(differences)
    ]
    turns = _turns(totals)
    return Versus(
        a,
        b,
        _names(book, a, b, told),
        told,
        tuple(differences),
        tuple(totals),
        tuple(found),
        turns[-1] if turns else None,
    )


def _turns(values: Sequence[int]) -> list[int]:
    """Where the sign becomes the other one; a zero keeps the sign before it."""
    found, sign = [], 0
    for n, value in enumerate(values):
        if sign * value < 0:
            found.append(n)
        sign = value or sign
    return found


def _names(book: Rulebook, a: Ladder, b: Ladder, told: Sequence[str]) -> tuple[str, str]:
    """Two employers by name; otherwise what was set, and the rest."""
    ids = [ladder.now.profile.agency for ladder in (a, b)]
    if ids[0] != ids[1] and None not in ids:
        first, last = (_employer(book, str(id_)) for id_ in ids)
        return first, last
    return "as said", ", ".join(told)


def _employer(book: Rulebook, id_: str) -> str:
    """The initials people know a federal agency by; another employer's id."""
    return id_.upper() if book.rules.agencies[id_].kind == "federal" else id_


def sentences(found: Versus) -> tuple[str, ...]:
    """Who is ahead when, and what it comes to."""
    return (*_course(found), _in_all(found))


def _course(found: Versus) -> list[str]:
    last = len(found.differences) - 1
    if found.crossings:
        return [
            f"{_who(found, one.leader)} overtakes {_who(found, B if one.leader == A else A)} in year {one.year}:"
            f" {max(one.a, one.b):,} against {min(one.a, one.b):,}"
            for one in found.crossings
        ]
    if not any(found.differences):
        return ["Both pay the same every year"]
    leader = B if max(found.differences) > 0 else A
    when = "ahead of" if all(found.differences) else "never behind"
    gaps = (abs(found.differences[0]), abs(found.differences[last]))
    by = f"{gaps[0]:,} in year 0" + (f" and {gaps[1]:,} in year {last}" if last else "")
    return [f"{_who(found, leader)} is {when} {_who(found, B if leader == A else A)}: {by}"]


def _in_all(found: Versus) -> str:
    last, total = len(found.totals) - 1, found.totals[-1]
    if not total:
        return f"Over years 0 to {last} both pay the same in all"
    leader = _who(found, B if total > 0 else A)
    late = "" if found.recovered is None else f", ahead in all from year {found.recovered} on"
    return f"Over years 0 to {last} {leader} pays {abs(total):,} more{late}"


def _who(found: Versus, letter: str) -> str:
    name = found.names[0 if letter == A else 1]
    return f"{letter} ({name})"

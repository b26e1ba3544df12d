"""Two ladders of one person: which is ahead when, where one overtakes the other, and the total difference."""

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
    """Two ladders. Amounts are the middle of B less that of A, whole dollars.

    `differences` has one for each year, `totals` those of all years up to it; `recovered` is the year from
    which on the one that earns more in total has done so, where it had to catch up.
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
    """Two ladders of the same years and the same dollars, compared by their middles."""
    differences = [then.mid - now.mid for now, then in zip(a.years, b.years, strict=True)]
    totals = [then.total - now.total for now, then in zip(a.years, b.years, strict=True)]
    texts, turns = tuple(change.text for change in changes), _turns(totals)
    return Versus(
        a=a,
        b=b,
        names=_names(book, a, b, texts),
        set=texts,
        differences=tuple(differences),
        totals=tuple(totals),
        crossings=tuple(
            Crossing(year, B if differences[year] > 0 else A, a.years[year].mid, b.years[year].mid)
            for year in _turns(differences)
        ),
        recovered=turns[-1] if turns else None,
    )


def _turns(values: Sequence[int]) -> list[int]:
    """Where the sign becomes the other one; a zero keeps the sign before it."""
    turns, sign = [], 0
    for n, value in enumerate(values):
        if sign * value < 0:
            turns.append(n)
        sign = value or sign
    return turns


def _names(book: Rulebook, a: Ladder, b: Ladder, changes: Sequence[str]) -> tuple[str, str]:
    """Two employers by name; otherwise the current profile, and what was changed."""
    first, other = a.now.profile.agency, b.now.profile.agency
    if first != other and first is not None and other is not None:
        return _employer(book, first), _employer(book, other)
    return "current profile", ", ".join(changes)


def _employer(book: Rulebook, id_: str) -> str:
    """The initials people know a federal agency by; another employer's id."""
    return id_.upper() if book.rules.agencies[id_].kind == "federal" else id_


def sentences(pair: Versus) -> tuple[str, ...]:
    """Who is ahead when, and what it adds up to."""
    return (*_course(pair), _in_total(pair))


def _course(pair: Versus) -> list[str]:
    last = len(pair.differences) - 1
    if pair.crossings:
        return [
            f"{_name(pair, one.leader)} overtakes {_name(pair, _other(one.leader))} in year {one.year}:"
            f" ${max(one.a, one.b):,} against ${min(one.a, one.b):,}"
            for one in pair.crossings
        ]
    if not any(pair.differences):
        return ["Both pay the same every year"]
    leader = B if max(pair.differences) > 0 else A
    when = "ahead of" if all(pair.differences) else "never behind"
    first_gap, last_gap = abs(pair.differences[0]), abs(pair.differences[last])
    by = f"${first_gap:,} in year 0" + (f" and ${last_gap:,} in year {last}" if last else "")
    return [f"{_name(pair, leader)} is {when} {_name(pair, _other(leader))}: {by}"]


def _in_total(pair: Versus) -> str:
    last, total = len(pair.totals) - 1, pair.totals[-1]
    if not total:
        return f"Over years 0 to {last} both pay the same in total"
    leader = _name(pair, B if total > 0 else A)
    late = "" if pair.recovered is None else f", ahead in total from year {pair.recovered} on"
    return f"Over years 0 to {last} {leader} pays ${abs(total):,} more{late}"


def _other(letter: str) -> str:
    return B if letter == A else A


def _name(pair: Versus, letter: str) -> str:
    return f"{letter} ({pair.names[0] if letter == A else pair.names[1]})"

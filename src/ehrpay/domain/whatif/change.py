"""The parts of a what-if: the starting point, one change, and a change that has no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile, ResolvedProfile

NATION = 100_000
NO_EVIDENCE, NOT_POSSIBLE = "no-evidence", "not-possible"


class Prices(NamedTuple):
    """Price parities in thousandths, the nation being 100,000: of a place, and of a metropolitan area by its code."""

    of_place: Callable[[Place], int | None]
    of_area: Callable[[str], int | None]


class Baseline(NamedTuple):
    """The starting point: the profile as typed, its estimate, the places to move to, and what prices are there."""

    book: Rulebook
    profile: Profile
    now: Estimate
    places: tuple[Place, ...] = ()
    prices: Prices | None = None

    @property
    def resolved(self) -> ResolvedProfile:
        """The profile after reading."""
        return self.now.profile

    @property
    def home(self) -> int | None:
        """The price parity where one is: the nation's without a place; None where it isn't known."""
        place = self.resolved.place
        if self.prices is None:
            return None
        return NATION if place is None else self.prices.of_place(place)

    @property
    def at_grade(self) -> bool:
        """Whether a grade was given, so that nothing but grade, step and locality moves the pay."""
        return self.now.method == "grade" and self.resolved.grade is not None


class Change(NamedTuple):
    """One thing different: the whole new profile, and what it takes to get there.

    `fee` is the examination's, as published; `wait` and `needs` are words, empty where the rules do not say.
    `evidence` is False where the rules have no pay figure for it.
    """

    kind: str
    id: str
    label: str
    profile: Profile
    fee: str = ""
    wait: str = ""
    needs: str = ""
    note: str = ""
    evidence: bool = True


class Unpriced(NamedTuple):
    """A change without a number: `status` is `no-evidence` or `not-possible`, and `reason` says why."""

    status: str
    kind: str
    id: str
    label: str
    reason: str
    fee: str = ""
    needs: str = ""


def not_possible(kind: str, id_: str, label: str, reason: str, needs: str = "") -> Unpriced:
    """A change that is not open now."""
    return Unpriced(status=NOT_POSSIBLE, kind=kind, id=id_, label=label, reason=reason, needs=needs)


def difference(old: Profile, new: Profile) -> dict[str, str | None]:
    """The fields that differ, as one would type them; None for a field no longer given."""
    pairs = zip(new._fields, old, new, strict=True)
    return {field: _typed(value) for field, before, value in pairs if value != before}


def _typed(value: object) -> str | None:
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return None if value is None else str(value)

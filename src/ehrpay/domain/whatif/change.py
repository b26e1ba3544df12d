"""The parts of a what-if: the person as they are, one change, and a change that has no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile, ResolvedProfile

NO_EVIDENCE, NOT_POSSIBLE = "no-evidence", "not-possible"

AT_GRADE = "at a given grade, pay follows grade, step and locality only"


class Here(NamedTuple):
    """The person as they are: the profile as said, its estimate, and the places asked about."""

    book: Rulebook
    profile: Profile
    now: Estimate
    places: tuple[Place, ...] = ()

    @property
    def known(self) -> ResolvedProfile:
        """The profile after reading."""
        return self.now.profile

    @property
    def at_grade(self) -> bool:
        """Whether a grade was given, so that nothing but grade, step and locality moves the pay."""
        return self.now.method == "grade" and self.known.grade is not None


class Change(NamedTuple):
    """One thing different: the whole new profile, and what is known of the way there.

    `fee` is the examination's, as published; `wait` and `needs` are words, empty where the rules do not say.
    `evidence` is False where the rules say that no pay figure was found.
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


class Left(NamedTuple):
    """A change without a number: `status` is `no-evidence` or `not-possible`, and `reason` says why."""

    status: str
    kind: str
    id: str
    label: str
    reason: str
    fee: str = ""
    needs: str = ""


def refused(kind: str, id_: str, label: str, reason: str, needs: str = "") -> Left:
    """A change that is not open now."""
    return Left(NOT_POSSIBLE, kind, id_, label, reason, needs=needs)


def difference(old: Profile, new: Profile) -> dict[str, str | None]:
    """The fields that differ, as one would type them; None for a thing no longer said."""
    told: dict[str, str | None] = {}
    for field, value in new._asdict().items():
        if value != getattr(old, field):
            told[field] = _typed(value)
    return told


def _typed(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return str(value)

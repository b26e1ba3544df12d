"""One chosen scenario: several changes at once, and the middle carried from here to there one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.profile import FIELDS, Profile
from ehrpay.domain.whatif.levels import employed
from ehrpay.errors import NoRuleError, UsageError, blamed_on, shown, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Field
    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import Run

NAMES = {field.word: field for field in FIELDS.values()}
"""What `--set` can change, by the name of its option."""


class Assignment(NamedTuple):
    """One `NAME=VALUE` as typed; `adds` for `NAME+=VALUE`, which keeps what was held."""

    text: str
    field: Field
    value: str
    adds: bool


class Leg(NamedTuple):
    """A stretch of the way: what it set, what that changed in the middle, and the middle after it, in dollars."""

    label: str
    change: int
    total: int
    method: str


class Scenario(NamedTuple):
    """Two estimates and the way between them: the legs' changes sum to the difference of the middles."""

    now: Estimate
    then: Estimate
    profile: Profile
    legs: tuple[Leg, ...]


def read_assignments(texts: Sequence[str]) -> list[Assignment]:
    """The assignments as typed; UsageError for an unknown name, a missing value or a name given twice."""
    assignments: list[Assignment] = []
    for text in texts:
        one = _read(text)
        if any(other.field == one.field and not one.adds for other in assignments):
            raise UsageError(f"{shown(text)} sets {one.field.name} a second time; give it once", field="set")
        assignments.append(one)
    return assignments


def _read(text: str) -> Assignment:
    name, sign, value = (part.strip() for part in text.partition("="))
    adds = name.endswith("+")
    key = name.removesuffix("+").strip().casefold().replace("_", "-")
    if not sign or not value:
        msg = f"{shown(text)} is not a setting; write NAME=VALUE, like degree=bachelor"
        raise UsageError(msg, field="set")
    if "=" in value:
        msg = f"{shown(text)} has two settings in one; give each its own --set"
        raise UsageError(msg, field="set")
    if key not in NAMES:
        raise UsageError(unknown("name", key, NAMES), field="set")
    if adds and not NAMES[key].several:
        several = " and ".join(word for word, field in NAMES.items() if field.several)
        raise UsageError(f"{shown(text)} adds to a single value; += goes with {several} only", field="set")
    return Assignment(text.strip(), NAMES[key], value, adds)


def assigned(book: Rulebook, profile: Profile, assignment: Assignment) -> Profile:
    """A profile with one field set; what can't go with it is no longer given."""
    field, value = assignment.field, assignment.value
    if field.kind == "agency":
        return employed(book, profile, book.names("agency").read(value))
    if field.instead_of:
        profile = profile.with_value(field.instead_of, None)
    if field.several:
        kept = _held(book, profile, field) if assignment.adds else ()
        return profile.with_value(field.name, (*kept, value))
    return profile.with_value(field.name, value)


def _held(book: Rulebook, profile: Profile, field: Field) -> tuple[str, ...]:
    only = Profile().with_value(field.name, getattr(profile, field.name))
    return getattr(read_profile(book, only), field.name) or ()


def scenario(start: Baseline, assignments: Sequence[Assignment], run: Run) -> Scenario:
    """Set one field after another, in the order given, pricing each stop on the way.

    Assignments that make no sense without the next (a grade before its employer) are taken together with it.
    Raises what the last stop raises, with the assignments named.
    """
    profile, before, legs, waiting = start.profile, start.now, list[Leg](), list[str]()
    for n, assignment in enumerate(assignments, 1):
        waiting.append(assignment.text)
        with blamed_on("set", f"--set {assignment.text}: "):
            profile = assigned(start.book, profile, assignment)
        try:
            with blamed_on("set", f"--set {' --set '.join(waiting)}: "):
                then = run(profile)
        except (NoRuleError, UsageError):
            if n == len(assignments):
                raise
            continue
        legs.append(Leg(", ".join(waiting), then.mid - before.mid, then.mid, then.method))
        before, waiting = then, []
    return Scenario(start.now, before, profile, tuple(legs))

"""One chosen scenario: several changes at once, and the middle carried from here to there one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.profile import Profile
from ehrpay.domain.whatif.levels import employed
from ehrpay.errors import NoRuleError, UsageError, did_you_mean, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.whatif.change import Here
    from ehrpay.domain.whatif.gains import Run

FIELDS = {
    "agency": "agency",
    "role": "role",
    "years": "years",
    "degree": "degree",
    "cert": "certs",
    "location": "location",
    "locality": "locality",
    "setting": "setting",
    "ehr": "ehr",
    "work": "work",
    "grade": "grade",
    "step": "step",
    "years-in-grade": "years_in_grade",
}
"""What `--set` can change: the name of the option to the profile's field."""

_SEVERAL = ("certs", "ehr")


class Setting(NamedTuple):
    """One `NAME=VALUE` as typed; `adds` for `NAME+=VALUE`, which keeps what was held."""

    text: str
    field: str
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


def read_settings(texts: Sequence[str]) -> list[Setting]:
    """The settings as typed; UsageError for an unknown name, a missing value or a name given twice."""
    found: list[Setting] = []
    for text in texts:
        setting = _read(text)
        if any(other.field == setting.field and not setting.adds for other in found):
            msg = f"{shown(text)} sets {setting.field} a second time; give it once"
            raise UsageError(msg, field="set")
        found.append(setting)
    return found


def _read(text: str) -> Setting:
    name, sign, value = (part.strip() for part in text.partition("="))
    adds = name.endswith("+")
    key = name.removesuffix("+").strip().casefold().replace("_", "-")
    if not sign or not value:
        msg = f"{shown(text)} is not a setting; write NAME=VALUE, like degree=bachelor"
        raise UsageError(msg, field="set")
    if key not in FIELDS:
        hint = did_you_mean(key, FIELDS) or ";"
        msg = f"{shown(key)} can't be set{hint} the names are {', '.join(FIELDS)}"
        raise UsageError(msg, field="set")
    if adds and FIELDS[key] not in _SEVERAL:
        msg = f"{shown(text)} adds to a single value; += goes with cert and ehr only"
        raise UsageError(msg, field="set")
    return Setting(text.strip(), FIELDS[key], value, adds)


def applied(book: Rulebook, profile: Profile, setting: Setting) -> Profile:
    """A profile with one thing set; what can't stand beside it is no longer said."""
    field, value = setting.field, setting.value
    if field == "agency":
        return employed(book, profile, book.agencies.read(value))
    if field in _SEVERAL:
        held = getattr(read_profile(book, Profile(certs=profile.certs, ehr=profile.ehr)), field) or ()
        kept = tuple(held) if setting.adds else ()
        several: dict[str, Any] = {field: (*kept, value)}
        return profile._replace(**several)
    beside = {"location": "locality", "locality": "location", "step": "years_in_grade"}
    beside["years_in_grade"] = "step"
    changed: dict[str, Any] = {field: value}
    if field in beside:
        changed[beside[field]] = None
    return profile._replace(**changed)


def scenario(here: Here, settings: Sequence[Setting], run: Run) -> Scenario:
    """Set one thing after another, in the order given, pricing each stop on the way.

    Settings that make no sense without the next (a grade before its employer) are taken together with it.
    Raises what the last stop raises, with the settings named.
    """
    profile, before, legs, waiting = here.profile, here.now, list[Leg](), list[str]()
    for n, setting in enumerate(settings):
        waiting.append(setting.text)
        try:
            profile = applied(here.book, profile, setting)
        except UsageError as error:
            raise _named(error, [setting.text]) from error
        try:
            then = run(profile)
        except (NoRuleError, UsageError) as error:
            if n < len(settings) - 1:
                continue
            raise _named(error, waiting) from error
        legs.append(Leg(", ".join(waiting), then.mid - before.mid, then.mid, then.method))
        before, waiting = then, []
    return Scenario(here.now, before, profile, tuple(legs))


def _named(error: NoRuleError | UsageError, waiting: list[str]) -> NoRuleError | UsageError:
    msg = f"--set {' --set '.join(waiting)}: {error}"
    return NoRuleError(msg) if isinstance(error, NoRuleError) else UsageError(msg, field="set")


def notes(found: Scenario) -> tuple[str, ...]:
    """What a reader must know of the way: its order, a change of method, warnings that are new."""
    now, then = found.now, found.then
    told = ["each line is what it adds after those above it; another order moves the lines, not the ends"]
    if now.method != then.method:
        told.append(f"the method changes on the way, from {now.method} to {then.method}")
    return (*told, *(text for text in then.warnings if text not in now.warnings))

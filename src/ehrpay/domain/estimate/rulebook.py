"""The rulebook: all rules for one date, and the reading of a profile against them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ehrpay.domain.facts import Overlay, Source
from ehrpay.domain.market.choice import Choice, level_names
from ehrpay.domain.market.credentials import Credentials
from ehrpay.domain.market.curve import Curve
from ehrpay.domain.market.wages import REFERENCE, Ageing, Wages
from ehrpay.domain.names import Names
from ehrpay.domain.profile import Known, read_tenths, read_whole, read_years
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ehrpay.domain.estimate.plan import Asked
    from ehrpay.domain.outcome import AnyStep
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile

KINDS: dict[str, Callable[[dict[str, Any], str], AnyStep]] = {
    "curve": Curve,
    "choice": Choice,
    "set": Credentials,
}
NOUNS = {
    "certs": "credential",
    "role": "role",
    "degree": "degree",
    "setting": "employer setting",
    "ehr": "EHR system",
    "work": "work place",
}
STEPS, GRADES = 10, 15


class Rulebook:
    """All rules in force on one date. `core` is the compiled form; `areas` loads the wage tables when asked."""

    def __init__(self, core: dict[str, Any], areas: Callable[[], dict[str, Any]], as_of: str) -> None:
        """Take the compiled rules and an ISO date."""
        self.core, self.as_of, self.version = core, as_of, str(core["version"])
        self.wages = Wages(core, areas, as_of)
        self.plan: list[Asked] | None = None
        self.overlays = tuple(Overlay(*row) for row in core.get("overlays", ()))
        self.fights: tuple[str, ...] = tuple(core.get("fights", ()))
        self._names: dict[str, Names] = {}

    @cached_property
    def ageing(self) -> Ageing:
        """The wage index."""
        return Ageing(self.core["ageing"])

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every citation by id."""
        return {id_: Source(*row) for id_, row in self.core["sources"].items()}

    @cached_property
    def agencies(self) -> Names:
        """The names of employers."""
        ids = {id_: rule["aliases"] for id_, rule in self.core["agencies"].items()}
        return Names("agency", "agency", "agencies", ids)

    def agency(self, id_: str | None) -> dict[str, Any] | None:
        """One employer's compiled rule."""
        return None if id_ is None else self.core["agencies"][id_]

    def adjustment(self, id_: str) -> AnyStep:
        """One adjustment as a step."""
        rule = self.core["adjustments"][id_]
        return KINDS[rule["step"]](rule, self.as_of)

    def names(self, field: str) -> Names:
        """The names of the levels a profile field can take (`role`, `degree`, `certs`, ...)."""
        if field not in self._names:
            rule = next(rule for rule in self.core["adjustments"].values() if rule["input"] == field)
            self._names[field] = level_names(rule, NOUNS[field])
        return self._names[field]

    def read(self, profile: Profile, place: Place | None = None) -> Known:
        """The profile's text matched to ids and numbers; UsageError names the field and the nearest names."""
        agency = None if profile.agency is None else self.agencies.read(profile.agency)
        role = self._one("role", profile.role)
        known = Known(
            agency=agency,
            role=role,
            years=None if profile.years is None else read_years(profile.years),
            degree=self._one("degree", profile.degree),
            certs=self._several("certs", profile.certs, "--cert"),
            place=place,
            setting=self._one("setting", profile.setting),
            ehr=self._several("ehr", profile.ehr, "--ehr"),
            work=self._one("work", profile.work),
            grade=None if profile.grade is None else read_whole(profile.grade, "grade", "grade", 1, GRADES),
            step=None if profile.step is None else read_whole(profile.step, "step", "step", 1, STEPS),
            years_in_grade=self._in_grade(profile),
            locality=self._locality(profile, place),
            occupation=self._occupation(role),
        )
        self._check(known)
        return known

    def _in_grade(self, profile: Profile) -> int | None:
        if profile.years_in_grade is None:
            return None
        return read_tenths(str(profile.years_in_grade), "years_in_grade")

    def _one(self, field: str, text: str | None) -> str | None:
        return None if text is None else self.names(field).read(text)

    def _several(self, field: str, texts: Iterable[str] | None, option: str) -> tuple[str, ...] | None:
        if texts is None:
            return None
        words = [word for text in texts for word in text.split(",")]
        if any(word.strip().casefold() == "none" for word in words):
            if len(words) > 1:
                msg = f"'none' can't stand beside others; give {option} none alone, or the ones held"
                raise UsageError(msg, field=field)
            return ()
        names = self.names(field)
        return tuple(sorted({names.read(word) for word in words}))

    def _role(self, role: str | None) -> dict[str, Any]:
        levels = self.core["adjustments"]["responsibility"]["levels"]
        return next((level for level in levels if level["id"] == role), {})

    def _occupation(self, role: str | None) -> str:
        return str(self._role(role).get("occupation") or REFERENCE)

    def series(self, role: str | None) -> str | None:
        """The federal job series a role belongs to, where the rules name one."""
        return self._role(role).get("series")

    def _locality(self, profile: Profile, place: Place | None) -> str | None:
        if profile.locality is None:
            return None if place is None else place.locality
        from ehrpay.domain.federal.schedule import read_locality

        code = read_locality(self.core["federal"], profile.locality)
        if place is not None and place.locality not in (None, code):
            msg = (
                f"'{code}' conflicts with the location {place.name}, which lies in locality {place.locality}"
            )
            raise UsageError(msg, field="locality")
        return code

    def _check(self, known: Known) -> None:
        rule = self.agency(known.agency)
        plan = rule and rule["pay_plan"]
        for field in ("grade", "step", "locality"):
            if (
                getattr(known, field) is not None
                and not plan
                and (field != "locality" or known.place is None)
            ):
                who = (
                    f"agency '{known.agency}' is on no pay plan"
                    if rule
                    else "no agency on a pay plan was said"
                )
                msg = (
                    f"--{field} needs an agency with a pay plan, and {who}; 'ehrpay list agencies' shows them"
                )
                raise UsageError(msg, field=field)
        if known.years_in_grade is not None and (known.grade is None or known.step is not None):
            msg = "--years-in-grade needs --grade, and no --step: it gives the step by the waiting periods"
            raise UsageError(msg, field="years_in_grade")
        if known.step is not None and known.grade is None:
            msg = "--step needs --grade: a step is a place within a grade"
            raise UsageError(msg, field="step")
        if rule and rule["setting"] and known.setting not in (None, rule["setting"]):
            msg = f"'{known.setting}' conflicts with agency '{known.agency}', whose setting is '{rule['setting']}'"
            raise UsageError(msg, field="setting")

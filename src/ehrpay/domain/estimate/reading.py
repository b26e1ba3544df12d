"""Reading a profile by the rules: what was typed becomes ids and numbers, or an error that names the option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import GRADES, STEPS, read_locality
from ehrpay.domain.profile import ResolvedProfile, read_tenths, read_whole, read_years
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile


def read_profile(book: Rulebook, profile: Profile, place: Place | None = None) -> ResolvedProfile:
    """The profile's text matched to ids and numbers; UsageError names the field and the nearest names."""
    agency = None if profile.agency is None else book.agencies.read(profile.agency)
    role = _one(book, "role", profile.role)
    known = ResolvedProfile(
        agency=agency,
        role=role,
        years=None if profile.years is None else read_years(profile.years),
        degree=_one(book, "degree", profile.degree),
        certs=_several(book, "certs", profile.certs, "--cert"),
        place=place,
        setting=_one(book, "setting", profile.setting),
        ehr=_several(book, "ehr", profile.ehr, "--ehr"),
        work=_one(book, "work", profile.work),
        grade=None if profile.grade is None else read_whole(profile.grade, "grade", "grade", 1, GRADES),
        step=None if profile.step is None else read_whole(profile.step, "step", "step", 1, STEPS),
        years_in_grade=_in_grade(profile),
        locality=_locality(book, profile, place),
        occupation=book.occupation(role),
    )
    _check(book, known)
    return known


def _in_grade(profile: Profile) -> int | None:
    if profile.years_in_grade is None:
        return None
    return read_tenths(str(profile.years_in_grade), "years_in_grade")


def _one(book: Rulebook, field: str, text: str | None) -> str | None:
    return None if text is None else book.names(field).read(text)


def _several(book: Rulebook, field: str, texts: Iterable[str] | None, option: str) -> tuple[str, ...] | None:
    if texts is None:
        return None
    words = [word for text in texts for word in text.split(",")]
    if any(word.strip().casefold() == "none" for word in words):
        if len(words) > 1:
            msg = f"'none' can't stand beside others; give {option} none alone, or the ones held"
            raise UsageError(msg, field=field)
        return ()
    names = book.names(field)
    return tuple(sorted({names.read(word) for word in words}))


def _locality(book: Rulebook, profile: Profile, place: Place | None) -> str | None:
    if profile.locality is None:
        return None if place is None else place.locality
    code = read_locality(book.core["federal"], profile.locality)
    if place is not None and place.locality not in (None, code):
        msg = f"'{code}' conflicts with the location {place.name}, which lies in locality {place.locality}"
        raise UsageError(msg, field="locality")
    return code


def _check(book: Rulebook, known: ResolvedProfile) -> None:
    rule = book.agency(known.agency)
    plan = rule and rule["pay_plan"]
    for field in ("grade", "step", "locality"):
        if getattr(known, field) is not None and not plan and (field != "locality" or known.place is None):
            who = f"agency '{known.agency}' is on no pay plan" if rule else "no agency on a pay plan was said"
            msg = f"--{field} needs an agency with a pay plan, and {who}; 'ehrpay list agencies' shows them"
            raise UsageError(msg, field=field)
    if known.years_in_grade is not None and (known.grade is None or known.step is not None):
        msg = "--years-in-grade needs --grade, and no --step: it gives the step by the waiting periods"
        raise UsageError(msg, field="years_in_grade")
    if known.step is not None and known.grade is None:
        msg = "--step needs --grade: a step is a place within a grade"
        raise UsageError(msg, field="step")
    if rule and rule["setting"] and known.setting not in (None, rule["setting"]):
        msg = (
            f"'{known.setting}' conflicts with agency '{known.agency}', whose setting is '{rule['setting']}'"
        )
        raise UsageError(msg, field="setting")

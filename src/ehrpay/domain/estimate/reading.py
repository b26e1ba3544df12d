"""Reading a profile by the rules: what was typed becomes ids and numbers, or an error that names the option."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.domain.federal.schedule import read_locality
from ehrpay.domain.names import essential, folded
from ehrpay.domain.profile import FIELDS, LEVELS, ResolvedProfile
from ehrpay.domain.typed_numbers import read_tenths, read_whole, read_years
from ehrpay.errors import UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.names import Names
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Field, Profile

_AND = r"(?i)[/;&+]|\band\b"
NONE = "none"
"""What is typed for a set of nothing."""


def read_profile(book: Rulebook, profile: Profile, place: Place | None = None) -> ResolvedProfile:
    """The profile's text matched to ids and numbers; UsageError names the field and the nearest names."""
    profile = without_title(book, profile)
    read = {
        field.name: READERS[field.kind](book, field, value)
        for field, value in zip(FIELDS.values(), profile, strict=True)
        if value is not None and field.kind in READERS
    }
    read["locality"] = _locality(read.get("locality"), place)
    resolved = ResolvedProfile(**read, place=place, occupation=book.occupation(read.get("role")))
    _check(book, resolved)
    return _with_setting(book, resolved)


def _with_setting(book: Rulebook, profile: ResolvedProfile) -> ResolvedProfile:
    """The profile with the setting of its agency; one with a pay plan pays by its table, whatever its setting."""
    rule = book.agency(profile.agency)
    return (
        profile
        if rule is None or rule.pay_plan
        else profile._replace(setting=profile.setting or rule.setting)
    )


def _level(book: Rulebook, field: Field, value: str | Iterable[str]) -> str | tuple[str, ...]:
    if field.several:
        return _levels(book, field, value)
    return _named(book, field, str(value))


def _named(book: Rulebook, field: Field, text: str) -> str:
    """The id of a name; where another option takes the name, UsageError says which."""
    names = book.names(field.name)
    if (found := names.find(text)) is not None:
        return found
    for other in (FIELDS["agency"], *LEVELS):
        if other is not field and book.names(other.name).find(text) is not None:
            noun = f"{'an' if other.noun[0] in 'aeiou' else 'a'} {other.noun}"
            msg = f"unknown {field.noun} {shown(text)}; it is {noun}: use {other.option} {shown(text)}"
            raise UsageError(msg, field=field.name)
    return names.read(text)


def _levels(book: Rulebook, field: Field, texts: Iterable[str]) -> tuple[str, ...]:
    names = book.names(field.name)
    words = _words(names, texts)
    if any(word.strip().casefold() == NONE for word in words):
        if len(words) > 1:
            msg = f"'none' can't be combined with others; use {field.option} none alone, or list the ones you hold"
            raise UsageError(msg, field=field.name)
        return ()
    return tuple(sorted({_named(book, field, word) for word in words}))


def _words(names: Names, texts: Iterable[str]) -> list[str]:
    """What stands between commas, slashes and the like; but a name may hold one of its own."""
    words: list[str] = []
    for text in texts:
        for part in [text] if names.find(text) is not None else text.split(","):
            words += [part] if names.find(part) is not None else re.split(_AND, part)
    return words


def repeated(book: Rulebook, profile: Profile) -> Iterator[str]:
    """A sentence for each member of a set that was given more than once, by whichever of its names."""
    for field in FIELDS.values():
        texts = getattr(profile, field.name) if field.several else None
        if texts is None:
            continue
        given: dict[str | None, list[str]] = {}
        for word in _words(names := book.names(field.name), texts):
            given.setdefault(names.find(word), []).append(shown(word.strip()))
        for words in given.values():
            if len(words) > 1:
                yield f"{' and '.join(dict.fromkeys(words))}: the same {field.noun} twice counts once"


READERS: dict[str, Callable[[Rulebook, Field, Any], Any]] = {
    "agency": _named,
    "level": _level,
    "years": lambda _book, _, value: read_years(value),
    "tenths": lambda _, field, value: read_tenths(str(value), field.name),
    "whole": lambda _, field, value: read_whole(_bare(value, field), field.noun, field.name, 1, field.most),
    "locality": lambda book, _, value: read_locality(book.rules.federal, value),
}
"""How a value of each kind is read; a place is resolved before the rules are asked."""


def _bare(value: int | str, field: Field) -> int | str:
    """A number without the word that answers print before it, as in `GS-8` and `step 1`."""
    words = ("gs", "gl", field.noun) if field.name == "grade" else (field.noun,)
    text = str(value).strip().casefold().replace("-", " ")
    before = next((word for word in words if text.startswith(word)), "")
    rest = text.removeprefix(before).strip()
    return rest if before and rest.isdigit() else value


def _locality(code: str | None, place: Place | None) -> str | None:
    """The code given, else that of the place; UsageError where the two differ."""
    if place is None or code == place.locality:
        return code
    if code is not None and place.locality is not None:
        msg = f"'{code}' conflicts with the location {place.name}, which is in locality {place.locality}"
        raise UsageError(msg, field="locality")
    return code or place.locality


def _check(book: Rulebook, profile: ResolvedProfile) -> None:
    """UsageError for fields that don't go together."""
    rule = book.agency(profile.agency)
    if not (rule and rule.pay_plan):
        _refuse_pay_plan(book, profile)
    if profile.years_in_grade is not None and (profile.grade is None or profile.step is not None):
        msg = "--years-in-grade needs --grade and can't be combined with --step, which it sets"
        raise UsageError(msg, field="years_in_grade")
    if profile.step is not None and profile.grade is None:
        raise UsageError("--step needs --grade: steps are numbered within a grade", field="step")
    if rule and rule.setting and profile.setting not in (None, rule.setting):
        msg = (
            f"'{profile.setting}' conflicts with agency '{profile.agency}', whose setting is '{rule.setting}'"
        )
        raise UsageError(msg, field="setting")


def _refuse_pay_plan(book: Rulebook, profile: ResolvedProfile) -> None:
    """UsageError for what only a pay plan has; a locality that comes with a place was not asked for."""
    for field in ("grade", "step", "locality"):
        if getattr(profile, field) is not None and (field != "locality" or profile.place is None):
            plans = ", ".join(id_ for id_, rule in book.rules.agencies.items() if rule.pay_plan)
            other = "" if profile.agency is None else f", and '{profile.agency}' is not"
            msg = f"--{field} needs an agency on the General Schedule ({plans}){other}"
            raise UsageError(msg, field=field)


MOST_WORDS = 2
"""The longest name of a level in a title, as in `entry level`."""


def without_title(book: Rulebook, profile: Profile) -> Profile:
    """The profile with the level of a title such as `Coder III` apart from its role, and the role by its id.

    A name of a role is never taken apart. UsageError where the title says two levels, or another than `level` does.
    """
    title = profile.role
    if title is None or book.names("role").find(title) is not None:
        return profile
    read = _read(book, title)
    if read is None:
        return profile
    role, levels = read
    if len({*levels}) > 1:
        msg = f"{shown(title)} names two levels, '{levels[0]}' and '{levels[-1]}'; give one with --level"
        raise UsageError(msg, field="role")
    if not levels:
        return profile._replace(role=role)
    if profile.level is not None and book.names("level").read(profile.level) != levels[0]:
        msg = f"{shown(profile.level)} conflicts with the title {shown(title)}, whose level is '{levels[0]}'"
        raise UsageError(msg, field="level")
    return profile._replace(role=role, level=levels[0])


def _read(book: Rulebook, title: str) -> tuple[str, list[str]] | None:
    """The role and the levels that the first form of the title names that names a role."""
    for form in _forms(title):
        words = folded(form).split("-")
        for kept in (words, essential(form)):
            role, levels = _read_words(book, kept)
            if role is not None:
                return role, levels
    return None


def _forms(title: str) -> Iterator[str]:
    """The title whole, without its last parentheses, what stands in them, what outside, its parts; without marks."""
    inner = re.findall(r"\(([^()]*)\)", title)
    outer = re.sub(r"\([^()]*\)", " ", title)
    parts = re.split(r"\s[-\u2013\u2014]+\s|[,/:|]", outer)
    for text in (title, re.sub(r"\([^()]*\)\W*$", "", title), *inner, outer, *parts):
        bare = re.sub(r"[^\w\s'-]+", " ", text.replace("\u2019", "'"))
        if bare.strip():
            yield bare


def _read_words(book: Rulebook, words: list[str]) -> tuple[str | None, list[str]]:
    """The role that is left once words for a level are taken from either end, and the levels they name."""
    names, levels = book.names("role"), []
    while (role := names.find("-".join(words)) or names.find_loosely(" ".join(words))) is None:
        end = next(_ends(book, words), None)
        if end is None:
            break
        level, words = end
        levels.append(level)
    return role, levels


def _ends(book: Rulebook, words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each level named by the last or the first words, with the other words; longer names first."""
    names = book.names("level")
    for count in range(MOST_WORDS, 0, -1):
        for taken, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            level = names.find("-".join(taken))
            if level is not None:
                yield level, rest

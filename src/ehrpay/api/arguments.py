"""What callers hand over, checked where it comes in: a wrong type gets a sentence, not a traceback from deep inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ehrpay.domain.profile import FIELDS, Profile
from ehrpay.errors import UsageError, shown

if TYPE_CHECKING:
    from ehrpay.domain.profile import Field

NUMBERS = ("years", "tenths", "whole")
"""Kinds of field that a number gives as well as its text."""


def wrong_type(value: object, field: str, expected: str) -> UsageError:
    """The error for a value of a type that can't be used."""
    name = type(value).__name__
    article = "an" if name[0] in "aeioAEIO" else "a"
    return UsageError(f"{field}: expected {expected}, not {shown(value)} ({article} {name})", field=field)


def checked(profile: Profile) -> Profile:
    """The profile with one text of several as a set of one; UsageError for a value of another type."""
    if not isinstance(profile, Profile):
        raise wrong_type(profile, "profile", "a Profile, such as Profile(years=5, certs='rhit')")
    given = zip(FIELDS.values(), profile, strict=True)
    values: dict[str, Any] = {
        field.name: value
        if value is None
        else _several(field, value)
        if field.several
        else _one(field, value)
        for field, value in given
    }
    return Profile(**values)


def _one(field: Field, value: Any) -> Any:
    if isinstance(value, str):
        return value
    if field.kind not in NUMBERS:
        raise wrong_type(value, field.name, "a text")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise wrong_type(value, field.name, "a number or its text")
    return value


def _several(field: Field, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    expected = f"a text, or several, each one {field.noun}"
    if not isinstance(value, (tuple, list, set, frozenset)):
        raise wrong_type(value, field.name, expected)
    return tuple(texts(value, field.name, expected))


def text(value: str | None, field: str, default: str = "") -> str:
    """The text given, or the default; UsageError for anything else."""
    if value is None:
        return default
    if not isinstance(value, str):
        raise wrong_type(value, field, "a text")
    return value


def texts(value: str | Iterable[str], field: str, expected: str = "a text, or several") -> list[str]:
    """One text or several as a list; UsageError for anything else."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Iterable):
        raise wrong_type(value, field, expected)
    found = list(value)
    for one in found:
        if not isinstance(one, str):
            raise wrong_type(one, field, expected)
    return found

"""The people that two sets of rules are compared by: the shipped reference profiles, or a file of one's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ehrpay import shipped
from ehrpay.domain.profile import FIELDS, Profile
from ehrpay.domain.review.moves import Person
from ehrpay.errors import DataError, InputError, shown, unknown
from ehrpay.rules.folder import MOST_BYTES
from ehrpay.text import clean

if TYPE_CHECKING:
    from ehrpay.strict.marks import Marks

SHIPPED = "tests/reference/profiles.yaml"
MOST = 10_000
"""The most profiles a file may hold."""
KEYS = ("name", "profile", "method")
METHODS = ("auto", "market", "grade")


def people(file: str | None = None) -> list[Person]:
    """The profiles of a file, the shipped ones without. InputError (66) and DataError (65) name file and line."""
    path = shipped.folder() / SHIPPED if file is None else Path(file)
    return _Reader(f"rules/{SHIPPED}" if file is None else clean(path.as_posix()), _bytes(path)).people()


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        msg = f"cannot read {shown(path)}: {getattr(error, 'strerror', None) or error}"
        raise InputError(msg) from error


class _Reader:
    """A file of profiles: `profiles`, a list of `name`, `profile` and perhaps `method`."""

    def __init__(self, name: str, data: bytes) -> None:
        from ehrpay.strict.problem import concise
        from ehrpay.strict.source import read_bytes

        self._data, marks, problems = read_bytes(data, name)
        self._marks: Marks = marks
        if problems:
            msg = "the profiles can't be used:\n  " + "\n  ".join(map(concise, problems))
            raise DataError(msg)

    def people(self) -> list[Person]:
        """Everybody, in the file's order; names differ."""
        self._known((), self._data, ("profiles",))
        found = self._data.get("profiles")
        if not isinstance(found, list) or not 0 < len(found) <= MOST:
            self._refuse(("profiles",), f"'profiles' is a list of 1 to {MOST:,} profiles")
        seen: dict[str, str] = {}
        made = [self._person(("profiles", n), raw) for n, raw in enumerate(found)]
        for n, person in enumerate(made):
            if person.name in seen:
                self._refuse(
                    ("profiles", n, "name"),
                    f"{shown(person.name)} is the name of line {seen[person.name]} too",
                )
            seen[person.name] = str(self._marks.line(("profiles", n, "name")))
        return made

    def _person(self, path: tuple[Any, ...], raw: Any) -> Person:
        self._known(path, raw, KEYS)
        name, said = raw.get("name"), raw.get("profile", {})
        if not isinstance(name, str) or not name.strip():
            self._refuse(path, "a profile needs a 'name', a text")
        method = raw.get("method", "auto")
        if method not in METHODS:
            self._refuse((*path, "method"), unknown("method", str(method), METHODS))
        self._known((*path, "profile"), said, tuple(FIELDS))
        told = {key: self._value((*path, "profile", key), key, value) for key, value in said.items()}
        return Person(name.strip(), Profile(**told), method)

    def _value(self, path: tuple[Any, ...], key: str, value: Any) -> Any:
        if FIELDS[key].several:
            if isinstance(value, str):
                return (value,)
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                return tuple(value)
            self._refuse(path, f"'{key}' is a list of names, such as [rhit, cpc]")
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            self._refuse(path, f"'{key}' is a text or a number")
        return str(value)

    def _known(self, path: tuple[Any, ...], raw: Any, keys: tuple[str, ...]) -> None:
        if not isinstance(raw, dict):
            self._refuse(path, f"here stands a mapping with {', '.join(keys)}")
        for key in raw:
            if key not in keys:
                self._refuse((*path, key), unknown("key", key, keys))

    def _refuse(self, path: tuple[Any, ...], why: str) -> NoReturn:
        msg = f"{self._marks.place(path)}: {why}"
        raise DataError(msg)

"""The texts of a row's cells to codes of what they mean: each distinct text, or pair of texts, is read once.

Texts are read by the same functions that read one person. Fields that are read together (a title with a level in it,
an agency with its setting, grade and locality) are read together here as well.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import UNSAID, Chain, Codes
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.place import Place
from ehrpay.domain.profile import FIELDS, Profile
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ehrpay.domain.estimate.rulebook import Rulebook


class Title(NamedTuple):
    """What a title was read as."""

    role: str | None
    level: str | None
    occupation: str


class Employment(NamedTuple):
    """What was read of a job: the fields that are read together."""

    agency: str | None
    setting: str | None
    grade: int | None
    step: int | None
    years_in_grade: int | None
    locality: str | None


JOB = Employment._fields
PLACE = "location"
ALONE = tuple(name for name in FIELDS if name not in (*Title._fields, *JOB, PLACE))
"""The fields that are read without a look at the others."""

_BETWEEN = re.compile("[;|]")
NOTHING = Codes()
"""The other side of a table that has one."""


def typed(cells: Mapping[str, str | None]) -> Profile:
    """A profile as typed, of a row's cells by field; several values stand in one cell apart by `;` or `|`."""
    values: dict[str, Any] = {name: _typed(name, text) for name, text in cells.items() if text is not None}
    return Profile(**values)


def _typed(name: str, text: str) -> str | tuple[str, ...]:
    if not FIELDS[name].several:
        return text
    return tuple(part for part in (part.strip() for part in _BETWEEN.split(text)) if part)


def without_names(place: Place) -> Place:
    """What of a place decides pay, so that many texts are one place."""
    return place._replace(query="", name="", area_name=None, locality_name=None, population=None, notes=())


def for_wages(place: Place | None) -> Place | None:
    """What of a place decides its wages: one place for each area, whatever the county."""
    if place is None:
        return None
    state, area, rural = place.wage_place
    return Place(query="", kind="nonmetro" if rural else "", name="", state=state, area=area)


class Reader:
    """Reads the cells of a field, and of fields together, into parts; `parts` has their numbers by name."""

    def __init__(self, book: Rulebook, resolve: Callable[[str], Place]) -> None:
        """Take the rules, and what reads a place."""
        self._book, self._resolve = book, resolve
        self.texts = {name: Codes() for name in FIELDS}
        self._chain = chain = Chain([NOTHING, *self.texts.values()])
        text = {name: number for number, name in enumerate(FIELDS, 1)}
        title = chain.add(text["role"], text["level"], self._title)
        role, level = by_level(chain, title)
        place = chain.derive(text[PLACE], self._place)
        named = {name: chain.derive(text[name], self._alone(name)) for name in ALONE} | {
            "title": title,
            "role": role,
            "level": level,
            "place": place,
            "area": chain.derive(place, for_wages),
            "job": self._jobs([text[name] for name in JOB], chain.derive(place, _only_locality)),
        }
        self._kept = [0, *named.values()]
        self.parts = {name: number for number, name in enumerate(named, 1)}
        self.codes = [chain.codes[part] for part in self._kept]
        """The codes of the parts, by their numbers; the first part is always unsaid."""

    def __call__(self, texts: Mapping[str, Any]) -> list[Any]:
        """The codes of the parts, from the codes of a row's texts (or columns of them) by field."""
        found = self._chain([UNSAID, *[texts.get(name, UNSAID) for name in FIELDS]])
        return [found[part] for part in self._kept]

    def _jobs(self, texts: Sequence[int], locality: int) -> int:
        """A job's fields, one after the other; then they are read together, with the locality of the place."""
        first, second, *others = texts
        job = self._chain.add(first, second, lambda left, right: (left, right))
        for text in others:
            job = self._chain.add(job, text, lambda left, right: (*left, right))
        return self._chain.add(job, locality, self._job)

    def _place(self, text: str | None) -> Place | None:
        return None if text is None else without_names(self._resolve(text))

    def _alone(self, name: str) -> Callable[[str | None], Any]:
        return lambda text: getattr(read_profile(self._book, typed({name: text})), name)

    def _title(self, role: str | None, level: str | None) -> Title:
        read = read_profile(self._book, typed({"role": role, "level": level}))
        return Title(read.role, read.level, read.occupation)

    def _job(self, texts: tuple[str | None, ...], place: Place | None) -> Employment:
        given = typed(dict(zip(JOB, texts, strict=True)))
        read = read_profile(self._book, given, place)
        return Employment._make(getattr(read, name) for name in JOB)


def by_level(chain: Chain, title: int) -> tuple[int, int]:
    """The parts of a title: without its level, and the level."""
    return chain.derive(title, lambda title: title._replace(level=None)), chain.derive(
        title, attrgetter("level")
    )


def _only_locality(place: Place | None) -> Place | None:
    return None if place is None else Place(query="", kind="", name="", locality=place.locality)

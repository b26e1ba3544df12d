"""The texts of a row's cells to codes of what they mean: each distinct text, or pair of texts, is read once.

Texts are read by the same functions that read one person. Fields that are read together (a title with a level in it,
an agency with its setting, grade and locality) are read together here as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import UNSAID, Codes, Table
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.place import Place
from ehrpay.domain.profile import FIELDS, Profile
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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


def for_wages(place: Place | None, _: None) -> Place | None:
    """What of a place decides its wages: one place for each area, whatever the county."""
    if place is None:
        return None
    state, area, rural = place.wage_place
    return Place(query="", kind="nonmetro" if rural else "", name="", state=state, area=area)


def _without_level(title: Title, _: None) -> Title:
    return title._replace(level=None)


def _level(title: Title, _: None) -> str | None:
    return title.level


class Reader:
    """Reads the cells of a field, and of fields together; every part has codes of its own."""

    def __init__(self, book: Rulebook, resolve: Callable[[str], Place]) -> None:
        """Take the rules, and what reads a place."""
        self._book, self._resolve = book, resolve
        self.texts = {name: Codes() for name in FIELDS}
        self.places = Table(self.texts[PLACE], NOTHING, self._place)
        self.alone = {name: Table(self.texts[name], NOTHING, self._alone(name)) for name in ALONE}
        self.titles = Table(self.texts["role"], self.texts["level"], self._title)
        self.areas = Table(self.places.codes, NOTHING, for_wages)
        self.roles = Table(self.titles.codes, NOTHING, _without_level)
        self.levels = Table(self.titles.codes, NOTHING, _level)
        self._localities = Table(self.places.codes, NOTHING, _only_locality)
        self._jobs = self._job_tables()
        self.jobs = self._jobs[-1]
        self._of_job: dict[str, Table] = {}

    def __call__(self, texts: Mapping[str, Any]) -> dict[str, Any]:
        """The codes of every part, from the codes of a row's texts (or columns of them) by field."""
        read: dict[str, Any] = dict.fromkeys(self.alone, UNSAID)
        for name in self.alone.keys() & texts.keys():
            read[name] = self.alone[name].at(texts[name], UNSAID)
        read["title"] = self.titles.at(texts.get("role", UNSAID), texts.get("level", UNSAID))
        read["role"] = self.roles.at(read["title"], UNSAID)
        read["level"] = self.levels.at(read["title"], UNSAID)
        read["place"] = self.places.at(texts.get(PLACE, UNSAID), UNSAID)
        read["area"] = self.areas.at(read["place"], UNSAID)
        first, *others = (texts.get(name, UNSAID) for name in JOB)
        job = first
        there = self._localities.at(read["place"], UNSAID)
        for table, code in zip(self._jobs, (*others, there), strict=True):
            job = table.at(job, code)
        read["job"] = job
        return read

    def codes(self, part: str) -> Codes:
        """The codes of a part: a field read alone, or of the job, or a name that `read` has."""
        tables = {
            **self.alone,
            "title": self.titles,
            "role": self.roles,
            "level": self.levels,
            "place": self.places,
            "area": self.areas,
            "job": self.jobs,
        }
        return (tables.get(part) or self.of_job(part)).codes

    def of_job(self, name: str) -> Table:
        """One field of a job, by the job's code."""
        if name not in self._of_job:
            self._of_job[name] = Table(self.jobs.codes, NOTHING, lambda job, _: getattr(job, name))
        return self._of_job[name]

    def _job_tables(self) -> list[Table]:
        """Each adds a field to the ones before; the last reads them all, with the locality of the place."""
        tables: list[Table] = []
        before: Codes = self.texts[JOB[0]]
        for number, name in enumerate(JOB[1:]):
            tables.append(Table(before, self.texts[name], _added if number else _both))
            before = tables[-1].codes
        tables.append(Table(before, self._localities.codes, self._job))
        return tables

    def _place(self, text: str | None, _: None) -> Place | None:
        return None if text is None else without_names(self._resolve(text))

    def _alone(self, name: str) -> Callable[[Any, None], Any]:
        def read(text: str | None, _: None) -> Any:
            return getattr(read_profile(self._book, typed({name: text})), name)

        return read

    def _title(self, role: str | None, level: str | None) -> Title:
        read = read_profile(self._book, typed({"role": role, "level": level}))
        return Title(read.role, read.level, read.occupation)

    def _job(self, texts: tuple[str | None, ...], place: Place | None) -> Employment:
        given = typed(dict(zip(JOB, texts, strict=True)))
        read = read_profile(self._book, given, place)
        return Employment._make(getattr(read, name) for name in JOB)


def _both(left: Any, right: Any) -> tuple[Any, Any]:
    return left, right


def _added(left: tuple[Any, ...], right: Any) -> tuple[Any, ...]:
    return (*left, right)


def _only_locality(place: Place | None, _: None) -> Place | None:
    return None if place is None else Place(query="", kind="", name="", locality=place.locality)

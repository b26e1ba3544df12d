"""A rule file that was read, what a check of it answers, and how that becomes a problem with a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.strict.marks import Marks, SourceFile
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ehrpay.rules.folder import File
    from ehrpay.rules.shape.layout import Layout, Path
    from ehrpay.strict.problem import Problem

    Files = dict[str, dict[str, Any]]

MOST = 100
"""The most problems shown of one file."""
FEW = 20
"""So many ids are all named where none is near."""


class RuleFile(NamedTuple):
    """One file: its name in the rules folder, its data, and the marks of its values (each in its own overlay).

    The name is the path below the folder; an overlay's file that is not merged into one has its number behind it.
    """

    name: str
    data: dict[str, Any]
    marks: Marks

    @property
    def path(self) -> str:
        """The path below the rules folder, whichever overlay it is of."""
        return self.name.partition(LAYER)[0]

    @property
    def passage(self) -> Passage:
        """The whole file."""
        return Passage(self.data, layout_at(self.path), self.marks)

    def where(self, *path: Any) -> str:
        """`file:line` of the value at a path."""
        return self.marks.place(path)


class Passage(NamedTuple):
    """A part of a rule file: its data, None where it was left out; what is known of it, and where it stands."""

    data: Any
    layout: Layout
    marks: Marks
    path: Path = ()

    def at(self, key: Any) -> Passage:
        """What stands under a key or at a position."""
        data = None
        if isinstance(self.data, (dict, list)):
            data = self.data.get(key) if isinstance(self.data, dict) else self.data[key]
        return Passage(data, self.layout.below(key), self.marks, (*self.path, key))

    def each(self) -> Iterator[Passage]:
        """All that stands right below: the values of a mapping, the items of a list."""
        if isinstance(self.data, dict):
            return map(self.at, self.data)
        return map(self.at, range(len(self.data) if isinstance(self.data, list) else 0))

    @property
    def where(self) -> str:
        """`file:line`."""
        return self.marks.place(self.path)


def read(file: File, prefix: str) -> tuple[RuleFile, list[Problem]]:
    """A file of a folder shown as `prefix`, and the problems of its YAML."""
    data, marks, problems = read_bytes(file.data, f"{prefix}/{file.path}")
    return RuleFile(file.path, data, marks), problems


def items(data: Any, *keys: str, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every item of the list under some keys, with its path; keys behind that of a list are those of its items.

    Nothing where there is no such list, or no data.
    """
    if isinstance(data, list):
        for i, one in enumerate(data):
            yield from items(one, *keys, path=(*path, i))
    elif data is not None and keys:
        yield from items(data.get(keys[0]), *keys[1:], path=(*path, keys[0]))
    elif data is not None:
        yield path, data


def concise_list(about: str, problems: list[Problem], most: int = 20) -> str:
    """A sentence and the problems below it, a line each, at most so many: what stops a command."""
    from ehrpay.strict.problem import concise

    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    more = f"\n  and {len(problems) - most:,} more" if len(problems) > most else ""
    return f"{about} {count}:\n  " + "\n  ".join(map(concise, problems[:most])) + more


class Finding(NamedTuple):
    """Something wrong: the file, the path to the value (or its key) in it, a code, a sentence, perhaps a hint.

    `other` is a second place that belongs to it, file and path; `note` a sentence that explains. The hint is the
    nearest of `choices` to `word`, else `help`: it is looked for only when the finding is shown.
    """

    file: str
    path: Path
    code: str
    message: str
    help: str = ""
    other: tuple[str, Path] | None = None
    note: str = ""
    key: bool = False
    word: str = ""
    choices: Collection[str] = ()

    @property
    def hint(self) -> str:
        """What helps."""
        from difflib import get_close_matches

        near = get_close_matches(self.word, self.choices, n=1) if self.choices else ()
        return f"did you mean '{near[0]}'?" if near else self.help


def placed(findings: Iterable[Finding], files: Mapping[str, RuleFile], prefix: str) -> Iterator[Problem]:
    """Findings as problems, each with its place and the other place that belongs to it: at most 100 a file."""
    by_file: dict[str, list[Finding]] = {}
    for one in findings:
        by_file.setdefault(one.file, []).append(one)
    for file, every in by_file.items():
        marks = files[file].marks if file in files else Marks(SourceFile(f"{prefix}/{file}").start)
        if len(every) > MOST:
            every.sort(key=lambda one: marks.line(one.path))
            message = f"more than {MOST} problems; {len(every) - MOST:,} more not listed"
            yield marks.problem("E135", every[MOST].path, message)
        for one in every[:MOST]:
            yield _placed(one, marks, files)


def _placed(one: Finding, marks: Marks, files: Mapping[str, RuleFile]) -> Problem:
    file, path = one.other or ("", ())
    others = [files[file].marks.mark(path, "the other")] if file in files else []
    return marks.problem(
        one.code, one.path, one.message, key=one.key, help=one.hint, note=one.note, others=others
    )


def twice(file: str, path: Path, things: list[dict[str, Any]], key: str) -> Iterator[Finding]:
    """No two items of a list have one name."""
    first: dict[str, Path] = {}
    for i, item in enumerate(things):
        here = (*path, i, key)
        before = first.setdefault(item[key], here)
        if before != here:
            yield Finding(file, here, "E304", f"'{item[key]}' appears twice", other=(file, before))


def unknown(
    file: str, path: Path, values: list[Any], ids: Iterable[str], kind: str, others: Mapping[str, str]
) -> Iterator[Finding]:
    """An E303 for every value that is none of the ids, with the id it is another name of, else the nearest.

    Where none is near, the hint is all ids if they are few.
    """
    known = list(ids)
    for i, value in enumerate(values):
        if isinstance(value, str) and value not in known:
            where = (*path, i) if len(values) > 1 else path
            message = f"unknown {kind} '{value}'"
            meant = others.get(folded(value))
            few = f"use {', '.join(known[:-1])} or {known[-1]}" if 1 < len(known) <= FEW else ""
            yield Finding(
                file, where, "E303", message, few, word=meant or value, choices=[meant] if meant else known
            )

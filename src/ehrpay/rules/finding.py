"""A rule file that was read, what a check of it answers, and how that becomes a problem with a place."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import NOTHING
from ehrpay.strict.marks import Marks, SourceFile
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ehrpay.rules.folder import File
    from ehrpay.rules.shape.layout import Layout, Path
    from ehrpay.strict.problem import Problem

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


class Passage(NamedTuple):
    """A part of a rule file: its data, None where it was left out; what is known of it, and where it stands."""

    data: Any
    layout: Layout
    marks: Marks
    path: Path = ()

    def at(self, key: Any) -> Passage:
        """What stands under a key or at a position."""
        data = None
        if isinstance(self.data, dict):
            data = self.data.get(key)
        elif isinstance(self.data, list) and isinstance(key, int) and key < len(self.data):
            data = self.data[key]
        return Passage(data, self.layout.below(key), self.marks, (*self.path, key))

    def each(self) -> Iterator[Passage]:
        """All that stands right below: the values of a mapping, the items of a list."""
        if isinstance(self.data, dict):
            return map(self.at, self.data)
        return map(self.at, range(len(self.data) if isinstance(self.data, list) else 0))

    def below(self, path: Iterable[Any]) -> Passage:
        """What stands at a path."""
        return reduce(Passage.at, path, self)

    def items(self, *keys: str) -> Iterator[Passage]:
        """Every item of the list under some keys; keys behind that of a list are those of its items."""
        if isinstance(self.data, list):
            for one in self.each():
                yield from one.items(*keys)
        elif self.data is not None and keys:
            yield from self.at(keys[0]).items(*keys[1:])
        elif self.data is not None:
            yield self

    @property
    def where(self) -> str:
        """`file:line`."""
        return self.marks.place(self.path)


class Files(dict[str, Passage]):
    """Files by name, each as a passage; one that is not there has no data."""

    def __init__(self, prefix: str, files: Mapping[str, Passage]) -> None:
        """Take the files of a folder that is shown as `prefix`."""
        super().__init__(files)
        self._prefix = prefix

    def __missing__(self, name: str) -> Passage:
        """A file that is not there."""
        return Passage(None, NOTHING, Marks(SourceFile(f"{self._prefix}/{name}").start))

    def within(self, folder: str) -> list[Passage]:
        """The files of a folder."""
        return [here for name, here in self.items() if name.startswith(folder)]


def read(file: File, prefix: str) -> tuple[RuleFile, list[Problem]]:
    """A file of a folder shown as `prefix`, and the problems of its YAML."""
    data, marks, problems = read_bytes(file.data, f"{prefix}/{file.path}")
    return RuleFile(file.path, data, marks), problems


def concise_list(about: str, problems: list[Problem], most: int = 20) -> str:
    """A sentence and the problems below it, a line each, at most so many: what stops a command."""
    from ehrpay.strict.problem import concise

    count = "1 problem" if len(problems) == 1 else f"{len(problems):,} problems"
    more = f"\n  and {len(problems) - most:,} more" if len(problems) > most else ""
    return f"{about} {count}:\n  " + "\n  ".join(map(concise, problems[:most])) + more


class Finding(NamedTuple):
    """Something wrong: the value (or its key), a code, a sentence, perhaps a hint.

    `other` is a second place that belongs to it; `note` a sentence that explains. The hint is the nearest of `choices`
    to `word`, else `help`: it is looked for only when the finding is shown.
    """

    here: Passage
    code: str
    message: str
    help: str = ""
    other: Passage | None = None
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


def placed(findings: Iterable[Finding]) -> Iterator[Problem]:
    """Findings as problems, each with its place and the other place that belongs to it: at most 100 a file."""
    by_file: dict[Marks, list[Finding]] = {}
    for one in findings:
        by_file.setdefault(one.here.marks, []).append(one)
    for marks, every in by_file.items():
        if len(every) > MOST:
            every.sort(key=lambda one: marks.line(one.here.path))
            message = f"more than {MOST} problems; {len(every) - MOST:,} more not listed"
            yield marks.problem("E135", every[MOST].here.path, message)
        yield from map(_placed, every[:MOST])


def _placed(one: Finding) -> Problem:
    here, other = one.here, one.other
    others = [other.marks.mark(other.path, "the other")] if other else []
    more: dict[str, Any] = {"key": one.key, "help": one.hint, "note": one.note, "others": others}
    return here.marks.problem(one.code, here.path, one.message, **more)


def twice(here: Passage, key: str) -> Iterator[Finding]:
    """No two items of a list have one name."""
    first: dict[str, Passage] = {}
    for item in here.each():
        name = item.at(key)
        before = first.setdefault(name.data, name)
        if before is not name:
            yield Finding(name, "E304", f"'{name.data}' appears twice", other=before)


def unknown(
    here: Passage, values: list[Any], ids: Iterable[str], kind: str, others: Mapping[str, str]
) -> Iterator[Finding]:
    """An E303 for every value that is none of the ids, with the id it is another name of, else the nearest.

    Where none is near, the hint is all ids if they are few.
    """
    known = list(dict.fromkeys(ids))
    for i, value in enumerate(values):
        if isinstance(value, str) and value not in known:
            meant = others.get(folded(value))
            yield Finding(
                here.at(i) if len(values) > 1 else here,
                "E303",
                f"unknown {kind} '{value}'",
                f"use {', '.join(known[:-1])} or {known[-1]}" if 1 < len(known) <= FEW else "",
                word=meant or value,
                choices=[meant] if meant else known,
            )

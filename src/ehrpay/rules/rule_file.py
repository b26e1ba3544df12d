"""A rule file that was read: its data, and where each value stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import LAYER
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from ehrpay.rules.folder import File
    from ehrpay.strict.marks import Marks
    from ehrpay.strict.problem import Problem


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

    def where(self, *path: Any) -> str:
        """`file:line` of the value at a path."""
        return self.marks.place(path)


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

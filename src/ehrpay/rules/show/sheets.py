"""The files of rules in use as data that still knows where it stands, overlays laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import RulesError
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import AREAS, LAYER
from ehrpay.rules.overlay.layers import HEAD, lay
from ehrpay.strict.problem import concise
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.folder import Layer
    from ehrpay.strict.marks import Marks
    from ehrpay.strict.problem import Problem

SHOWN = 20


class Sheet(NamedTuple):
    """One file: its path below the rules folder, its data, and where each value stands (in which overlay)."""

    file: str
    data: dict[str, Any]
    marks: Marks

    def where(self, *path: Any) -> str:
        """`file:line` of the value at a path."""
        return self.marks.place(path)


def sheets(layers: Sequence[Layer]) -> list[Sheet]:
    """The files of the base (the first layer) with the overlays over them; not judged, only read.

    RulesError lists every problem of their YAML, or of how an overlay fits what is below it.
    """
    base, *overlays = layers
    problems: list[Problem] = []
    read: dict[str, tuple[dict[str, Any], Marks]] = {}
    for file in base.files:
        data, marks, found = read_bytes(file.data, f"{base.prefix}/{file.path}")
        problems += found
        read[file.path] = data, marks
    _refuse(problems)
    made: list[Sheet] = []
    for part in ("core", "areas"):
        own = {path: one for path, one in read.items() if path.startswith(AREAS) == (part == "areas")}
        stack = lay(own, overlays, part)
        _refuse(stack.problems)
        made += [
            Sheet(path.partition(LAYER)[0], data, marks)
            for path, (data, marks) in stack.files.items()
            if not path.startswith(HEAD)
        ]
    return made


def _refuse(problems: Sequence[Problem]) -> None:
    errors = [concise(problem) for problem in problems if problem.severity == "error"]
    if errors:
        more = f"\n  and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
        raise RulesError(f"the rules have {len(errors)} problem(s):\n  " + "\n  ".join(errors[:SHOWN]) + more)

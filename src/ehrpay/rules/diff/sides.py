"""One side of a comparison: a folder of rules with its overlays, on a day; its trees and its rulebooks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.errors import RulesError
from ehrpay.rules import book, folder
from ehrpay.rules.diff.tree import root, trees

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.rules.diff.tree import Files, Item
    from ehrpay.rules.folder import Layer
    from ehrpay.strict.problem import Problem


class Side:
    """A set of rules on a day, checked when made. RulesError (78) names the side and lists every problem."""

    def __init__(self, name: str, top: Path, overlays: Sequence[Layer], as_of: str) -> None:
        """Take its name as typed, the folder, the overlays and the ISO date it prices on; no file is read yet."""
        self.name, self.as_of, self.overlays = name, as_of, overlays
        self._top, self.files = top, folder.files(top)

    @property
    def layers(self) -> list[Layer]:
        """The folder and the overlays over it."""
        return book.layered(self._top, self.files, self.overlays)

    @property
    def content(self) -> list[tuple[str, str, bytes]]:
        """Every file of every layer, with its bytes: sides with the same differ by their days alone."""
        return [(layer.prefix, file.path, file.data) for layer in self.layers for file in layer.files]

    @cached_property
    def rules(self) -> Rules:
        """The rules, compiled."""
        return book.load(self._top, self.files, self.overlays)

    def problems(self) -> list[Problem]:
        """Every problem of every file; none when the rules can be used."""
        try:
            self.rules.areas  # noqa: B018 - both parts are compiled here
        except RulesError:
            from ehrpay.rules.pipeline import judged_all

            found = [problem for part in judged_all(self.layers) for problem in part.problems]
            return list(dict.fromkeys(one for one in found if one.severity == "error"))
        return []

    @cached_property
    def book(self) -> Rulebook:
        """The rules in force on the side's day."""
        return Rulebook(self.rules, self.as_of)

    @cached_property
    def read(self) -> Files:
        """The data of every file with its marks, overlays laid on. Only for rules known to be valid."""
        from ehrpay.rules.overlay.layers import lay_all

        return lay_all(self.layers).files

    def trees(self, *, dates: bool, same: Collection[str]) -> dict[str, Item]:
        """The values by file, but for files known to be the same: all values, or those in force on the side's day."""
        wanted = {name: one for name, one in self.read.items() if one.path not in same}
        return trees(wanted, self.as_of if dates else None)

    def roots(self) -> Mapping[str, str]:
        """The first word of the names in each file."""
        return {file.path: root(file) for file in self.read.values()}


def unchanged(before: Side, after: Side) -> set[str]:
    """The paths of files that are byte for byte the same on both sides, with nothing laid over them."""
    laid = {file.path for side in (before, after) for layer in side.overlays for file in layer.files}
    old = {file.path: file.data for file in before.files}
    return {file.path for file in after.files if old.get(file.path) == file.data} - laid


def refuse_broken(sides: Sequence[Side]) -> None:
    """RulesError that lists all the problems of every side that has any, by its name."""
    from ehrpay.rules.finding import concise_list

    broken = [(side.name, problems) for side in sides if (problems := side.problems())]
    if broken:
        raise RulesError(
            "\n".join(concise_list(f"the rules of {name} have", found, len(found)) for name, found in broken)
        )

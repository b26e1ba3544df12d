"""Where the keys and values of a rule file stand, found by their path in the data.

Every spot knows its file, so a tree may have parts from several: an overlay's values in the rules below it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.problem import Mark, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TO_LINE_END = -1


class SourceFile:
    """A file's name as shown, with forward slashes, and its text."""

    def __init__(self, path: str, text: str = "") -> None:
        """Keep both."""
        self.path = path.replace("\\", "/")
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self._text.split("\n")]

    def line(self, number: int) -> str:
        """The text of a line, counted from 0; empty past the end."""
        return self._lines[number] if number < len(self._lines) else ""

    @property
    def start(self) -> Spot:
        """Where the file begins."""
        return self, 0, 0, 0

    def before_end(self, spot: Spot) -> Spot:
        """The spot; or the end of the text, if nothing follows the spot but blank lines."""
        text = self._text.rstrip()
        line = text.count("\n")
        if spot[1] <= line:
            return spot
        column = len(text) - text.rfind("\n") - 1
        return self, line, column, column


Spot: TypeAlias = tuple[SourceFile, int, int, int]
"""A file; line, column and end column as the parser counts them, from 0; an end of -1 is the end of the line."""


class Branch(NamedTuple):
    """A mapping or list: where it stands, and where its items do (for a mapping, key and value by key)."""

    spot: Spot
    items: list[Node] | dict[str, tuple[Spot, Node]]


Node: TypeAlias = "Spot | Branch"


def spot_of(node: Node) -> Spot:
    """Where a node's value stands."""
    return node.spot if isinstance(node, Branch) else node


def mark(spot: Spot, label: str) -> Mark:
    """A spot with its line's text and a label."""
    return Mark(**_place(spot), label=label)


def problem(code: str, spot: Spot, message: str, *, others: Iterable[Mark] = (), **more: Any) -> Problem:
    """A problem at a spot: perhaps a label, a note, help, and others, which are marks that belong to it."""
    return Problem(**_place(spot), code=code, message=message, others=tuple(others), **more)


def _place(spot: Spot) -> dict[str, Any]:
    """A spot as people count it, from 1: line, column, and the first column after it; and the text of its line."""
    file, line, column, end = spot
    source = file.line(line)
    end = len(source.rstrip()) if end == TO_LINE_END else end
    return {
        "path": file.path,
        "line": line + 1,
        "column": column + 1,
        "end_column": end + 1,
        "source": source,
    }


class Marks:
    """Where each key and value of a file's data stands.

    A path is what leads to a value in the data: `("levels", 3, "factor")`. A path that is not in the file
    stands for its nearest parent that is.
    """

    def __init__(self, root: Node) -> None:
        """Keep the tree of spots."""
        self.root = root

    @property
    def file(self) -> SourceFile:
        """The file that the whole stands in."""
        return spot_of(self.root)[0]

    def line(self, path: Sequence[Any]) -> int:
        """The line of the value at a path."""
        return spot_of(self._at(path)[1])[1] + 1

    def place(self, path: Sequence[Any]) -> str:
        """The file and line of the value at a path, as `file:line`."""
        file, line, _, _ = spot_of(self._at(path)[1])
        return f"{file.path}:{line + 1}"

    def mark(self, path: Sequence[Any], label: str = "", *, key: bool = False) -> Mark:
        """The value (or the key) at a path, to be shown with another problem; in a list a key is the value."""
        at, node = self._at(path)
        return mark(at if key else spot_of(node), label)

    def problem(
        self, code: str, path: Sequence[Any], message: str, *, key: bool = False, **more: Any
    ) -> Problem:
        """A problem with the value (or the key) at a path.

        What was right before an overlay put something into it is wrong at what the overlay put there.
        """
        at, node = self._at(path)
        own = spot_of(node)
        return problem(code, _brought(node, own[0]) or (at if key else own), message, **more)

    def _at(self, path: Sequence[Any]) -> tuple[Spot, Node]:
        """The spot of the key and the node of the value at a path, or at its nearest parent."""
        node = self.root
        key = spot_of(node)
        for step in path:
            items = node.items if isinstance(node, Branch) else ()
            if isinstance(items, dict) and step in items:
                key, node = items[step]
            elif isinstance(items, list) and isinstance(step, int) and 0 <= step < len(items):
                node = items[step]
                key = spot_of(node)
            else:
                break
        return key, node


def _brought(node: Node, file: SourceFile) -> Spot | None:
    """The last part of a node that stands in another file than its whole."""
    own = spot_of(node)
    if own[0] is not file:
        return _brought(node, own[0]) or own
    if not isinstance(node, Branch):
        return None
    below = [below for _, below in node.items.values()] if isinstance(node.items, dict) else node.items
    return next((found for one in reversed(below) if (found := _brought(one, file))), None)

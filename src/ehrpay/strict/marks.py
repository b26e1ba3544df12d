"""Where the keys and values of a rule file stand, found by their path in the data."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.problem import Mark, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TO_LINE_END = -1

Spot: TypeAlias = "tuple[int, int, int]"
"""Line, column and end column as the parser counts them, from 0; an end of -1 is the end of the line."""


class Branch(NamedTuple):
    """A mapping or list: where it stands, and where its items do (for a mapping, key and value by key)."""

    spot: Spot
    items: list[Node] | dict[str, tuple[Spot, Node]]


Node: TypeAlias = "Spot | Branch"


class Span(NamedTuple):
    """A place in one line, from 1: line, column, and the first column after it."""

    line: int
    column: int
    end_column: int


class Page:
    """A file's name as shown and its text: what it takes to make a problem out of a spot."""

    def __init__(self, path: str, text: str = "") -> None:
        """Keep the name, with forward slashes, and the text."""
        self.path = path.replace("\\", "/")
        self._text = text

    @cached_property
    def _lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self._text.split("\n")]

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""

    def span(self, spot: Spot) -> Span:
        """A spot as people count it."""
        line, column, end = spot
        end = len(self._line(line).rstrip()) if end == TO_LINE_END else end
        return Span(line + 1, column + 1, end + 1)

    def with_text(self, spot: Spot) -> Spot:
        """The spot; or the end of the text, if nothing follows the spot but blank lines."""
        text = self._text.rstrip()
        line = text.count("\n")
        if spot[0] <= line:
            return spot
        column = len(text) - text.rfind("\n") - 1
        return line, column, column

    def mark(self, spot: Spot, label: str = "") -> Mark:
        """A spot with its line's text and a label."""
        line, column, end = self.span(spot)
        source = self._line(line - 1)
        return Mark(path=self.path, line=line, column=column, end_column=end, source=source, label=label)

    def problem(
        self,
        code: str,
        spot: Spot,
        message: str,
        *,
        label: str = "",
        note: str = "",
        help: str = "",
        others: Iterable[Mark] = (),
    ) -> Problem:
        """A problem at a spot of this file."""
        line, column, end = self.span(spot)
        return Problem(
            path=self.path,
            line=line,
            column=column,
            end_column=end,
            source=self._line(line - 1),
            label=label,
            code=code,
            message=message,
            note=note,
            help=help,
            others=tuple(others),
        )


class Marks:
    """Where each key and value of a file's data stands.

    A path is what leads to a value in the data: `("levels", 3, "factor")`. A path that is not in the file
    stands for its nearest parent that is.
    """

    def __init__(self, page: Page, root: Node = (0, 0, 0)) -> None:
        """Keep the file's page and the tree of its spots."""
        self.page = page
        self.root = root

    def value(self, path: Sequence[Any]) -> Span:
        """Where the value at a path stands."""
        return self.page.span(self._spots(path)[1])

    def key(self, path: Sequence[Any]) -> Span:
        """Where the key at a path stands; in a list, where the value does."""
        return self.page.span(self._spots(path)[0])

    def line(self, path: Sequence[Any]) -> int:
        """The line of the value at a path."""
        return self._spots(path)[1][0] + 1

    def place(self, path: Sequence[Any]) -> str:
        """The file and line of the value at a path, as `file:line`."""
        return f"{self.page.path}:{self.line(path)}"

    def mark(self, path: Sequence[Any], label: str = "", *, key: bool = False) -> Mark:
        """The value (or the key) at a path, to be shown with another problem."""
        return self.page.mark(self._spots(path)[not key], label)

    def problem(
        self,
        code: str,
        path: Sequence[Any],
        message: str,
        *,
        key: bool = False,
        label: str = "",
        note: str = "",
        help: str = "",
        others: Iterable[Mark] = (),
    ) -> Problem:
        """A problem with the value (or the key) at a path."""
        spot = self._spots(path)[not key]
        return self.page.problem(code, spot, message, label=label, note=note, help=help, others=others)

    def _spots(self, path: Sequence[Any]) -> tuple[Spot, Spot]:
        """The spots of the key and the value at a path, or at its nearest parent."""
        node = self.root
        key = _spot(node)
        for step in path:
            items = node.items if isinstance(node, Branch) else ()
            if isinstance(items, dict) and step in items:
                key, node = items[step]
            elif isinstance(items, list) and isinstance(step, int) and 0 <= step < len(items):
                node = items[step]
                key = _spot(node)
            else:
                break
        return key, _spot(node)


def _spot(node: Node) -> Spot:
    return node.spot if isinstance(node, Branch) else node

"""Where the values of a merged file stand: like `Marks`, but parts of the tree belong to other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.marks import Branch, Marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.strict.marks import Node, Page, Span, Spot
    from ehrpay.strict.problem import Mark, Problem


class Graft(NamedTuple):
    """A part of a tree of spots that stands in another file; below it may be grafts of a third."""

    page: Page
    node: Node


def spot(node: Any) -> Spot:
    """Where a node's value stands, in its own file."""
    if isinstance(node, Graft):
        return spot(node.node)
    own: Spot = node.spot if isinstance(node, Branch) else node
    return own


class MergedMarks(Marks):
    """Where each key and value of merged data stands. A place is asked of the file the value came from."""

    def value(self, path: Sequence[Any]) -> Span:
        """Where the value at a path stands."""
        marks, rest = self._own(path)
        return marks.value(rest)

    def key(self, path: Sequence[Any]) -> Span:
        """Where the key at a path stands; in a list, where the value does."""
        marks, rest = self._own(path)
        return marks.key(rest)

    def line(self, path: Sequence[Any]) -> int:
        """The line of the value at a path, in its own file."""
        marks, rest = self._own(path)
        return marks.line(rest)

    def place(self, path: Sequence[Any]) -> str:
        """The file and line of the value at a path."""
        marks, rest = self._own(path)
        return marks.place(rest)

    def mark(self, path: Sequence[Any], label: str = "", *, key: bool = False) -> Mark:
        """The value (or the key) at a path, to be shown with another problem."""
        marks, rest = self._own(path)
        return marks.mark(rest, label, key=key)

    def problem(self, code: str, path: Sequence[Any], message: str, **more: Any) -> Problem:
        """A problem with the value (or the key) at a path.

        What was fine before an overlay touched something in it is told at what the overlay put there.
        """
        marks, rest = self._own(path)
        touched = _graft_in(_at(marks.root, rest))
        if touched is not None:
            more.pop("key", None)
            return touched.page.problem(code, spot(touched), message, **more)
        return marks.problem(code, rest, message, **more)

    def _own(self, path: Sequence[Any]) -> tuple[Marks, Sequence[Any]]:
        """The marks of the file that the value at a path came from, and its path there."""
        page, node, rest = self.page, self.root, list(path)
        start: Any = node
        inside: list[Any] = []
        while True:
            if isinstance(node, Graft):
                page, start, node, inside = node.page, node.node, node.node, []
                continue
            step = rest.pop(0) if rest else None
            items = node.items if isinstance(node, Branch) else ()
            if isinstance(items, dict) and step in items:
                key, below = items[step]
                if isinstance(below, Graft):
                    # The key of a grafted value stands beside it, in the same file.
                    page, node = below.page, below.node
                    start, inside = Branch(key, {step: (key, node)}), [step]
                    continue
                node = below
            elif isinstance(items, list) and isinstance(step, int) and 0 <= step < len(items):
                node = items[step]
            else:
                return Marks(page, start), inside
            inside.append(step)


def _at(node: Any, path: Sequence[Any]) -> Any:
    for step in path:
        below = node.items[step]
        node = below[1] if isinstance(node.items, dict) else below
    return node


def _graft_in(node: Any) -> Graft | None:
    """The last part of a tree that stands in another file."""
    if isinstance(node, Graft):
        return _graft_in(node.node) or node
    if not isinstance(node, Branch):
        return None
    below = [below for _, below in node.items.values()] if isinstance(node.items, dict) else node.items
    return next((found for one in reversed(below) if (found := _graft_in(one)) is not None), None)

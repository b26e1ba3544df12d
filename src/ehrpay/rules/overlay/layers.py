"""Overlays: folders of rules with a head of their own, laid over the base one after the other.

A file is laid over the file of the same path. Area wages are not merged into one table but kept as tables of
their own, because a table's rows share its sources; a row above hides the same row below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.market import packed_wages
from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import AREAS, LAYER
from ehrpay.rules.overlay.marks import Graft, MergedMarks
from ehrpay.rules.overlay.merge import Fight, Over, Value
from ehrpay.strict.marks import Branch, Marks, Page
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ehrpay.rules.folder import File, Layer
    from ehrpay.strict.problem import Problem

HEAD = "overlay.yaml"
NAMED_BY = {"adjustments/": "adjustment", "agencies/": "agency", AREAS: "kind"}
"""The key that says what a file is about, by its folder."""


class Stack(NamedTuple):
    """Files while overlays are laid over them: data and marks by path, differences, problems."""

    files: dict[str, tuple[dict[str, Any], Marks]]
    fights: list[Fight]
    problems: list[Problem]

    def tell(self, page: Page | Marks, code: str, message: str, key: str = "", help: str = "") -> None:
        """Note a problem at the top of a file, or at one of its keys."""
        marks = page if isinstance(page, Marks) else Marks(page)
        self.problems.append(marks.problem(code, (key,) if key else (), message, help=help))


def lay(read: Mapping[str, tuple[dict[str, Any], Marks]], layers: Sequence[Layer], part: str) -> Stack:
    """The base's files of one part with every overlay laid over them."""
    stack = Stack(dict(read), [], [])
    for number, layer in enumerate(layers, 1):
        if part == "core":
            _head(stack, layer, number)
        for file in layer.files:
            if file.path != HEAD and file.path.startswith(AREAS) == (part == "areas"):
                _file(stack, layer, number, file)
    return stack


def _head(stack: Stack, layer: Layer, number: int) -> None:
    """The overlay's own file, kept as it is; an overlay without one is refused."""
    page = f"{layer.prefix}/{HEAD}"
    file = next((file for file in layer.files if file.path == HEAD), None)
    if file is None:
        message = "this file is missing: an overlay says its title, author and reference in it"
        stack.tell(Page(page), "E305", message)
        return
    data, marks, problems = read_bytes(file.data, page)
    stack.problems.extend(problems)
    if not problems:
        stack.files[f"{HEAD}{LAYER}{number}"] = data, marks


def _file(stack: Stack, layer: Layer, number: int, file: File) -> None:
    data, marks, problems = read_bytes(file.data, f"{layer.prefix}/{file.path}")
    stack.problems.extend(problems)
    if problems:
        return
    below = stack.files.get(file.path)
    if below is None:
        _added(stack, file.path, data, marks)
        return
    if not _same(stack, file.path, data, marks):
        return
    over = Over(marks.page, file.path)
    if file.path.startswith(AREAS):
        _area_file(stack, over, Value(data, marks.root), f"{file.path}{LAYER}{number}")
        return
    made = over.whole(Value(below[0], below[1].root), Value(data, marks.root))
    _keep(stack, over, file.path, below[1].page, made)


def _keep(stack: Stack, over: Over, path: str, page: Page, made: Value) -> None:
    stack.files[path] = made.data, MergedMarks(page, made.node)
    stack.fights.extend(over.fights)
    stack.problems.extend(over.problems)


def _added(stack: Stack, path: str, data: dict[str, Any], marks: Marks) -> None:
    """A file that the layers below don't have; what it is about must be new as well."""
    folder = path.rpartition("/")[0] + "/"
    key = NAMED_BY.get(folder)
    if folder == AREAS:
        known = ", ".join(file for file in stack.files if LAYER not in file)
        stack.tell(marks, "E204", f"area wages belong in one of {known}")
        return
    for other, (theirs, _) in stack.files.items():
        if key and other.startswith(folder) and theirs.get(key) == data.get(key) is not None:
            message = f"{key} {shown(data[key])} already has a file"
            stack.tell(marks, "E304", message, key, f"name this file {other} to change it")
            return
    # Its page is an overlay's, so that a later overlay that differs is noticed.
    page = marks.page
    root: Any = Graft(page, marks.root)
    stack.files[path] = data, MergedMarks(page, root)


def _same(stack: Stack, path: str, data: dict[str, Any], marks: Marks) -> bool:
    """Whether an overlay's file is about the same thing as the file below it, or doesn't say."""
    key = NAMED_BY.get(path.rpartition("/")[0] + "/", "")
    theirs = stack.files[path][0].get(key)
    if key not in data or data[key] == theirs:
        return True
    message = f"this file is about the {key} {shown(theirs)}, not {shown(data[key])}"
    stack.tell(marks, "E304", message, key, "put another one into a file of its own")
    return False


def _area_file(stack: Stack, over: Over, new: Value, path: str) -> None:
    """Area wages beside those below, with the names below completed by its own."""
    below, marks = _newest(stack, path.partition(LAYER)[0])
    kept = {key: value for key, value in below.items() if key in ("kind", "names")}
    root = marks.root
    made = over.whole(Value(kept, _only(root, kept)), new)
    _keep(stack, over, path, marks.page, made)


def _newest(stack: Stack, path: str) -> tuple[dict[str, Any], Marks]:
    return [one for file, one in stack.files.items() if file.partition(LAYER)[0] == path][-1]


def _only(node: Any, kept: Mapping[str, Any]) -> Any:
    items = node.items if isinstance(node, Branch) and isinstance(node.items, dict) else {}
    return Branch(node.spot, {key: items[key] for key in kept if key in items}) if items else node


def hide(
    tables: Sequence[dict[str, Any]], overlays: Collection[str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Compiled area tables, lowest layer first, each less the rows that a table above it has, and the differences.

    `overlays` are the files' names of tables that came from overlays.
    """
    above: dict[tuple[str, str, str, str], tuple[str, packed_wages.Row]] = {}
    made, fights = [], []
    for table in reversed(tables):
        rows = []
        for occupation, area, row in packed_wages.every(table["cells"]):
            name = (table["kind"], table["effective"], occupation, area)
            if name not in above:
                above[name] = table["file"], row
                rows.append((occupation, area, row))
            elif table["file"] in overlays and above[name][1][1:] != row[1:]:
                fights.append(_row_fight(name, above[name], (table["file"], row)))
        made.append(table | {"cells": packed_wages.packed(rows)})
    return made[::-1], fights


def _row_fight(
    name: tuple[str, str, str, str], won: tuple[str, packed_wages.Row], lost: tuple[str, packed_wages.Row]
) -> str:
    about = f"the wages of {name[2]} in {name[0]} {name[3]}, {name[1]}"
    return Fight(about, *(f"{file}:{row[0]}" for file, row in (lost, won))).sentence

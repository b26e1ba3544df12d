"""Overlays: folders of rules with a head of their own, laid over the base one after the other.

A file is laid over the file of the same path. Area wages are not merged into one table but kept as tables of
their own, because a table's rows share its sources; a row above hides the same row below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.wages import CellRow, every_cell, packed_cells
from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.finding import RuleFile, read
from ehrpay.rules.folder import AREAS, LAYER, PARTS
from ehrpay.rules.overlay.merge import Conflict, Merge, Value
from ehrpay.rules.shape.kinds import OVERLAY, layout_at
from ehrpay.strict.marks import Branch, Marks, SourceFile, spot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ehrpay.domain.compiled.wages import AreaTable
    from ehrpay.rules.folder import File, Layer
    from ehrpay.strict.problem import Problem

HEAD = OVERLAY.path
NO_HEAD = "this file is missing: an overlay needs it for its title, author and reference"
MOST_VALUES = 40_000
"""Values of one overlay; the shipped rules have 52,000."""


class Stack(NamedTuple):
    """The files of a part by name, overlays laid over them; where overlays differ; what is wrong.

    `base` are the files that belong to no overlay, which nothing differs from.
    """

    files: dict[str, RuleFile]
    base: set[SourceFile]
    conflicts: list[Conflict]
    problems: list[Problem]

    def read(self, layer: Layer, file: File) -> RuleFile | None:
        """A file of a layer; None, with its problems noted, where its YAML is wrong."""
        one, problems = read(file, layer.prefix)
        self.problems.extend(problems)
        return None if problems else one

    def refuse(self, marks: Marks, code: str, message: str, key: str = "", help: str = "") -> None:
        """Note a problem at the top of a file, or at one of its keys."""
        self.problems.append(marks.problem(code, (key,) if key else (), message, help=help))


def lay(layers: Sequence[Layer], part: str) -> Stack:
    """The files of the base, the first layer, that belong to a part, with every overlay laid over them.

    Files whose YAML is wrong are left out; over a base with such files nothing is laid.
    """
    base, *overlays = layers
    stack = Stack({}, set(), [], [])
    for file in base.files:
        if file.path.startswith(AREAS) == (part == "areas") and (one := stack.read(base, file)):
            stack.files[file.path] = one
            stack.base.add(one.marks.file)
    if stack.problems:
        return stack
    for number, layer in enumerate(overlays, 1):
        if part == "core":
            _head(stack, layer, number)
        left = MOST_VALUES
        for file in layer.files:
            if left >= 0 and file.path != HEAD and file.path.startswith(AREAS) == (part == "areas"):
                left -= _file(stack, layer, number, file)
        if left < 0:
            message = f"more than {MOST_VALUES:,} values in one overlay; the rest is not read"
            stack.refuse(Marks(SourceFile(f"{layer.prefix}/{HEAD}").start), "E131", message)
    return stack


def lay_all(layers: Sequence[Layer]) -> Stack:
    """The files of both parts."""
    core, areas = (lay(layers, part) for part in PARTS)
    return Stack(
        core.files | areas.files,
        core.base | areas.base,
        [*core.conflicts, *areas.conflicts],
        [*core.problems, *areas.problems],
    )


def _head(stack: Stack, layer: Layer, number: int) -> None:
    """The overlay's own file, kept as it is; an overlay without one is refused."""
    file = next((file for file in layer.files if file.path == HEAD), None)
    if file is None:
        stack.refuse(Marks(SourceFile(f"{layer.prefix}/{HEAD}").start), "E305", NO_HEAD)
        return
    if one := stack.read(layer, file):
        name = f"{HEAD}{LAYER}{number}"
        stack.files[name] = one._replace(name=name)


def _file(stack: Stack, layer: Layer, number: int, file: File) -> int:
    """Lay a file over what is below; how many values it has."""
    new, problems = read(file, layer.prefix)
    stack.problems.extend(problems)
    if not problems:
        _lay_over(stack, number, new)
    return _values(new.data)


def _values(data: Any) -> int:
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_values, inside))


def _lay_over(stack: Stack, number: int, new: RuleFile) -> None:
    below = stack.files.get(new.path)
    if below is None:
        _added(stack, new)
    elif _same(stack, new, below):
        if new.path.startswith(AREAS):
            _merge(stack, f"{new.path}{LAYER}{number}", _names(stack, new.path), new)
        else:
            _merge(stack, new.path, Value(below.data, below.marks.root), new)


def _merge(stack: Stack, name: str, below: Value, new: RuleFile) -> None:
    merge = Merge(new.path, stack.base)
    made = merge.mapping(below, Value(new.data, new.marks.root))
    stack.files[name] = RuleFile(name, made.data, Marks(made.node))
    stack.conflicts.extend(merge.conflicts)
    stack.problems.extend(merge.problems)


def _added(stack: Stack, new: RuleFile) -> None:
    """A file that the layers below don't have; what it is about must be new as well."""
    folder = new.path.rpartition("/")[0] + "/"
    key = layout_at(new.path).name
    if folder == AREAS:
        known = ", ".join(file for file in stack.files if LAYER not in file)
        stack.refuse(new.marks, "E204", f"area wages belong in one of {known}")
        return
    for other, theirs in stack.files.items():
        if key and other.startswith(folder) and theirs.data.get(key) == new.data.get(key) is not None:
            message = f"{key} {shown(new.data[key])} already has a file"
            stack.refuse(new.marks, "E304", message, key, f"name this file {other} to change it")
            return
    stack.files[new.path] = new


def _same(stack: Stack, new: RuleFile, below: RuleFile) -> bool:
    """Whether an overlay's file is about the same thing as the file below it, or doesn't say."""
    key = layout_at(new.path).name
    theirs = below.data.get(key)
    if key not in new.data or new.data[key] == theirs:
        return True
    message = f"this file is about the {key} {shown(theirs)}, not {shown(new.data[key])}"
    stack.refuse(new.marks, "E304", message, key, "put the other one in its own file")
    return False


def _names(stack: Stack, path: str) -> Value:
    """What a file of area wages adds to: the names of the file below, but not its tables."""
    below = [one for one in stack.files.values() if one.path == path][-1]
    root: Any = below.marks.root
    items = root.items if isinstance(root, Branch) and isinstance(root.items, dict) else {}
    kept = {key: value for key, value in below.data.items() if key in ("kind", "names")}
    return Value(kept, Branch(spot_of(root), {key: items[key] for key in kept}))


def hide(tables: Sequence[AreaTable], overlays: Collection[str]) -> tuple[list[AreaTable], list[str]]:
    """Compiled area tables, lowest layer first, each less the rows that a table above it has, and the differences.

    `overlays` are the files' names of tables that came from overlays.
    """
    above: dict[tuple[str, str, str, str], tuple[str, CellRow]] = {}
    made, conflicts = [], []
    for table in reversed(tables):
        rows = []
        for occupation, area, row in every_cell(table.cells):
            name = (table.kind, table.effective, occupation, area)
            if name not in above:
                above[name] = table.file, row
                rows.append((occupation, area, row))
            elif table.file in overlays and above[name][1][1:] != row[1:]:
                conflicts.append(_row_conflict(name, above[name], (table.file, row)))
        made.append(table._replace(cells=packed_cells(rows)))
    return made[::-1], conflicts


def _row_conflict(
    name: tuple[str, str, str, str], won: tuple[str, CellRow], lost: tuple[str, CellRow]
) -> str:
    about = f"the wages of {name[2]} in {name[0]} {name[3]}, {name[1]}"
    return Conflict(about, *(f"{file}:{row[0]}" for file, row in (lost, won))).sentence

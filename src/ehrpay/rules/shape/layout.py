"""What the models say about each value of a rule file: its unit, what it refers to, its name in a list.

The marks stand in the annotations of the models' fields. `layout_of` turns a model into a tree that tools walk
along with a file's data, whatever shape the data has: what no field describes has an empty layout.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Path = tuple[Any, ...]


class Unit(NamedTuple):
    """The unit of a number."""

    text: str


class Figure:
    """The number of a dated value, whose line is the value's."""


class Ref(NamedTuple):
    """An id of something defined elsewhere: what it is an id of, and what one who refers to it does."""

    kind: str
    how: str


class Name:
    """What a thing in a list, or a file in a folder, is found again by."""


class Usual(NamedTuple):
    """The range a number is usually in: outside it, `rules validate` warns; the bounds are errors."""

    least: str
    most: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Put the range beside the bounds, as text."""
        return handler(core) | {"usual": [self.least, self.most]}


class Columns(NamedTuple):
    """The columns of a table's rows; the first `heads` name the row. Units where the row's cells have no types."""

    names: tuple[str, ...]
    heads: int = 1
    units: tuple[str, ...] = ()


class Implied:
    """A key that is left out of a value's name, because the ids below it say enough."""


class SameYear:
    """A dated list that goes with the base pay table of its own year and no other."""


class Rule(NamedTuple):
    """The value at a key is one rule with this id; without a name, its `title` is the name."""

    id: str
    kind: str
    name: str = ""
    aliases: tuple[str, ...] = ()


class Rules(NamedTuple):
    """Each item of a list is a rule, whose id is a prefix and its own name."""

    kind: str
    title: str
    prefix: str = ""


Mark = TypeVar("Mark")


class Layout(NamedTuple):
    """What is known of a value: its model, the layouts below it, and its marks."""

    model: type[BaseModel] | None = None
    keys: Mapping[str, Layout] = {}
    each: Layout | None = None
    key: Layout | None = None
    cells: tuple[Layout, ...] = ()
    marks: tuple[object, ...] = ()

    def mark(self, kind: type[Mark]) -> Mark | None:
        """The mark of a kind."""
        for mark in self.marks:
            if isinstance(mark, kind):
                return mark
        return None

    def has(self, kind: type) -> bool:
        """Whether there is a mark of a kind."""
        return any(isinstance(mark, kind) for mark in self.marks)

    def below(self, step: Any) -> Layout:
        """The layout at a key or position."""
        if isinstance(step, int) and step < len(self.cells):
            return self.cells[step]
        return self.keys.get(step) or self.each or NOTHING

    @property
    def name(self) -> str:
        """The key that names a thing of this layout; empty where it has none."""
        return next((key for key, below in self.keys.items() if below.has(Name)), "")


NOTHING = Layout()


@cache
def layout_of(model: type[BaseModel]) -> Layout:
    """The layout of a model."""
    keys = {name: _layout(field.annotation, field.metadata) for name, field in model.model_fields.items()}
    return Layout(model=model, keys=keys)


def _layout(annotation: Any, marks: Any = ()) -> Layout:  # noqa: PLR0911 - one return a form of type
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _layout(args[0], (*marks, *args[1:]))
    if origin in (Union, UnionType):
        return _united([_layout(one) for one in args if one is not NoneType], marks)
    if origin is list:
        return Layout(each=_layout(args[0]), marks=tuple(marks))
    if origin is tuple:
        return Layout(cells=tuple(map(_layout, args)), marks=tuple(marks))
    if origin is dict:
        return Layout(key=_layout(args[0]), each=_layout(args[1]), marks=tuple(marks))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return layout_of(annotation)._replace(marks=tuple(marks))
    return Layout(marks=tuple(marks))


def _united(options: list[Layout], marks: Any) -> Layout:
    """A value that may be one of several: one of them has parts, and each may have marks."""
    whole = next((one for one in options if one != Layout(marks=one.marks)), options[0])
    return whole._replace(marks=(*marks, *(mark for one in options for mark in one.marks)))


def item_names(layout: Layout) -> Iterator[str]:
    """The key that names an item, of each list below a layout whose items have one."""
    for below in (*layout.keys.values(), *([layout.each] if layout.each else ())):
        if below.each and below.each.name:
            yield below.each.name
        yield from item_names(below)


def is_number(value: Any) -> bool:
    """Whether a value is a number of its own, no truth value."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def walk(value: Any, layout: Layout) -> Iterator[tuple[Path, Any, Layout]]:
    """Every value below one, each with its path and layout; the rows of large tables are left out.

    Without recursion, which costs as much again for every level.
    """
    open_: list[tuple[Path, Layout, Iterator[tuple[Any, Any]]]] = [((), layout, _items(value))]
    while open_:
        above, around, items = open_[-1]
        for key, below in items:
            if key != "rows":
                here, its = (*above, key), around.below(key)
                yield here, below, its
                if isinstance(below, (dict, list)):
                    open_.append((here, its, _items(below)))
                    break
        else:
            open_.pop()


def branches(value: Any, layout: Layout) -> Iterator[tuple[Path, Any, Layout]]:
    """The lists and mappings of a walk, which are a quarter of its values."""
    open_: list[tuple[Path, Any, Layout]] = [((), value, layout)]
    while open_:
        path, around, its = open_.pop()
        if path:
            yield path, around, its
        below = [(key, one) for key, one in _items(around) if isinstance(one, (dict, list)) and key != "rows"]
        open_.extend(((*path, key), one, its.below(key)) for key, one in reversed(below))


def _items(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, dict):
        return iter(value.items())
    return enumerate(value) if isinstance(value, list) else iter(())

"""One pass over the parser's events that builds plain data, the spots of everything, and the problems.

No node graph and no recursion: events come one by one, so nesting, aliases and size are refused before
they can cost anything. Works the same with libyaml's parser and with the pure Python one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.marks import TO_LINE_END, Branch, mark, problem
from ehrpay.strict.parser_errors import broken
from ehrpay.strict.scalar import Refusal, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.strict.marks import Node, SourceFile, Spot
    from ehrpay.strict.problem import Problem

    Loader: TypeAlias = "type[yaml.SafeLoader | yaml.CSafeLoader]"

DEPTH = 40
NODES = 40_000
LENGTH = 10_000
PROBLEMS = 100

INVISIBLE = (
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What text.clean() would escape, less the line feed, and what PyYAML's two parsers take differently."""
_INVISIBLE = re.compile(INVISIBLE)


class OpenList:
    """A list being filled."""

    __slots__ = ("data", "items", "spot")
    wants_key = False

    def __init__(self, spot: Spot) -> None:
        """Begin at a spot."""
        self.spot = spot
        self.data: list[Any] = []
        self.items: list[Node] = []

    def add(self, value: Any, node: Node) -> None:
        """Append a value and its spots."""
        self.data.append(value)
        self.items.append(node)


class OpenMapping:
    """A mapping being filled: a key, then its value; under a refused key the value is dropped."""

    __slots__ = ("data", "items", "key", "key_spot", "spot", "wants_key")

    def __init__(self, spot: Spot) -> None:
        """Begin at a spot."""
        self.spot = self.key_spot = spot
        self.data: dict[str, Any] = {}
        self.items: dict[str, tuple[Spot, Node]] = {}
        self.key: str | None = None
        self.wants_key = True

    def name(self, key: str | None, spot: Spot) -> None:
        """Take the key of the next value; None drops that value."""
        self.key, self.key_spot, self.wants_key = key, spot, False

    def add(self, value: Any, node: Node) -> None:
        """Put a value under the key; instead of a key, it is a collection or alias, which no key may be."""
        if self.wants_key:
            self.name(None, self.spot)
            return
        if self.key is not None:
            self.data[self.key] = value
            self.items[self.key] = self.key_spot, node
        self.wants_key = True


class _StopError(Exception):
    """Nothing more can be learnt from this file."""


class Tree(NamedTuple):
    """What the events made: the documents' data (none or one), its spots, and the problems."""

    data: list[Any]
    roots: list[Node]
    problems: list[Problem]


def build(text: str, file: SourceFile, loader: Loader) -> Tree:
    """Data, spots and problems of a text without tabs or control characters."""
    builder = _Builder(file)
    try:
        for event in _events(text, loader, builder):
            builder.take[type(event)](event)
    except _StopError:
        pass
    return Tree(builder.root.data, builder.root.items, builder.problems)


def _events(text: str, loader: Loader, builder: _Builder) -> Iterator[Any]:
    """The parser's events; whatever it raises becomes a problem."""
    events = yaml.parse(text, Loader=loader)
    while True:
        try:
            event = next(events)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001 - PyYAML lets ValueError, OverflowError and others through
            builder.broken(error)
            return
        yield event


class _Builder:
    """The open collections, innermost last, and the problems so far."""

    def __init__(self, file: SourceFile) -> None:
        self.problems: list[Problem] = []
        self.root = OpenList(file.start)
        self._file = file
        self._open: list[OpenList | OpenMapping] = []
        self._top: OpenList | OpenMapping = self.root
        self._nodes = self._documents = 0
        self._last = file.start
        self.take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: self._nothing,
            yaml.StreamStartEvent: self._nothing,
            yaml.StreamEndEvent: self._nothing,
        }

    def broken(self, error: Exception) -> None:
        """Note what the parser could not read."""
        self.problems.append(broken(error, self._file, self._last))

    def _report(self, code: str, spot: Spot, message: str, **more: Any) -> None:
        if len(self.problems) == PROBLEMS:
            self._stop("E135", spot, f"more than {PROBLEMS} problems; the rest are not listed")
        self.problems.append(problem(code, spot, message, **more))

    def _stop(self, code: str, spot: Spot, message: str) -> None:
        self.problems.append(problem(code, spot, message))
        raise _StopError

    def _scalar(self, event: Any) -> None:
        spot = self._node(event)
        text = event.value
        if not text.isprintable() or len(text) > LENGTH:
            self._doubtful(text, spot)
        top = self._top
        if isinstance(top, OpenMapping):
            if top.wants_key:
                top.name(self._key(event, spot, top), spot)
                return
            # A value that was left out has no place of its own, so its key stands for it.
            spot = spot if text or spot[2] != spot[3] else top.key_spot
        top.add(self._value(text, spot) if event.implicit[0] else text, spot)

    def _value(self, text: str, spot: Spot) -> Any:
        value = plain(text)
        if isinstance(value, Refusal):
            self._report(value.code, spot, value.message, help=value.help)
            return text
        return value

    def _doubtful(self, text: str, spot: Spot) -> None:
        if len(text) > LENGTH:
            self._report("E132", spot, f"text of {len(text):,} characters; the limit is {LENGTH:,}")
        elif bad := _INVISIBLE.search(text):
            message = f"the escapes in this text make the character U+{ord(bad[0]):04X}, which can't be shown"
            self._report("E103", spot, message)

    def _key(self, event: Any, spot: Spot, top: OpenMapping) -> str | None:
        """The key as text; None, with a problem, if it can't be one."""
        key: str = event.value
        if event.implicit[0] and key == "<<":
            self._report("E122", spot, "merge keys are not allowed", help="write the keys out")
        elif not key or event.style in ("|", ">"):
            message = "a key must be text on one line" if key else "a key is missing here"
            self._report("E109", spot, message)
        elif key in top.data:
            first = mark(top.items[key][0], "first given here")
            more: dict[str, Any] = {"label": "given again here", "others": [first]}
            more["note"] = "many YAML readers would silently keep the second"
            self._report("E101", spot, f"key {shown(key)} is given twice", **more)
        else:
            return key
        return None

    def _start(self, event: Any) -> None:
        spot = self._node(event)
        if self._top.wants_key:
            self._report("E109", spot, "a key must be text, not a list or mapping")
        self._open.append(self._top)
        if len(self._open) > DEPTH:
            self._stop("E130", spot, f"nested more than {DEPTH} levels deep")
        self._top = OpenMapping(spot) if type(event) is yaml.MappingStartEvent else OpenList(spot)

    def _end(self, event: Any) -> None:
        done, self._top = self._top, self._open.pop()
        file, line, column, end = done.spot
        # The end of a block is where the next thing starts; only a bracket has a place of its own.
        if end != TO_LINE_END:
            end = event.end_mark.column if event.end_mark.line == line else TO_LINE_END
        self._top.add(done.data, Branch((file, line, column, end), done.items))

    def _alias(self, event: Any) -> None:
        spot = self._node(event)
        self._report(
            "E120", spot, f"alias {shown('*' + event.anchor)} is not allowed", help="write the value out"
        )
        self._top.add(None, spot)

    def _node(self, event: Any) -> Spot:
        """Where a node stands; refuses tags, anchors and too many nodes."""
        start, end = event.start_mark, event.end_mark
        line = start.line
        block = getattr(event, "flow_style", None) is False
        spot = (self._file, line, start.column, TO_LINE_END if block or end.line != line else end.column)
        self._last = spot
        self._nodes += 1
        if self._nodes > NODES:
            self._stop("E131", spot, f"more than {NODES:,} values in one file")
        if event.anchor is not None and type(event) is not yaml.AliasEvent:
            self._report(
                "E120", spot, f"anchor {shown('&' + event.anchor)} is not allowed", help="leave it out"
            )
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._report("E121", spot, f"tag {shown(tag)} is not allowed", help="leave it out")
        return spot

    def _document(self, event: Any) -> None:
        at = event.start_mark
        spot = (self._file, at.line, at.column, TO_LINE_END)
        self._documents += 1
        if self._documents > 1:
            self._stop("E108", spot, "a second document starts here; a file has one")
        if event.version or event.tags:
            self._report(
                "E123", spot, "directives are not allowed", help="leave out the lines that start with %"
            )

    def _nothing(self, event: Any) -> None:
        """Take an event that says nothing about the data."""

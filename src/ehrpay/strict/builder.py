"""One pass over the parser's events that builds plain data, the spots of everything, and the problems.

No node graph: events come one by one, so nesting, aliases and size are refused before they can cost anything. Works the
same with libyaml's parser and with the pure Python one.
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.marks import TO_LINE_END, Branch, mark, problem, spot_of
from ehrpay.strict.scalar import Refusal, plain

if TYPE_CHECKING:
    from ehrpay.strict.marks import Node, SourceFile, Spot
    from ehrpay.strict.problem import Problem

    Loader: TypeAlias = "type[yaml.SafeLoader | yaml.CSafeLoader]"
    Built: TypeAlias = tuple[Any, Node]
    """A value, and where it and its parts stand."""

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

# The words are those of PyYAML's two parsers.
_HINTS = {
    "mapping values are not allowed": "put text with ': ' in quotes, or check the indentation",
    "cannot start any token": "put text that starts with a special character in quotes",
    "expected <block end>": "check the indentation: keys of one mapping start in the same column",
    "did not find expected key": "check the indentation: keys of one mapping start in the same column",
    "block sequence entries are not allowed": "put the list on the next line",
}


class _StopError(Exception):
    """Nothing more can be learnt from this file."""


class Tree(NamedTuple):
    """What the events made: the document's data, None where there is none; its spots; the problems."""

    data: Any
    root: Node
    problems: list[Problem]


def build(text: str, file: SourceFile, loader: Loader) -> Tree:
    """Data, spots and problems of a text without tabs or control characters."""
    builder = _Builder(text, file, loader)
    with contextlib.suppress(_StopError):
        builder.read()
    return Tree(*builder.document, builder.problems)


class _Builder:
    """A file on its way to data: its events, the document once it was read whole, and the problems so far."""

    def __init__(self, text: str, file: SourceFile, loader: Loader) -> None:
        self.problems: list[Problem] = []
        self.document: Built = (None, file.start)
        self._events = yaml.parse(text, Loader=loader)
        self._file, self._last = file, file.start
        self._nodes = self._depth = 0

    def read(self) -> None:
        """Read the one document of the file."""
        documents = 0
        while type(event := self._event()) is not yaml.StreamEndEvent:
            if type(event) is yaml.DocumentStartEvent:
                documents += 1
                self._check_start(event, documents)
                self.document = self._value(self._event())

    def _event(self) -> Any:
        """The parser's next event; whatever it raises instead becomes a problem, and the end."""
        try:
            return next(self._events)
        except Exception as error:  # noqa: BLE001 - PyYAML lets ValueError, OverflowError and others through
            self.problems.append(_broken(error, self._file, self._last))
            raise _StopError from None

    def _report(self, code: str, spot: Spot, message: str, **more: Any) -> None:
        if len(self.problems) == PROBLEMS:
            self._stop("E135", spot, f"more than {PROBLEMS} problems; the rest are not listed")
        self.problems.append(problem(code, spot, message, **more))

    def _stop(self, code: str, spot: Spot, message: str) -> None:
        self.problems.append(problem(code, spot, message))
        raise _StopError

    def _check_start(self, event: Any, documents: int) -> None:
        at = event.start_mark
        spot = (self._file, at.line, at.column, TO_LINE_END)
        if documents > 1:
            self._stop("E108", spot, "a second document starts here; a file has one")
        if event.version or event.tags:
            self._report(
                "E123", spot, "directives are not allowed", help="leave out the lines that start with %"
            )

    def _value(self, event: Any, key_spot: Spot | None = None, *, is_key: bool = False) -> Built:
        """The value that begins with an event, at `key_spot` where it was left out behind a key."""
        if type(event) is yaml.ScalarEvent:
            spot = self._text(event)
            if key_spot and not event.value and spot[2] == spot[3]:
                spot = key_spot
            return self._plain(event.value, spot) if event.implicit[0] else event.value, spot
        spot = self._node(event)
        if type(event) is yaml.AliasEvent:
            name = shown(f"*{event.anchor}")
            self._report("E120", spot, f"alias {name} is not allowed", help="write the value out")
            return None, spot
        if is_key:
            self._report("E109", spot, "a key must be text, not a list or mapping")
        return self._collection(event, spot)

    def _plain(self, text: str, spot: Spot) -> Any:
        value = plain(text)
        if isinstance(value, Refusal):
            self._report(value.code, spot, value.message, help=value.help)
            return text
        return value

    def _collection(self, event: Any, spot: Spot) -> Built:
        self._depth += 1
        if self._depth > DEPTH:
            self._stop("E130", spot, f"nested more than {DEPTH} levels deep")
        is_mapping = type(event) is yaml.MappingStartEvent
        data, items, last = self._mapping() if is_mapping else self._list()
        self._depth -= 1
        file, line, column, end = spot
        # The end of a block is where the next thing starts; only a bracket has a place of its own.
        if end != TO_LINE_END:
            end = last.end_mark.column if last.end_mark.line == line else TO_LINE_END
        return data, Branch((file, line, column, end), items)

    def _list(self) -> tuple[list[Any], list[Node], Any]:
        """The values of a list, their spots, and the event at its end."""
        data: list[Any] = []
        items: list[Node] = []
        while type(event := self._event()) is not yaml.SequenceEndEvent:
            value, node = self._value(event)
            data.append(value)
            items.append(node)
        return data, items, event

    def _mapping(self) -> tuple[dict[str, Any], dict[str, tuple[Spot, Node]], Any]:
        """The values of a mapping by key, their spots, and the event at its end."""
        data: dict[str, Any] = {}
        items: dict[str, tuple[Spot, Node]] = {}
        while type(event := self._event()) is not yaml.MappingEndEvent:
            key, spot = self._key(event, items)
            value, node = self._value(self._event(), spot)
            if key is not None:
                data[key] = value
                items[key] = spot, node
        return data, items, event

    def _key(self, event: Any, items: dict[str, tuple[Spot, Node]]) -> tuple[str | None, Spot]:
        """The key that an event gives, and its spot; None, with a problem, if it can't be one."""
        if type(event) is not yaml.ScalarEvent:
            return None, spot_of(self._value(event, is_key=True)[1])
        key, spot = event.value, self._text(event)
        if event.implicit[0] and key == "<<":
            self._report("E122", spot, "merge keys are not allowed", help="write the keys out")
        elif not key or event.style in ("|", ">"):
            message = "a key must be text on one line" if key else "a key is missing here"
            self._report("E109", spot, message)
        elif key in items:
            first = mark(items[key][0], "first given here")
            more: dict[str, Any] = {"label": "given again here", "others": [first]}
            more["note"] = "many YAML readers would silently keep the second"
            self._report("E101", spot, f"key {shown(key)} is given twice", **more)
        else:
            return key, spot
        return None, spot

    def _text(self, event: Any) -> Spot:
        """Where a text stands; refuses what is too long or can't be shown."""
        spot, text = self._node(event), event.value
        if len(text) > LENGTH:
            self._report("E132", spot, f"text of {len(text):,} characters; the limit is {LENGTH:,}")
        elif not text.isprintable() and (bad := _INVISIBLE.search(text)):
            message = f"the escapes in this text make the character U+{ord(bad[0]):04X}, which can't be shown"
            self._report("E103", spot, message)
        return spot

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


def _broken(error: Exception, file: SourceFile, last: Spot) -> Problem:
    """A parser's error as a problem; an error without a place stands where the last value did."""
    at = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    spot = file.before_end((file, at.line, at.column, at.column) if at else last)
    said = getattr(error, "problem", None) or "it can't be read past here"
    others = []
    if began and (began.line, began.column) != spot[1:3]:
        context = getattr(error, "context", None) or "started here"
        others.append(mark((file, began.line, began.column, began.column), context))
    hint = next((hint for words, hint in _HINTS.items() if words in said), "")
    return problem("E105", spot, f"not valid YAML: {said}", help=hint, others=others)

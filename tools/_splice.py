"""Dated values put into the text of a rule file, line by line, so that nothing else in the file moves."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from ehrpay.errors import DataError, RulesError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CITING = ("sources", "basis", "note", "review_by")
_KEY = re.compile(r'\s*- \{?(?:effective|quarter|code|id): "?([^",}\n]+)"?')


class Item(NamedTuple):
    """One item of a YAML list: its date, quarter or code, and its lines."""

    key: str
    start: int
    stop: int


class RuleText:
    """A rule file's lines, to which items are added; `where` is its path below the rules folder."""

    def __init__(self, where: str, text: str) -> None:
        """Split."""
        self.where = where
        self.lines = text.splitlines(keepends=True)

    @property
    def text(self) -> str:
        """The whole file."""
        return "".join(self.lines)

    def after(self, line: str, start: int = 0) -> int:
        """The index after the first line with exactly this text. RulesError if there is none."""
        for index in range(start, len(self.lines)):
            if self.lines[index].rstrip("\n") == line:
                return index + 1
        raise RulesError(f"{self.where}: no line `{line.strip()}`: its layout was changed by hand")

    def items(self, start: int, indent: int) -> list[Item]:
        """The items of the list that starts at a line, as deep as `indent` spaces."""
        return list(self._items(start, indent))

    def _items(self, start: int, indent: int) -> Iterator[Item]:
        index = start
        dash, inside = " " * indent + "- ", " " * (indent + 2)
        while index < len(self.lines) and self.lines[index].startswith(dash):
            stop = index + 1
            while stop < len(self.lines) and self.lines[stop].startswith(inside):
                stop += 1
            found = _KEY.match(self.lines[index])
            if not found:
                raise RulesError(f"{self.where}:{index + 1}: an item without a date or code at its head")
            yield Item(found[1], index, stop)
            index = stop

    def put(self, start: int, indent: int, key: str, text: str) -> bool:
        """Add an item in the order of keys; False if the list has it already with the same values.

        DataError if it has other values under that key: a value that was in force is never edited.
        """
        place = start
        for item in self.items(start, indent):
            if item.key == key:
                self._same(item, text)
                return False
            if item.key < key:
                place = item.stop
        self.lines[place:place] = text.splitlines(keepends=True)
        return True

    def _same(self, item: Item, text: str) -> None:
        held = "".join(self.lines[item.start : item.stop])
        if held == text or _values(held) == _values(text):
            return
        pairs = zip_longest(held.splitlines(), text.splitlines(), fillvalue="")
        offset, (old, new) = next((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1])
        raise DataError(
            f"{self.where}:{item.start + offset + 1}: {item.key} is there already with other values: `{old.strip()}`, "
            f"and the download says `{new.strip()}`; a value that was in force is not edited. If the publisher has "
            f"corrected it, take {item.key} out by hand, say so in the source's note, and import again"
        )

    def replace(self, start: int, stop: int, lines: Sequence[str]) -> None:
        """Put lines in the place of others."""
        self.lines[start:stop] = lines


def _values(text: str) -> Any:
    """An item's values without its citation, which people amend."""
    loaded = yaml.safe_load(text)[0]
    return {name: value for name, value in loaded.items() if name not in _CITING}

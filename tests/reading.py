"""The strict reader, made to build the same bytes once, and the judges, once for each file that was built.

Nearly every test reads and judges the shipped rules, most of them with one file changed.
"""

from __future__ import annotations

import io
import json
import pickle
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.strict.marks import Marks, SourceFile
from ehrpay.strict.source import LOADER, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from ehrpay.rules.finding import Finding, RuleFile
    from ehrpay.rules.folder import Layer
    from ehrpay.rules.shape.kinds import Kind
    from ehrpay.rules.shape.layout import Layout
    from ehrpay.rules.show.shelf import Shelf
    from ehrpay.strict.builder import Loader
    from ehrpay.strict.marks import Node

MOST, LEAST, COMPILED = 500, 500, 40
"""Files kept, and bytes of the smallest: short texts are cheap to read, and some tests change how they are; and
texts of compiled rules kept."""


class _Kept:
    """A file that was read: its data and its marks, to be had again under another name."""

    def __init__(self, shown: str, data: bytes, found: Reading) -> None:
        """Take what is to be kept, and under which name it was read."""
        self.shown, self._marks = shown, found.marks
        self._text = data.decode("utf-8-sig")
        self._data = pickle.dumps(found.data)
        self._shared = found.data

    def reading(self, shown: str, *, shared: bool) -> Reading:
        """The same reading under a name; the data anew for tests, which may change it."""
        marks = self._marks if shown == self.shown else _Marks(self, SourceFile(shown, self._text))
        return Reading(self._shared if shared else pickle.loads(self._data), marks, [])  # noqa: S301 - ours

    @cached_property
    def packed(self) -> bytes:
        """The marks without their file."""
        packed = io.BytesIO()
        pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
        pickler.persistent_id = _file  # type: ignore[method-assign]
        pickler.dump(self._marks.root)
        return packed.getvalue()


def _file(found: object) -> bool | None:
    return True if isinstance(found, SourceFile) else None


class _Marks(Marks):
    """Marks of a file read before under another name, made when they are asked for."""

    def __init__(self, kept: _Kept, file: SourceFile) -> None:
        self._kept, self._file = kept, file

    @property
    def file(self) -> SourceFile:
        return self._file

    @cached_property
    def root(self) -> Node:  # type: ignore[override]
        unpickler = pickle.Unpickler(io.BytesIO(self._kept.packed))  # noqa: S301 - ours
        unpickler.persistent_load = lambda _: self._file  # type: ignore[method-assign]
        made: Node = unpickler.load()
        return made


class Parsed:
    """The module `json` for the cache of compiled rules: what was parsed before is shared, for nothing changes it."""

    dumps = staticmethod(json.dumps)

    def __init__(self) -> None:
        """Nothing was parsed yet."""
        self.kept: dict[bytes, Any] = {}

    def loads(self, text: bytes) -> Any:
        """The data of a text."""
        if text in self.kept:
            return self.kept[text]
        found = json.loads(text)
        if len(text) > LEAST and len(self.kept) < COMPILED:
            self.kept[text] = found
        return found


class Once:
    """The readers and judges, less the work done before."""

    def __init__(self, read: Callable[..., Reading]) -> None:
        """Take the reader."""
        self._read = read
        self._kept = dict[tuple[bytes, "Loader"], _Kept]()
        self._shared = dict[int, Any]()
        self._found = dict[tuple[Any, ...], tuple[Any, ...]]()

    def reader(self, *, shared: bool = False) -> Callable[..., Reading]:
        """What reads; `shared` for the program, which changes no data that it read."""

        def read_bytes(data: bytes, shown: str, *, loader: Loader = LOADER) -> Reading:
            kept = self._kept.get((data, loader))
            if kept is None:
                found = self._read(data, shown, loader=loader)
                if len(data) <= LEAST or found.problems or len(self._kept) >= MOST:
                    return found
                kept = self._kept[data, loader] = _Kept(shown, data, found)
                self._shared[id(found.data)] = found.data
            return kept.reading(shown, shared=shared)

        return read_bytes

    def walk(self, walk: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
        """What walks along a whole file's data with a layout."""

        def walked(value: Any, layout: Layout, *path: Any) -> Iterable[Any]:
            if path or id(value) not in self._shared:
                return walk(value, layout, *path)
            name = walk, id(value), id(layout)
            # The layout is kept as well, so that no other one gets its identity.
            if name not in self._found:
                self._found[name] = layout, list(walk(value, layout))
            return self._found[name][1]  # type: ignore[no-any-return]

        return walked

    def references(self, find: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
        """What finds the references of a file."""

        def references(file: str, data: dict[str, Any]) -> Iterable[Any]:
            if id(data) not in self._shared:
                return find(file, data)
            name = find, id(data), file
            if name not in self._found:
                self._found[name] = tuple(find(file, data))
            return self._found[name]

        return references

    def judge(self, judge: Callable[..., list[Finding]]) -> Callable[..., list[Finding]]:
        """What judges a file's shape."""

        def judged(file: RuleFile, kind: Kind) -> list[Finding]:
            name = judge, id(file.data), kind.name
            if id(file.data) not in self._shared or name not in self._found:
                found = judge(file, kind)
                if found or id(file.data) not in self._shared:
                    return found
                self._found[name] = ()
            return []

        return judged


def opening_once(open_shelf: Callable[..., Shelf]) -> Callable[..., Shelf]:
    """What opens the index of the rules, without overlays once for each folder that stands for the shipped one."""
    kept = dict["Path", "Shelf"]()

    def opened(overlays: Sequence[Layer]) -> Shelf:
        folder = shipped.folder()
        if overlays:
            return open_shelf(overlays)
        if folder not in kept:
            kept[folder] = open_shelf(())
        return kept[folder]

    return opened

"""The strict reader, made to build the same bytes once: nearly every test reads the shipped rules."""

from __future__ import annotations

import io
import pickle
from functools import cached_property
from typing import TYPE_CHECKING

from ehrpay.strict.marks import Marks, SourceFile
from ehrpay.strict.source import LOADER, Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.strict.builder import Loader
    from ehrpay.strict.marks import Node

MOST, LEAST = 500, 500
"""Files kept, and bytes of the smallest: short texts are cheap to read, and some tests change how they are."""


class _Kept:
    """A file that was read: its data and its marks, to be had again under another name."""

    def __init__(self, shown: str, data: bytes, found: Reading) -> None:
        """Take what is to be kept, and under which name it was read."""
        self.shown, self._marks = shown, found.marks
        self._text = data.decode("utf-8-sig")
        self._data = pickle.dumps(found.data)

    def reading(self, shown: str) -> Reading:
        """The same reading under a name; the data anew, for tests may change it."""
        marks = self._marks if shown == self.shown else _Marks(self, SourceFile(shown, self._text))
        return Reading(pickle.loads(self._data), marks, [])  # noqa: S301 - ours

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


def reading_once(read: Callable[..., Reading]) -> Callable[..., Reading]:
    """The reader, less the work done before."""
    kept = dict[tuple[bytes, "Loader"], _Kept]()

    def read_bytes(data: bytes, shown: str, *, loader: Loader = LOADER) -> Reading:
        if before := kept.get((data, loader)):
            return before.reading(shown)
        found = read(data, shown, loader=loader)
        if len(data) > LEAST and not found.problems and len(kept) < MOST:
            kept[data, loader] = _Kept(shown, data, found)
        return found

    return read_bytes

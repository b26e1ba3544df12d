"""The files of a folder of rules, and what tells whether one has changed."""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, NamedTuple

from ehrpay.errors import RulesError

if TYPE_CHECKING:
    from pathlib import Path

AREAS = "areas/"


class File(NamedTuple):
    """One rule file: its path below the folder, and its bytes."""

    path: str
    data: bytes

    @property
    def stamp(self) -> list[object]:
        """Path, size and CRC-32: what the cache compares to know a file unchanged."""
        return [self.path, len(self.data), zlib.crc32(self.data)]


def files(folder: Path) -> list[File]:
    """The rule files of a folder in a fixed order: every YAML file but the cases and the gazetteer."""
    if not folder.is_dir():
        msg = f"{folder} is not a directory of rules"
        raise RulesError(msg)
    found = []
    for path in sorted(_below(os.fspath(folder), "")):
        with open(f"{folder}/{path}", "rb") as file:  # noqa: PTH123 - thirty pathlib calls cost a millisecond
            found.append(File(path, file.read()))
    return found


def _below(folder: str, prefix: str) -> list[str]:
    paths: list[str] = []
    for entry in os.scandir(folder):
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if path not in ("tests", "places"):
                paths += _below(entry.path, f"{path}/")
        elif path.endswith(".yaml"):
            paths.append(path)
    return paths

"""Where rule files are: the folder shipped with the package, the checkout's, or one that was named."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import NamedTuple

from ehrpay.errors import RulesError

MARK = "sources.yaml"
AREAS = "areas/"


class File(NamedTuple):
    """One rule file: its path below the folder, and its bytes."""

    path: str
    data: bytes

    @property
    def stamp(self) -> list[object]:
        """Path, size and CRC-32: what the cache compares to know a file unchanged."""
        return [self.path, len(self.data), zlib.crc32(self.data)]


def shipped() -> Path:
    """The folder of the rules that ship: inside the package when installed, beside `src` in a checkout."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "rules", package.parents[1] / "rules"):
        if (folder / MARK).is_file():
            return folder
    msg = f"the rules that ship with ehrpay are missing from {package / 'rules'}; install it again"
    raise RulesError(msg)


def files(folder: Path) -> list[File]:
    """The rule files of a folder in a fixed order: every YAML file but the cases and the gazetteer."""
    if not folder.is_dir():
        msg = f"{folder} is not a directory of rules"
        raise RulesError(msg)
    found = sorted(_below(folder, folder))
    return [File(path, (folder / path).read_bytes()) for path in found]


def _below(folder: Path, top: Path) -> list[str]:
    paths: list[str] = []
    for entry in os.scandir(folder):
        below = Path(entry.path).relative_to(top).as_posix()
        if entry.is_dir(follow_symlinks=False):
            if below not in ("tests", "places"):
                paths += _below(Path(entry.path), top)
        elif entry.name.endswith(".yaml"):
            paths.append(below)
    return paths

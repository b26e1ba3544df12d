"""The folders of rules in use and their files: the base first, then overlays; what tells whether one has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ehrpay import config
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import RulesError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

AREAS = "areas/"
PARTS = ("core", "areas")
"""What is loaded apart: everything but the area wages, and those."""
LAYER = "@"
"""Stands between a file's path and its layer's number, for overlays' files that are not merged into one."""
CONFIGURED, VARIABLE, FLAG = "configuration", "EHRPAY_RULES", "--rules"
"""Who may name an overlay's folder."""
MOST_BYTES = 1_000_001
"""One more than the strict reader takes, which refuses what is longer."""
MOST_FILES, MOST_IN_ALL = 300, 2_000_000
"""Files of one folder of rules, and their bytes."""
DEPTH = 3
SUFFIX = ".yaml"
NAMES = (SUFFIX, ".yml")
"""How names end that mean a rule file; those that don't end as it must are refused, not passed over."""
MISNAMED = f"the name of a rule file ends in {SUFFIX}; rename it"
UNREAD = frozenset({"tests", "places", "observed"})
"""Folders at the top that hold no rules: the cases, the gazetteer and the observed pay."""
PLACES = "places/README.md"
"""What says which sources the gazetteer's tables come from."""


class File:
    """One rule file: its path below the folder, and its bytes, read when they are first asked for.

    `stamp` is its size, the times in nanoseconds when its content and its inode changed, and the inode.
    """

    __slots__ = ("_data", "path", "place", "stamp")

    def __init__(
        self, path: str, data: bytes | None = None, place: str = "", stamp: tuple[int, ...] | None = None
    ) -> None:
        """A file with its bytes, or with the place to read them from."""
        self.path, self.place, self.stamp, self._data = path, place, stamp, data

    @property
    def data(self) -> bytes:
        """The bytes. RulesError if they can't be read."""
        if self._data is None:
            try:
                with open(self.place, "rb") as file:  # noqa: PTH123 - thirty pathlib calls cost a millisecond
                    # A buffer for the most that is read would cost more than the reading.
                    size = os.fstat(file.fileno()).st_size
                    self._data = file.read(min(size + 1, MOST_BYTES))
            except OSError as error:
                raise _unreadable(self.place, error) from error
        return self._data


class Layer(NamedTuple):
    """A folder of rules: its name in front of the paths shown, and its files."""

    prefix: str
    files: Sequence[File]


class Named(NamedTuple):
    """An overlay's folder as it was named, and who named it: a flag, a variable or the configuration."""

    path: str
    by: str = "overlays"


def named(said: Iterable[str]) -> list[Named]:
    """The overlays in use, the one that acts last at the end: configuration, EHRPAY_RULES, then the flags."""
    kept: dict[str, Named] = {}
    paths = filter(str.strip, os.environ.get(VARIABLE, "").split(os.pathsep))
    from_variable = (Named(path, VARIABLE) for path in paths)
    for one in (*_configured(), *from_variable, *(Named(path, FLAG) for path in said)):
        real = os.path.realpath(one.path)
        kept.pop(real, None)
        kept[real] = one
    return list(kept.values())


def configuration() -> str:
    """The folder of the user's own overlay, whether it is there or not; empty where there is no home."""
    own = config.folder()
    return f"{own}/rules" if own else ""


def _configured() -> list[Named]:
    """The overlay of the configuration folder, if it is there, and those its file names."""
    folder = configuration()
    try:
        own = [Named(folder, CONFIGURED)] if folder and os.stat(folder) else []  # noqa: PTH116 - on every run's way
    except (FileNotFoundError, NotADirectoryError):
        own = []
    except OSError as error:
        raise RulesError(f"{CONFIGURED}: {_whole(folder)} can't be read: {error.strerror}") from error
    kept = config.settings(FIELDS).get("overlays")
    return own if kept is None else own + [Named(os.path.expanduser(one), kept.where) for one in kept.value]  # noqa: PTH111


def overlays(folders: Iterable[str | Path | Named]) -> list[Layer]:
    """The overlays with their files, in the order given. RulesError says who named a folder that won't do."""
    found = []
    for one in folders:
        path, by = one if isinstance(one, Named) else Named(os.fspath(one))
        if "\0" in path or not os.path.isdir(path):  # noqa: PTH112 - as above
            raise RulesError(f"{by}: {_whole(path)} is not a rules folder")
        inside = files(path)
        # A folder made for later is no overlay yet, and must not stop every command.
        if inside or by != CONFIGURED:
            found.append(Layer(_prefix(path), inside))
    return found


def _prefix(path: str) -> str:
    """How an overlay is named in output: as it was given, but never as the shipped `rules/`."""
    from pathlib import Path

    from ehrpay.text import clean

    short = clean(Path(path).as_posix())
    return f"./{short}" if short.split("/")[0] == "rules" else short


def files(folder: str | Path) -> list[File]:
    """The rule files of a folder in a fixed order: every YAML file but the cases and the gazetteer.

    RulesError for a folder or file that can't be read, and for a link that leaves the folder.
    """
    top = os.fspath(folder)
    if not os.path.isdir(top):  # noqa: PTH112 - thirty pathlib calls cost a millisecond
        raise RulesError(f"{folder} is not a rules folder")
    try:
        found = sorted(_below(top, ""), key=lambda file: file.path)
    except OSError as error:
        raise _unreadable(str(error.filename), error) from error
    if sum(file.stamp[0] for file in found if file.stamp) > MOST_IN_ALL:
        raise RulesError(f"{_whole(top)} has rule files of more than {MOST_IN_ALL:,} bytes in all")
    return found


def gazetteer_page(top: Path) -> str:
    """What the gazetteer of a folder of rules says it rests on, for its tables are no rule files."""
    try:
        return (top / PLACES).read_text("utf-8")
    except (OSError, ValueError):
        return ""


def _unreadable(path: str, error: OSError) -> RulesError:
    return RulesError(f"{_whole(path)} can't be read: {error.strerror or error}")


def _below(top: str, prefix: str) -> list[File]:
    found: list[File] = []
    with os.scandir(f"{top}/{prefix}") as entries:
        for entry in entries:
            path = prefix + entry.name
            if entry.name.startswith(".") or path in UNREAD:
                continue
            if entry.is_symlink():
                _inside(top, path)
            if entry.is_dir():
                found += _below(top, f"{_near(top, path)}/")
            elif path.lower().endswith(NAMES):
                if not entry.is_file():
                    raise RulesError(f"{_whole(f'{top}/{path}')} is not a regular file")
                at = entry.stat()
                stamp = at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino
                found.append(File(path, place=f"{top}/{path}", stamp=stamp))
            if len(found) > MOST_FILES:
                raise RulesError(f"{_whole(top)} has more than {MOST_FILES:,} rule files")
    return found


def _near(top: str, path: str) -> str:
    if path.count("/") >= DEPTH:
        msg = f"{_whole(f'{top}/{path}')} is nested too deeply for rules; rules/README.md lists the folders"
        raise RulesError(msg)
    return path


def _inside(top: str, path: str) -> None:
    """Refuse a link that leads out of the folder of rules, wherever it says it goes."""
    real, home = os.path.realpath(f"{top}/{path}"), os.path.realpath(top)
    if os.path.commonpath([real, home]) != home:
        msg = f"{_whole(f'{top}/{path}')} leads out of the rules folder: it links to {_whole(real)}"
        raise RulesError(msg)
    if not os.path.exists(real):  # noqa: PTH110 - as above
        raise RulesError(f"{_whole(f'{top}/{path}')} is a broken link")


def _whole(path: str) -> str:
    """A path quoted for a message and never cut, for its end tells most."""
    from ehrpay.text import clean

    return f"'{clean(path)}'"

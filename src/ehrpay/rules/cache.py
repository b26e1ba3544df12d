"""Compiled rules kept between runs as JSON in the user's cache folder, trusted only while every file is unchanged.

Files are compared by their stamps (size, times, inode), and by a hash of their contents where a stamp differs. What
is kept has a hash of its own. A cache that is missing, broken, another user's or can't be written is ignored: the
rules are compiled again.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import zlib

# `hashlib` loads OpenSSL, which costs a tenth of a whole run.
from _blake2 import blake2b
from time import time_ns
from typing import TYPE_CHECKING, Any

from ehrpay.config import own_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.folder import Layer

FORM = 20
"""Raised whenever the compiled form changes, or a check is added that what was kept has not met."""
MOST_BYTES = 16_000_000
"""The longest file of the cache that is read."""
MOST_FILES = 40
"""When more are kept, the oldest go: each set of overlays has two of its own."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times tell whether it has changed; two changes may share a tick of its clock."""
ABANDONED = 60_000_000_000
"""Nanoseconds after which a file half written is taken for that of a process that was killed."""
SHIPPED = "rules"
"""How the folder of rules that ships with the package is called."""
PACKAGE = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - as below
WITH_PACKAGE = "compiled"
"""The package's folder of what was compiled when it was made (`hatch_build.py`), so that a first run is fast."""
NOT_A_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def home() -> str | None:
    """The user's cache folder for ehrpay; None where there is no home."""
    return os.environ.get("EHRPAY_CACHE") or own_folder("cache") or None


def load(part: str, layers: Sequence[Layer]) -> Any:
    """What was compiled from exactly these folders, named so; None if there is no such thing."""
    folder = home()
    # Whatever is wrong with a file that anyone may have written: it is no cache.
    with contextlib.suppress(Exception):
        stamps, contents, body = _unpacked(part, _read(f"{folder}/{_name(part, layers)}"))
        now = _stamps(layers)
        same = stamps is not None and stamps == now
        if same or contents == hashed(layers):
            if not same and now is not None:
                store(part, layers, body, contents)
            return json.loads(body or _with_the_package(part, contents))
    if len(layers) > 1 or layers[0].prefix != SHIPPED:
        return None
    with contextlib.suppress(OSError, ValueError):
        contents = hashed(layers)
        body = _with_the_package(part, contents)
        store(part, layers, b"", contents)
        return json.loads(body)
    return None


def _with_the_package(part: str, contents: str) -> bytes:
    """The JSON of a part that was compiled when the package was made. ValueError if its rules were edited since."""
    with open(f"{PACKAGE}/{WITH_PACKAGE}/{part}.json", "rb") as file:  # noqa: PTH123 - as below
        _, made_from, body = _unpacked(part, file.read())
    if made_from != contents:
        raise ValueError
    return body


def packed(part: str, body: bytes, contents: str, stamps: list[Any] | None = None) -> bytes:
    """A compiled part as a file keeps it: the form, the files it was made from and a hash of its own come first."""
    head = [FORM, stamps, contents, _hash(part, body)]
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body


def _unpacked(part: str, data: bytes) -> tuple[list[Any] | None, str, bytes]:
    """The stamps, the hash of the files it was made from, and the text of a compiled part. ValueError for any other."""
    head, _, body = data.partition(b"\n")
    form, stamps, contents, kept = json.loads(head)
    if form != FORM or kept != _hash(part, body):
        raise ValueError
    return stamps, contents, body


def store(part: str, layers: Sequence[Layer], body: bytes, contents: str = "") -> None:
    """Keep the JSON of a compiled part, in one atomic step, for this user alone; `contents` is its files' `hashed`.

    Of what the package has compiled only the stamps are kept, and no JSON: a first run is to be as fast as the next.
    """
    folder = home()
    if folder is None:
        return
    data = packed(part, body, contents or hashed(layers), _stamps(layers))
    with contextlib.suppress(OSError):
        os.makedirs(folder, 0o700, exist_ok=True)  # noqa: PTH103 - as a string, on the way of every run
        if not _mine(os.stat(folder)):  # noqa: PTH116 - as above
            return
        name = _name(part, layers)
        hidden = f"{folder}/.{name}"
        try:
            handle = os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            # Of a process that keeps the same just now, which is to succeed, or of one that was killed.
            if os.stat(hidden).st_mtime_ns < time_ns() - ABANDONED:  # noqa: PTH116 - as above
                os.unlink(hidden)  # noqa: PTH108 - as above
            return
        try:
            with open(handle, "wb") as file:  # noqa: PTH123 - as above
                file.write(data)
            os.replace(hidden, f"{folder}/{name}")  # noqa: PTH105 - as above
        except BaseException:
            os.unlink(hidden)  # noqa: PTH108 - as above
            raise
        _prune(folder)


def _read(path: str) -> bytes:
    """A regular file of this user's that no one else can write to. OSError for anything else, without reading it."""
    with open(os.open(path, os.O_RDONLY | NOT_A_LINK), "rb") as file:  # noqa: PTH123 - as above
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or not _mine(found) or found.st_size > MOST_BYTES:
            raise OSError
        return file.read(found.st_size)


def _mine(found: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _prune(folder: str) -> None:
    with os.scandir(folder) as entries:
        kept = [entry for entry in entries if entry.name.endswith(".json")]
    for entry in sorted(kept, key=lambda entry: entry.stat().st_mtime_ns)[:-MOST_FILES]:
        os.unlink(entry.path)  # noqa: PTH108 - as above


def _name(part: str, layers: Sequence[Layer]) -> str:
    names = [(layer.prefix, [(file.place, file.path) for file in layer.files]) for layer in layers]
    return f"{part}-{zlib.crc32(repr(names).encode()):08x}.json"


def _stamps(layers: Sequence[Layer]) -> list[Any] | None:
    """What shows without reading a file that it is unchanged; None while nothing does."""
    if sys.platform == "win32":
        return None
    stamps = [(layer.prefix, file.path, file.stamp) for layer in layers for file in layer.files]
    times = [stamp[2] for _, _, stamp in stamps if stamp is not None]
    if len(times) < len(stamps) or max(times, default=0) > time_ns() - SETTLED:
        return None
    return [[prefix, path, list(stamp or ())] for prefix, path, stamp in stamps]


def hashed(layers: Sequence[Layer]) -> str:
    """A hash of the names and bytes of every file."""
    every = blake2b(digest_size=32)
    for layer in layers:
        for file in layer.files:
            every.update(repr((layer.prefix, file.path, len(file.data))).encode())
            every.update(file.data)
    return str(every.hexdigest())


def _hash(part: str, data: bytes) -> str:
    """A hash of a part's text, which is no other part's."""
    return str(blake2b(data, digest_size=32, person=part.encode()).hexdigest())

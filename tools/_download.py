"""A publisher's file as it was downloaded: its bytes, what it really is, and how it is cited."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple

from ehrpay.errors import DataError, InputError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 400_000_000
"""BLS's largest workbook, all areas and industries, has about 80 MB."""
_WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body")


class Download(NamedTuple):
    """One file: its name without folders, and its bytes."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def text(self) -> str:
        """Its text. DataError unless it is UTF-8, or the Latin-1 that BEA has used."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.data.decode("latin-1")


def read(path: Path, *, most: int = MOST_BYTES) -> Download:
    """The file at a path. InputError if it can't be read; DataError if empty, too long or a web page."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise DataError(f"{path.name}: longer than {most:,} bytes, which no file of this kind was")
    if not data.strip():
        raise DataError(f"{path.name}: is empty")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith(_WEB_PAGE):
        raise DataError(
            f"{path.name}: is a web page and not the file: the publisher answered with an error or a log-in page; "
            "open it in a browser, then download again"
        )
    return Download(path.name, data)


def cited(downloads: Sequence[Download]) -> str:
    """What a source's note says of its files: name, size, SHA-256; many files have one sum of their sums.

    That one is what `sha256sum * | sha256sum` prints in the C locale.
    """
    if len(downloads) <= _FEW:
        return "; ".join(f"{one.name}, {len(one.data):,} bytes, SHA-256 {one.sha256}" for one in downloads)
    ordered = sorted(downloads, key=lambda one: one.name.encode())
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in ordered)
    size = sum(len(one.data) for one in downloads)
    whole = hashlib.sha256(sums.encode()).hexdigest()
    names = f"{ordered[0].name} to {ordered[-1].name}"
    return f"{len(downloads)} files, {names}, {size:,} bytes, SHA-256 of their sums {whole}"


_FEW = 3


def csv_lines(download: Download) -> list[list[str]]:
    """The cells of a CSV, line by line. DataError if it isn't one."""
    try:
        return list(csv.reader(io.StringIO(download.text(), newline=""), skipinitialspace=True))
    except csv.Error as error:
        raise DataError(f"{download.name}: not a CSV: {error}") from error


def columns(
    header: Sequence[object], wanted: Iterable[str], where: str, known: Iterable[str] = ()
) -> Mapping[str, int]:
    """Where each wanted column stands in a header, in any order and case. DataError names what is missing.

    `known` are the other columns the publisher has always had: a missing one has not become one of them.
    """
    named = [(str(cell).strip(), index) for index, cell in enumerate(header) if cell is not None]
    found: dict[str, int] = {}
    for name, index in named:
        if name and name.lower() in found:
            raise DataError(f"{where}: column {name} is there twice")
        found[name.lower()] = index
    wanted = list(wanted)
    missing = [name for name in wanted if name.lower() not in found]
    if missing:
        old = {name.lower() for name in (*wanted, *known)}
        new = [name for name, _ in named if name.lower() not in old]
        told = ", ".join(f"{name}{_renamed(name, new)}" for name in missing)
        has = ", ".join(name for name, _ in named if name) or "none"
        raise DataError(f"{where}: the shape changed: no column {told}; it has {has}")
    return {name: found[name.lower()] for name in wanted}


def _renamed(name: str, header: Sequence[str]) -> str:
    """The new column of a header that a missing one may have become, as half a sentence."""
    near = nearest(name, [one.lower() for one in header], most=1)
    return "".join(f" (is it {one} now?)" for one in header if one.lower() in near)

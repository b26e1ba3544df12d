"""What a check answers, and how checks walk the judged files."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Files = dict[str, dict[str, Any]]

Path = tuple[Any, ...]


class Finding(NamedTuple):
    """Something wrong: the file, the path to the value in it, a code, a sentence, perhaps a hint.

    `other` is a second place that belongs to it, file and path; `note` a sentence that explains.
    """

    file: str
    path: Path
    code: str
    message: str
    help: str = ""
    other: tuple[str, Path] | None = None
    note: str = ""


def walk(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value below one, each with its path; the rows of tables are left out."""
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        if key != "rows":
            yield from walk(below, (*path, key))


def unknown(file: str, path: Path, values: list[Any], ids: Iterable[str], kind: str) -> Iterator[Finding]:
    """An E303 for every value that is none of the ids, with the nearest."""
    known = list(ids)
    for i, value in enumerate(values):
        if isinstance(value, str) and value not in known:
            near = get_close_matches(str(value), known, n=1)
            where = (*path, i) if len(values) > 1 else path
            hint = f"did you mean '{near[0]}'?" if near else ""
            yield Finding(file, where, "E303", f"unknown {kind} '{value}'", hint)


def adjustments(files: Files) -> dict[str, tuple[str, dict[str, Any]]]:
    """The adjustments by id: the file each stands in, and its data."""
    return {
        data["adjustment"]: (file, data)
        for file, data in files.items()
        if file.startswith("adjustments/") and data
    }

"""Rule files to plain data, strictly: whatever the bytes are, the answer is data or problems, never an error.

Mappings have text keys; values are None, bool, int, Decimal, str, lists and mappings (see `scalar`).
Why so strict: YAML 1.1 reads 0675 as 445 and NO as false, keeps the last of two equal keys, and lets a few
hundred bytes of aliases grow without bound.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from typing import TYPE_CHECKING, Any

import yaml

from ehrpay.named_tuple import NamedTuple
from ehrpay.strict.builder import INVISIBLE, PROBLEMS, build
from ehrpay.strict.marks import Marks, SourceFile, problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ehrpay.strict.builder import Loader
    from ehrpay.strict.marks import Spot
    from ehrpay.strict.problem import Problem

BYTES = 1_000_000
"""The most a rule file may hold."""

PURE = "EHRPAY_PURE_YAML"
"""A variable that, set to anything, asks for the pure parser where there is libyaml's as well."""

LOADER: Loader = yaml.SafeLoader if os.environ.get(PURE) else getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it (about ten times as fast), else the pure one."""

# A carriage return is fine before a line feed.
_REFUSED = re.compile(rf"\t+|(?!\r\n){INVISIBLE}")


class Reading(NamedTuple):
    """A file that was read: its data (incomplete, or empty, if there are errors), its marks, the problems."""

    data: dict[str, Any]
    marks: Marks
    problems: list[Problem]


def read_yaml(source: Path, shown: str) -> Reading:
    """Read one rule file; `shown` is its name in problems, relative to its rules folder."""
    try:
        data = _bytes(source)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _nothing(SourceFile(shown), "E134", f"the file can't be read: {reason}")
    return read_bytes(data, shown)


def read_bytes(data: bytes, shown: str, *, loader: Loader = LOADER) -> Reading:
    """Read the bytes of one rule file; `shown` is its name in problems."""
    if len(data) > BYTES:
        return _nothing(SourceFile(shown), "E133", f"the file is larger than {BYTES:,} bytes")
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        return _undecoded(body, shown, error, len(data) - len(body))
    file = SourceFile(shown, text)
    if refused := list(_refused(text, file)):
        return Reading({}, Marks(file.start), refused)
    return _judged(text, file, loader)


def _judged(text: str, file: SourceFile, loader: Loader) -> Reading:
    tree = build(text, file, loader)
    marks = Marks(tree.root)
    if isinstance(tree.data, dict):
        return Reading(tree.data, marks, tree.problems)
    if not any(problem.code in _CUT_SHORT for problem in tree.problems):
        tree.problems.append(_no_mapping(marks, tree.data))
    return Reading({}, marks, tree.problems)


# After these the top level may not have been seen whole.
_CUT_SHORT = ("E105", "E108", "E130", "E131", "E135")


def _no_mapping(marks: Marks, data: Any) -> Problem:
    whole = marks.mark(())
    # An empty document is a null of no width; a null that is written out is not empty.
    if data is None and whole.column == whole.end_column:
        return marks.problem("E106", (), "the file has no rules: it is empty or has only comments")
    return marks.problem("E107", (), "expected keys with values at the top level")


def _bytes(source: Path) -> bytes:
    # A pipe or device could block or never end, so it is looked at before it is opened.
    found = source.stat()
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("not a regular file")
    with source.open("rb") as file:
        return file.read(BYTES + 1)


def _undecoded(body: bytes, shown: str, error: UnicodeDecodeError, skipped: int) -> Reading:
    text = body.decode(errors="replace")
    # All before the first bad byte decodes alike, so its end is the same place in both.
    file = SourceFile(shown, text)
    at = _spot(file, text, len(body[: error.start].decode()))
    hint = "it looks like UTF-16; save it as UTF-8" if body[:2] in _UTF16 else "save the file as UTF-8"
    message = f"not UTF-8 at byte {error.start + skipped + 1} (0x{body[error.start]:02x})"
    return Reading({}, Marks(file.start), [problem("E102", at, message, help=hint)])


_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _refused(text: str, file: SourceFile) -> Iterator[Problem]:
    """The characters that may not stand in a rule file, up to the most problems listed."""
    for number, found in enumerate(_REFUSED.finditer(text)):
        spot = _spot(file, text, found.start(), found.end())
        if number == PROBLEMS:
            yield problem("E135", spot, f"more than {PROBLEMS} problems; the rest are not listed")
            return
        if found[0].startswith("\t"):
            line, column = spot[1] + 1, spot[2] + 1
            yield problem("E104", spot, f"tab at line {line} column {column}", help="use spaces")
        else:
            message = f"the character U+{ord(found[0]):04X} is invisible and not allowed"
            yield problem("E103", spot, message, help="remove it")


def _spot(file: SourceFile, text: str, start: int, end: int = -1) -> Spot:
    column = start - text.rfind("\n", 0, start) - 1
    return file, text.count("\n", 0, start), column, column + max(1, end - start)


def _nothing(file: SourceFile, code: str, message: str) -> Reading:
    return Reading({}, Marks(file.start), [problem(code, file.start, message)])

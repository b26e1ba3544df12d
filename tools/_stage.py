"""Changes to rule files: tried in a copy, judged, compared with what was, then put in place file by file."""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.errors import DONE, FINDINGS, InputError, OutputError, RulesError

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_LINES = 12
_HEADS = ("--- ", "+++ ", "@@")


def read_rules(rules: Path, name: str) -> str:
    """A file of the rules folder. RulesError if it isn't there: importers add to files, they don't begin them."""
    try:
        return (rules / name).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{rules / name}: cannot be read: {error}") from error


def put_in_place(rules: Path, made: Mapping[str, str], day: str, *, dry: bool) -> list[str]:
    """Judge the made files, print what they change and who moves on the day, write them unless `dry`.

    The names of the files that changed. RulesError, and nothing written, if the rules would not be valid.
    """
    changed = {name: text for name, text in made.items() if text != read_rules(rules, name)}
    if not changed:
        print("nothing changes: the rules have this already")
        return []
    with tempfile.TemporaryDirectory() as folder:
        after = Path(folder) / "after"
        try:
            shutil.copytree(rules, after)
        except (OSError, shutil.Error) as error:
            raise InputError(f"{rules}: cannot be read: {error}") from error
        for name, text in changed.items():
            (after / name).write_text(text, encoding="utf-8", newline="\n")
        _judge(after, rules)
        for line in _summary(rules, changed):
            print(line)
        _who_moves(rules, after, day)
    if not dry:
        _write(rules, changed)
    return list(changed)


def _judge(after: Path, rules: Path) -> None:
    """RulesError with every problem the changed rules would have."""
    found = problems(after)
    if found is not None:
        told = str(found).replace(after.as_posix(), rules.as_posix())
        raise RulesError(f"nothing is written: with this download {told}")


def problems(rules: Path) -> RulesError | None:
    """The error that lists every problem of a rules folder; None if it has none."""
    from ehrpay.rules import book, folder

    try:
        files = folder.files(rules)
        book.load(rules, files).areas  # noqa: B018 - both parts are judged
    except RulesError as error:
        return error
    return None


def _summary(rules: Path, changed: Mapping[str, str]) -> list[str]:
    """Lines added and taken away by file, and the first of them."""
    told = []
    for name, text in changed.items():
        old, new = read_rules(rules, name).splitlines(), text.splitlines()
        lines = [
            one for one in difflib.unified_diff(old, new, n=0, lineterm="") if not one.startswith(_HEADS)
        ]
        added = sum(one.startswith("+") for one in lines)
        told.append(f"{name}: {added:,} lines added, {len(lines) - added:,} taken away")
        told += [f"  {one}" for one in lines[:_MOST_LINES]]
        if len(lines) > _MOST_LINES:
            told.append(f"  ... {len(lines) - _MOST_LINES:,} more")
    return told


def _who_moves(rules: Path, after: Path, day: str) -> None:
    """Print what `ehrpay rules diff` says of the two folders; its exit code only says whether anything moves."""
    command = [sys.executable, "-m", "ehrpay", "rules", "diff", str(rules), str(after), "--as-of", day]
    said = subprocess.run(  # noqa: S603 - we run ourselves
        [*command, "--format", "table"], capture_output=True, text=True, check=False, encoding="utf-8"
    )
    if said.returncode in {DONE, FINDINGS}:
        # The copy is gone when this is read; its lines are where the rules' lines will be.
        shown = said.stdout.replace(f"{after.as_posix()}/", f"{rules.as_posix()}/")
        print(shown.replace(after.as_posix(), f"{rules.as_posix()} with this download").rstrip("\n"))
    else:
        print(f"who moves is not known: {said.stderr.strip()}")


def _write(rules: Path, changed: Mapping[str, str]) -> None:
    """Every file beside its place first, then all moved: a full disk leaves the rules as they were."""
    parts: dict[Path, Path] = {}
    try:
        for name, text in changed.items():
            path = Path(os.path.realpath(rules / name))
            handle, name_of_part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
            part = Path(name_of_part)
            parts[part] = path
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            shutil.copymode(path, part)
        for part, path in parts.items():
            part.replace(path)
    except OSError as error:
        raise OutputError(f"{rules}: cannot be written: {error.strerror}") from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)

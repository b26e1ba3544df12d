"""A folder of rules, an overlay or one file looked at as a whole: every problem, warning and note, in order."""

from __future__ import annotations

import os
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay import shipped
from ehrpay.errors import InputError, RulesError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules import folder
from ehrpay.rules.advice.warnings import advice
from ehrpay.rules.finding import Files, placed
from ehrpay.rules.folder import MISNAMED, Layer
from ehrpay.rules.overlay.layers import HEAD, NO_HEAD
from ehrpay.rules.pipeline import judged, judged_all
from ehrpay.rules.shape.kinds import KINDS, kind_of
from ehrpay.shipped import MARK
from ehrpay.strict.marks import SourceFile, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.folder import File
    from ehrpay.strict.problem import Problem

DEEPEST = 3


class Examined(NamedTuple):
    """How many files were looked at, and what was found, by file and line."""

    files: int
    problems: tuple[Problem, ...]


def examine(path: str | None, overlays: Sequence[Layer], as_of: str) -> Examined:
    """A path looked at: a folder of rules, an overlay (over the shipped rules), or a file of either.

    None is the rules in use. InputError (66) for a path that is not there, RulesError (78) for a folder that
    is none of rules.
    """
    if path is None:
        return _folder(shipped.folder(), "rules", overlays, as_of)
    place = Path(path)
    if not place.exists():
        raise InputError(f"{shown(path)}: no such file or directory")
    if not place.is_dir():
        return _file(place, overlays, as_of)
    if (place / HEAD).is_file():
        return _overlay(place, overlays, as_of)
    if not (place / MARK).is_file():
        raise RulesError(f"{shown(path)} is not a rules folder: it has neither {MARK} nor {HEAD}")
    if _of_an_overlay(place):
        # Judged as a whole set, each of its files would lack nearly every key.
        return Examined(0, (problem("E305", SourceFile(f"{place.as_posix()}/{HEAD}").start, NO_HEAD),))
    return _folder(place, place.as_posix(), overlays, as_of)


def _of_an_overlay(place: Path) -> bool:
    """Whether a folder without a head is more like an overlay: it has other files, and few that every set needs."""
    needed = [kind.path for kind in KINDS if kind.needed]
    there = [name for name in needed if (place / name).is_file()]
    others = (one for one in place.glob("*/*.yaml") if one.relative_to(place).as_posix() not in needed)
    return len(there) < len(needed) / 2 and any(others)


def _folder(top: Path, prefix: str, overlays: Sequence[Layer], as_of: str) -> Examined:
    try:
        files = _readable(folder.files(top))
    except RulesError as error:
        return Examined(0, (_unread(prefix, error),))
    layers = [Layer(prefix, files), *overlays]
    core, areas = judged_all(layers)
    problems = [*core.problems, *areas.problems]
    whole = not any(one.severity == "error" for one in problems)
    right = Files(prefix, {name: file.passage for name, file in (core.files | areas.files).items()})
    problems += placed(advice(right, as_of, folder.gazetteer_page(top), whole=whole))
    cases = [_of_cases(top, prefix), *(_of_cases(Path(layer.prefix), layer.prefix) for layer in overlays)]
    problems += [problem for one in cases for problem in one.problems]
    looked = sum(len(layer.files) for layer in layers) + sum(one.files for one in cases)
    return Examined(looked, _in_order(problems))


def _of_cases(top: Path, prefix: str) -> Examined:
    """The cases that stand beside rules: their YAML, shape and names, not whether they pass."""
    from ehrpay.rules.case_files import TESTS, read_named
    from ehrpay.rules.shape.kinds import CASES

    files = sorted((top / TESTS).glob("*.yaml"))
    found = [one for file in files for one in read_named(file, f"{prefix}/{TESTS}/{file.name}", CASES)[1]]
    odd = (SourceFile(f"{prefix}/{TESTS}/{file.name}") for file in (top / TESTS).glob("*.yml"))
    return Examined(len(files), (*found, *(problem("E204", file.start, MISNAMED) for file in odd)))


def _readable(files: Sequence[File]) -> Sequence[File]:
    """The files, once it is known that each can be read."""
    for file in files:
        file.data  # noqa: B018 - reading it shows
    return files


def _overlay(place: Path, overlays: Sequence[Layer], as_of: str) -> Examined:
    """The overlay over the shipped rules, and over the other overlays in use; what stands in it."""
    try:
        layers = folder.overlays([place])
        _readable(layers[0].files)
    except RulesError as error:
        return Examined(0, (_unread(place.as_posix(), error),))
    whole = _folder(shipped.folder(), "rules", [*overlays, *layers], as_of)
    prefix = f"{layers[0].prefix}/"
    mine = [one for one in whole.problems if one.path.startswith(prefix)]
    # What another file says of it (an id it should define) is its problem as well.
    mine += [one for one in whole.problems if one.severity == "error" and not one.path.startswith(prefix)]
    return Examined(len(layers[0].files) + _of_cases(place, layers[0].prefix).files, _in_order(mine))


def _file(place: Path, overlays: Sequence[Layer], as_of: str) -> Examined:
    """One file, among those of the folder of rules it lies in; alone where it lies in none."""
    if not place.is_file():
        raise InputError(f"{shown(str(place))} is not a regular file")
    whole = place.absolute()
    for top in list(whole.parents)[:DEEPEST]:
        if (top / HEAD).is_file() or (top / MARK).is_file():
            given = os.path.relpath(top) if not place.is_absolute() else str(top)
            found = examine(given, overlays, as_of)
            if not found.files:
                # What keeps a folder from being looked at keeps its files from it.
                return found
            name = whole.relative_to(top).as_posix()
            mine = tuple(one for one in found.problems if one.path.endswith(f"/{name}"))
            return Examined(1, mine)
    return Examined(1, _alone(place))


def _alone(place: Path) -> tuple[Problem, ...]:
    """A file by itself: its syntax and shape, by its name and its folder's."""
    parts = place.absolute().parts[-2:]
    name = place.name if len(parts) == 1 or not kind_of("/".join(parts)) else "/".join(parts)
    files: list[File] = [folder.File(name, _bytes(place))]
    prefix = place.as_posix().removesuffix(name).rstrip("/") or "."
    part = "areas" if name.startswith(folder.AREAS) else "core"
    found = judged(part, [Layer(prefix, files)]).problems
    return _in_order([one for one in found if not one.code.startswith("E3")])


def _bytes(place: Path) -> bytes:
    try:
        with place.open("rb") as file:
            return file.read(folder.MOST_BYTES)
    except OSError as error:
        raise InputError(f"cannot read {shown(str(place))}: {error.strerror or error}") from error


def _unread(prefix: str, error: RulesError) -> Problem:
    return problem("E205", SourceFile(prefix).start, str(error))


def _in_order(found: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(found), key=attrgetter("order")))

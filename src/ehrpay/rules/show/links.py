"""Who refers to a rule, what rests on a source, and which numbers rest on none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Uncited, Use

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.rules.rule_file import RuleFile
    from ehrpay.rules.show.index import Entry, Path

REFERS: dict[str, tuple[str, str]] = {
    "occupation": ("occupation.", "takes its base wage from it"),
    "applies_to": ("occupation.", "holds for it"),
    "roles": ("responsibility.", "is for this role"),
    "excluded_roles": ("responsibility.", "counts as a plain credential there"),
    "same_as": ("certification.", "counts once together with it"),
    "certs": ("certification.", "asks for it, or another"),
    "degree": ("degree.", "asks for it at least"),
    "setting": ("setting.", "is an employer of this setting"),
    "agencies": ("agency.", "holds there"),
    "sources": ("source.", "rests on it"),
    "facts_sources": ("source.", "takes fees and prerequisites from it"),
}
"""Key in a rule file to what its ids refer to, and how the one who refers is described."""

PAY_PLAN = ("gs-base", "gs-locality", "cap", "within-grade", "hourly-divisor")
"""What an employer on the General Schedule is paid by."""

NO_AMOUNT = frozenset({"series", "id", "code", "quarter", "name", "title"})
"""Keys whose numbers, if unquoted by mistake, are names and no amounts."""
_BRACKETS = re.compile(r"\[([a-z0-9-]+(?:, *[a-z0-9-]+)*)\]")
_TICKS = re.compile(r"`([a-z0-9-]+)`")


class Owners:
    """Which rule a place in a file belongs to."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Take every rule."""
        self._at: dict[tuple[int, Path], str] = {}
        for entry in entries:
            for path in (entry.path, *entry.more):
                self._at.setdefault((id(entry.sheet.data), path), entry.id)

    def of(self, sheet: RuleFile, path: Path) -> str:
        """The id of the innermost rule that holds a path; the file's name where none does."""
        for length in range(len(path), -1, -1):
            found = self._at.get((id(sheet.data), path[:length]))
            if found is not None:
                return found
        return sheet.path


def uses(sheets: Sequence[RuleFile], entries: Sequence[Entry]) -> list[Use]:
    """Every reference from rule to rule, in the order of the files."""
    owners = Owners(entries)
    return [use for sheet in sheets for use in _uses(sheet, owners)]


def _uses(sheet: RuleFile, owners: Owners) -> Iterator[Use]:
    for path, value in _walk(sheet.data, ()):
        key = path[-1]
        if sheet.path == "plan.yaml" and key == "market" and isinstance(value, list):
            for i, step in enumerate(value):
                yield from _step(sheet, path, i, str(step))
        elif sheet.path == "spread.yaml" and key == "narrow" and isinstance(value, dict):
            for id_ in value:
                yield Use(str(id_), "spread", "narrows the range once it is known", sheet.where(*path, id_))
        elif key == "pay_plan" and len(path) == 1 and value == "GS" and "agency" in sheet.data:
            for id_ in PAY_PLAN:
                yield Use(id_, owners.of(sheet, path), "pays by it", sheet.where(*path))
        elif key == "id" and path[0] == "levels" and sheet.data.get("input") == "occupation":
            yield Use(f"occupation.{value}", owners.of(sheet, path), "is a fact of it", sheet.where(*path))
        elif key in REFERS:
            yield from _references(sheet, path, value, owners.of(sheet, path))


def _step(sheet: RuleFile, path: Path, number: int, step: str) -> Iterator[Use]:
    how = f"step {number + 1} of the market method"
    for id_ in (step, f"step.{step}"):
        yield Use(id_, "plan", how, sheet.where(*path, number))


def _references(sheet: RuleFile, path: Path, value: Any, owner: str) -> Iterator[Use]:
    prefix, how = REFERS[path[-1]]
    several = isinstance(value, list)
    # A flow list has one line, and a block list one for each id.
    for i, id_ in enumerate(value if several else [value]):
        if isinstance(id_, str):
            yield Use(f"{prefix}{id_}", owner, how, sheet.where(*path, *([i] if several else [])))


def mentions(sheets: Sequence[RuleFile], entries: Sequence[Entry]) -> list[Use]:
    """Sources named in brackets in a note or another text, as in `[usaj, opm-locality-2025]`."""
    owners = Owners(entries)
    known = {entry.id for entry in entries if entry.kind == "source"}
    return [
        Use(id_, owners.of(sheet, path), "mentions it", sheet.where(*path))
        for sheet in sheets
        for path, text in _walk(sheet.data, ())
        for id_ in _bracketed(text)
        if id_ in known
    ]


def _bracketed(text: Any) -> list[str]:
    groups = _BRACKETS.findall(text) if isinstance(text, str) else ()
    return [f"source.{word.strip()}" for group in groups for word in group.split(",")]


def gazetteer(page: str, text: str, entries: Sequence[Entry]) -> list[Use]:
    """Sources that the page of the gazetteer names, in backticks; its tables have no room for them."""
    known = {entry.id for entry in entries if entry.kind == "source"}
    return [
        Use(f"source.{id_}", "places", "rests on it", f"{page}:{number}")
        for number, line in enumerate(text.splitlines(), 1)
        for id_ in _TICKS.findall(line)
        if f"source.{id_}" in known
    ]


def uncited(sheets: Sequence[RuleFile], entries: Sequence[Entry]) -> list[Uncited]:
    """Every number that no `sources` stands beside or above, in the order of the files."""
    owners = Owners(entries)
    return [one for sheet in sheets for one in _uncited(sheet, sheet.data, (), owners)]


def _uncited(sheet: RuleFile, value: Any, path: Path, owners: Owners) -> Iterator[Uncited]:
    if isinstance(value, dict):
        if value.get("sources"):
            return
        bare = _dated_text(value)
        if bare:
            yield Uncited(owners.of(sheet, path), bare, str(value[bare]), sheet.where(*path, bare))
            return
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
        if name not in NO_AMOUNT:
            yield Uncited(owners.of(sheet, path), name, str(value), sheet.where(*path))
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield from _uncited(sheet, below, (*path, key), owners)


def _dated_text(value: dict[str, Any]) -> str:
    """The key of an index reading, whose number is written as text; empty for anything else."""
    return "value" if "quarter" in value and "value" in value else ""


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        if key != "rows":
            yield from _walk(below, (*path, key))

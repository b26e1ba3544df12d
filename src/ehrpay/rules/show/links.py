"""Who refers to a rule, what rests on a source, and which numbers rest on none."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Uncited, Use
from ehrpay.rules.checks.ids import references
from ehrpay.rules.shape.adjustments import NEEDED
from ehrpay.rules.shape.layout import NOTHING, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.rules.checks.ids import Reference
    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.shape.layout import Path
    from ehrpay.rules.show.index import Entry

PREFIXES = {needed.level: id_ for id_, needed in NEEDED.items() if needed.level}
"""What an adjustment's levels are called, to the first part of their full ids."""
PAY_PLAN = ("gs-base", "gs-locality", "cap", "within-grade", "hourly-divisor")
"""What an employer on the General Schedule is paid by."""
PAY_PLANS = {"GS": PAY_PLAN, "GL": (*PAY_PLAN, "law-enforcement")}

NO_AMOUNT = frozenset({"series", "id", "code", "quarter", "name", "title"})
"""Keys whose numbers, if unquoted by mistake, are names and no amounts."""
_BRACKETS = re.compile(r"\[([a-z0-9-]+(?:, *[a-z0-9-]+)*)\]")
_TICKS = re.compile(r"`([a-z0-9-]+)`")


class Links:
    """The files with their rules, so that a place in a file has an owner."""

    def __init__(self, files: Sequence[RuleFile], entries: Iterable[Entry]) -> None:
        """Take every file and every rule."""
        self._files = files
        self._at: dict[tuple[int, Path], str] = {}
        self._sources = {entry.id for entry in entries if entry.kind == "source"}
        for entry in entries:
            for path in (entry.path, *entry.more):
                self._at.setdefault((id(entry.file.data), path), entry.id)

    def _owner(self, file: RuleFile, path: Path) -> str:
        """The id of the innermost rule that holds a path; the file's name where none does."""
        held = (self._at.get((id(file.data), path[:length])) for length in range(len(path), -1, -1))
        return next((found for found in held if found is not None), file.path)

    def uses(self) -> Iterator[Use]:
        """Every reference from rule to rule, in the order of the files."""
        for file in self._files:
            if "agency" in file.data:
                for id_ in PAY_PLANS.get(str(file.data.get("pay_plan")), ()):
                    yield Use(id_, self._owner(file, ("pay_plan",)), "pays by it", file.where("pay_plan"))
            for reference in references(file.path, file.data):
                yield from self._uses(file, reference)

    def _uses(self, file: RuleFile, reference: Reference) -> Iterator[Use]:
        path, ref, ids, steps = reference
        owner = self._owner(file, path)
        for id_, step in zip(ids, steps, strict=True):
            where = file.where(*path, *step)
            if file.path == "plan.yaml":
                how = f"step {step[0] + 1} of the market method"
                yield from (Use(full, "plan", how, where) for full in (str(id_), f"step.{id_}"))
            elif isinstance(id_, str):
                prefix = "" if ref.kind == "step" else f"{PREFIXES.get(ref.kind, ref.kind)}."
                yield Use(f"{prefix}{id_}", owner, ref.how, where)

    def mentions(self) -> Iterator[Use]:
        """Sources named in brackets in a note or another text, as in `[usaj, opm-locality-2025]`."""
        for file in self._files:
            for path, text, _ in walk(file.data, NOTHING):
                for id_ in _bracketed(text):
                    if id_ in self._sources:
                        yield Use(id_, self._owner(file, path), "mentions it", file.where(*path))

    def gazetteer(self, page: str, text: str) -> Iterator[Use]:
        """Sources that the page of the gazetteer names, in backticks; its tables have no room for them."""
        for number, line in enumerate(text.splitlines(), 1):
            for id_ in _TICKS.findall(line):
                if f"source.{id_}" in self._sources:
                    yield Use(f"source.{id_}", "places", "cites it", f"{page}:{number}")

    def uncited(self) -> Iterator[Uncited]:
        """Every number that no `sources` stands beside or above, in the order of the files."""
        for file in self._files:
            yield from self._uncited(file, file.data, ())

    def _uncited(self, file: RuleFile, value: Any, path: Path) -> Iterator[Uncited]:
        if isinstance(value, dict):
            if value.get("sources"):
                return
            # The number of an index reading is written as text.
            if "quarter" in value and "value" in value:
                place = file.where(*path, "value")
                yield Uncited(self._owner(file, path), "value", str(value["value"]), place)
                return
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
            if name not in NO_AMOUNT:
                yield Uncited(self._owner(file, path), name, str(value), file.where(*path))
            return
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, below in items:
            yield from self._uncited(file, below, (*path, key))


def _bracketed(text: Any) -> list[str]:
    groups = _BRACKETS.findall(text) if isinstance(text, str) else ()
    return [f"source.{word.strip()}" for group in groups for word in group.split(",")]

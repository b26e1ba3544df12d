"""The rules in use, opened for a rule keeper: any rule by id with its story, and every source with what rests on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.domain.review.story import Bibliography, Citation, Group, Story, Uncited, Use
from ehrpay.errors import RulesError
from ehrpay.rules.book import layered
from ehrpay.rules.checks.ids import references
from ehrpay.rules.finding import concise_list
from ehrpay.rules.folder import AREAS, PLACES, files, gazetteer_page
from ehrpay.rules.overlay.layers import HEAD, lay_all
from ehrpay.rules.shape.adjustments import NEEDED
from ehrpay.rules.shape.layout import NOTHING, is_number, walk
from ehrpay.rules.show.index import entries, find
from ehrpay.rules.show.values import facts, series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.rules.checks.ids import Reference
    from ehrpay.rules.finding import Passage, RuleFile
    from ehrpay.rules.folder import Layer
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
SOURCE = "source."


class Links:
    """The files with their rules, so that a place in a file has an owner."""

    def __init__(self, files: Sequence[RuleFile], entries: Iterable[Entry]) -> None:
        """Take every file and every rule."""
        self._files = files
        self._at: dict[tuple[int, Path], str] = {}
        self._sources = {entry.id for entry in entries if entry.kind == "source"}
        for entry in entries:
            for here in (entry.here, *entry.more):
                self._at.setdefault((id(entry.file.data), here.path), entry.id)

    def _owner(self, file: RuleFile, path: Path) -> str:
        """The id of the innermost rule that holds a path; the file's name where none does."""
        held = (self._at.get((id(file.data), path[:length])) for length in range(len(path), -1, -1))
        return next((found for found in held if found is not None), file.path)

    def uses(self) -> Iterator[Use]:
        """Every reference from rule to rule, in the order of the files."""
        for file in self._files:
            if "agency" in file.data:
                for id_ in PAY_PLANS.get(str(file.data.get("pay_plan")), ()):
                    yield Use(
                        id_, self._owner(file, ("pay_plan",)), "pays by it", file.marks.place(("pay_plan",))
                    )
            for reference in references(file.path, file.data):
                yield from self._uses(file, reference)

    def _uses(self, file: RuleFile, reference: Reference) -> Iterator[Use]:
        path, ref, ids, steps = reference
        owner = self._owner(file, path)
        for id_, step in zip(ids, steps, strict=True):
            where = file.marks.place((*path, *step))
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
                        yield Use(id_, self._owner(file, path), "mentions it", file.marks.place(path))

    def gazetteer(self, page: str, text: str) -> Iterator[Use]:
        """Sources that the page of the gazetteer names, in backticks; its tables have no room for them."""
        for number, line in enumerate(text.splitlines(), 1):
            for id_ in _TICKS.findall(line):
                if f"source.{id_}" in self._sources:
                    yield Use(f"source.{id_}", "places", "cites it", f"{page}:{number}")

    def uncited(self) -> Iterator[Uncited]:
        """Every number that no `sources` stands beside or above, in the order of the files."""
        for file in self._files:
            yield from self._uncited(file, file.passage)

    def _uncited(self, file: RuleFile, here: Passage) -> Iterator[Uncited]:
        value, path = here.data, here.path
        if isinstance(value, dict):
            if value.get("sources"):
                return
            # The number of an index reading is written as text.
            if "quarter" in value and "value" in value:
                place = here.at("value").where
                yield Uncited(self._owner(file, path), "value", str(value["value"]), place)
                return
        if is_number(value):
            name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
            if name not in NO_AMOUNT:
                yield Uncited(self._owner(file, path), name, str(value), here.where)
        for below in here.each():
            yield from self._uncited(file, below)


def _bracketed(text: Any) -> list[str]:
    groups = _BRACKETS.findall(text) if isinstance(text, str) else ()
    return [f"source.{word.strip()}" for group in groups for word in group.split(",")]


class Shelf:
    """The files of the base and its overlays, read but not judged; RulesError where their YAML is broken."""

    def __init__(self, layers: Sequence[Layer], gazetteer_page: str = "") -> None:
        """Take the base first, then the overlays in the order they act; and the page on the gazetteer's sources."""
        self._files = _files(layers)
        self._entries = entries(self._files)
        self._links = Links(self._files, self._entries)
        page = f"{layers[0].prefix}/{PLACES}"
        self._uses = [
            *self._links.uses(),
            *self._links.mentions(),
            *self._links.gazetteer(page, gazetteer_page),
        ]

    def groups(self) -> list[Group]:
        """Every id by kind, in the order of the files."""
        found: dict[str, list[str]] = {}
        for entry in self._entries:
            found.setdefault(entry.kind, []).append(entry.id)
        return [Group(kind, tuple(ids)) for kind, ids in found.items()]

    def of_areas(self, typed: str) -> bool:
        """Whether a rule is of an area table, which a load of the rules leaves for later. UsageError as `story`."""
        return find(typed, self._entries).file.path.startswith(AREAS)

    def story(self, typed: str, as_of: str) -> Story:
        """The rule that was meant, on a day. The files must have been judged. UsageError for an id not known."""
        entry = find(typed, self._entries)
        shown_series = tuple(series(entry, self._files, as_of))
        cited = dict.fromkeys(id_ for one in shown_series for value in one.values for id_ in value.sources)
        return Story(
            id=entry.id,
            kind=entry.kind,
            name=entry.name,
            where=entry.where,
            aliases=tuple(alias for alias in entry.aliases if alias),
            facts=facts(entry),
            series=shown_series,
            uses=tuple(self._of(entry)),
            cited=tuple(self._cited(list(cited))),
        )

    def _of(self, entry: Entry) -> Iterator[Use]:
        """References to a rule, then to the one it is a part of."""
        yield from (use for use in self._uses if use.of == entry.id)
        whole, dot, _ = entry.id.rpartition(".")
        if dot:
            yield from (use for use in self._uses if use.of == whole and use.by != entry.id)

    def _cited(self, ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        known = {entry.id.removeprefix(SOURCE): entry for entry in self._entries if entry.kind == "source"}
        for id_ in ids:
            if id_ in known:
                yield id_, known[id_].name, str(known[id_].data.get("url") or "")

    def bibliography(self) -> Bibliography:
        """Every source with what rests on it; works on files whose shape is wrong, too."""
        by_source: dict[str, list[Use]] = {}
        for use in self._uses:
            if use.of.startswith(SOURCE):
                by_source.setdefault(use.of, []).append(use)
        listed = [entry for entry in self._entries if entry.kind == "source"]
        known = {entry.id for entry in listed}
        return Bibliography(
            tuple(_citation(entry, by_source.get(entry.id, [])) for entry in listed),
            tuple(self._links.uncited()),
            tuple(use for id_, group in by_source.items() if id_ not in known for use in group),
        )


def _files(layers: Sequence[Layer]) -> list[RuleFile]:
    """The files with the overlays over them, not judged. RulesError lists every problem of their YAML."""
    stack = lay_all(layers)
    if stack.problems:
        raise RulesError(concise_list("the rules have", stack.problems))
    return [file for file in stack.files.values() if file.path != HEAD]


def _citation(entry: Entry, resting: Sequence[Use]) -> Citation:
    publisher, published = (str(entry.data.get(key) or "") for key in ("publisher", "published"))
    return Citation(
        entry.id.removeprefix(SOURCE), entry.name, publisher, published, entry.where, tuple(resting)
    )


def open_shelf(overlays: Sequence[Layer]) -> Shelf:
    """The shipped rules with overlays over them."""
    folder = shipped.folder()
    return Shelf(layered(folder, files(folder), overlays), gazetteer_page(folder))

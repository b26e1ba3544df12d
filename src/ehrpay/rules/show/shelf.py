"""The rules in use, opened for a rule keeper: any rule by id with its story, and every source with what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay import shipped
from ehrpay.domain.review.story import Bibliography, Citation, Group, Story, Use
from ehrpay.errors import RulesError
from ehrpay.rules.finding import concise_list
from ehrpay.rules.folder import Layer, files
from ehrpay.rules.overlay.layers import HEAD, lay_all
from ehrpay.rules.show.index import entries, find
from ehrpay.rules.show.links import Links
from ehrpay.rules.show.values import facts, series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.show.index import Entry

SOURCE = "source."
PLACES = "places/README.md"
"""What says which sources the gazetteer's tables come from."""


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
    page = folder / PLACES
    text = page.read_text("utf-8") if page.is_file() else ""
    return Shelf([Layer("rules", files(folder)), *overlays], text)

"""Records as people and programs read them: what the rules know, by kind, and what a place resolves to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.formats.document import Column, Document

Record = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": ("id", "name", "pay_plan", "bands", "aliases"),
    "certs": ("id", "name", "issuer", "factor", "pay_evidence", "aliases"),
    "roles": ("id", "name", "occupation", "factor", "basis", "aliases"),
    "areas": ("code", "name", "kind", "occupations"),
    "localities": ("code", "name", "percent", "year"),
    "sources": ("id", "title", "publisher", "published"),
}
"""The columns people read for each kind; JSON always has every field."""

LEVELS = ("id", "name", "factor", "basis", "aliases")
ROOMY = frozenset({"issuer", "occupation", "pay_plan", "basis"})
"""Columns that give way on narrow screens."""
EXACT = frozenset({"id", "code", "factor", "percent", "year"})
"""Columns that never wrap."""


class Listing(NamedTuple):
    """Records of a kind."""

    kind: str
    records: Sequence[Record]
    as_of: str
    rules_version: str

    def document(self) -> Document:
        """For people: one table."""
        from ehrpay.formats import document as doc

        names, *cells = self.rows()
        return (
            doc.on_page(doc.Heading(self.kind.capitalize(), f"as of {self.as_of}")),
            doc.Grid(tuple(map(_column, names)), tuple(map(doc.Row, cells)), headed=True),
        )

    def record(self) -> Record:
        """For JSON: schema, date, rules version, and the records whole."""
        head = {"schema": f"ehrpay/list-{self.kind}/1", "as_of": self.as_of}
        return head | {"rules_version": self.rules_version, self.kind: list(self.records)}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """For CSV: the columns that people read."""
        names = COLUMNS.get(self.kind, LEVELS)
        yield names
        for record in self.records:
            yield tuple(_cell(record, name) for name in names)


class Place(NamedTuple):
    """What a place resolves to: the record, and what of it people read."""

    resolved: Record
    answers: dict[str, str]
    as_of: str
    rules_version: str

    def document(self) -> Document:
        """For people: a fact a line."""
        from ehrpay.formats import document as doc

        head, *answers = self.rows()
        lines = doc.Grid(tuple(map(doc.Column, head)), tuple(map(doc.Row, answers)), headed=True)
        facts = doc.Facts(tuple(doc.Fact(label, text) for label, text in self.answers.items()))
        heading = doc.Heading(self.resolved["name"], f"as of {self.as_of}")
        return (doc.on_page(heading), doc.for_people(facts), doc.in_lines(lines))

    def record(self) -> Record:
        """For JSON."""
        return Listing("where", [self.resolved], self.as_of, self.rules_version).record()

    def rows(self) -> Iterator[tuple[str, ...]]:
        """For CSV: a row an answer."""
        yield "what", "answer"
        yield from self.answers.items()


def _column(name: str) -> Column:
    from ehrpay.formats import document as doc

    return doc.Column(
        name.replace("_", " "),
        wraps=name not in EXACT,
        least=24 if name == "name" else 10,
        gives_way=int(name in ROOMY),
        line=name,
    )


def _cell(record: Record, column: str) -> str:
    value: Any = record.get(column)
    if column == "bands":
        return "; ".join(
            f"{band['min']:,}-{band['max']:,} ({band['basis']} {band['effective'][:4]})" for band in value
        )
    if isinstance(value, bool):
        return "yes" if value else "no pay evidence"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)

"""Records as people and programs read them: what the rules know, by kind, and what a place resolves to."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ehrpay.formats import Record
    from ehrpay.formats.document import Column, Document

COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": ("id", "name", "pay_plan", "bands", "aliases"),
    "certs": ("id", "name", "issuer", "factor", "pay_evidence", "aliases"),
    "roles": ("id", "name", "relative_pay", "factor", "occupation", "basis", "aliases"),
    "areas": ("code", "name", "kind", "occupations"),
    "localities": ("code", "name", "percent", "year"),
    "sources": ("id", "title", "publisher", "published"),
}
"""The columns people read for each kind; JSON always has every field."""

LEVELS = ("id", "name", "factor", "basis", "aliases")
GIVES_WAY = {
    "aliases": 5,
    "basis": 4,
    "occupation": 3,
    "bands": 3,
    "issuer": 2,
    "pay_plan": 2,
    "publisher": 2,
}
"""Columns that stand under their row where the others would have too little room, the highest first."""

EXACT = frozenset({"id", "code", "factor", "percent", "year", "kind", "relative_pay"})
"""Columns that never wrap."""

ROOM = {"name": 24, "aliases": 30, "bands": 24, "title": 30, "occupation": 24, "occupations": 18}
"""The least room of columns that wrap; never less than their longest word."""

PAY_PLANS = {"GS": "General Schedule", "GL": "General Schedule, law enforcement"}
SETTING = ("setting", "value", "source")
NOTES = {
    "roles": "Relative pay: the role's median over that of all medical records specialists (29-2072). Factor: over the"
    " median of its own occupation.",
    "certs": "Factor: on the pay of the occupation's median worker.",
}
"""What the numbers of a list mean."""


class Listing(NamedTuple):
    """Records of a kind; `occupations` are the names of codes that stand in a column of their own.

    `warnings` say where overlays disagree.
    """

    kind: str
    records: Sequence[Record]
    as_of: str
    rules_version: str
    occupations: Mapping[str, str] = {}
    warnings: Sequence[str] = ()

    @property
    def items(self) -> str:
        """The key of the records in JSON."""
        return self.kind

    def document(self) -> Document:
        """For people: one table."""
        from ehrpay.formats import document as doc

        names, *cells = self.rows()
        occupations = tuple(starmap(doc.Fact, sorted(self.occupations.items())))
        columns = zip(names, zip(*cells, strict=True) if cells else ((),) * len(names), strict=True)
        return (
            doc.on_page(doc.Heading(self.kind.capitalize(), f"as of {self.as_of}")),
            doc.Grid(tuple(_column(*one) for one in columns), tuple(map(doc.Row, cells)), headed=True),
            doc.for_people(doc.Prose(NOTES.get(self.kind, ""))),
            # The names of the occupations of areas, whose codes fill a column.
            doc.for_people(doc.Facts(occupations, "Occupations")),
        )

    def record(self) -> Record:
        """For JSON: schema, date, rules version, and the records whole."""
        head: Record = {"schema": f"ehrpay/list-{self.kind}/1", "as_of": self.as_of}
        head |= {"rules_version": self.rules_version, self.kind: list(self.records)}
        return head | {"warnings": list(self.warnings)}

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
    warnings: Sequence[str]

    @property
    def items(self) -> str:
        """The key of the place in JSON."""
        return "where"

    def document(self) -> Document:
        """For people: a fact a line."""
        from ehrpay.formats import document as doc

        facts = doc.Facts(tuple(starmap(doc.Fact, self.answers.items())))
        heading = doc.Heading(self.resolved["name"], f"as of {self.as_of}")
        return (doc.on_page(heading), doc.for_people(facts), doc.in_lines(doc.Lines(tuple(self.rows()))))

    def record(self) -> Record:
        """For JSON."""
        listed = Listing("where", [self.resolved], self.as_of, self.rules_version, warnings=self.warnings)
        return listed.record() | {"schema": "ehrpay/where/1"}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """For CSV: a row an answer."""
        yield "what", "answer"
        yield from self.answers.items()


class Settings(NamedTuple):
    """What can be kept: each setting with its value, as text, texts or nothing, and where that comes from."""

    settings: Sequence[tuple[str, str | list[str] | None, str]]

    @property
    def items(self) -> str:
        """The key of the settings in JSON."""
        return "settings"

    def document(self) -> Document:
        """For people: a row a setting."""
        from ehrpay.formats import document as doc

        head, *rows = self.rows()
        columns = (doc.Column(head[0]), *(doc.Column(name, wraps=True, least=12) for name in head[1:]))
        grid = doc.Grid(columns, tuple(map(doc.Row, rows)), caption="Settings")
        return (
            doc.on_page(doc.Heading("Settings")),
            doc.in_lines(doc.Lines(tuple(rows))),
            doc.for_people(grid),
        )

    def record(self) -> Record:
        """For JSON."""
        settings = [dict(zip(SETTING, row, strict=True)) for row in self.settings]
        return {"schema": "ehrpay/config/1", "settings": settings, "warnings": []}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """For CSV: a row a setting."""
        yield SETTING
        for name, value, source in self.settings:
            yield name, ", ".join(value) if isinstance(value, list) else value or "", source


def _column(name: str, cells: Sequence[str]) -> Column:
    from ehrpay.formats import document as doc

    longest = max((len(word) for cell in cells for word in cell.split()), default=0)
    return doc.Column(
        name.replace("_", " "),
        wraps=name not in EXACT,
        least=max(ROOM.get(name, 0), longest),
        gives_way=GIVES_WAY.get(name, 0),
        joins=True,
        line=name,
    )


def _cell(record: Record, column: str) -> str:
    value: Any = record.get(column)
    if column == "bands":
        return "; ".join(
            f"${band['min']:,}-${band['max']:,} ({band['basis']} {band['effective'][:4]}"
            f"{': ' * bool(band['roles'])}{', '.join(band['roles'])})"
            for band in value
        )
    if column == "occupation" and value:
        return f"{record['occupation_name']} ({value})"
    if column == "pay_plan" and value:
        return f"{PAY_PLANS[value]} ({value})" if value in PAY_PLANS else str(value)
    if isinstance(value, bool):
        return "yes" if value else "no pay evidence"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)

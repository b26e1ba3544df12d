"""Records to text: a table for people, tab-separated lines for pipes, JSON whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = dict[str, Any]

COLUMNS: dict[str, tuple[str, ...]] = {
    "agencies": ("id", "name", "pay_plan", "bands", "aliases"),
    "certs": ("id", "name", "issuer", "factor", "pay_evidence", "aliases"),
    "roles": ("id", "name", "occupation", "factor", "basis", "aliases"),
    "areas": ("code", "name", "kind", "occupations"),
    "localities": ("code", "name", "percent", "year"),
    "sources": ("id", "title", "publisher", "published"),
    "where": ("what", "answer"),
}
"""The columns people read for each kind; JSON always has every field."""

LEVELS = ("id", "name", "factor", "basis", "aliases")
ROOMY = frozenset({"issuer", "occupation", "pay_plan", "basis"})
"""Columns that only screens of 100 and more have room for."""
EXACT = frozenset({"id", "code", "factor", "percent", "year"})


def as_json(kind: str, records: Sequence[Record], as_of: str, version: str) -> str:
    """One object: schema, date, rules version, and the records whole."""
    told = {"schema": f"ehrpay/list-{kind}/1", "as_of": as_of, "rules_version": version, kind: list(records)}
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def as_plain(kind: str, records: Sequence[Record]) -> str:
    """A head line and a line a record, cells separated by tabs, nothing cut."""
    columns = COLUMNS.get(kind, LEVELS)
    rows = [columns, *([_cell(record, column) for column in columns] for record in records)]
    return "".join("\t".join(row) + "\n" for row in rows)


def as_table(kind: str, records: Sequence[Record], *, width: int, unicode: bool, color: str | None) -> str:
    """A Rich table as wide as the screen; below 60 columns a stanza a record."""
    columns: Sequence[str] = COLUMNS.get(kind, LEVELS)
    if width < 60:  # noqa: PLR2004 - the width below which tables stack, everywhere
        return "\n".join(_stanza(record, columns) for record in records)
    from io import StringIO

    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shape = box.SIMPLE_HEAD if unicode else box.ASCII2
    table = Table(box=shape, pad_edge=False, show_edge=False, header_style="bold", expand=False)
    columns = [column for column in columns if width >= 100 or column not in ROOMY]  # noqa: PLR2004 - as above
    for column in columns:
        table.add_column(
            column.replace("_", " "),
            no_wrap=column in EXACT,
            overflow="fold",
            min_width=24 if column == "name" else None,
        )
    for record in records:
        table.add_row(*(Text(_cell(record, column)) for column in columns))
    out = StringIO()
    console = Console(
        file=out,
        width=width,
        color_system=color,  # type: ignore[arg-type]
        force_terminal=color is not None,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _stanza(record: Record, columns: Sequence[str]) -> str:
    first, *rest = columns
    lines = [_cell(record, first)]
    lines += [f"  {column.replace('_', ' ')}: {text}" for column in rest if (text := _cell(record, column))]
    return "\n".join(lines) + "\n"


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

"""Results to text: JSON, CSV, plain, Markdown and tables. Strings out; nobody prints here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Record = dict[str, Any]
"""What JSON holds of a result: plain data by names that are a contract."""


def fields(one: Any, names: str = "") -> Record:
    """Fields of a named tuple, all of them or some, under their own names; an empty text is null, a tuple a list."""
    return {name: _plain(getattr(one, name)) for name in names.split() or one._fields}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else None if value == "" else value


def table(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> Iterator[Sequence[object]]:
    """Rows for CSV: the columns, then what each record has under them; nothing where it has none."""
    yield columns
    for one in records:
        yield [one.get(column) for column in columns]

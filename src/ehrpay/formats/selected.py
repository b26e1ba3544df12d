"""Some fields of a view: the same values by name in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.formats.document import Document


class Selected:
    """The fields of a view that were asked for, in the order asked."""

    def __init__(self, view: Any, fields: Sequence[str]) -> None:
        """Take a view, and names: keys of the JSON (`period.mid_cents` is inside `period`), columns elsewhere."""
        self._view, self._fields = view, fields

    def record(self) -> dict[str, Any]:
        """For JSON: the keys; of a list, those of each of its items."""
        record, items = self._view.record(), getattr(self._view, "items", "")
        if items:
            return {items: [self._of(one) for one in record[items]]}
        return self._of(record)

    def _of(self, record: dict[str, Any]) -> dict[str, Any]:
        return {name: _value(record, name) for name in self._fields}

    def rows(self) -> Iterator[tuple[object, ...]]:
        """For CSV: the columns."""
        head, *rows = self._view.rows() if hasattr(self._view, "rows") else ((),)
        names = list(map(str, head))
        for name in self._fields:
            if name not in names:
                raise UsageError(unknown("field", name, names), field="fields")
        places = list(map(names.index, self._fields))
        yield tuple(self._fields)
        yield from (tuple(row[place] for place in places) for row in rows)

    def document(self) -> Document:
        """For people a table; for pipes the values alone, with tabs between."""
        from ehrpay.formats import document as doc

        head, *rows = (tuple(map(_text, row)) for row in self.rows())
        grid = doc.Grid(
            tuple(doc.Column(name, wraps=True, least=0) for name in head), tuple(map(doc.Row, rows))
        )
        return (doc.for_people(grid), doc.in_lines(doc.Lines(tuple(rows))))


def _value(record: dict[str, Any], name: str) -> Any:
    value: Any = record
    for key in name.split("."):
        if not isinstance(value, dict) or key not in value:
            raise UsageError(
                unknown("field", name, value if isinstance(value, dict) else record), field="fields"
            )
        value = value[key]
    return value


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

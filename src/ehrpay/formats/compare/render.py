"""A comparison to text in one of five formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.facts import Source
    from ehrpay.formats.estimate.render import Options


def render(found: Comparison, name: str, options: Options, sources: Mapping[str, Source]) -> str:
    """The comparison as text ending in a newline; `name` is a format."""
    if name in ("json", "csv"):
        return _machine(found, name, sources)
    from ehrpay.formats.compare import text
    from ehrpay.formats.compare.view import write_out

    sheet = write_out(found, options.tidy(name))
    if name == "table":
        from ehrpay.formats.compare.table import table

        return table(sheet, options.pen())
    return text.plain(sheet) if name == "plain" else text.markdown(sheet)


def _machine(found: Comparison, name: str, sources: Mapping[str, Source]) -> str:
    if name == "csv":
        from ehrpay.formats.compare.spreadsheet import as_csv

        return as_csv(found)
    from ehrpay.formats.compare.record import record
    from ehrpay.formats.estimate.record import as_json

    return as_json(record(found, sources))

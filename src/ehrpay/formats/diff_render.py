"""A comparison of rules to text in one of four formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.changes import Difference
    from ehrpay.formats.render import Options


def render(found: Difference, name: str, options: Options, most: int | None, only: Sequence[str]) -> str:
    """The comparison as text ending in a newline; each list holds at most so many lines."""
    if name == "json":
        from ehrpay.formats.diff_record import record
        from ehrpay.formats.record import as_json

        return as_json(record(found, most, only))
    from ehrpay.formats.diff import write_out

    tidy = options.tidy(name)
    sheet = write_out(found, most, only, tidy)
    if name == "table":
        from ehrpay.formats.diff_table import table

        return table(sheet, options.pen())
    from ehrpay.formats import diff_lines

    return diff_lines.plain(sheet) if name == "plain" else diff_lines.markdown(sheet)

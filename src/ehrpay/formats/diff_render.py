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
    from ehrpay.formats.glyphs import in_ascii, one_line

    tidy = one_line if options.unicode or name != "table" else in_ascii
    sheet = write_out(found, most, only, tidy)
    if name == "table":
        from ehrpay.formats.diff_table import table
        from ehrpay.formats.pen import Pen

        return table(sheet, Pen(options.width, unicode=options.unicode, color=options.color))
    from ehrpay.formats import diff_lines

    return diff_lines.plain(sheet) if name == "plain" else diff_lines.markdown(sheet)

"""A comparison of rules to text in one of four formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.review.changes import Difference
    from ehrpay.formats.estimate.render import Options


def render(found: Difference, name: str, options: Options, most: int | None, only: Sequence[str]) -> str:
    """The comparison as text ending in a newline; each list holds at most so many lines."""
    if name == "json":
        from ehrpay.formats.diff.record import record
        from ehrpay.formats.estimate.record import as_json

        return as_json(record(found, most, only))
    from ehrpay.formats.diff.view import write_out

    tidy = options.tidy(name)
    sheet = write_out(found, most, only, tidy)
    if name == "table":
        from ehrpay.formats.diff.table import table

        return table(sheet, options.pen())
    from ehrpay.formats.diff import text

    return text.plain(sheet) if name == "plain" else text.markdown(sheet)

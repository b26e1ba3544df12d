"""An estimate to text in one of five formats. Strings out: nobody prints here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.amounts import Period
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.facts import Source
    from ehrpay.formats.estimate.view import Sheet
    from ehrpay.formats.glyphs import Tidy
    from ehrpay.formats.pen import Pen

FORMATS = ("table", "plain", "json", "csv", "markdown")


class Options(NamedTuple):
    """How an answer is shown. Width, characters and colour matter to a table only.

    `color` is a Rich colour system or None; `period` is year, month, biweekly or hour; `version` is
    ehrpay's own, for JSON.
    """

    width: int = 80
    unicode: bool = True
    color: str | None = None
    explain: bool = False
    brief: bool = False
    period: str = "year"
    offer: Verdict | None = None
    version: str = ""

    def tidy(self, name: str) -> Tidy:
        """How a text is made fit for a format: one line, and in a table no character it can't show."""
        from ehrpay.formats.glyphs import in_ascii, one_line

        return one_line if self.unicode or name != "table" else in_ascii

    def pen(self) -> Pen:
        """What draws on the screen of these options."""
        from ehrpay.formats.pen import Pen

        return Pen(self.width, unicode=self.unicode, color=self.color)


def render(estimate: Estimate, name: str, options: Options, book_sources: Mapping[str, Source]) -> str:
    """The answer as text ending in a newline; `name` is one of FORMATS. JSON and CSV are always whole."""
    period = Period(options.period, estimate.hours)
    if name in ("json", "csv"):
        from ehrpay.formats.estimate.record import as_json, record

        told = record(estimate, period, options.offer, book_sources, options.version)
        if name == "json":
            return as_json(told)
        from ehrpay.formats.estimate.spreadsheet import as_csv

        return as_csv(told)
    # What scripts read needs none of what lays out a page for people.
    from ehrpay.formats.estimate.view import View, brief, write_out

    in_table = name == "table" and not options.brief
    view = View(period, options.explain, options.offer, options.tidy("brief" if options.brief else name))
    if options.brief:
        return brief(estimate, view)
    sheet = write_out(estimate, view, book_sources)
    if in_table:
        return _drawn(sheet, options)
    from ehrpay.formats.estimate import text

    return text.plain(sheet) if name == "plain" else text.markdown(sheet)


def _drawn(sheet: Sheet, options: Options) -> str:
    """The table, stacked on a narrow screen. Rich is loaded here and nowhere before."""
    from ehrpay.formats.estimate.stacked import BELOW, stack
    from ehrpay.formats.estimate.table import table

    draw = stack if options.width < BELOW else table
    return draw(sheet, options.pen(), explain=options.explain)

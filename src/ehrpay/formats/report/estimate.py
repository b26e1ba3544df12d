"""An estimate as a report to keep or hand on: one HTML page, one SVG file, or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate import Answer
from ehrpay.formats.estimate.document import chart
from ehrpay.formats.estimate.view import View, write_out
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page import tables
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import page, picture, section
from ehrpay.formats.page.svg import inline
from ehrpay.formats.report.steps import steps_drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.facts import Source
    from ehrpay.formats.estimate.view import Line, Sheet
    from ehrpay.formats.page.frame import Made
    from ehrpay.formats.page.svg import Drawing

EXACT = "The diamond is the one amount the pay table gives."
KEY = (
    "The thin line runs from P10 to P90 (eight of ten people in this position), the thick bar from P25 to P75 "
    "(the middle half); the diamond is the median."
)


class EstimateReport:
    """One estimate, written out once, as a page, a picture or Markdown. Every figure is the sheet's own."""

    def __init__(
        self,
        estimate: Estimate,
        period: str,
        offer: Verdict | None,
        sources: Mapping[str, Source],
        made: Made,
    ) -> None:
        """Write the estimate out, short for the drawings and whole for the reader who checks."""
        self._estimate, self._offer, self._made = estimate, offer, made
        self._period = Period(period, estimate.hours)
        self._sheet = write_out(
            estimate, View(self._period, explain=False, offer=offer, tidy=one_line), sources
        )
        self._whole = write_out(
            estimate, View(self._period, explain=True, offer=offer, tidy=one_line), sources
        )

    def html(self) -> str:
        """The page."""
        sheet = self._sheet
        warned = [fact.text for fact in sheet.facts if fact.label == "Warning"]
        other = [fact for fact in sheet.facts if fact.label != "Warning"]
        ranged, stepped = self._drawings()
        parts = [
            section("pay", "Pay range", self._ends(), _figure(ranged, self._key()), self._points()),
            tables.warnings(warned),
            section("facts", "What to know about it", tables.facts(other)),
            section(
                "steps", f"How the middle adds up, {sheet.method} method", _figure(stepped, ""), _steps(sheet)
            ),
            section("worked", "Each step, worked out", _worked(self._whole)),
            section("sources", "Sources", tables.sources(sheet.sources)),
        ]
        return page(sheet.headline, self._under(), parts, self._made)

    def svg(self) -> str:
        """The two drawings as one file."""
        return picture(self._sheet.headline, self._under(), self._drawings(), self._made)

    def markdown(self) -> str:
        """The text, with every formula."""
        from ehrpay.formats.estimate.text import escaped, markdown

        made = self._made
        command = made.command.replace("`", "'")
        return f"{markdown(self._whole)}\n{escaped(made.sentence)}\n\n    {command}\n"

    def _ends(self) -> str:
        """Low, middle and high; the middle alone where they are one amount."""
        figures = self._sheet.figures
        return tables.ends(figures[2:3], main=0) if self._exact else tables.ends(figures[1:4])

    def _key(self) -> str:
        return EXACT if self._exact else KEY

    @property
    def _exact(self) -> bool:
        return self._sheet.figures[0].text == self._sheet.figures[4].text

    def _under(self) -> str:
        return f"{self._sheet.when}, {self._sheet.method} method"

    def _drawings(self) -> tuple[Drawing, Drawing]:
        sheet = self._sheet
        answer = Answer(self._estimate, {}, self._period.unit, self._offer)
        said = f"; the middle is {sheet.figures[2].text}"
        ranged = drawing(chart(answer, self._period)._replace(said=said))
        return ranged, _steps_drawing(sheet)

    def _points(self) -> str:
        """The range drawing's data."""
        rows = [(fact.label, fact.text) for fact in self._sheet.figures]
        check, band = self._estimate.cross_check, self._estimate.band
        if check is not None and not check.skipped:
            names = ("low (P25)", "middle (P50)", "high (P75)")
            amounts = map(self._text, (check.low, check.mid, check.high))
            rows += [
                (f"{check.method} method, {name}", text) for name, text in zip(names, amounts, strict=True)
            ]
        if band is not None:
            rows.append(("band, minimum", self._text(band.minimum)))
            rows.append(("band, maximum", self._text(band.maximum)))
        if self._offer is not None:
            rows.append(("offer", self._period.text(self._offer.offer_cents)))
        caption = f"The range in figures, US dollars {self._period.words}"
        return tables.table(tables.Table(caption, ("What", "Amount"), rows, (1,), strong=2, narrow=True))

    def _text(self, dollars: int) -> str:
        return self._period.text(dollars * 100)


def _figure(drawing: Drawing, caption: str) -> str:
    under = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure>\n{inline(drawing)}{under}\n</figure>"


def _steps_drawing(sheet: Sheet) -> Drawing:
    told = "; ".join(f"{line.label}: {line.change}, total {line.total}" for line in sheet.lines)
    total = sheet.totals[0]
    desc = f"{told}; {total.label} {total.text}."
    result = total.label[:1].upper() + total.label[1:]
    return steps_drawing(sheet.lines, result, "From the base to the middle, US dollars a year", desc)


def _steps(sheet: Sheet) -> str:
    rows = [(line.label, line.change, line.total, line.basis) for line in sheet.lines]
    totals = [(fact.label, "", fact.text, "") for fact in sheet.totals]
    heads = ("Step", "Change", "Total", "Basis")
    return tables.table(tables.Table("The steps in figures, US dollars a year", heads, rows, (1, 2), totals))


def _worked(sheet: Sheet) -> str:
    """Formula, bounds, rule, sources and note of each step that has a rule; the others in a sentence."""
    from html import escape

    told = [line for line in sheet.lines if line.story]
    silent = [line.label for line in sheet.lines if not line.story]
    items = "\n".join(f"<li>\n<h3>{escape(line.label)}</h3>\n{_story(line)}\n</li>" for line in told)
    nothing = f"<p>Without a change: {escape('; '.join(silent))}.</p>" if silent else ""
    return f'<ol class="worked">\n{items}\n</ol>\n{nothing}'


def _story(line: Line) -> str:
    return tables.facts((name, text) for name, text in line.story)


class Report(Protocol):
    """What can be written as a page, a picture or Markdown."""

    def html(self) -> str:
        """The page."""
        ...

    def svg(self) -> str:
        """The drawings as one file."""
        ...

    def markdown(self) -> str:
        """The text."""
        ...


def render(report: Report, name: str) -> str:
    """A report as text ending in a newline; `name` is html, svg or markdown."""
    write = {"html": report.html, "svg": report.svg, "markdown": report.markdown}
    return write[name]()

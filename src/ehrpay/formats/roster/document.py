"""A roster's summary for people: what it is paid by the rules, who lies outside, what raising pay costs, gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import SHARES
from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.numerals import exact, whole
from ehrpay.domain.roster import LEAST_PEOPLE
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import percentage, signed
from ehrpay.formats.bars import PARTS, RANGE, Bar, Chart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ehrpay.domain.roster import Gap, Summary

MIDDLES = "the middles of the rows, US dollars a year"
KEY = "P10 to P90, P25 to P75 and the P50 of the middles, US dollars a year"
EMPTY = "(empty)"
"""The name of the group whose cells are empty."""

GROUPS = (
    doc.Column("Group", wraps=True, least=12),
    doc.Column("people", right=True),
    doc.Column("mean pay", right=True, gives_way=1),
    *doc.amounts("raw", "adjusted"),
    doc.Column("95 % interval", right=True, gives_way=2),
)


UNREAD = 8
"""So many columns that were not read are named."""


def columns(read: Mapping[str, str], unread: Sequence[str]) -> str:
    """Which columns were read as which field, and which were not read."""
    names = {field: name.strip() for field, name in read.items()}
    found = ", ".join(
        field if name.casefold() == field else f"{field} from {name}" for field, name in names.items()
    )
    more = f" and {len(unread) - UNREAD:,} more" if len(unread) > UNREAD else ""
    others = f"; not read: {', '.join(unread[:UNREAD])}{more}" if unread else ""
    return f"{found}{others}"


def document(summary: Summary, files: str, by: str, errors: str, read: str) -> Iterator[doc.Part | doc.For]:
    """The counts, the distribution, current pay against the ranges, and groups; which columns were `read`."""
    yield doc.Heading(f"{summary.rows:,} {_rows(summary.rows)} of {files}", by, label="roster")
    yield doc.Prose(_answer(summary, errors), style="bold")
    if summary.middles:
        yield doc.in_lines(doc.Lines((("middles", MIDDLES),)))
        heads = tuple(f"P{share}" for share in SHARES)
        amounts = tuple(whole(value * 100) for value in summary.middles)
        yield doc.Figures(heads, amounts, tuple(map(str.lower, heads)), 2)
        yield doc.on_page(distribution(summary))
    rows, pay = tuple(_of_rows(summary, errors, read)), tuple(_of_pay(summary))
    yield doc.off_page(doc.Facts((*rows, *pay)))
    yield doc.on_page(doc.Section("Rows", (doc.Facts(rows),)))
    yield doc.on_page(doc.Section("Current pay", (doc.Facts(pay),)))
    if summary.gaps:
        wide = doc.Grid(GROUPS, tuple(map(_gap, summary.gaps)), "group")
        yield doc.off_page(wide)
        yield doc.on_page(_narrow(wide)._replace(caption=f"Gaps by {summary.by}"))
        yield doc.on_page(gaps(summary))
    yield doc.Notes("Notes", tuple(_notes(summary)))


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"


def _answer(summary: Summary, errors: str) -> str:
    went = f" and went to {errors}" if errors else ""
    bad = f"; {summary.faults:,} could not be priced{went}" if summary.faults else ""
    return f"{summary.priced:,} of {summary.rows:,} {_rows(summary.rows)} priced{bad}.{_middles(summary)}"


def _middles(summary: Summary) -> str:
    if not summary.middles:
        return ""
    p10, p25, _, p75, p90 = (f"${value:,}" for value in summary.middles)
    if p10 == p90:
        return f" The middle of their ranges is {p10} a year."
    return (
        f" The middles of their ranges are {p10} to {p90} a year (P10 to P90), half of them {p25} to {p75}."
    )


def _of_rows(summary: Summary, errors: str, read: str) -> Iterator[doc.Fact]:
    if read:
        yield doc.Fact("Columns", read)
    if summary.faults:
        yield doc.Fact("Bad rows", f"{summary.faults:,}{f', in {errors}' if errors else ''}")
    for label, counts in (("Methods", summary.methods), ("Confidence", summary.confidences)):
        if counts:
            yield doc.Fact(label, ", ".join(f"{name} {count:,}" for name, count in counts.items()))


def _of_pay(summary: Summary) -> Iterator[doc.Fact]:
    pay = summary.pay
    if not pay.people:
        return
    mean, ratio = divide(pay.pay_cents, pay.people), divide(pay.pay_cents * UNIT, pay.middle_cents)
    inside = pay.people - pay.below - pay.above
    yield doc.Fact(
        "Current pay",
        f"{pay.people:,} people, ${whole(mean)} on average, {exact(divide(ratio, 100))} of the middles",
    )
    yield doc.Fact("Out of band", f"{pay.below:,} below low, {inside:,} inside, {pay.above:,} above high")
    yield doc.Fact(
        "Cost a year",
        f"${whole(pay.to_low_cents)} to bring all to low, ${whole(pay.to_middle_cents)} to the middle",
    )


def distribution(summary: Summary) -> Chart:
    """The middles of all rows on one axis."""
    points = tuple(value * 100 for value in summary.middles)
    shares = [f"P{share} {whole(cents)}" for share, cents in zip(SHARES, points, strict=True)]
    ends = f"{whole(points[0])} to {whole(points[-1])}"
    bar = Bar(RANGE, points, "middles", "Middles of all rows", ends)
    return Chart("Distribution of the middles", (bar,), KEY, f" ({', '.join(shares)})")


def gaps(summary: Summary) -> Chart:
    """The mean pay of each group, from zero on: a small gap looks small."""
    bars = tuple(
        Bar(PARTS, (0, gap.pay * 100), label=gap.name or EMPTY, amount=whole(gap.pay * 100))
        for gap in summary.gaps
    )
    return Chart(f"Mean pay by {summary.by}", bars, "The mean current pay of each group, US dollars a year")


def _gap(gap: Gap) -> doc.Row:
    raw, adjusted, low, high = (
        signed(percentage(share)) for share in (gap.raw, gap.adjusted, gap.low, gap.high)
    )
    return doc.Row(
        (gap.name or EMPTY, f"{gap.people:,}", whole(gap.pay * 100), raw, adjusted, f"{low} to {high}")
    )


def _narrow(wide: doc.Grid) -> doc.Grid:
    """The same for a page, which may be a phone's: the interval stands under its row."""
    *columns, last = wide.columns
    rows = tuple(doc.Row(row.cells[:-1], under=((last.head, row.cells[-1]),)) for row in wide.rows)
    return wide._replace(columns=tuple(columns), rows=rows, under=last.head)


def _notes(summary: Summary) -> Iterator[str]:
    if summary.gaps:
        yield (
            "raw compares a group's mean pay with everyone's; adjusted compares pay as a share of the middle that"
            " the rules give each person"
        )
    if summary.hidden:
        one = summary.hidden == 1
        noun, shown = ("group has", "is") if one else ("groups have", "are")
        yield f"{summary.hidden:,} {noun} fewer than {LEAST_PEOPLE} people and {shown} not shown"

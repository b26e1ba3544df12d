"""A what-if, and one scenario, as documents, with their charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.change import NO_EVIDENCE
from ehrpay.domain.whatif.gains import ELSEWHERE, LATER, MOVE, THIS_YEAR, grouped, listed
from ehrpay.domain.whatif.notes import ranking_notes, scenario_notes
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained
from ehrpay.formats.bars import SPAN, Bar, Chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.whatif.change import Baseline, Unpriced
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

    Groups = Mapping[str, Sequence[str]]
    """The labels of changes by the reason why they have no number."""

    Rows = Mapping[str, tuple[doc.Row, ...]]
    """The rows of changes by their group."""

ENDS = doc.amounts("low (P25)", "middle (P50)", "high (P75)")
GAINS = (
    doc.Column("#", right=True, style="dim"),
    doc.Column("change", wraps=True, least=30, screen="one change, and its gain a year"),
    doc.Column("low", right=True, style="bold"),
    *doc.amounts("middle", "high"),
    doc.Column("wait", gives_way=1, joins=True),
    doc.Column("confidence"),
    doc.Column("basis", style="dim", gives_way=2),
)
MORE = "More: --top all for every change and notes, --only certs,degree for some kinds"
ORDER = "Ranked by low."
TITLES = {
    THIS_YEAR: "This year (credentials)",
    LATER: "Later (years, degree, roles)",
    ELSEWHERE: "Elsewhere (employers, places)",
}
PAY_NOW = "Pay now, US dollars a year"
KEY = "The bar runs from low (P25) to high (P75); the diamond, and the amount, is the middle."
MOVES = " Moves are at the prices of home."
CHANGES = "Pay now and after one change, US dollars a year"
CAPTION, FACTS = "Gain a year from one change, dollars", "fee, needs, notes"


def ranking(result: WhatIf, start: Baseline, most: int | None) -> doc.Document:
    """The gains in three groups, at most so many of each, then what has no number and why, then how to read them.

    A screen has what has no number, and how to read it, with all of the changes alone.
    """
    now = result.now
    pay = doc.Grid((doc.Column("pay"), *ENDS), (doc.Row(("now", *_ends(now))),), caption=PAY_NOW)
    groups = grouped((gain for gain in result.gains if _moves(gain)), start)
    shown = {group: listed(gains, most, start) for group, gains in groups.items()}
    rows = {
        group: tuple(_row(rank, gain, now) for rank, gain in enumerate(gains, 1))
        for group, gains in shown.items()
    }
    left = sum(map(len, groups.values())) - sum(map(len, rows.values()))
    none = f"No change of these kinds {'pays more' if most else 'has a number'}."
    about = (
        *_without_number(result),
        doc.Notes("Notes", (*ranking_notes(result, start), *doc.with_rules(now.overlays))),
    )
    return (
        doc.Heading(now.headline, _when(now), now.method),
        doc.on_screen(doc.Prose(f"Now {_pay(now)}, by the {now.method} method. {ORDER}")),
        doc.on_screen(doc.Prose("" if any(rows.values()) else none)),
        doc.off_screen(pay),
        doc.on_screen(doc.Grid(GAINS, _titled(rows, full=most is None), under="facts", tight=True)),
        doc.on_page(changes(result, start, most)),
        *(
            doc.on_page(doc.Section(TITLES[group], (doc.Grid(GAINS, some, under=FACTS, caption=CAPTION),)))
            for group, some in rows.items()
        ),
        doc.in_lines(doc.Lines(tuple(_lines(rows)))),
        doc.off_screen(doc.More(left, "", " with a smaller gain or a loss")),
        *(about if most is None else (doc.off_screen(part) for part in about)),
        doc.on_screen(doc.Prose("" if most is None else _more(start), style="dim")),
    )


def _pay(now: Estimate) -> str:
    """What the person is paid now: one amount, or the middle and from where to where."""
    low, mid, high = (f"${amount}" for amount in _ends(now))
    return mid if low == high else f"about {mid} ({low} to {high})"


def _without_number(result: WhatIf) -> tuple[doc.Part, ...]:
    """What makes no difference, what has no pay evidence, and what is not possible now."""
    same = tuple(gain.change.label for gain in result.gains if not _moves(gain))
    silent = _by_reason(one for one in result.unpriced if one.status == NO_EVIDENCE)
    refused = _by_reason(one for one in result.unpriced if one.status != NO_EVIDENCE)
    return (
        _items("No difference", "no difference", {"pays the same": same} if same else {}, with_reason=False),
        _items("No pay evidence, so no number", "no pay evidence", silent),
        _items("Not possible now", "not possible", refused),
    )


def _more(start: Baseline) -> str:
    """What else there is, and at which prices moves are counted."""
    if start.home is None:
        return MORE
    place = start.resolved.place
    return f"Moves count at the prices of {'the nation' if place is None else place.name}. {MORE}"


def _titled(rows: Rows, *, full: bool) -> tuple[doc.Row, ...]:
    """A title a group, then its rows; facts under them where all are shown."""
    titled: list[doc.Row] = []
    for group, some in rows.items():
        if some:
            titled.append(doc.Row(("", TITLES[group], *([""] * (len(GAINS) - 2))), strong=True))
        titled += some if full else (row._replace(under=()) for row in some)
    return tuple(titled)


def _lines(rows: Rows) -> Iterator[doc.Line]:
    """A line a change with its group last, and a line a fact."""
    for group, some in rows.items():
        for row in some:
            yield "change", *row.cells, group
            yield from row.under


def _moves(gain: Gain) -> bool:
    return bool(gain.low or gain.mid or gain.high)


def _row(rank: int, gain: Gain, now: Estimate) -> doc.Row:
    change, proof = gain.change, gain.proof
    facts = [("fee", change.fee), ("needs", change.needs), ("note", change.note)]
    if gain.then.method != now.method:
        facts.append(("note", f"priced by the {gain.then.method} method"))
    if change.kind == "agency" and gain.then.band is not None:
        facts.append(("note", proof.note))
    if gain.adjusted is not None:
        before = ", ".join(map(gained, (gain.low, gain.mid, gain.high)))
        facts.append(("note", f"at the prices of home; {before} before them"))
    elif change.kind == MOVE:
        facts.append(("note", "cost of living not known, so not counted"))
    cells = (f"{rank}", change.label, *map(gained, gain.counted), change.wait, proof.confidence, proof.basis)
    return doc.Row(cells, tuple(fact for fact in facts if fact[1]))


def _by_reason(changes: Iterable[Unpriced]) -> Groups:
    """Those with the same reason together, in the order the reasons first come."""
    groups: dict[str, list[str]] = {}
    for one in changes:
        groups.setdefault(one.reason, []).append(one.label)
    return groups


def _items(title: str, label: str, groups: Groups, *, with_reason: bool = True) -> doc.Part:
    """Changes without a number, those with the same reason in one sentence; a line each for pipes."""
    lines: list[doc.Line] = [
        (label, name, reason) if with_reason else (label, name)
        for reason, names in groups.items()
        for name in names
    ]
    texts = tuple(f"{_joined(names)}: {reason}" for reason, names in groups.items())
    return doc.Items(title, texts, len(lines), tuple(lines))


def _joined(labels: Sequence[str]) -> str:
    """The labels, those that begin with one word behind it: `add CHDA, CHPS; learn Epic`."""
    by_word: dict[str, list[str]] = {}
    for label in labels:
        word, _, rest = label.partition(" ")
        by_word.setdefault(word, []).append(rest)
    return "; ".join(f"{word} {', '.join(rest)}".strip() for word, rest in by_word.items())


def route(result: Scenario) -> doc.Document:
    """Both ends, then the middle from one to the other."""
    now, then = result.now, result.then
    gains = [gained(b - a) for a, b in ((now.low, then.low), (now.mid, then.mid), (now.high, then.high))]
    legs = [doc.Row((leg.label, gained(leg.change), f"{leg.total:,}")) for leg in result.legs]
    return (
        doc.Heading(then.headline, _when(now), origin=now.headline),
        doc.Grid(
            (doc.Column("pay", wraps=True, least=4), *ENDS),
            (
                doc.Row(("now", *_ends(now))),
                doc.Row(("then", *_ends(then))),
                doc.Row(("gain", *gains), strong=True, bold=0),
            ),
        ),
        doc.Grid(
            (doc.Column("How the middle changes", wraps=True), *doc.amounts("change", "total")),
            (
                doc.Row(("now", "", f"{now.mid:,}")),
                *legs,
                doc.Row(("= then", gains[1], f"{then.mid:,}"), strong=True, bold=0),
            ),
            "step",
        ),
        doc.on_page(ends(result)),
        doc.Notes("Notes", (*scenario_notes(result), *doc.with_rules(now.overlays))),
    )


def _when(now: Estimate) -> str:
    return f"US dollars a year, as of {now.as_of}"


def _ends(estimate: Estimate) -> tuple[str, str, str]:
    return f"{estimate.low:,}", f"{estimate.mid:,}", f"{estimate.high:,}"


def changes(result: WhatIf, start: Baseline, most: int | None) -> Chart:
    """Pay now, then after each change, the groups one after another."""
    now = result.now
    pay = (now.low, now.mid, now.high)
    bars = [_bar("Now", pay)]
    for gains in grouped(result.gains, start).values():
        for gain in listed(gains, most, start):
            low, mid, high = (sum(pair) for pair in zip(pay, gain.counted, strict=True))
            bars.append(_bar(gain.change.label, (low, mid, high)))
    return Chart(CHANGES, tuple(bars), KEY + (MOVES if start.home is not None else ""))


def ends(result: Scenario) -> Chart:
    """Pay now and then."""
    both = (("Now", result.now), ("Then", result.then))
    bars = (_bar(name, (one.low, one.mid, one.high)) for name, one in both)
    return Chart("Pay now and then, US dollars a year", tuple(bars), KEY)


def _bar(label: str, pay: tuple[int, int, int]) -> Bar:
    points = tuple(amount * 100 for amount in pay)
    return Bar(SPAN, points, label=label, amount=f"{pay[1]:,}")

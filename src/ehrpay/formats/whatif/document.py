"""A what-if, and one scenario, as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.change import NO_EVIDENCE
from ehrpay.domain.whatif.notes import ranking_notes, scenario_notes
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.whatif.change import Baseline, Unpriced
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

    Groups = Mapping[str, Sequence[str]]
    """The labels of changes by the reason why they have no number."""

ENDS = tuple(doc.Column(head, right=True) for head in ("low (P25)", "middle (P50)", "high (P75)"))
GAINS = (
    doc.Column("#", right=True, style="dim"),
    doc.Column("change", wraps=True, least=30),
    doc.Column("low", right=True, style="bold"),
    doc.Column("middle", right=True),
    doc.Column("high", right=True),
    doc.Column("wait", gives_way=1, joins=True),
    doc.Column("confidence"),
    doc.Column("basis", style="dim", gives_way=2),
)
BY_KIND = ", or by kind, as in --only certs,degree,years"


def ranking(result: WhatIf, start: Baseline, most: int | None) -> doc.Document:
    """The gains from the best down, then what has no number and why, then how to read them."""
    now = result.now
    moving = [gain for gain in result.gains if _moves(gain)]
    rows = tuple(_row(n, gain, now) for n, gain in enumerate(moving[:most], 1))
    same = tuple(gain.change.label for gain in result.gains if not _moves(gain))
    silent = _by_reason(one for one in result.unpriced if one.status == NO_EVIDENCE)
    refused = _by_reason(one for one in result.unpriced if one.status != NO_EVIDENCE)
    hint = f"--top all{BY_KIND if len({gain.change.kind for gain in moving}) > 1 else ''}"
    low, mid, high = _ends(now)
    return (
        doc.Heading(now.headline, _when(now), now.method),
        doc.on_screen(doc.Prose(f"Now {low} low, {mid} middle, {high} high, by the {now.method} method.")),
        doc.on_screen(_lead(rows)),
        doc.off_screen(doc.Grid((doc.Column(""), *ENDS), (doc.Row(("now", low, mid, high)),))),
        doc.Grid(GAINS, rows, "change", "fee, needs, notes", caption="Gain a year from one change, dollars"),
        doc.More(len(moving) - len(rows), hint, " with a smaller gain or a loss"),
        _items("No difference", "no difference", {"pays the same": same} if same else {}, with_reason=False),
        _items("No pay evidence, so no number", "no pay evidence", silent),
        _items("Not possible now", "not possible", refused),
        doc.Notes("Notes", (*ranking_notes(result, start), *doc.with_rules(now.overlays))),
    )


def _lead(rows: Sequence[doc.Row]) -> doc.Prose:
    if not rows:
        return doc.Prose("No change of these kinds has a number.")
    return doc.Prose("Gain a year from one change, ranked by the low end:", tight=True)


def _moves(gain: Gain) -> bool:
    return bool(gain.low or gain.mid or gain.high)


def _row(rank: int, gain: Gain, now: Estimate) -> doc.Row:
    change, proof = gain.change, gain.proof
    facts = [("fee", change.fee), ("needs", change.needs), ("note", change.note)]
    if gain.then.method != now.method:
        facts.append(("note", f"priced by the {gain.then.method} method"))
    if change.kind == "agency" and gain.then.band is not None:
        facts.append(("note", proof.note))
    gains = map(_gained, (gain.low, gain.mid, gain.high))
    cells = (f"{rank}", change.label, *gains, change.wait, proof.confidence, proof.basis)
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
    gains = [_gained(b - a) for a, b in ((now.low, then.low), (now.mid, then.mid), (now.high, then.high))]
    legs = [doc.Row((leg.label, _gained(leg.change), f"{leg.total:,}")) for leg in result.legs]
    return (
        doc.Heading(then.headline, _when(now), origin=now.headline),
        doc.Grid(
            (doc.Column("", wraps=True, least=4), *ENDS),
            (
                doc.Row(("now", *_ends(now))),
                doc.Row(("then", *_ends(then))),
                doc.Row(("gain", *gains), strong=True, bold=0),
            ),
        ),
        doc.Grid(
            (
                doc.Column("How the middle changes", wraps=True, least=12),
                doc.Column("change", right=True),
                doc.Column("total", right=True),
            ),
            (
                doc.Row(("now", "", f"{now.mid:,}")),
                *legs,
                doc.Row(("= then", gains[1], f"{then.mid:,}"), strong=True, bold=0),
            ),
            "step",
        ),
        doc.Notes("Notes", (*scenario_notes(result), *doc.with_rules(now.overlays))),
    )


def _when(now: Estimate) -> str:
    return f"US dollars a year, as of {now.as_of}"


def _ends(estimate: Estimate) -> tuple[str, str, str]:
    return f"{estimate.low:,}", f"{estimate.mid:,}", f"{estimate.high:,}"


def _gained(amount: int) -> str:
    return signed(f"{amount:,}")

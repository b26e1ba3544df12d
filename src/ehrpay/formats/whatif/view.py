"""A what-if written out: the one view that its table, plain text and Markdown show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.change import NO_EVIDENCE
from ehrpay.formats.amounts import signed
from ehrpay.formats.estimate.view import with_rules
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.whatif.change import Left
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario
    from ehrpay.formats.glyphs import Tidy

ENDS = ("low (P25)", "middle (P50)", "high (P75)")


class Row(NamedTuple):
    """One change: its place in the ranking, what it is, three gains, and what is known of the way there.

    `about` are labelled facts: the fee, what it needs, a note.
    """

    rank: str
    label: str
    low: str
    mid: str
    high: str
    wait: str
    sure: str
    basis: str
    about: tuple[tuple[str, str], ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a table, in order."""
        return (
            self.rank, self.label, self.low, self.mid, self.high, self.wait, self.sure, self.basis
        )  # fmt: skip


class Group(NamedTuple):
    """Changes without a number that share a reason."""

    reason: str
    labels: tuple[str, ...]

    @property
    def names(self) -> str:
        """The labels, those that begin with one word behind it: `add CHDA, CHPS; learn Epic`."""
        by_word: dict[str, list[str]] = {}
        for label in self.labels:
            word, _, rest = label.partition(" ")
            by_word.setdefault(word, []).append(rest)
        return "; ".join(f"{word} {', '.join(rest)}".strip() for word, rest in by_word.items())


def about(row: Row) -> str:
    """The facts of a row in one sentence."""
    return "; ".join(text if name == "note" else f"{name}: {text}" for name, text in row.about)


class Sheet(NamedTuple):
    """A what-if written out. `more` counts the ranked changes that are not shown.

    `mixed` is whether they are of several kinds; `same` are the labels of those that change nothing: they
    would only push others off a screen.
    """

    headline: str
    when: str
    method: str
    now: tuple[str, str, str]
    rows: tuple[Row, ...]
    more: int
    mixed: bool
    same: tuple[str, ...]
    silent: tuple[Group, ...]
    refused: tuple[Group, ...]
    notes: tuple[str, ...]


class Route(NamedTuple):
    """A scenario written out: who before and after, the three values, and the middle from leg to leg."""

    headlines: tuple[str, str]
    when: str
    values: tuple[tuple[str, str, str, str], ...]
    legs: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def write_out(found: WhatIf, notes: Sequence[str], most: int | None, tidy: Tidy) -> Sheet:
    """The sheet of a what-if with at most so many ranked changes; `tidy` makes a text safe on one line."""
    moving = [gain for gain in found.gains if _moves(gain)]
    shown = moving if most is None else moving[:most]
    same = [gain for gain in found.gains if not _moves(gain)]
    silent = [left for left in found.left if left.status == NO_EVIDENCE]
    refused = [left for left in found.left if left.status != NO_EVIDENCE]
    return Sheet(
        tidy(found.now.headline),
        when(found.now),
        found.now.method,
        ends(found.now),
        tuple(_row(n, gain, found.now, tidy) for n, gain in enumerate(shown, 1)),
        len(moving) - len(shown),
        len({gain.change.kind for gain in moving}) > 1,
        tuple(tidy(gain.change.label) for gain in same),
        _groups(silent, tidy),
        _groups(refused, tidy),
        tuple(map(tidy, (*notes, *with_rules(found.now)))),
    )


def _moves(gain: Gain) -> bool:
    return bool(gain.low or gain.mid or gain.high)


def when(now: Estimate) -> str:
    """The unit and the date."""
    return f"US dollars a year, as of {now.as_of}"


def ends(estimate: Estimate) -> tuple[str, str, str]:
    """Low, middle and high in whole dollars."""
    return f"{estimate.low:,}", f"{estimate.mid:,}", f"{estimate.high:,}"


def gained(amount: int) -> str:
    """A gain in whole dollars with its sign."""
    return signed(f"{amount:,}")


def _row(rank: int, gain: Gain, now: Estimate, tidy: Tidy) -> Row:
    change, proof = gain.change, gain.proof
    facts = [("fee", change.fee), ("needs", change.needs), ("note", change.note)]
    if gain.then.method != now.method:
        facts.append(("note", f"priced by the {gain.then.method} method"))
    if change.kind == "agency" and gain.then.band is not None:
        facts.append(("note", proof.note))
    return Row(
        str(rank),
        tidy(change.label),
        gained(gain.low),
        gained(gain.mid),
        gained(gain.high),
        change.wait,
        proof.confidence,
        proof.basis,
        tuple((name, tidy(text)) for name, text in facts if text),
    )


def _groups(left: Sequence[Left], tidy: Tidy) -> tuple[Group, ...]:
    """Those with the same reason together, in the order the reasons first come."""
    by_reason: dict[str, list[str]] = {}
    for one in left:
        by_reason.setdefault(tidy(one.reason), []).append(tidy(one.label))
    return tuple(Group(reason, tuple(labels)) for reason, labels in by_reason.items())


def write_route(found: Scenario, notes: Sequence[str], tidy: Tidy) -> Route:
    """The sheet of a scenario."""
    now, then = found.now, found.then
    gains = (gained(then.low - now.low), gained(then.mid - now.mid), gained(then.high - now.high))
    legs = [("now", "", f"{now.mid:,}")]
    legs += [(tidy(leg.label), gained(leg.change), f"{leg.total:,}") for leg in found.legs]
    return Route(
        (tidy(now.headline), tidy(then.headline)),
        when(now),
        (("now", *ends(now)), ("then", *ends(then)), ("gain", *gains)),
        (*legs, ("= then", gained(then.mid - now.mid), f"{then.mid:,}")),
        tuple(map(tidy, (*notes, *with_rules(now)))),
    )

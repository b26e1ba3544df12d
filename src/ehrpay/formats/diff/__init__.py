"""A comparison of two sets of rules, as people and programs read it: the JSON contract `ehrpay/rules-diff/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.numerals import fixed
from ehrpay.formats import Record, fields
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.review.changes import Change, Difference, End, OneSide
    from ehrpay.domain.review.moves import Answer, Move, Moves
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/rules-diff/1"
TOGETHER = "changed together with others; see 'moves'"
COLUMNS = (
    "id", "kind", "file", "numeric", "unit", "old", "new", "old_where", "new_where", "effective", "basis", "sources",
)  # fmt: skip


class Comparison(NamedTuple):
    """What changed and who moves: at most so many lines of each list, and only changes that match."""

    result: Difference
    most: int | None = None
    only: Sequence[str] = ()
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.diff.document import document

        return document(self.result, self.most, self.only)

    def record(self) -> Record:
        """For JSON: both sides, every change, everybody who moves."""
        result, kept = self.result, self.result.matching(self.only)
        return {
            "schema": SCHEMA,
            "before": _end(result.before),
            "after": _end(result.after),
            "compared": "in-force" if result.dates else "files",
            "moving": result.moves.any,
            "changes": [_change(one, result) for one in kept[: self.most]],
            "changes_total": len(result.changes),
            "changes_matching": len(kept),
            "summary": _summary(result.moves),
            "moves": list(map(_move, result.moves.moved[: self.most])),
            "gained_answers": list(map(_move, result.moves.gained)),
            "lost_answers": list(map(_move, result.moves.lost)),
            "no_answers": list(map(_move, result.moves.silent)),
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV, a row a change; date, basis and sources are the new value's, or the old one's where it is gone."""
        yield COLUMNS
        for change in self.record()["changes"]:
            old, new = (change[side] or {} for side in ("old", "new"))
            yield [
                *(change[column] for column in COLUMNS[:3]),
                str(change["numeric"]).lower(),
                change["unit"],
                *(side.get(key) for key in ("value", "where") for side in (old, new)),
                *((new or old).get(column) for column in COLUMNS[-3:]),
            ]


def _end(end: End) -> Record:
    return {"name": end.name, "as_of": end.as_of, "rules_version": end.version}


def _change(change: Change, found: Difference) -> Record:
    effect = found.effect
    return {
        **fields(change, "id kind file numeric unit"),
        "values": change.size,
        "old": _side(change.old),
        "new": _side(change.new),
        "effect": None if effect is None else _move(effect),
        "no_effect": None if effect else TOGETHER if found.moves.any else found.priced.no_effect,
    }


def _side(side: OneSide) -> Record | None:
    return {"value": side.value} | fields(side, "where basis sources effective") if side.where else None


def _move(move: Move) -> Record:
    low, mid, high = move.changes
    both = move.compared
    return {
        "name": move.person.name,
        "profile": _profile(move),
        "method": move.person.method,
        "as_of": None,
        "before": _answer(move.before),
        "after": _answer(move.after),
        "change_low": low if both else None,
        "change_mid": mid if both else None,
        "change_high": high if both else None,
        "change_percent": fixed(move.percent, 2) if both else None,
    }


def _profile(move: Move) -> Record:
    said = {key: value for key, value in move.person.profile._asdict().items() if value is not None}
    return {key: list(value) if isinstance(value, tuple) else str(value) for key, value in said.items()}


def _answer(answer: Answer) -> Record:
    return dict.fromkeys(answer._fields) | {"error": answer.error} if answer.error else fields(answer)


def _summary(moves: Moves) -> Record:
    return {
        "profiles": moves.total,
        "moved": len(moves.moved),
        "unmoved": len(moves.stayed),
        "gained_answers": len(moves.gained),
        "lost_answers": len(moves.lost),
        "no_answers": len(moves.silent),
        "mean_change": moves.mean,
        "mean_change_percent": fixed(moves.mean_percent, 2),
        "total_change_mid": moves.total_change,
        "cost_to_low": _raising(moves, "low"),
        "cost_to_mid": _raising(moves, "mid"),
        "largest_gain": _name(moves.largest_gain),
        "largest_loss": _name(moves.largest_loss),
    }


def _raising(moves: Moves, point: str) -> Record | None:
    return dict(zip(("before", "after"), moves.raising(point), strict=True)) if moves.paid else None


def _name(move: Move | None) -> Record | None:
    if move is None:
        return None
    return {"name": move.person.name, "change_mid": move.changes[1], "change_percent": fixed(move.percent, 2)}

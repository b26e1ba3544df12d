"""What a run of rule cases found: JSON, plain text, and a report for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.formats.glyphs import in_ascii, one_line
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = "ehrpay/rules-test/1"


class Missed(NamedTuple):
    """One thing an answer has wrong: a sentence, its place, and for a value its path and both sides."""

    sentence: str
    where: str
    path: str
    expected: Any
    got: Any


class Outcome(NamedTuple):
    """A case that was run: its sentence, its place, and what was wrong (nothing when it passed)."""

    name: str
    where: str
    missed: tuple[Missed, ...]


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One object: counts, and every case with what it missed."""
    failed = sum(bool(one.missed) for one in outcomes)
    told = {
        "schema": SCHEMA,
        "cases": len(outcomes),
        "passed": len(outcomes) - failed,
        "failed": failed,
        "results": [
            {"name": one.name, "where": one.where, "passed": not one.missed, "problems": _problems(one)}
            for one in outcomes
        ],
    }
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def _problems(one: Outcome) -> list[dict[str, Any]]:
    return [missed._asdict() | {"path": missed.path or None} for missed in one.missed]


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many passed, in a sentence."""
    failed = sum(bool(one.missed) for one in outcomes)
    many = "1 case" if len(outcomes) == 1 else f"{len(outcomes)} cases"
    return (
        f"{many}: all passed" if not failed else f"{many}: {len(outcomes) - failed} passed, {failed} failed"
    )


def plain(outcomes: Sequence[Outcome]) -> str:
    """A line for each thing that is wrong (failed, place, sentence of the case, what), then the counts."""
    rows = [("failed", missed.where, one.name, missed.sentence) for one in outcomes for missed in one.missed]
    told = "".join("\t".join(map(one_line, row)) + "\n" for row in rows)
    return f"{told}{summary(outcomes)}\n"


def table(outcomes: Sequence[Outcome], *, width: int, unicode: bool, color: str | None) -> str:
    """Each failing case by its sentence, then what is wrong with it and where, then the counts."""
    from rich.text import Text

    from ehrpay.formats.grid import GAP
    from ehrpay.formats.pen import Pen

    pen = Pen(width, unicode=unicode, color=color)
    tidy = one_line if unicode else in_ascii
    for one in outcomes:
        if not one.missed:
            continue
        pen.put(Text.assemble(("FAILED ", "bold red"), (tidy(one.name), "bold"), overflow="fold"))
        pen.put(one.where, style="dim", indent=GAP)
        for missed in one.missed:
            pen.put(f"- {tidy(missed.sentence)}", indent=GAP)
            if missed.where != one.where:
                pen.put(missed.where, style="dim", indent=2 * GAP)
        pen.put()
    failed = any(one.missed for one in outcomes)
    pen.put(summary(outcomes), style="bold red" if failed else "bold")
    return pen.drawn()

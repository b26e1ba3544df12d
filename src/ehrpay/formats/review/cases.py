"""What a run of rule cases found, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.review.story import CaseResult

COLUMNS = (
    doc.Column("failed case", wraps=True, least=20, style="bold"),
    doc.Column("where", style="dim", gives_way=1),
)


def document(outcomes: Sequence[CaseResult]) -> doc.Document:
    """Each failing case by its sentence, what is wrong with it and where, then the counts."""
    failed = [one for one in outcomes if one.missed]
    counts = summary(len(outcomes), len(failed))
    return (
        doc.Grid(COLUMNS, tuple(map(_row, failed))),
        doc.for_people(doc.Prose(counts, style="bold red" if failed else "bold")),
        doc.in_lines(doc.Lines(((counts,),))),
    )


def _row(one: CaseResult) -> doc.Row:
    under = tuple(("wrong", f"{missed.sentence} ({missed.where})") for missed in one.missed)
    lines = tuple(("failed", missed.where, one.name, missed.sentence) for missed in one.missed)
    return doc.Row((one.name, one.where), under, lines)


def summary(count: int, failed: int) -> str:
    """How many passed, in a sentence."""
    many = "1 case" if count == 1 else f"{count} cases"
    return f"{many}: {count - failed} passed, {failed} failed" if failed else f"{many}: all passed"

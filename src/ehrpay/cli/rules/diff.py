"""`ehrpay rules diff`: what differs between two sets of rules, and who moves by how much."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import tell
from ehrpay.errors import FINDINGS, EhrpayError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.review.changes import Difference
    from ehrpay.domain.review.moves import Answer, Person
    from ehrpay.rules.diff.sides import Side

TOP = 20


@grouped
def command(
    *,
    sides: list[str] | None = typer.Argument(
        None, metavar="[A] [B]", help="A rules folder, an overlay, a date, shipped or now."
    ),
    as_of: str | None = typer.Option(
        None,
        metavar="DATE",
        envvar="EHRPAY_AS_OF",
        show_envvar=False,
        help="Price both sides as of this day; alone: compare this day with today.",
    ),
    profiles: str | None = typer.Option(
        None, metavar="FILE", help="Price these people instead of the reference profiles (YAML)."
    ),
    roster: str | None = typer.Option(
        None,
        metavar="FILE",
        help="Price the people of a roster instead (CSV, TSV, JSONL, Parquet); see batch.",
    ),
    top: str | None = typer.Option(
        None, metavar="N", help="How many lines of each list, or all (20 on a screen, all in JSON and CSV)."
    ),
    only: list[str] | None = typer.Option(
        None, metavar="GLOB", help="Only changes whose name matches: 'certification.*' (repeat)."
    ),
    output: options.OutputWanted,
) -> None:
    """Compare two sets of rules, and show whose pay changes.

    \b
    Examples:
      ehrpay rules diff shipped my-rules
      ehrpay rules diff my-overlay
      ehrpay rules diff 2025-01-01 2026-01-01
      ehrpay rules diff --as-of 2025-01-01
      ehrpay rules diff my-overlay --roster people.csv
      ehrpay rules diff shipped my-rules --only 'certification.*' --format markdown

    A date means the rules in use, priced on that day; a folder is priced as of --as-of. One
    side alone is compared with the rules in use. Exits with 1 if anyone's pay changes.
    """
    from ehrpay.cli.rules.sides import two
    from ehrpay.domain.review.changes import PROFILES, REFERENCE, ROSTER
    from ehrpay.formats.diff import Comparison
    from ehrpay.rules.case_files import people

    chosen = output.choose(Comparison)
    most = options.limit(top, "lines", None if chosen.format in ("json", "csv") else TOP)
    if roster is not None and profiles is not None:
        raise UsageError("--roster and --profiles both name people; use one", field="roster")
    if sentence := kept.sentence():
        tell(sentence)
    before, after = two(sides or (), as_of)
    if roster is None:
        found = difference(before, after, people(profiles))
        found = found._replace(priced=REFERENCE if profiles is None else PROFILES)
    else:
        from ehrpay.batch.people import pricer
        from ehrpay.cli.roster.run import everybody

        found = difference(
            before, after, everybody(roster, after.book), pricer(before.book), pricer(after.book)
        )
        found = found._replace(priced=ROSTER)
    disagree = dict.fromkeys((*before.rules.conflicts, *after.rules.conflicts))
    chosen.write(Comparison(found, most, only or (), tuple(disagree)))
    if found.moves.any:
        raise typer.Exit(FINDINGS)


def difference(
    before: Side, after: Side, everybody: Sequence[Person], *prices: Callable[[Person], Answer]
) -> Difference:
    """Two sides compared: every change, and who moves; by two `prices`, or else one person after the other."""
    from ehrpay.domain.review.changes import Difference, End
    from ehrpay.domain.review.moves import who_moves
    from ehrpay.rules.diff.sides import unchanged
    from ehrpay.rules.diff.values import changes

    dates = before.as_of != after.as_of
    same = set() if dates else unchanged(before, after)
    if before.content == after.content:
        after.read = before.read
    roots = {**before.roots(), **after.roots()}
    old, new = (side.trees(dates=dates, same=same) for side in (before, after))
    ends = [End(side.name, side.as_of, side.rules.version) for side in (before, after)]
    found = changes(old, new, roots, dates=dates)
    one_by_one = partial(_price, before), partial(_price, after)
    moves = who_moves(everybody, *(prices or one_by_one))
    return Difference(ends[0], ends[1], dates, tuple(found), moves)


def _price(side: Side, person: Person) -> Answer:
    """What a side pays one of the people."""
    from ehrpay.api.estimates import estimate
    from ehrpay.domain.review.moves import Answer

    try:
        found = estimate(person.profile, side.book, method=person.method)
    except EhrpayError as error:
        return Answer(error=str(error))
    points = found.percentiles
    return Answer(found.low, found.mid, found.high, points.p10, points.p90, found.method)

"""`ehrpay rules diff`: what differs between two sets of rules, and who moves by how much."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import tell
from ehrpay.errors import FINDINGS, EhrpayError, InputError, UsageError, blamed_on, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.batch.files.source import Input
    from ehrpay.domain.review.changes import Difference
    from ehrpay.domain.review.moves import Answer, Person
    from ehrpay.rules.diff.sides import Side

TOP = 20
NOW, SHIPPED = "now", "shipped"
WORDS = (SHIPPED, NOW)
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


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
    profiles: str | None = options.text(
        "FILE", "Price these people instead of the reference profiles (YAML)."
    ),
    roster: str | None = options.text(
        "FILE", "Price the people of a roster instead (CSV, TSV, JSONL, Parquet); see batch."
    ),
    top: str | None = options.text(
        "N", "How many lines of each list, or all (20 on a screen, all in JSON and CSV)."
    ),
    only: list[str] | None = options.text(
        "GLOB", "Only changes whose name matches: 'certification.*' (repeat)."
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
    from ehrpay.domain.review.changes import PROFILES, REFERENCE, ROSTER
    from ehrpay.formats.diff import Comparison
    from ehrpay.rules.case_files import people

    if roster is not None and profiles is not None:
        raise UsageError("--roster and --profiles both name people; use one", field="roster")
    sources: list[Input] = []
    if roster is not None:
        from ehrpay.cli.roster.run import rosters

        sources = rosters(roster)
    chosen = output.choose(Comparison, profiles, *(source.path for source in sources))
    most = options.limit(top, "lines", TOP, chosen.format)
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
            before, after, everybody(sources, after.book), pricer(before.book), pricer(after.book)
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
    return Answer(
        low=found.low, mid=found.mid, high=found.high, p10=points.p10, p90=points.p90, method=found.method
    )


def two(names: Sequence[str], as_of: str | None) -> tuple[Side, Side]:
    """The sides before and after. One name alone is compared with the rules in use, `--as-of` alone with today.

    UsageError (2) for what names no rules; RulesError (78) for rules that can't be used, all problems listed.
    """
    from ehrpay.rules.diff.sides import refuse_broken

    before, after = _names(names, as_of)
    day = as_of if names else None
    sides = _side(before, day), _side(after, day)
    refuse_broken(sides)
    return sides


def _names(names: Sequence[str], as_of: str | None) -> tuple[str, str]:
    if len(names) > 2:  # noqa: PLR2004 - a comparison has two sides
        raise UsageError(f"compare two sides, not {len(names)}")
    if not names and as_of is None:
        msg = "nothing to compare: give two of: a rules folder, an overlay, a date, shipped, now; or --as-of DATE"
        raise UsageError(msg)
    if not names:
        return str(as_of), NOW
    if len(names) == 1:
        return (names[0], NOW) if _DAY.fullmatch(names[0].strip()) else (NOW, names[0])
    return names[0], names[1]


def _side(name: str, as_of: str | None) -> Side:
    from ehrpay import shipped
    from ehrpay.api.rulebooks import read_date
    from ehrpay.rules import folder
    from ehrpay.rules.diff.sides import Side
    from ehrpay.rules.overlay.layers import HEAD

    text, top, laid = name.strip(), shipped.folder(), list[folder.Layer]()
    dated = _DAY.fullmatch(text) is not None
    # A date among the sides is an argument, and not the option whose name an error would get.
    with blamed_on("" if dated else "as_of"):
        day = read_date(text if dated else as_of)
    if dated or text == NOW:
        laid = folder.overlays(folder.named(()))
    elif text != SHIPPED:
        path = _folder(text)
        if (path / HEAD).is_file():
            laid = folder.overlays([path])
        elif not (path / shipped.MARK).is_file():
            raise UsageError(f"{shown(text)} has neither rules ({shipped.MARK}) nor an overlay ({HEAD})")
        # The shipped folder is the same rules by whichever path it is reached.
        elif path.resolve() != top.resolve():
            top = path
    return Side(text, top, laid, day)


def _folder(text: str) -> Path:
    path = Path(text)
    if "\0" in text or not text or not path.is_dir():
        near = did_you_mean(text, WORDS)
        if "/" in text or os.sep in text or not (near or path.exists()):
            raise InputError(f"{shown(text)} not found")
        hint = near or "; use one of these"
        msg = f"{shown(text)} is not a rules folder, overlay, date (YYYY-MM-DD), 'shipped' or 'now'{hint}"
        raise UsageError(msg)
    return path

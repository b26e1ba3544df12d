"""`ehrpay rules diff`: what differs between two sets of rules, and who moves by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write
from ehrpay.errors import FINDINGS, EhrpayError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ehrpay.domain.review.changes import Change, Difference, Ruling
    from ehrpay.domain.review.moves import Answer, Moves, Person
    from ehrpay.rules.diff.sides import Side

FORMATS = ("table", "plain", "json", "markdown")
TOP, MOST = 20, 99_999


def command(
    sides: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A] [B]", help="A folder of rules, an overlay, a date, shipped, or now."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            envvar="EHRPAY_AS_OF",
            show_envvar=False,
            help="Price both sides on this day; alone: compare this day with today.",
        ),
    ] = None,
    profiles: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Price these people instead of the reference profiles (YAML)."),
    ] = None,
    top: Annotated[
        str | None,
        typer.Option(metavar="N", help="How many lines of each list, or all (20 on a screen, all in JSON)."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="GLOB", help="Only changes whose name matches: 'certification.*' (repeat)."),
    ] = None,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """Compare two sets of rules: what changed, rule by rule, and who moves by how much.

    \b
    Examples:
      ehrpay rules diff rules my-rules
      ehrpay rules diff my-overlay
      ehrpay rules diff 2025-01-01 2026-01-01
      ehrpay rules diff --as-of 2025-01-01
      ehrpay rules diff rules my-rules --only 'certification.*' --format markdown

    Dates are the rules in use on that day; a folder is priced on the day of --as-of. One
    side alone is compared with the rules in use. The exit code is 1 if anybody moves.
    """
    from ehrpay.cli.screen import detect_screen
    from ehrpay.formats.diff.render import render
    from ehrpay.formats.estimate.render import Options

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    most = _most(top, whole=chosen == "json")

    from ehrpay.cli.rules.sides import two
    from ehrpay.rules.diff.people import people

    everybody = people(profiles)
    found = difference(*two(sides or (), as_of), everybody)
    shape = Options(screen.width, screen.unicode, "standard" if screen.color else None)
    write(render(found, chosen, shape, most, only or ()))
    if found.moving:
        raise typer.Exit(FINDINGS)


def difference(before: Side, after: Side, everybody: Sequence[Person]) -> Difference:
    """Two sides compared: every change with its effect, and who moves."""
    from ehrpay.domain.review.changes import Difference, End
    from ehrpay.domain.review.moves import who_moves
    from ehrpay.rules.diff.places import place_changes
    from ehrpay.rules.diff.sides import unchanged
    from ehrpay.rules.diff.values import changes

    dates = before.as_of != after.as_of
    same = set() if dates else unchanged(before, after)
    roots = {**before.roots(), **after.roots()}
    old, new = (side.trees(dates=dates, same=same) for side in (before, after))
    found = changes(old, new, roots, dates=dates)
    if not dates:
        found += place_changes(before, after)
    pricers = _pricer(before), _pricer(after)
    moves = who_moves(everybody, *pricers)
    ends = [End(side.name, side.as_of, str(side.core["version"])) for side in (before, after)]
    rulings = tuple(_rulings(found, moves, (before, after), pricers, dates=dates))
    return Difference(ends[0], ends[1], dates, rulings, moves)


def _rulings(
    found: Sequence[Change],
    moves: Moves,
    sides: tuple[Side, Side],
    pricers: tuple[Callable[[Person], Answer], Callable[[Person], Answer]],
    *,
    dates: bool,
) -> Iterator[Ruling]:
    from ehrpay.domain.review.changes import Effect, Ruling, effect, mover
    from ehrpay.rules.diff.touched import people, unpriced

    cores = [side.core for side in reversed(sides)]
    for change in found:
        why = unpriced(change)
        if why:
            yield Ruling(change, Effect(told=why))
            continue
        # Between two dates each side prices on its own day, so nobody is put on a third.
        tried = (one for one in people(change, cores) if not (dates and one.as_of))
        yield Ruling(change, effect(mover(tried, *pricers), moves, alone=len(found) == 1))


def _pricer(side: Side) -> Callable[[Person], Answer]:
    """What a side pays people; asked twice for the same person, it answers from memory."""
    from ehrpay.api import estimate
    from ehrpay.domain.review.moves import Answer

    known: dict[Person, Answer] = {}

    def price(person: Person) -> Answer:
        if person not in known:
            try:
                found = estimate(person.profile, side.book(person.as_of), method=person.method)
            except EhrpayError as error:
                known[person] = Answer(error=str(error))
            else:
                points = found.percentiles
                ends = points.p10, points.p90
                known[person] = Answer(found.low, found.mid, found.high, *ends, found.method)
        return known[person]

    return price


def _most(top: str | None, *, whole: bool) -> int | None:
    """How many lines of a list to show; None for all of them."""
    if top is None:
        return None if whole else TOP
    if top.strip().casefold() == "all":
        return None
    from ehrpay.domain.profile import read_whole

    return read_whole(top, "number of lines", "top", 1, MOST)

"""`ehrpay whatif`: what each single change would pay, and one chosen scenario."""

from __future__ import annotations

from functools import partial

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.domain.whatif.gains import KINDS
from ehrpay.errors import UsageError

TOP = 3
ONLY = f"Kinds of change: {', '.join(KINDS)}."


@grouped
def command(
    *,
    profile: options.WholeProfile,
    method: str = options.METHOD,
    apply_band: bool = options.APPLY_BAND,
    rules: options.RulesInUse,
    top: str | None = options.text("N", "Changes of each group to show, or all (3; all in JSON and CSV)."),
    only: list[str] | None = options.text("KINDS", ONLY),
    to: list[str] | None = options.text("PLACE", "Place to move to (repeat)."),
    set: list[str] | None = options.text(  # noqa: A002 - the option's name
        "NAME=VALUE", "Change this in one scenario (repeat)."
    ),
    output: options.OutputWanted,
) -> None:
    """Show what each change would pay: this year, later, elsewhere.

    \b
    Examples:
      ehrpay whatif --years 5 --cert rhit --degree associate
      ehrpay whatif --years 5 --cert rhit --only certs,degree --top 5
      ehrpay whatif --agency va --grade 8 --step 3 --location 80202
      ehrpay whatif --years 5 --to Denver --to "Boise, ID" --only move
      ehrpay whatif --years 5 --set degree=bachelor --set role=auditor

    --set cert=ccs replaces your credentials, --set cert+=ccs adds one.
    """
    from ehrpay.formats import whatif as views

    chosen = output.choose(views.Ranking)
    if set and (only or to or top is not None):
        raise UsageError("--set makes one scenario and can't be combined with --only, --to or --top")
    most = options.limit(top, "changes", TOP, chosen.format)

    from ehrpay.api import whatifs
    from ehrpay.api.estimates import estimate

    kinds = whatifs.kinds_of(only or ())
    book = rules.load()
    priced = partial(estimate, book=book, method=method, apply_band=apply_band)
    start = whatifs.baseline(book, profile, whatifs.places(to or ()), priced)
    if set:
        from ehrpay.domain.whatif.scenario import read_assignments, scenario

        way = scenario(start, read_assignments(set), priced)
        chosen.write(views.Route(way, start.profile, book.sources))
        return
    from ehrpay.domain.whatif.gains import whatif

    chosen.write(views.Ranking(whatif(start, kinds, priced), start, most))

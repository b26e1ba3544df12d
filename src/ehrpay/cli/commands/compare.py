"""`ehrpay compare`: job offers side by side, valued and ranked."""

from __future__ import annotations

from typing import Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.commands import offers
from ehrpay.cli.grouping import grouped
from ehrpay.errors import UsageError


@grouped
def command(
    *,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Offers as YAML, JSON or CSV; - for standard input.")
    ] = None,
    offer: Annotated[
        list[str] | None,
        typer.Option("--offer", metavar="TEXT", help='An offer in words: "VA GS-9/1 Denver" (repeat).'),
    ] = None,
    home: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Compare in the prices of this place.")
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="base, package, adjusted, hourly, percent, percentile or name "
            "(adjusted where home is known, else package).",
        ),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Rank by points instead: package=3,percentile=1,leave=1. The best in each gets 100 points.",
        ),
    ] = None,
    horizon: Annotated[
        str | None,
        typer.Option(
            "--years",
            metavar="N",
            help="Total over so many years to come, 1 to 40 (your experience: --experience).",
        ),
    ] = None,
    person: options.PersonOnly,
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Compare job offers: base salary, package, cost of living, hourly pay, market position.

    \b
    Examples:
      ehrpay compare offers.yaml
      ehrpay compare offers.yaml --home Boise --years 3
      ehrpay compare offers.yaml --weights package=3,percentile=1,leave=1
      ehrpay compare --offer "VA GS-9/1 Denver" --offer "Mercy 66,500 Boise" --role coder

    What an offer leaves out is filled in only by a cited rule (federal benefits); otherwise it
    is "not specified" and counts as zero. --years is the horizon; your experience is --experience.
    """
    from ehrpay.formats.compare import SideBySide

    chosen = output.choose(SideBySide)
    if file is None and not offer:
        msg = "nothing to compare: name a file of offers, or use --offer for each"
        raise UsageError(msg)

    book = rules.load()
    by = offers.Ranking(home=home, sort=sort, weights=weights, horizon=horizon)
    comparison = offers.comparison(offers.Offers(file, tuple(offer or ())), person, by, book)
    chosen.write(SideBySide(comparison, book.sources))

"""`ehrpay compare`: job offers side by side, valued and ranked."""

from __future__ import annotations

from typing import Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.commands import offers
from ehrpay.cli.main import write
from ehrpay.errors import UsageError

FORMATS = ("table", "plain", "json", "csv", "markdown")


def command(
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
    years: Annotated[
        str | None,
        typer.Option(
            metavar="N", help="Total over so many years to come, 1 to 40 (your experience: --experience)."
        ),
    ] = None,
    role: options.Role = None,
    experience: Annotated[
        str | None,
        typer.Option(
            "--experience",
            metavar="YEARS",
            envvar="EHRPAY_YEARS",
            show_envvar=False,
            help="Years of experience: 5, 2.5, or a range 3-5.",
        ),
    ] = None,
    degree: options.Degree = None,
    certs: options.Certs = None,
    ehr: options.Ehr = None,
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """Compare job offers: base, package, prices at home, pay by the hour, market, rank.

    \b
    Examples:
      ehrpay compare offers.yaml
      ehrpay compare offers.yaml --home Boise --years 3
      ehrpay compare offers.yaml --weights package=3,percentile=1,leave=1
      ehrpay compare --offer "VA GS-9/1 Denver" --offer "Mercy 66,500 Boise" --role coder

    What an offer doesn't say is filled in only by a cited rule (federal benefits); else it
    is "not said" and counts as nothing. --years is the horizon here, not your experience.
    """
    said = dict(locals())
    from ehrpay.cli.screen import detect_screen
    from ehrpay.formats.estimate.render import Options

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    if file is None and not offer:
        msg = "nothing to compare: give a file of offers, or --offer once for each"
        raise UsageError(msg)

    from ehrpay.formats.compare.render import render

    book = options.rulebook(said)
    found = offers.comparison(said, offer or [], book, years)
    shape = Options(screen.width, screen.unicode, "standard" if screen.color else None)
    write(render(found, chosen, shape, book.sources))

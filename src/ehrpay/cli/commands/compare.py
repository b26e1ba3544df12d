"""`ehrpay compare`: job offers side by side, valued and ranked."""

from __future__ import annotations

import typer

from ehrpay.cli import options
from ehrpay.cli.commands import offers
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import warn
from ehrpay.errors import UsageError

_MEANT = "--years {} is the years to total (--horizon says the same); experience is not specified: --experience says it"


@grouped
def command(
    *,
    file: str | None = typer.Argument(
        None, metavar="FILE", help="Offers as YAML, JSON or CSV; - for standard input."
    ),
    offer: list[str] | None = options.text("TEXT", 'An offer in words: "VA GS-9/1 Denver" (repeat).'),
    explain: bool = options.flag("--explain", "Show assumptions, sources and market ranges too."),
    by: offers.RankingWanted,
    person: options.PersonOnly,
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Compare job offers: base, package, cost of living, market.

    \b
    Examples:
      ehrpay compare offers.yaml
      ehrpay compare offers.yaml --home Boise --horizon 3
      ehrpay compare offers.yaml --weights package=3,percentile=1,leave=1
      ehrpay compare --offer "VA GS-9/1 Denver" --offer "Mercy 66,500 Boise" --role coder

    What an offer leaves out is "not specified", counts as zero as stated, and like for like as
    what is typical of such employers, cited; --assume replaces that, --assume none leaves it out.
    --horizon is the years to total (--years says the same); your experience is --experience.
    """
    from ehrpay.formats.compare import SideBySide

    chosen = output.choose(SideBySide, file)
    if file is None and not offer:
        raise UsageError("nothing to compare: name a file of offers, or use --offer for each")

    book = rules.load()
    found = offers.comparison(file, offer or (), person, by, book)
    nobody_said = any(one.offer.terms.profile.years is None for one in found.offers)
    if by.years_to_total is not None and nobody_said and not rules.quiet:
        warn(_MEANT.format(by.years_to_total))
    chosen.write(SideBySide(found, book.sources, explain))

"""`ehrpay estimate`: the main job."""

from typing import Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import write
from ehrpay.errors import UsageError

PERIODS = ("year", "month", "biweekly", "hour")


@grouped
def command(
    *,
    profile: options.WholeProfile,
    method: options.Method = "auto",
    apply_band: options.ApplyBand = False,
    rules: options.RulesInUse,
    offer: options.Offer = None,
    period: options.Period = "year",
    explain: Annotated[bool, typer.Option("--explain", help="Show every formula, rule and source.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="One line.")] = False,
    output: options.OutputWanted,
) -> None:
    """Estimate a pay range, and show how it adds up.

    \b
    Examples:
      ehrpay estimate --agency va --years 5 --cert rhit
      ehrpay estimate --role coder --years 3-5 --location "Denver, CO"
      ehrpay estimate --agency va --grade 8 --step 3 --location 80202
      ehrpay estimate --years 5 --cert rhit --offer 61000 --explain
      ehrpay estimate --years 5 --json | jq .mid

    What you leave out has no effect; --cert none means that you hold no credential.
    """
    from ehrpay.formats.estimate import Answer

    chosen = output.choose(Answer)
    options.one_of(period, PERIODS, "period")
    if brief and (explain or chosen.format in ("json", "csv")):
        raise UsageError(f"--brief conflicts with {'--explain' if explain else '--format ' + chosen.format}")

    from ehrpay import __version__
    from ehrpay.api.estimates import estimate

    book = rules.load()
    answer = estimate(profile, book, method=method, apply_band=apply_band, offer=offer)
    view = Answer(
        estimate=answer,
        sources=book.sources,
        period=period,
        offer=answer.verdict,
        explain=explain,
        version=__version__,
    )
    if brief:
        write(view.brief())
    else:
        chosen.write(view)

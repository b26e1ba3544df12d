"""`ehrpay estimate`: the main job."""

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import write
from ehrpay.errors import UsageError

PERIODS = ("year", "month", "biweekly", "hour")


@grouped
def command(
    *,
    profile: options.WholeProfile,
    method: str = options.METHOD,
    apply_band: bool = options.APPLY_BAND,
    rules: options.RulesInUse,
    offer: str | None = options.text("DOLLARS", "Compare an offer with the range: 61000 or 29.50/h."),
    period: str = options.PERIOD,
    explain: bool = options.flag("--explain", "Show every formula, rule and source."),
    brief: bool = options.flag("--brief", "One line."),
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

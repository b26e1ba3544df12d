"""`ehrpay estimate`: the main job."""

from __future__ import annotations

from typing import Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write
from ehrpay.errors import UsageError

FORMATS = ("table", "plain", "json", "csv", "markdown")
PERIODS = ("year", "month", "biweekly", "hour")


def command(
    agency: options.Agency = None,
    role: options.Role = None,
    years: options.Years = None,
    degree: options.Degree = None,
    certs: options.Certs = None,
    location: options.Location = None,
    locality: options.Locality = None,
    setting: options.Setting = None,
    ehr: options.Ehr = None,
    work: options.Work = None,
    grade: options.Grade = None,
    step: options.Step = None,
    years_in_grade: options.YearsInGrade = None,
    method: Annotated[str, typer.Option(help="auto, market or grade.")] = "auto",
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    offer: Annotated[
        str | None, typer.Option(metavar="DOLLARS", help="Judge an offer: 61000, or 29.50/h.")
    ] = None,
    period: Annotated[str, typer.Option(help="Show pay by year, month, biweekly or hour.")] = "year",
    explain: Annotated[bool, typer.Option("--explain", help="Show every formula, rule and source.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="One line.")] = False,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """Estimate a pay range, and show how it adds up.

    \b
    Examples:
      ehrpay estimate --agency va --years 5 --cert rhit
      ehrpay estimate --role coder --years 3-5 --location "Denver, CO"
      ehrpay estimate --agency va --grade 8 --step 3 --location 80202
      ehrpay estimate --years 5 --cert rhit --offer 61000 --explain
      ehrpay estimate --years 5 --json | jq .mid

    Anything not said is neutral; `--cert none` is said. Results go to standard output.
    """
    said = dict(locals())
    from ehrpay.cli.screen import detect_screen
    from ehrpay.formats.estimate.render import Options, render

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    options.one_of(period, PERIODS, "period")
    if brief and (explain or chosen in ("json", "csv")):
        msg = f"--brief conflicts with {'--explain' if explain else '--format ' + chosen}"
        raise UsageError(msg)

    from ehrpay import __version__
    from ehrpay.api import estimate

    book = options.rulebook(said)
    profile = options.profile(said)
    answer = estimate(profile, book, method=method)
    verdict = None
    if offer is not None:
        from ehrpay.domain.estimate.verdict import read_offer
        from ehrpay.domain.estimate.verdict import verdict as judge

        verdict = judge(read_offer(offer, answer.hours), answer)
    shape = Options(
        width=screen.width,
        unicode=screen.unicode,
        color="standard" if screen.color else None,
        explain=explain,
        brief=brief,
        period=period,
        offer=verdict,
        version=__version__,
    )
    write(render(answer, chosen, shape, book.sources))

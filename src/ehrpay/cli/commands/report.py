"""`ehrpay report`: an estimate, or a comparison of offers, as one file to keep, print or share."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.commands.estimate import PERIODS, judged
from ehrpay.cli.commands.offers import Offers, Ranking, RankingOfFile, comparison
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import write
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


ENDINGS = {".html": "html", ".svg": "svg", ".md": "markdown", ".markdown": "markdown"}
JOB = tuple(field.name for field in FIELDS.values() if not field.personal)
ONE = (*JOB, "method", "apply_band", "offer", "period")
SHAPING = ("apply_band",)
"""Flags that shape the report."""
OFFERS = Ranking._fields
"""What goes with one estimate only, and with a file of offers only."""

PATHS = ("output", "file")
"""Parameters of which a report shows only the file's name: folders may name people."""


@grouped
def command(
    *,
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="Offers to compare: YAML, JSON or CSV; - for standard input."),
    ] = None,
    profile: options.WholeProfile,
    method: options.Method = "auto",
    apply_band: options.ApplyBand = False,
    rules: options.RulesInUse,
    offer: options.Offer = None,
    period: options.Period = "year",
    by: RankingOfFile,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="FILE", help="File to write; - is standard output."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="html, svg or markdown (by default from the file name, else html)."
        ),
    ] = None,
) -> None:
    """Write a report: a self-contained page with charts, tables, rules and sources.

    \b
    Examples:
      ehrpay report --agency va --years 5 --cert rhit -o report.html
      ehrpay report --years 5 --location Denver --offer 61000 -o report.html
      ehrpay report --years 5 --format svg -o - > pay.svg
      ehrpay report offers.yaml -o offers.html

    With a file of offers the report compares them; --years is your experience, --horizon the years to total.
    """
    _refuse_mixing(ctx, OFFERS if file is None else ONE)
    chosen = _format(format, output)
    options.one_of(period, PERIODS, "period")
    from ehrpay.cli.output_file import STDOUT, output_file

    if output is None and sys.stdout is not None and sys.stdout.isatty():
        msg = "name a file, such as -o report.html, or use -o - for standard output"
        raise UsageError(msg, field="output")
    place = output_file(STDOUT if output is None else output, force=force, source=file)

    from ehrpay import __version__
    from ehrpay.api import estimate
    from ehrpay.formats import writers
    from ehrpay.formats.compare import SideBySide
    from ehrpay.formats.document import Made
    from ehrpay.formats.estimate import Answer
    from ehrpay.formats.report import CompareReport, EstimateReport

    book = rules.load()
    made = Made(__version__, book.version, book.as_of, command_line(ctx))
    report: EstimateReport | CompareReport
    if file is None:
        answer = estimate(profile, book, method=method, apply_band=apply_band)
        report = EstimateReport(Answer(answer, book.sources, period, judged(offer, answer, book)), made)
    else:
        person = profile._replace(**dict.fromkeys(JOB))
        view = SideBySide(comparison(Offers(file), person, by, book), book.sources)
        report = CompareReport(view, made)
    text = writers.write(report, chosen, writers.Screen())
    if place is None:
        write(text)
    else:
        place.write(text.encode())


def _refuse_mixing(ctx: typer.Context, fields: tuple[str, ...]) -> None:
    """UsageError for an option of the other kind of report; its variables are ignored."""
    for field in fields:
        source = ctx.get_parameter_source(field)
        if source is not None and source.name == "COMMANDLINE":
            msg = f"works only {'with' if fields is OFFERS else 'without'} a file of offers"
            raise UsageError(msg, field=field)


def _format(name: str | None, output: str | None) -> str:
    """The format asked for, else the one the file's name ends in, else HTML."""
    if name is not None:
        return options.one_of(name, list(dict.fromkeys(ENDINGS.values())), "format")
    return ENDINGS.get(Path(output or "").suffix.casefold(), "html")


def command_line(ctx: typer.Context) -> str:
    """The command line as one could type it again, with the variables it took values from in front.

    Flags that don't shape the report are left out.
    """
    typed: list[str] = []
    taken: list[str] = []
    for param in ctx.command.params:
        source = ctx.get_parameter_source(param.name or "")
        values = list(_values(param.name or "", ctx.params.get(param.name or "")))
        if param.name in SHAPING and ctx.params[param.name]:
            typed.append(param.opts[0])
        if source is None or not values:
            continue
        if source.name == "ENVIRONMENT":
            taken.append(f"{param.envvar}={shlex.quote(' '.join(values))}")
        elif source.name == "COMMANDLINE":
            name = [] if param.param_type_name == "argument" else [param.opts[0]]
            typed += [part for value in values for part in (*name, shlex.quote(value))]
    return " ".join([*taken, "ehrpay", ctx.info_name or "report", *typed])


def _values(name: str, value: object) -> Iterator[str]:
    for one in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(one, str):
            yield Path(one).name if name in PATHS else one

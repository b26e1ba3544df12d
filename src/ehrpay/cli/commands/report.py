"""`ehrpay report`: an estimate, or a comparison of offers, as one file to keep, print or share."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.commands.estimate import PERIODS
from ehrpay.cli.commands.offers import Ranking, RankingOfFile, comparison
from ehrpay.cli.grouping import grouped
from ehrpay.cli.output_file import STDOUT, output_file
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator


FORMATS = ("html", "svg", "markdown")
JOB = tuple(field.name for field in FIELDS.values() if not field.personal)
ONE = (*JOB, "method", "apply_band", "period")
_AMOUNT = re.compile(r"[-+]?\$?\s?[0-9][0-9.,]*\s?k?(?:\s?/\s?\w+)?", re.IGNORECASE)
"""An offer that is an amount alone."""

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
    file: str | None = typer.Argument(
        None, metavar="[FILE]", help="Offers to compare: YAML, JSON or CSV; - for standard input."
    ),
    profile: options.WholeProfile,
    method: str = options.METHOD,
    apply_band: bool = options.APPLY_BAND,
    rules: options.RulesInUse,
    offer: list[str] | None = options.text(
        "OFFER",
        'An amount to compare with the range: 61000; or offers in words: "VA GS-9/1 Denver" (repeat).',
    ),
    period: str = options.PERIOD,
    by: RankingOfFile,
    output: str | None = options.FILE,
    force: bool = options.FORCE,
    format: str | None = options.text(
        "NAME", "html, svg or markdown (by default from the file name, else html)."
    ),
) -> None:
    """Write a self-contained page: charts, tables, rules, sources.

    \b
    Examples:
      ehrpay report --agency va --years 5 --cert rhit -o report.html
      ehrpay report --years 5 --location Denver --offer 61000 -o report.html
      ehrpay report --years 5 --format svg -o - > pay.svg
      ehrpay report offers.yaml -o offers.html
      ehrpay report --offer "VA GS-9/1 Denver" --offer "Mercy 66,500 Boise" -o offers.html

    With offers the report compares them; --years is your experience, --horizon the years to total.
    """
    texts = tuple(offer or ())
    amount = _amount(texts, file)
    several = file is not None or (bool(texts) and amount is None)
    _refuse_mixing(ctx, ONE if several else OFFERS)
    options.one_of(period, PERIODS, "period")
    if output is None and sys.stdout is not None and sys.stdout.isatty():
        msg = "name a file, such as -o report.html, or use -o - for standard output"
        raise UsageError(msg, field="output")
    place = output_file(STDOUT if output is None else output, force=force, sources=[file] if file else ())
    chosen = _format(format, output)

    from ehrpay import __version__
    from ehrpay.api.estimates import estimate
    from ehrpay.formats.compare import SideBySide
    from ehrpay.formats.document import Made
    from ehrpay.formats.estimate import Answer
    from ehrpay.formats.report import Report
    from ehrpay.formats.writers import Screen

    book = rules.load()
    made = Made(__version__, book.version, book.as_of, command_line(ctx))
    view: Answer | SideBySide
    if several:
        person = profile._replace(**dict.fromkeys(JOB))
        view = SideBySide(comparison(file, texts, person, by, book), book.sources)
    else:
        answer = estimate(profile, book, method=method, apply_band=apply_band, offer=amount)
        view = Answer(answer, book.sources, period, answer.verdict, explain=True)
    options.Output(chosen, Screen(), place).write(Report(view, made))


def _amount(offers: tuple[str, ...], file: str | None) -> str | None:
    """The offer that is an amount alone, to be judged; UsageError beside other offers."""
    amounts = [text for text in offers if _AMOUNT.fullmatch(text.strip())]
    if amounts and (file is not None or len(offers) > 1):
        one = shown(amounts[0])
        msg = f"an amount alone, {one}, works only without a file of offers or other offers; say whose it is"
        raise UsageError(msg, field="offer")
    return amounts[0] if amounts else None


def _refuse_mixing(ctx: typer.Context, fields: tuple[str, ...]) -> None:
    """UsageError for an option of the other kind of report; its variables are ignored."""
    for field in fields:
        if kept.source(ctx, field) == "COMMANDLINE":
            msg = (
                f"works only {'with' if fields is OFFERS else 'without'} a file of offers or offers in words"
            )
            raise UsageError(msg, field=field)


def _format(name: str | None, output: str | None) -> str:
    """The format asked for, else the one the file's name ends in, else HTML."""
    if name is not None:
        options.one_of(name, FORMATS, "format")
    if output in (None, STDOUT):
        return name or "html"
    return options.format_of_file(output or "", FORMATS, name)


def command_line(ctx: typer.Context) -> str:
    """The command line as one could type it again, with the variables it took values from in front.

    Flags that don't shape the report are left out.
    """
    typed: list[str] = []
    taken: list[str] = []
    for param in ctx.command.params:
        name = param.name or ""
        values = list(_values(name, ctx.params.get(name)))
        if name in SHAPING and ctx.params[name]:
            typed.append(param.opts[0])
        source = kept.source(ctx, name) if values else ""
        if source == "ENVIRONMENT":
            taken.append(f"{param.envvar}={shlex.quote(' '.join(values))}")
        elif source in {"COMMANDLINE", "DEFAULT_MAP"}:
            option = [] if param.param_type_name == "argument" else [param.opts[0]]
            typed += [part for value in values for part in (*option, shlex.quote(value))]
    return " ".join([*taken, "ehrpay", ctx.info_name or "report", *typed])


def _values(name: str, value: object) -> Iterator[str]:
    for one in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(one, str):
            yield Path(one).name if name in PATHS else one

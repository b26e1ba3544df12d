"""`ehrpay backtest`: how well estimates meet pay that was observed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import warn
from ehrpay.errors import FINDINGS, UsageError, shown

if TYPE_CHECKING:
    from ehrpay.batch.files.source import Input
    from ehrpay.observed.read import ObservedFile

STDIN, WORST, MOST_WORST = "-", 5, 1000


@grouped
def command(
    *,
    file: str | None = typer.Argument(
        None, metavar="[FILE]", help="Observed pay as CSV; - for standard input (default: the shipped file)."
    ),
    since: str = typer.Option(
        "2019", metavar="YEAR", help="The first year that counts; older pay is measured apart."
    ),
    worst: str = typer.Option(str(WORST), metavar="N", help="Explain the N rows that are furthest off."),
    min_coverage: str | None = options.text(
        "PERCENT", "Exit 1 if P10 to P90 holds less of the pay than this."
    ),
    max_error: str | None = options.text("PERCENT", "Exit 1 if the median error is larger than this."),
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Measure estimates against observed pay: error, bias, coverage.

    \b
    Examples:
      ehrpay backtest
      ehrpay backtest payroll.csv --worst 10
      ehrpay backtest payroll.csv --min-coverage 75 --max-error 15
      ehrpay backtest payroll.csv -o accuracy.html

    The file needs pay (or pay_low and pay_high); date_stated, city, state, role, setting, title
    and the other fields of a profile are used where it has them. A roster will do: CSV, TSV,
    JSONL or Parquet.
    """
    from ehrpay.domain.backtest.measures import Limits, read_percent
    from ehrpay.domain.typed_numbers import read_whole
    from ehrpay.formats import backtest as views

    roster = _roster(file)
    chosen = output.choose(views.Accuracy, file if roster is None else roster.path)
    limits = Limits(read_percent(min_coverage, "min_coverage"), read_percent(max_error, "max_error"))
    most = read_whole(worst, "number of rows", "worst", 0, MOST_WORST)

    from ehrpay.api.backtests import backtest

    book = rules.load()
    observed = _read(file, roster, book.as_of)
    result = backtest(observed, book, since=since)
    missed = limits.missed(result.measures)
    warnings = (*book.rules.conflicts, *missed)
    chosen.write(
        views.Accuracy(
            result=result,
            file=observed.name,
            worst=most,
            limits=limits,
            unread=observed.unread,
            warnings=warnings,
        )
    )
    for text in missed:
        warn(text)
    if missed:
        raise typer.Exit(FINDINGS)


def _roster(file: str | None) -> Input | None:
    """The file as a roster, where it isn't the CSV of observed pay."""
    if file is None or file == STDIN or file.casefold().endswith(".csv"):
        return None
    from ehrpay.cli.roster.run import rosters

    one, *others = rosters(file)
    if others:
        raise UsageError(f"{shown(file)} is {1 + len(others)} files; name one")
    return one


def _read(file: str | None, roster: Input | None, day: str) -> ObservedFile:
    """The observed pay of a file, of standard input, or the one that ships; without dates it is that of the day."""
    from ehrpay.cli.input_file import read_input
    from ehrpay.observed.read import MOST_BYTES, path, read, read_lines

    if roster is not None:
        from ehrpay.batch.files.cells import cells

        return read_lines(roster.name, cells(roster), day)
    data = read_input(str(path()) if file is None else file, MOST_BYTES, "observed pay")
    return read(path().name if file is None else file, data, day)

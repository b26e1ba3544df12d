"""`ehrpay batch`: the estimate of every row of a roster."""

from __future__ import annotations

import os

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.errors import FINDINGS, UsageError

SUMMARIES = ("table", "json", "none")
MOST_THREADS = 1024


@grouped
def command(
    *,
    files: list[str] = typer.Argument(
        metavar="FILE...", help="Rosters: CSV, TSV, JSONL or Parquet, .gz, globs; - for stdin."
    ),
    output_file: str = typer.Option(
        ..., "--output", "-o", metavar="FILE", help="Where rows go, by its ending; - is standard output."
    ),
    errors_file: str | None = options.text(
        "FILE", "Where bad rows go (default: OUTPUT.errors.csv).", "--errors"
    ),
    mapped: list[str] | None = options.text("COLUMN=FIELD", "What a column means (repeat).", "--map"),
    by: str = typer.Option("", metavar="COLUMN", help="Compare the current pay of groups, by a column."),
    percentiles: bool = options.flag("--percentiles", "Add P10 and P90."),
    method: str = options.METHOD,
    apply_band: bool = options.APPLY_BAND,
    append: bool = options.flag("--append", "Add the rows to an output that exists."),
    force: bool = options.flag("--force", "Replace files that exist."),
    strict: bool = options.flag("--strict", "Stop at the first bad row."),
    allow_errors: bool = options.flag("--allow-errors", "Exit 0 even if rows are bad."),
    summary: str = typer.Option("table", metavar="NAME", help="On stderr: table, json or none."),
    report: str | None = options.text("FILE", "Write the summary as a page with charts, too."),
    engine: str = typer.Option("auto", metavar="NAME", help="auto, rows, polars or dask."),
    scheduler: str | None = options.text("ADDRESS", "Dask's scheduler, tcp://HOST:8786 (engine dask)."),
    scheduler_file: str | None = options.text("FILE", "The file with the scheduler's address (engine dask)."),
    threads: str | None = options.text("N", "Use N threads at most (engine polars)."),
    from_: str | None = options.text("NAME", "Format of the rosters: csv, tsv, jsonl, parquet.", "--from"),
    to: str | None = options.text("NAME", "Format of the output: csv, tsv, jsonl, parquet."),
    encoding: str = typer.Option("utf-8", metavar="NAME", help="Encoding of text files: utf-8, cp1252 ..."),
    raw_csv: bool = options.flag(
        "--raw-csv", "Leave cells that a spreadsheet takes for formulas as they are."
    ),
    rules: options.RulesInUse,
) -> None:
    """Price every row of a roster by the same rules as one person.

    \b
    Examples:
      ehrpay batch roster.csv -o pay.csv
      ehrpay batch 'staff/*.parquet' -o pay.parquet --by department --report pay.html
      ehrpay batch roster.csv -o - --map "Job Title=role"
      ehrpay batch pay.errors.csv -o pay.csv --append
      ehrpay batch 'staff/*.parquet' -o out --engine dask --scheduler tcp://10.0.0.5:8786

    Columns are found by name: agency, setting, role, level, years (or hired), degree, certs, ehr,
    location (or city and state), work, grade, step, locality, pay. Others are carried through.
    A bad row goes to OUTPUT.errors.csv with its reason; exit 1 says that there are some.
    With --engine dask the workers of a cluster price many files into a folder, each into a part of its own.
    """
    options.one_of(summary, SUMMARIES, "summary")
    from ehrpay.batch.files.lines import encoding_of
    from ehrpay.batch.files.source import inputs
    from ehrpay.batch.job.head import read_map
    from ehrpay.batch.job.request import Request
    from ehrpay.batch.run import DASK, engine_for
    from ehrpay.cli.roster.run import Places, page_place, price, standard_input, summarize

    request = Request(
        method=method,
        apply_band=apply_band,
        ends=percentiles,
        by=by,
        mapped=read_map(mapped or ()),
        encoding=encoding_of(encoding),
        raw=raw_csv,
        strict=strict,
    )
    sources = inputs(files, standard_input, from_, "--from")
    page = page_place(report, sources, force=force)
    if engine == DASK:
        from ehrpay.cli.roster.parts import PartPlaces, price_parts, scheduler_at
        from ehrpay.rules.folder import named, overlays

        _refuse_together("dask", errors=errors_file, threads=threads)
        address = scheduler_at(scheduler, scheduler_file)
        chosen = engine_for(engine, sources, "", request.encoding)
        parts = PartPlaces(sources, output_file, to, force=force, append=append)
        if parts.complete():
            return
        places: Places | PartPlaces = parts
        book = rules.load()
        layers = overlays(named(rules.rules or ()))
        done = price_parts(book, request, layers, parts, address, quiet=rules.quiet)
    else:
        _refuse_together(engine, scheduler=scheduler, scheduler_file=scheduler_file)
        places = files_ = Places(sources, output_file, errors_file, to, force=force, append=append, page=page)
        chosen = engine_for(engine, sources, files_.form, request.encoding)
        _limit_threads(threads)
        book = rules.load()
        done = price(book, request, sources, files_, chosen, quiet=rules.quiet)
    summarize(book, done, places, chosen, summary, page, by, quiet=rules.quiet)
    if done.tally.faults and not allow_errors:
        raise typer.Exit(FINDINGS)


def _refuse_together(engine: str, **given: str | None) -> None:
    for name, value in given.items():
        if value is not None:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} does nothing with --engine {engine}", field=name)


def _limit_threads(threads: str | None) -> None:
    """Polars reads how many threads it may use when it is imported."""
    if threads is not None:
        from ehrpay.domain.typed_numbers import read_whole

        number = read_whole(threads, "number of threads", "threads", 1, MOST_THREADS)
        os.environ["POLARS_MAX_THREADS"] = str(number)

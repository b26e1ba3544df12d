"""`ehrpay list`: what is in the rules, by kind."""

from __future__ import annotations

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.domain.catalog import KINDS, catalog
from ehrpay.errors import UsageError, shown, unknown


@grouped
def command(
    *,
    kind: str = typer.Argument(help=f"{', '.join(KINDS)}.", metavar="KIND"),
    state: str | None = options.text("CODE", "Only areas in this state."),
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """List what is in the rules, with the names you can use.

    \b
    Examples:
      ehrpay list agencies
      ehrpay list certs --json
      ehrpay list areas --state CO
      ehrpay list agencies --as-of 2023-06-01 --json
    """
    from ehrpay.formats.listing import Listing

    chosen = output.choose(Listing)
    wanted = kind.strip().casefold()
    if wanted not in KINDS:
        raise UsageError(unknown("list", kind, KINDS))
    if state is not None and wanted != "areas":
        raise UsageError(f"--state works only with 'list areas', not 'list {wanted}'")
    book = rules.load()
    records = catalog(book, wanted, None if state is None else _state(state))
    codes = sorted({code for record in records for code in record.get("occupations", ())})
    names = {code: book.wages.title(code) for code in codes}
    chosen.write(Listing(wanted, records, book.as_of, book.version, names, book.rules.conflicts))


def _state(text: str) -> str:
    from ehrpay.places.resolve import resolve

    place = resolve(text)
    if place.kind != "state" or place.state is None:
        raise UsageError(f"{shown(text)} is not a state; use its code, like CO", field="state")
    return place.state

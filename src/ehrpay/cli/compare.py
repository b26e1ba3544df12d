"""`ehrpay compare`: job offers side by side, valued and ranked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write
from ehrpay.errors import DataError, InputError, UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile
    from ehrpay.domain.rulebook import Rulebook
    from ehrpay.domain.terms import Said, Terms

FORMATS = ("table", "plain", "json", "csv", "markdown")
STDIN = "-"
MOST_BYTES = 1_000_000


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
    from ehrpay.cli import terminal
    from ehrpay.formats.render import Options

    screen = terminal.look(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    if file is None and not offer:
        msg = "nothing to compare: give a file of offers, or --offer once for each"
        raise UsageError(msg)

    from ehrpay.api import compare
    from ehrpay.formats.compare_render import render

    book = options.rulebook(said)
    terms, at = _offers(file, offer or [], _person(said, book), book)
    try:
        found = compare(
            terms,
            book,
            home=home if home is not None or at is None else at.value,
            sort=sort,
            weights=weights,
            years=years,
        )
    except UsageError as error:
        if error.field != "home" or home is not None or at is None:
            raise
        msg = f"{at.where}: home: {error}"
        raise DataError(msg) from error
    shape = Options(screen.width, screen.unicode, "standard" if screen.color else None)
    write(render(found, chosen, shape, book.sources))


def _person(said: Mapping[str, object], book: Rulebook) -> Profile:
    """Who gets the offers, as far as options say; read once alone, so that a wrong option is named."""
    unsaid = dict.fromkeys(("agency", "location", "locality", "setting", "work", "grade", "step"))
    person = options.profile({**said, **unsaid, "years_in_grade": None, "years": said["experience"]})
    try:
        book.read(person)
    except UsageError as error:
        field = "experience" if error.field == "years" else error.field
        raise UsageError(str(error), field=field) from error
    return person


def _offers(
    file: str | None, texts: list[str], person: Profile, book: Rulebook
) -> tuple[list[Terms], Said[str] | None]:
    """The offers of the file, then those of --offer, and the file's home."""
    from ehrpay.offers.read import read
    from ehrpay.offers.typed import typed

    agencies = _agencies(book)
    found: list[Terms] = []
    home: Said[str] | None = None
    if file is not None:
        name, data = _read(file)
        sheet = read(name, data, person, agencies)
        found += sheet.offers
        home = sheet.home
    found += [typed(text, number, person, agencies) for number, text in enumerate(texts, 1)]
    if not found:
        msg = f"{file}: no offers in it"
        raise DataError(msg)
    return found, home


def _agencies(book: Rulebook) -> dict[str, str]:
    """Every name of an agency to its id."""
    return {
        name: id_
        for id_, rule in book.core["agencies"].items()
        for name in (id_, rule["name"], *rule["aliases"])
    }


def _read(file: str) -> tuple[str, bytes]:
    """A file's name for messages, and its bytes; InputError where it can't be read."""
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as source:
                data = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        msg = f"cannot read {shown(file)}: {getattr(error, 'strerror', None) or error}"
        raise InputError(msg) from error
    if len(data) > MOST_BYTES:
        msg = f"{shown(file)} is larger than {MOST_BYTES:,} bytes; that is no list of offers"
        raise DataError(msg)
    return ("standard input" if file == STDIN else file), data

"""Options that commands share, declared once. Values arrive as text; the domain reads and refuses them."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ehrpay.cli.grouping import Group, group_of
from ehrpay.domain.profile import FIELDS, Field, Profile, from_texts
from ehrpay.errors import UsageError, shown, unknown
from ehrpay.formats import writers
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.cli.output_file import OutputFile
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.formats.writers import Screen


STDOUT = "-"
MOST_SHOWN = 99_999
LEAST_LINES = 10
"""Fewer lines fit every terminal."""

BESIDE = {"years": "--experience"}
"""A field's option where `--years` is a number of years to come."""


def text(metavar: str, help: str, *names: str) -> Any:
    """An option that takes a text, or several; None where it isn't given. Without names it has its parameter's."""
    return typer.Option(None, *names, metavar=metavar, help=help)


def flag(name: str, help: str, *names: str) -> Any:
    """An option that is there or not, by its name or others."""
    return typer.Option(False, name, *names, help=help)


def _of(field: Field, option: str | None = None) -> tuple[Any, Any]:
    """The type of a field of a profile, and the field as an option, perhaps by another name."""
    names = [option] if option else [field.option, *([field.short] if field.short else [])]
    made = typer.Option(
        None, *names, help=field.help, metavar=field.metavar, envvar=field.variable, show_envvar=False
    )
    return (list[str] if field.several else str) | None, made


WholeProfile = Annotated[Profile, Group(from_texts, {name: _of(field) for name, field in FIELDS.items()})]
"""A person and their job."""

PersonOnly = Annotated[
    Profile,
    Group(
        from_texts, {name: _of(field, BESIDE.get(name)) for name, field in FIELDS.items() if field.personal}
    ),
]
"""What a person brings to every job."""

METHOD = typer.Option(
    "auto",
    metavar="auto|market|grade",
    help="How to price: by the pay plan where one covers the job, or one way.",
)
APPLY_BAND = flag("--apply-band", "Hold the range to the employer's band even if contradicted or old.")
PERIOD = typer.Option("year", metavar="year|month|biweekly|hour", help="What pay is shown by.")
AS_OF = typer.Option(
    None,
    metavar="DATE",
    envvar="EHRPAY_AS_OF",
    show_envvar=False,
    help="Use the rules in force on this date (YYYY-MM-DD).",
)
# EHRPAY_RULES adds to the flag and is not replaced by it: both name overlays.
RULES = text("DIR", "Add an overlay of rules after those in EHRPAY_RULES (repeat; the last wins).")
JSON = flag("--json", "Same as --format json.")
FILE = text("FILE", "File to write, such as page.html; - is standard output.", "--output", "-o")
FORCE = flag("--force", "Replace the file if it exists.")


class RulesOptions(NamedTuple):
    """Which rules a command prices by, and as of which day."""

    as_of: str | None = AS_OF
    rules: list[str] | None = RULES
    quiet: bool = flag("--quiet", "No warnings on standard error.", "-q")

    def load(self) -> "Rulebook":
        """The rulebook; warns where overlays disagree."""
        from ehrpay.api.rulebooks import load_rulebook
        from ehrpay.cli import kept
        from ehrpay.cli.main import tell, warn
        from ehrpay.rules.folder import named

        if not self.quiet and (sentence := kept.sentence()):
            tell(sentence)
        book = load_rulebook(as_of=self.as_of, overlays=named(self.rules or ()))
        for text in () if self.quiet else book.rules.conflicts:
            warn(text)
        return book


class Output(NamedTuple):
    """The format an answer is written in, the screen it is for, and the file it goes to instead, if any.

    A `pager` shows what is longer than a terminal.
    """

    format: str
    screen: "Screen"
    file: "OutputFile | None" = None
    pager: bool = False
    fields: tuple[str, ...] = ()

    def write(self, view: object) -> None:
        """A view to standard output, or to the file, and then what was written."""
        from ehrpay.cli.main import tell, write

        if self.fields:
            from ehrpay.formats.selected import Selected

            one_of(self.format, writers.suiting(Selected), "format")
            view = Selected(view, self.fields)
        text = writers.write(view, self.format, self.screen)
        if self.file is None:
            if not (self.pager and _paged(text)):
                write(text)
        else:
            self.file.write(text.encode())
            tell(f"wrote {self.file.name} ({self.format})")


def _paged(text: str) -> bool:
    """Whether a pager has shown a text; only a terminal, and a text longer than the least of them, loads it."""
    if text.count("\n") < LEAST_LINES or sys.stdout is None or not sys.stdout.isatty():
        return False
    from ehrpay.cli.pager import paged

    return paged(text)


ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".svg": "svg",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".json": "json",
    ".csv": "csv",
}
"""The format of a file by the ending of its name."""


class OutputOptions(NamedTuple):
    """How a command shall answer, and the file it writes to."""

    format: str | None = typer.Option(
        None,
        metavar="NAME",
        envvar="EHRPAY_FORMAT",
        show_envvar=False,
        help="csv, html, json, markdown, plain or table; svg of charts.",
    )
    json: bool = JSON
    color: str = typer.Option("auto", metavar="auto|always|never", help="When to use color.")
    no_pager: bool = flag("--no-pager", "Never show a long answer through a pager (PAGER).")
    output: str | None = FILE
    force: bool = FORCE
    fields: str | None = text("LIST", "Only these, such as mid,low: keys of the JSON, columns of the CSV.")

    def choose(self, view: type, *sources: str | None) -> Output:
        """The format asked for, else by the file's ending, and where it goes: all checked before any work.

        `sources` are the files that are read, if there are any.
        """
        from ehrpay.cli.screen import detect_screen

        screen = detect_screen(self.color)
        fields = tuple(name.strip() for name in (self.fields or "").split(",") if name.strip())
        if self.output in (None, STDOUT):
            name = chosen_format(self.format, view, json=self.json, interactive=screen.interactive)
            return Output(name, screen, pager=not self.no_pager, fields=fields)
        from ehrpay.cli.output_file import output_file

        # An empty name or a folder is reported before the ending.
        read = [source for source in sources if source is not None]
        file = output_file(self.output or "", force=self.force, sources=read)
        asked = "json" if self.json and self.format is None else self.format
        by_ending = format_of_file(self.output or "", writers.suiting(view), asked)
        name = chosen_format(by_ending, view, json=self.json, interactive=False)
        return Output(name, writers.Screen(), file, fields=fields)


def format_of_file(name: str, known: "Sequence[str]", asked: str | None) -> str:
    """The format asked for, else the one a file's name ends in.

    UsageError with the endings that can be written, and where the ending says another format than was asked for.
    """
    from pathlib import Path

    ending = Path(name).suffix.casefold()
    by_ending = ENDINGS.get(ending)
    if asked is not None:
        if by_ending not in (None, asked) and asked in writers.names():
            msg = f"{shown(name)} ends like {by_ending}, but the format is {asked}; rename it or leave --format out"
            raise UsageError(msg, field="output")
        return asked
    if by_ending is not None and by_ending in known:
        return by_ending
    endings = [one for one, format_ in ENDINGS.items() if format_ in known]
    what = f"{shown(ending)} files can't be written" if ending else f"{shown(name)} has no ending"
    msg = f"{what}; use {', '.join(endings[:-1])} or {endings[-1]}, or say what it is with --format"
    raise UsageError(msg, field="output")


RulesInUse = Annotated[RulesOptions, group_of(RulesOptions)]
OutputWanted = Annotated[OutputOptions, group_of(OutputOptions)]


def one_of(value: str, known: "Sequence[str]", field: str) -> str:
    """The value if it is one of the `known` words; UsageError with the nearest otherwise."""
    if value not in known:
        raise UsageError(unknown(field, value, known), field=field)
    return value


def limit(top: str | None, noun: str, usual: int, format: str) -> int | None:
    """How many of a list to show by `--top`, else the usual number; None for all, as JSON and CSV have."""
    if top is None:
        return None if format in ("json", "csv") else usual
    if top.strip().casefold() == "all":
        return None
    from ehrpay.domain.typed_numbers import read_whole

    return read_whole(top, f"number of {noun}", "top", 1, MOST_SHOWN)


def chosen_format(name: str | None, view: type, *, json: bool, interactive: bool) -> str:
    """The format asked for: `--json` is `--format json`; a person gets a table, a pipe plain text.

    A view can be shown in every format whose writer finds what it needs in it.
    """
    if json:
        if name not in (None, "json"):
            raise UsageError(f"--json conflicts with --format {shown(name)}")
        return "json"
    if name is None:
        return "table" if interactive else "plain"
    if name in writers.names() and writers.suits(name, view):
        return name
    return one_of(name, writers.suiting(view), "format")

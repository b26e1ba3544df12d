"""One run over a roster at a command line: where rows and bad rows go, and what is said meanwhile."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from ehrpay.batch.files.faults import FaultFile, fault_path
from ehrpay.batch.files.sinks import Stream, opened
from ehrpay.batch.files.source import FORMATS, PACKED, PIECE, STDIN, Input, format_of, inputs
from ehrpay.batch.job.reports import Target
from ehrpay.batch.run import run
from ehrpay.cli.interrupts import tidy_stop
from ehrpay.cli.main import note, warn
from ehrpay.cli.output_file import STDOUT, output_file
from ehrpay.cli.roster.console import Console, Done
from ehrpay.cli.screen import draws
from ehrpay.domain.roster import summary
from ehrpay.errors import InputError, OutputError, UsageError, blamed_on, shown, unknown
from ehrpay.formats import writers
from ehrpay.formats.roster import RosterSummary
from ehrpay.formats.writers import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.faults import Fault
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.request import Request
    from ehrpay.cli.interrupts import Stop
    from ehrpay.cli.output_file import OutputFile
    from ehrpay.cli.roster.parts import PartPlaces
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.review.moves import Person


def standard_input() -> IO[bytes]:
    """The stream; InputError (66) where it is closed, UsageError where nobody would type a roster."""
    from ehrpay.cli import input_file

    return input_file.standard_input("a roster")


def rosters(name: str) -> list[Input]:
    """The files of a roster; a glob or `-` is one, too."""
    return inputs([name], standard_input)


def everybody(sources: Sequence[Input], book: Rulebook) -> list[Person]:
    """The people of a roster."""
    from ehrpay.batch.people import people

    return [person for source in sources for person in people(source, book)]


class Places:
    """The files of a run, checked before any work is done."""

    def __init__(
        self,
        sources: Sequence[Input],
        output: str,
        errors: str | None,
        form: str | None,
        *,
        force: bool,
        append: bool,
        page: OutputFile | None = None,
    ) -> None:
        """Take names as typed. UsageError for a file that is used already, OutputError (73) for one that can't be."""
        self.form, self.gzipped = _form(output, form)
        if append and output == STDOUT:
            raise UsageError("--append adds to a file; name it with --output", field="append")
        self._append = append
        self.names = tuple(source.name for source in sources)
        paths = [source.path for source in sources]
        self.output = output_file(output, force=force or append, sources=paths)
        if append and self.output is not None and not self.output.path.exists():
            raise InputError(f"cannot append to {shown(output)}: file not found")
        own = errors or str(_free(fault_path(output, sources[0].path), sources))
        errors_file = output_file(own, force=force, sources=paths)
        if errors_file is None or (self.output and errors_file.path == self.output.path):
            raise UsageError(f"bad rows need a file of their own, not {shown(own)}", field="errors_file")
        self.errors, self.errors_name = errors_file, errors_file.name
        if page is not None and page.path in [file.path for file in (self.output, errors_file) if file]:
            msg = f"the page of the summary needs a file of its own, not {shown(page.name)}"
            raise UsageError(msg, field="report")

    def forget_errors(self, faults: int) -> None:
        """Remove an errors file of an earlier run, which may be replaced, where this run has no bad rows."""
        if not faults and self.errors.force:
            self.errors.path.unlink(missing_ok=True)

    @contextmanager
    def target(self) -> Iterator[Target]:
        """The open output; of a file that is added to, what it had is in it already."""
        if self.output is None:
            if sys.stdout is None:
                raise OutputError("cannot write the output: standard output is closed")
            sys.stdout.flush()
            whole = self.form == "parquet"
            file = sys.stdout.buffer if whole else cast("IO[bytes]", Stream(sys.stdout.buffer, self.form))
            yield Target(file, self.form)
            return
        old = self.output.path if self._append else None
        with self.output.writing() as file:
            if old is not None and self.form != "parquet":
                self._copy(str(old), file)
            yield Target(file, self.form, self.gzipped, None if old is None else str(old))

    def _copy(self, old: str, file: IO[bytes]) -> None:
        """Write what a file has, and the end that its last row may lack. DataError (65) where it is damaged."""
        piece = b"\n"
        with Input(old, self.form).reading() as before, opened(file, gzipped=self.gzipped) as rows:
            while more := before.read(PIECE):
                piece = more
                rows.write(piece)
            if not piece.endswith(b"\n"):
                rows.write(b"\n")


def _form(output: str, form: str | None) -> tuple[str, bool]:
    if form is not None and form not in FORMATS:
        raise UsageError(unknown("format", form, FORMATS), field="to")
    if output == STDOUT:
        return form or "csv", False
    found = format_of(output, form, "--to", "output_file")
    gzipped = Path(output.casefold()).suffix == PACKED
    if gzipped and found == "parquet":
        raise UsageError("Parquet is compressed inside; leave .gz out", field="output_file")
    return found, gzipped


def _free(path: Path, sources: Sequence[Input]) -> Path:
    """The path; of a run whose input it is, the next free one beside it."""
    inputs = {Path(source.path).resolve() for source in sources if source.path != STDIN}
    number, place = 1, path
    while place.resolve() in inputs:
        number += 1
        place = path.with_name(f"{path.name.removesuffix('.csv')}-{number}.csv")
    return place


class FileConsole(Console):
    """Keeps bad rows, too: opens their file at the first one."""

    def __init__(self, places: Places, stack: ExitStack, stop: Stop, *, raw: bool, quiet: bool) -> None:
        """Take the files, what closes them, what answers Ctrl-C, and whether cells are written as they are."""
        super().__init__(stop, quiet=quiet)
        self._places, self._stack, self._raw = places, stack, raw
        self._file: FaultFile | None = None

    def fault(self, head: Head, fault: Fault) -> None:
        """Keep a bad row, and name it."""
        if self._file is None:
            self._file = FaultFile(self._opened(), head.names, raw=self._raw)
        with _blamed_on(self._places.errors):
            self._file.write(fault)
        self.bad((fault.where_and_why,), 1)

    def _opened(self) -> IO[str]:
        binary = self._stack.enter_context(self._places.errors.writing())
        text = TextIOWrapper(binary, "utf-8", newline="", errors="surrogateescape")
        # The bytes' file is closed by whoever opened it.
        self._stack.callback(text.detach)
        self._stack.callback(text.flush)
        return text

    def wrote(self) -> str:
        """A stream has the rows; a file appears once it is whole."""
        if self.rows and self._places.output is None:
            return "the rows up to it were written"
        return super().wrote()


def page_place(name: str | None, sources: Sequence[Input], *, force: bool) -> OutputFile | None:
    """The file of the summary's page; UsageError for an input, and for standard output, where rows may go."""
    if name is None:
        return None
    with blamed_on("report"):
        place = output_file(name, force=force, sources=[source.path for source in sources])
    if place is None:
        raise UsageError("the page of the summary needs a file", field="report")
    return place


def price(
    book: Rulebook, request: Request, sources: Sequence[Input], places: Places, engine: str, *, quiet: bool
) -> Done:
    """Price the rows into their files; the bad rows' file is there before the others' is."""
    console = None
    try:
        with tidy_stop() as stop, ExitStack() as stack:
            target = stack.enter_context(places.target())
            with ExitStack() as bad:
                console = FileConsole(places, bad, stop, raw=request.raw, quiet=quiet)
                with _blamed_on(places.output):
                    tally = run(book, request, sources, target, engine, console)
            done = Done(tally, console.done())
        places.forget_errors(tally.faults)
    except KeyboardInterrupt:
        if console is not None:
            console.stopped()
        raise
    return done


@contextmanager
def _blamed_on(place: OutputFile | None) -> Iterator[None]:
    """What a disk refuses is said of the file it was for: several are open at once."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:  # of a file that is read, such as a table of places
            raise
        name = "the output" if place is None else shown(place.name)
        # Polars adds the number to the system's words.
        why = os.strerror(error.errno) if error.errno else str(error).partition(" (os error")[0]
        raise OutputError(f"cannot write {name}: {why}") from error


def summarize(
    book: Rulebook,
    done: Done,
    places: Places | PartPlaces,
    engine: str,
    how: str,
    page: OutputFile | None,
    by: str,
    *,
    quiet: bool,
) -> None:
    """The summary on standard error, and as a page."""
    tally, head = done
    empty = () if tally.rows else (f"{', '.join(places.names)}: no rows after the header",)
    view = RosterSummary(
        summary=summary(tally, by),
        files=places.names,
        rules_version=book.version,
        as_of=book.as_of,
        engine=engine,
        errors=places.errors_name if tally.faults else "",
        read={} if head is None else head.read,
        unread=() if head is None else head.unread,
        warnings=(*book.rules.conflicts, *empty),
    )
    for text in () if quiet else empty:
        warn(text)
    if how != "none":
        screen = Screen(shutil.get_terminal_size((80, 24)).columns, unicode=draws(sys.stderr))
        table = "table" if sys.stderr is not None and sys.stderr.isatty() else "plain"
        note(writers.write(view, table if how == "table" else how, screen))
    if page is not None:
        page.write(writers.write(view, "html", Screen()).encode())

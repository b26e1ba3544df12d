"""What a run tells of itself, where its rows go, and what must hold of every run."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol

from ehrpay.batch.files.faults import ERRORS
from ehrpay.batch.files.lines import DELIMITERS, read
from ehrpay.batch.files.sinks import header, unsafe
from ehrpay.batch.files.source import Input
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.results import AGAINST, ENDS
from ehrpay.errors import DataError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.batch.files.faults import Fault
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.request import Request
    from ehrpay.domain.roster import Tally


class Reports(Protocol):
    """Who hears what happens during a run."""

    def fault(self, head: Head, fault: Fault) -> None:
        """A row that has no price."""

    def warn(self, text: str) -> None:
        """Something to know of the columns."""

    def columns(self, head: Head) -> None:
        """What the columns of the run mean."""

    def progress(self, rows: int, share: float | None) -> None:
        """So many rows are done, and what share of everything where that is known."""


class Target(NamedTuple):
    """An open file, the form of its rows, and whether it is compressed; `old` is the file whose rows come first.

    Those of a text are in the open file already, header and all.
    """

    file: IO[bytes]
    format: str
    gzipped: bool = False
    old: str | None = None


def of_errors(names: Sequence[str]) -> bool:
    """Whether columns are those of an errors file, which is run again once it is mended."""
    return tuple(names[: len(ERRORS)]) == ERRORS


def mended(cells: Sequence[str], *, raw: bool) -> list[str]:
    """The cells of an errors file's row, or its header, without what was said of the row."""
    own = cells[len(ERRORS) :]
    return list(own) if raw else [unsafe(cell) for cell in own]


def started(source: Input, names: Sequence[str], request: Request, reports: Reports) -> Head:
    """What the first file's columns mean."""
    head = read_head(source.name, names, request.mapped)
    reports.columns(head)
    for text in head.warnings(request.by):
        reports.warn(text)
    return head


def same_columns(source: Input, head: Head, names: Sequence[str]) -> None:
    """DataError where a file has other columns than the first one."""
    if tuple(names) == head.names:
        return
    msg = f"{source.name}: its columns differ from those of the first file: {_difference(names, head.names)}"
    raise DataError(msg)


def refuse_others(name: str, have: Sequence[str], want: Sequence[str]) -> None:
    """DataError where a file has other columns than the rows that are to be added to it."""
    if list(have) == list(want):
        return
    differing = {own.replace("est_", "") for own in {*have} ^ {*want}}
    causes = (("--map", AGAINST), ("--percentiles", ENDS))
    options = [option for option, names in causes if differing & set(names)]
    hint = f"; give the same {' and '.join(options)} as in the first run" if options else ""
    raise DataError(f"{name} has other columns than the rows to be added: {_difference(have, want)}{hint}")


def _difference(names: Sequence[str], others: Sequence[str]) -> str:
    less = [name for name in others if name not in names]
    more = [name for name in names if name not in others]
    what = [
        f"{word} {', '.join(map(shown, some))}" for word, some in (("lacks", less), ("adds", more)) if some
    ]
    return "; ".join(what) or "another order"


def stop_if_strict(source: Input, fault: Fault, request: Request) -> None:
    """DataError at the first bad row where that is asked for."""
    if request.strict:
        raise DataError(f"{source.name}:{fault.line}: {fault.reason}")


def accounted(tally: Tally, rows: int) -> Tally:
    """The counts, if every row in is a row out or a row in errors."""
    if tally.rows != rows:
        raise AssertionError(f"{rows} rows came in, and {tally.rows} are accounted for")
    return tally


def same_as_before(target: Target, names: Sequence[str], request: Request) -> None:
    """DataError where rows are to be added to a file with other columns."""
    if target.old is None or target.format not in DELIMITERS:
        return
    old = Input(target.old, target.format)
    with old.reading() as file:
        have = read(old, file, "utf-8").names
    refuse_others(shown(target.old), have, header(names, raw=request.raw))

"""One file of a roster priced on a worker of a cluster, by the rules of whoever asks, into a file of its own."""

from __future__ import annotations

import os
import platform
from contextlib import contextmanager
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self, TypeAlias

from ehrpay import __version__, shipped
from ehrpay.batch.engines.framed import by_frames, columns
from ehrpay.batch.files.faults import FaultFile
from ehrpay.batch.job.reports import Target
from ehrpay.batch.job.request import plan_of
from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, DataError, InputError, RulesError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules import book as rules
from ehrpay.rules.folder import File, Layer, files
from ehrpay.text import clean
from ehrpay.whole_files import refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.faults import Fault
    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.request import Request
    from ehrpay.batch.tables.plan import Plan
    from ehrpay.domain.roster import Tally

NAMED = 20
"""The most bad rows of a part that are named to whoever asks."""

Overlay: TypeAlias = "tuple[str, tuple[tuple[str, bytes], ...]]"
"""A folder's name in front of the paths shown, and its files: path and bytes."""


class Order(NamedTuple):
    """What is asked of every part: plain data, for compiled rules never travel.

    A worker that has another version of the program or other rules refuses it. `columns` are those of the first file;
    `stage` is the hidden folder for files that are not whole yet.
    """

    request: Request
    as_of: str
    overlays: tuple[Overlay, ...]
    version: str
    rules_version: str
    columns: tuple[str, ...]
    stage: str


class Part(NamedTuple):
    """A file to be priced, and where its rows and its bad rows go."""

    source: Input
    output: str
    errors: str
    form: str
    gzipped: bool = False


class PartDone(NamedTuple):
    """The counts of a part, its first bad rows (where, why), warnings on its columns, and what they mean."""

    tally: Tally
    faults: Sequence[tuple[str, str]]
    warnings: Sequence[str]
    head: Head | None


def order_of(request: Request, book: Rulebook, overlays: Sequence[Layer], first: Input, stage: str) -> Order:
    """The order that asks workers for what this program would do by itself."""
    return Order(
        request=request,
        as_of=book.as_of,
        overlays=tuple(
            (layer.prefix, tuple((file.path, file.data) for file in layer.files)) for layer in overlays
        ),
        version=__version__,
        rules_version=book.version,
        columns=columns(first, request),
        stage=stage,
    )


def price_part(part: Part, order: Order) -> PartDone:
    """Price a file; done twice, it leaves the same files.

    The rows come into their place after the bad rows, so that a part that is there is complete. Raises RulesError
    where this worker would answer otherwise than whoever asks, and whatever a run on one machine raises.
    """
    book = _book_for(order)
    if not Path(order.stage).is_dir():
        msg = f"{_here()} does not see the folder of {shown(part.output)}; workers need the same paths as you"
        raise InputError(msg)
    found = columns(part.source, order.request)
    if found != order.columns:
        msg = (
            f"{part.source.name}: its columns differ from those of the first file: {shown(', '.join(found))}"
        )
        raise DataError(msg)
    with TemporaryDirectory(dir=order.stage) as folder:
        return _moved(part, _written(part, order, book, Path(folder)), Path(folder))


def _book_for(order: Order) -> Rulebook:
    if __version__ != order.version:
        msg = f"{_here()} has ehrpay {__version__}, and you have {order.version}; install the same version there"
        raise RulesError(msg)
    book = _book(order.as_of, order.overlays)
    if book.version != order.rules_version:
        msg = (
            f"{_here()} has other rules (version {book.version}) than you ({order.rules_version});"
            " install the same ehrpay there"
        )
        raise RulesError(msg)
    return book


def _here() -> str:
    return f"the worker on {platform.node() or 'another machine'}"


MOST_TEXTS = 1_000_000
"""A worker begins its tables anew once they have so many texts, so that its memory stays flat."""

_plans: dict[tuple[str, tuple[Overlay, ...], str, bool], Plan] = {}


def _plan_for(order: Order, book: Rulebook) -> Plan:
    """The tables of a worker, which serve all parts of an order."""
    key = order.as_of, order.overlays, order.request.method, order.request.apply_band
    plan = _plans.get(key)
    if plan is None or plan.book is not book or plan.texts > MOST_TEXTS:
        _plans.clear()
        plan = _plans[key] = plan_of(book, order.request)
    return plan


@lru_cache(maxsize=2)
def _book(as_of: str, overlays: tuple[Overlay, ...]) -> Rulebook:
    """The worker's own rules with the overlays of whoever asks; read once for many parts."""
    top = shipped.folder()
    layers = [Layer(prefix, [File(path, data) for path, data in inside]) for prefix, inside in overlays]
    return Rulebook(rules.load(top, files(top), layers), as_of)


def _written(part: Part, order: Order, book: Rulebook, folder: Path) -> PartDone:
    with (
        _refusing(part.output),
        (folder / "rows").open("wb") as file,
        _PartReports(folder / "bad", raw=order.request.raw) as reports,
    ):
        target = Target(file, part.form, part.gzipped)
        tally = by_frames(book, order.request, [part.source], target, reports, _plan_for(order, book))
        file.flush()
        os.fsync(file.fileno())
    return PartDone(tally, reports.faults, reports.warnings, reports.head)


def _moved(part: Part, done: PartDone, folder: Path) -> PartDone:
    """The same, once the files are in their places; bad rows of an earlier run go away."""
    with _refusing(part.output, CANNOT_CREATE):
        if done.tally.faults:
            (folder / "bad").replace(part.errors)
        else:
            Path(part.errors).unlink(missing_ok=True)
        (folder / "rows").replace(part.output)
    return done


@contextmanager
def _refusing(name: str, code: int = CANNOT_WRITE) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refused(clean(name), error, code) from error


class _PartReports:
    """Writes a part's bad rows, and keeps what whoever asks is shown."""

    def __init__(self, path: Path, *, raw: bool) -> None:
        self.faults: list[tuple[str, str]] = []
        self.warnings: list[str] = []
        self.head: Head | None = None
        self._text = TextIOWrapper(path.open("wb"), "utf-8", newline="", errors="surrogateescape")
        self._file: FaultFile | None = None
        self._raw = raw

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def fault(self, head: Head, fault: Fault) -> None:
        if self._file is None:
            self._file = FaultFile(self._text, head.names, raw=self._raw)
        self._file.write(fault)
        if len(self.faults) < NAMED:
            self.faults.append(fault.where_and_why)

    def warn(self, text: str) -> None:
        self.warnings.append(text)

    def columns(self, head: Head) -> None:
        self.head = head

    def progress(self, rows: int, share: float | None) -> None:
        """Whoever asks sees whole parts only."""

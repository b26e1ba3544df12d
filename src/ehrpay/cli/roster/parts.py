"""One run over a roster of many files by a cluster: a folder of parts, each beside its bad rows."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.batch.files.faults import fault_path
from ehrpay.batch.files.source import PACKED, STDIN
from ehrpay.cli.interrupts import tidy_stop
from ehrpay.cli.main import note
from ehrpay.cli.output_file import STDOUT
from ehrpay.cli.roster.console import Console, Done
from ehrpay.errors import CANNOT_CREATE, DataError, InputError, OutputError, UsageError, shown
from ehrpay.text import clean
from ehrpay.whole_files import refused, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.engines.parts import Part, PartDone
    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.request import Request
    from ehrpay.cli.interrupts import Stop
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.rules.folder import Layer


class PartPlaces:
    """The files of a run, checked before any work is done; `parts` are those that are to be priced."""

    def __init__(
        self, sources: Sequence[Input], output: str, form: str | None, *, force: bool, append: bool
    ) -> None:
        """Take names as typed. UsageError for parts that would be one file or an input, OutputError (73) otherwise."""
        if output == STDOUT or sources[0].path == STDIN:
            msg = "the engine 'dask' reads files and writes a folder, one part for each file; name both"
            raise UsageError(msg, field="output_file")
        self._top = Path(os.path.realpath(output))
        if self._top.exists() and not self._top.is_dir():
            msg = f"cannot create {shown(output)}: the engine 'dask' writes a folder, and this is a file"
            raise OutputError(msg, code=CANNOT_CREATE)
        parts = list(_parts(sources, self._top, form))
        _refuse_twins(parts)
        wanted = [not (append and Path(part.output).exists()) for part in parts]
        self.parts = list(compress(parts, wanted))
        if not (force or append):
            _refuse_existing(parts)
        self.names = tuple(source.name for source in compress(sources, wanted))
        self.errors_name = clean(str(Path(output, "**", "*.errors.csv")))

    def complete(self) -> bool:
        """Whether every file has its part already; says so."""
        if not self.parts:
            note("ehrpay: every file has its part already\n")
        return not self.parts

    @contextmanager
    def stage(self) -> Iterator[str]:
        """The hidden folder for files that are not whole yet, inside the folder of parts, which is made."""
        new = not self._top.exists()
        with ExitStack() as stack:
            if new:
                stack.callback(_remove_empty, self._top)
            try:
                for part in self.parts:
                    Path(part.output).parent.mkdir(parents=True, exist_ok=True)
                hidden = stack.enter_context(stage(str(self._top)))
            except OSError as error:
                raise refused(str(self._top), error, CANNOT_CREATE) from error
            yield hidden


def _parts(sources: Sequence[Input], top: Path, form: str | None) -> Iterator[Part]:
    """A part for each file, below the output as the file is below the folder that all files have in common."""
    from ehrpay.batch.engines.parts import Part

    # Workers have a working folder of their own.
    paths = [os.path.abspath(source.path) for source in sources]  # noqa: PTH100 - the name of a link stays
    shared = os.path.commonpath([Path(path).parent for path in paths])
    for source, path in zip(sources, paths, strict=True):
        name = Path(os.path.relpath(path, shared))
        same = form in (None, source.format)
        stem = name.name.removesuffix(PACKED).rsplit(".", 1)[0]
        output = top / (name if same else name.with_name(f"{stem}.{form}"))
        yield Part(
            source=source._replace(path=path),
            output=str(output),
            errors=str(fault_path(str(output), path)),
            form=form or source.format,
            gzipped=same and path.endswith(PACKED),
        )


def _refuse_twins(parts: Sequence[Part]) -> None:
    inputs = {os.path.realpath(part.source.path) for part in parts}
    for place, count in Counter(_places(parts)).items():
        if count > 1:
            msg = f"two files would be written to {shown(place)}; price one of them in another run"
            raise UsageError(msg)
        if os.path.realpath(place) in inputs:
            raise UsageError(f"{shown(place)} is an input; write to another folder", field="output_file")


def _places(parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield part.output
        yield part.errors


def _refuse_existing(parts: Sequence[Part]) -> None:
    for place in _places(parts):
        if Path(place).exists():
            msg = f"{shown(place)} already exists; use --force to replace parts, or --append to add missing ones"
            raise OutputError(msg, code=CANNOT_CREATE)


def _remove_empty(top: Path) -> None:
    """Remove folders that no part came into."""
    for folder, _, _ in os.walk(top, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()


class PartConsole(Console):
    """Shows a person what happens on a cluster."""

    def __init__(self, stop: Stop, *, quiet: bool) -> None:
        """Take what answers Ctrl-C, and whether nothing else is said."""
        super().__init__(stop, quiet=quiet)
        self._warned: set[str] = set()

    def part(self, done: PartDone, share: float) -> None:
        """A part is in its place, and which share of everything is."""
        self.head = self.head or done.head
        for text in done.warnings:
            if text not in self._warned:
                self._warned.add(text)
                self.warn(text)
        self.bad(done.faults, done.tally.faults)
        self.progress(self.rows + done.tally.rows, share)

    def wrote(self) -> str:
        """Parts are whole, one by one."""
        return "finished parts are kept, and --append adds the others"


def scheduler_at(address: str | None, file: str | None) -> str:
    """The address of the scheduler that is asked for. UsageError without one, and where Dask is not installed."""
    if (address is None) == (file is None):
        msg = "the engine 'dask' needs its scheduler: --scheduler tcp://HOST:8786 or --scheduler-file FILE"
        raise UsageError(msg, field="scheduler")
    missing = [name for name in ("distributed", "polars", "numpy") if find_spec(name) is None]
    if missing:
        msg = f"the engine 'dask' needs an extra: pip install 'ehrpay[dask]' (no {', '.join(missing)})"
        raise UsageError(msg, field="engine")
    return _address_in(file) if file is not None else address or ""


def _address_in(path: str) -> str:
    """The address in a file that a Dask scheduler wrote. InputError (66), or DataError (65) for another file."""
    try:
        address = json.loads(Path(path).read_bytes())["address"]
    except OSError as error:
        raise InputError(f"cannot read {shown(path)}: {error.strerror or error}") from error
    except (ValueError, TypeError, KeyError) as error:
        msg = f"{shown(path)} is not the file of a Dask scheduler (dask scheduler --scheduler-file FILE)"
        raise DataError(msg) from error
    return str(address)


def price_parts(
    book: Rulebook,
    request: Request,
    overlays: Sequence[Layer],
    places: PartPlaces,
    address: str,
    *,
    quiet: bool,
) -> Done:
    """Price the parts on the workers of the cluster whose scheduler has the address."""
    from ehrpay.batch.engines import cluster
    from ehrpay.batch.engines.parts import order_of

    console = None
    try:
        with tidy_stop() as stop, cluster.connected(address) as client, places.stage() as hidden:
            console = PartConsole(stop, quiet=quiet)
            order = order_of(request, book, overlays, places.parts[0].source, hidden)
            tally = cluster.price_parts(client, order, places.parts, console)
    except KeyboardInterrupt:
        if console is not None:
            console.stopped()
        raise
    return Done(tally, console.done())

"""The parts of a roster priced by the workers of a Dask cluster (`pip install 'ehrpay[dask]'`)."""

from __future__ import annotations

import logging
import re
import time
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Protocol

from distributed import Client, KilledWorker, as_completed

from ehrpay import __version__
from ehrpay.batch.engines.parts import Order, price_part
from ehrpay.domain.roster import Tally
from ehrpay.errors import EhrpayError, RulesError, UnavailableError, UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from distributed import Future

    from ehrpay.batch.engines.parts import Part, PartDone

CONNECT, WORKERS = 10, 30
"""Seconds that a scheduler has to answer, and a worker to be there."""
LOOK = 0.05
"""Seconds between two looks for finished parts."""

GONE = "the Dask scheduler is gone; finished parts are kept, and --append adds the others"
LOGGERS = ("distributed", "distributed.client", "tornado.application")
"""What would write tracebacks beside the sentence of an error."""

_ADDRESS = re.compile(r"[a-z]+://.+:[0-9]+")


class PartReports(Protocol):
    """Who hears what happens during a run on a cluster."""

    def part(self, done: PartDone, share: float) -> None:
        """A part is in its place, and which share of everything is."""

    def warn(self, text: str) -> None:
        """Something to know of the run."""


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A cluster that has a worker. UsageError for what is no address; UnavailableError (69) without an answer."""
    if not _ADDRESS.fullmatch(address):
        msg = f"{shown(address)} is not the address of a Dask scheduler, such as tcp://10.0.0.5:8786"
        raise UsageError(msg, field="scheduler")
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT)
    except ValueError as error:
        msg = f"{shown(address)} is not the address of a Dask scheduler: {error}"
        raise UsageError(msg, field="scheduler") from error
    except OSError as error:
        raise UnavailableError(f"no Dask scheduler answers at {shown(address)}") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKERS)
            _refuse_other_versions(client)
        except TimeoutError as error:
            msg = (
                f"the Dask scheduler at {shown(address)} has no worker; start one with: dask worker {address}"
            )
            raise UnavailableError(msg) from error
        except OSError as error:
            raise UnavailableError(GONE) from error
        yield client


def _refuse_other_versions(client: Client) -> None:
    """RulesError where a process of the cluster lacks this version: one without it would end at the first part."""
    # The function is Python's own, so that it arrives there.
    ask = version, "ehrpay"
    found: dict[str, object] = dict(client.run(*ask, on_error="return"))
    try:
        found["its scheduler"] = client.run_on_scheduler(*ask)
    except PackageNotFoundError as error:
        found["its scheduler"] = error
    for place, other in found.items():
        if other != __version__:
            has = f"has ehrpay {other}" if isinstance(other, str) else "has no ehrpay"
            msg = f"the cluster can't be used: {place} {has}; install 'ehrpay[dask]=={__version__}' there"
            raise RulesError(msg)


def price_parts(client: Client, order: Order, parts: Sequence[Part], reports: PartReports) -> Tally:
    """Price every part on the cluster, and add up their counts.

    Parts whose worker is lost are done again by another. The first error ends the run: no further part is begun, and
    those that are done stay.
    """
    # A task of its own: it goes to each worker once, and is made again where its worker is lost.
    shared = client.submit(_same, order, pure=False)
    futures = client.map(price_part, parts, order=shared, pure=False)
    by_key = {future.key: part for future, part in zip(futures, parts, strict=True)}
    everything, gone, tally = sum(map(_size, parts)), 0, Tally()
    try:
        for future in _finished(client, futures, reports):
            part = by_key[future.key]
            done = result(future, part)
            future.release()
            gone += _size(part)
            tally.add(done.tally)
            reports.part(done, gone / everything)
    except BaseException:
        # Where the scheduler is gone, there is nothing to cancel.
        with suppress(OSError, CancelledError):
            client.cancel(futures)
        raise
    return tally


def _size(part: Part) -> int:
    return part.source.size + 1


def _finished(
    client: Client, futures: Sequence[Future[PartDone]], reports: PartReports
) -> Iterator[Future[PartDone]]:
    """The futures as they end; a run without any worker waits for one, and says so."""
    waiting, left, idle = as_completed(futures), len(futures), 0
    while left:
        some = waiting.next_batch(block=False)
        left -= len(some)
        yield from some
        idle = 0 if some else idle + 1
        if idle:
            time.sleep(LOOK)
        if idle * LOOK >= WORKERS:
            idle = 0
            if not _workers(client):
                reports.warn("the cluster has no worker any more; waiting for one (Ctrl-C stops)")


def _workers(client: Client) -> int:
    try:
        return len(client.nthreads())
    except OSError as error:
        raise UnavailableError(GONE) from error


def _same(order: Order) -> Order:
    return order


def result(future: Future[PartDone], part: Part) -> PartDone:
    """What a finished part brings; its error, or UnavailableError where it can't be had any more."""
    try:
        done: PartDone = future.result()
    except EhrpayError:
        raise
    except KilledWorker as error:
        msg = f"each worker that priced {shown(part.source.name)} ended; give workers more memory, or split the file"
        raise UnavailableError(msg) from error
    except CancelledError as error:
        raise UnavailableError(GONE) from error
    except OSError as error:
        if future.status == "error":
            raise
        # The part was done; the scheduler went away on the way here.
        raise UnavailableError(GONE) from error
    except (ImportError, AttributeError) as error:
        msg = f"the cluster can't run ehrpay {__version__} ({error}); install 'ehrpay[dask]=={__version__}' there"
        raise RulesError(msg) from error
    return done

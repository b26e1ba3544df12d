"""A roster of many files priced by a real scheduler and workers: the files of one machine, whatever is killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import pytest
from tests.batch.people import people
from tests.program import clean

from ehrpay import load_rulebook
from ehrpay.batch.engines.cluster import result
from ehrpay.batch.engines.parts import Part
from ehrpay.batch.files.source import Input
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from distributed import Client, Future

    Process = subprocess.Popen[bytes]

pytestmark = pytest.mark.slow

DAY, ROWS, REPEATS, FILES = "2026-11-23", 300, 150, 8
LONGEST = 300
"""Seconds after which something hangs, on any machine."""


class Cluster(NamedTuple):
    """A scheduler and its workers, by their names."""

    address: str
    file: Path
    scheduler: Process
    workers: dict[str, Process]


def started(stack: ExitStack, *args: str, folder: Path) -> Process:
    process = subprocess.Popen(
        [sys.executable, "-m", *args],
        cwd=folder,
        env=clean(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@contextmanager
def cluster_in(folder: Path) -> Iterator[Cluster]:
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        scheduler = started(
            stack,
            "distributed.cli.dask_scheduler",
            *("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)),
            folder=folder,
        )
        workers = {
            name: started(
                stack,
                "distributed.cli.dask_worker",
                *("--scheduler-file", str(file), "--name", name, "--nthreads", "1", "--host", "127.0.0.1"),
                *("--no-nanny", "--no-dashboard", "--local-directory", str(folder)),
                folder=folder,
            )
            for name in ("one", "two")
        }
        until(file.exists)
        yield Cluster(json.loads(file.read_text("utf-8"))["address"], file, scheduler, workers)


def until(true: object) -> None:
    """Wait until a function answers with something true."""
    assert callable(true)
    for _ in range(LONGEST * 20):
        if true():
            return
        time.sleep(0.05)
    pytest.fail(f"{true} never came true")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    with cluster_in(tmp_path / "dask") as found:
        yield found


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that take a worker a second or so each, and what one machine makes of them."""
    folder = tmp_path_factory.mktemp("roster")
    (folder / "in").mkdir()
    book = load_rulebook(DAY)
    for number in range(FILES):
        rows = people(book, number, ROWS, wrong=0.001)
        frame = pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String))
        # A few bad rows, and many good ones.
        frame = pl.concat([frame, *[frame.head(20)] * (REPEATS * ROWS // 20)]).with_row_index("id")
        frame.write_csv(folder / "in" / f"staff-{number}.csv")
    for number in range(FILES):
        ran = run(
            folder, f"staff-{number}", "-o", f"alone/staff-{number}.csv", "--engine", "polars", make="alone"
        )
        assert ran.returncode in {0, 1}, ran.stderr
    return folder


def run(folder: Path, name: str, *args: str, make: str = "") -> subprocess.CompletedProcess[str]:
    """The command line on files of the roster, as a process."""
    if make:
        (folder / make).mkdir(exist_ok=True)
    return subprocess.run(
        command(folder, name, *args),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
        cwd=folder,
        env=clean(),
    )


def command(folder: Path, name: str, *args: str) -> Sequence[str]:
    files = str(folder / "in" / f"{name}.csv")
    return [sys.executable, "-m", "ehrpay", "batch", files, "--as-of", DAY, "--summary", "json", *args]


def on(cluster: Cluster, out: Path) -> Sequence[str]:
    return "-o", str(out), "--engine", "dask", "--scheduler", cluster.address


def same_files(found: Path, expected: Path) -> None:
    """Byte for byte, with nothing else beside them."""
    names = sorted(path.name for path in expected.iterdir())
    assert sorted(path.name for path in found.iterdir()) == names
    for name in names:
        assert (found / name).read_bytes() == (expected / name).read_bytes(), name


def counts(stderr: str) -> dict[str, object]:
    """The summary, but for what names the run."""
    record = json.loads(stderr[stderr.index("{") :])
    return {name: value for name, value in record.items() if name not in {"engine", "files", "errors"}}


def test_the_parts_are_the_files_of_one_machine(roster: Path, cluster: Cluster, tmp_path: Path) -> None:
    ran = run(
        roster, "*", "-o", str(tmp_path / "out"), "--engine", "dask", "--scheduler-file", str(cluster.file)
    )
    assert ran.returncode == 1, ran.stderr
    same_files(tmp_path / "out", roster / "alone")
    alone = run(roster, "*", "-o", str(tmp_path / "one.csv"), "--engine", "polars")
    assert counts(ran.stderr) == counts(alone.stderr)

    ran = run(roster, "*", *on(cluster, tmp_path / "parquet"), "--to", "parquet", "--allow-errors")
    assert ran.returncode == 0, ran.stderr
    for part in (tmp_path / "parquet").glob("*.parquet"):
        expected = pl.read_csv(roster / "alone" / f"{part.stem}.csv", infer_schema=False)
        assert (
            pl.read_parquet(part)
            .select(pl.all().cast(pl.String))
            .equals(expected.select(pl.all()), null_equal=True)
        )


def test_a_worker_that_is_killed_loses_nothing(roster: Path, cluster: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out"
    going = subprocess.Popen(
        command(roster, "*", *on(cluster, out)), stderr=subprocess.PIPE, text=True, env=clean()
    )
    until(lambda: list(out.glob("*.csv")))
    from distributed import Client

    with Client(cluster.address) as client:
        # It is killed amid a part, never between two.
        until(
            lambda: any(
                "price_part" in str(key) for key in client.processing().get(address(client, "two"), ())
            )
        )
    cluster.workers["two"].kill()
    cluster.workers["two"].wait()
    left = FILES - len([path for path in out.glob("*.csv") if "errors" not in path.name])
    _, stderr = going.communicate(timeout=LONGEST)
    assert going.returncode == 1, stderr
    assert left > 0
    same_files(out, roster / "alone")
    assert cluster.workers["two"].returncode == -signal.SIGKILL


def address(client: Client, name: str) -> str:
    workers = client.scheduler_info(n_workers=-1)["workers"]
    return next(str(place) for place, worker in workers.items() if worker["name"] == name)


def test_ctrl_c_leaves_whole_parts_and_the_rest_can_be_added(
    roster: Path, cluster: Cluster, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    going = subprocess.Popen(
        command(roster, "*", *on(cluster, out)), stderr=subprocess.PIPE, text=True, env=clean()
    )
    until(lambda: list(out.glob("*.csv")))
    going.send_signal(signal.SIGINT)
    _, stderr = going.communicate(timeout=LONGEST)
    assert going.returncode == 130, stderr
    assert "finished parts are kept, and --append adds the others" in stderr
    for part in out.iterdir():
        assert part.read_bytes() == (roster / "alone" / part.name).read_bytes()
    ran = run(roster, "*", *on(cluster, out))
    assert ran.returncode == 73
    ran = run(roster, "*", *on(cluster, out), "--append")
    assert ran.returncode in {0, 1}, ran.stderr
    same_files(out, roster / "alone")


def test_a_scheduler_that_goes_away_is_said(roster: Path, cluster: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "out"
    going = subprocess.Popen(
        command(roster, "*", *on(cluster, out)), stderr=subprocess.PIPE, text=True, env=clean()
    )
    until(lambda: list(out.glob("*.csv")))
    cluster.scheduler.kill()
    _, stderr = going.communicate(timeout=LONGEST)
    assert going.returncode == 69, stderr
    assert "the Dask scheduler is gone" in stderr.splitlines()[-1]
    assert "Traceback" not in stderr
    assert not list(out.glob(".*"))
    ran = run(roster, "*", *on(cluster, tmp_path / "none"))
    assert (ran.returncode, ran.stderr.splitlines()) == (
        69,
        [f"ehrpay: no Dask scheduler answers at '{cluster.address}'"],
    )
    assert not (tmp_path / "none").exists()


def test_a_scheduler_that_goes_away_with_a_result_is_said(cluster: Cluster) -> None:
    """A part is finished, and the scheduler ends while it hands the result over."""
    from distributed import Client

    with closing(Client(cluster.address, timeout=LONGEST)) as client, ThreadPoolExecutor(1) as pool:
        future: Future[Any] = client.submit(str, "done")
        until(lambda: future.status == "finished")
        cluster.scheduler.send_signal(signal.SIGSTOP)
        part = Part(Input("staff.csv", "csv"), output="", errors="", form="csv")
        waiting = pool.submit(result, future, part)
        time.sleep(0.5)
        assert not waiting.done()
        cluster.scheduler.kill()
        with pytest.raises(UnavailableError, match="the Dask scheduler is gone"):
            waiting.result(LONGEST)


def test_an_error_of_a_worker_has_its_own_code(cluster: Cluster, tmp_path: Path) -> None:
    """Here a file with other columns."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("role\ncoder\n")
    (tmp_path / "in" / "b.csv").write_text("role,years\ncoder,5\n")
    ran = run(tmp_path, "*", *on(cluster, tmp_path / "out"))
    assert ran.returncode == 65
    assert "its columns differ from those of the first file" in ran.stderr

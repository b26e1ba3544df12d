"""Rosters under attack: killed, stopped, out of room, cut off; nothing half-made is left, the exit code is right."""

from __future__ import annotations

import gzip
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.faults.process import LONGEST, PROGRAM, process, shell
from tests.program import clean, ehrpay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KILLING = Path(__file__).with_name("killing.py")
ENGINES = ("rows", "polars")


def roster(folder: Path, rows: int) -> Path:
    """A roster with a bad row now and then."""
    rng = random.Random(1)
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("name,role,years,location,pay\n")
        for number in range(rows):
            role = "codr" if number % 500 == 7 else rng.choice(("coder", "auditor", "specialist"))
            file.write(f'n{number},{role},{rng.randrange(30)},"Denver, CO",{rng.randrange(40_000, 90_000)}\n')
    return path


def names(folder: Path) -> list[str]:
    """Everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


def killed(folder: Path, count: int, seed: int, output: str) -> int:
    """Kill so many runs at random moments; how many were still running."""
    done = subprocess.run(
        [sys.executable, str(KILLING), str(folder), str(count), str(seed), output],
        env=clean(PYTHONPATH=os.pathsep.join(sys.path)),
        capture_output=True,
        text=True,
        timeout=4 * LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return int(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize(("output", "count"), [("pay.csv", 25), ("pay.csv.gz", 5), ("-", 20)])
def test_a_run_that_is_killed_leaves_nothing_half_made(output: str, count: int, tmp_path: Path) -> None:
    """Fifty random moments in all; the run after them leaves no trace of them."""
    roster(tmp_path, 1_000)
    assert killed(tmp_path, count, 7, output) > 0


@pytest.mark.slow
@pytest.mark.parametrize("output", ["pay.parquet", "pay.csv"])
def test_so_does_one_by_frames(output: str, tmp_path: Path) -> None:
    roster(tmp_path, 4_000)
    rng = random.Random(3)
    line = ["batch", "people.csv", "-o", output, "--engine", "polars", "--summary", "none"]
    began = time.monotonic()
    assert process(*line, cwd=tmp_path).returncode == 1
    longest = time.monotonic() - began
    wanted = (tmp_path / output).read_bytes()
    for _ in range(2):
        for path in tmp_path.glob("pay.*"):
            path.unlink()
        run = subprocess.Popen([*PROGRAM, *line], cwd=tmp_path, env=clean(), stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(longest / 2, longest))
        run.kill()
        run.wait()
        assert not (tmp_path / output).exists() or (tmp_path / output).read_bytes() == wanted
    assert process(*line, "--force", cwd=tmp_path).returncode == 1
    assert names(tmp_path) == sorted(["pay.errors.csv", output, "people.csv"])


def stopped(folder: Path, engine: str, output: str) -> tuple[int, str, str]:
    """Press Ctrl-C once a bad row has been named; the code and both streams."""
    run = subprocess.Popen(
        [*PROGRAM, "batch", "people.csv", "-o", output, "--engine", engine, "--summary", "none"],
        cwd=folder,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    first = run.stderr.readline()
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=LONGEST)
    return run.returncode, out, first + err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "output"),
    [("rows", "pay.csv"), ("rows", "pay.jsonl.gz"), ("polars", "pay.csv"), ("polars", "pay.parquet")],
)
def test_ctrl_c_says_the_row_and_leaves_nothing(engine: str, output: str, tmp_path: Path) -> None:
    roster(tmp_path, 250_000 if engine == "polars" else 40_000)
    code, _, err = stopped(tmp_path, engine, output)
    assert code == 130, err
    assert "ehrpay: stopped after row " in err
    assert err.endswith("; nothing was written\n")
    assert "Traceback" not in err
    assert names(tmp_path) == ["people.csv"]


@pytest.mark.slow
def test_ctrl_c_on_a_stream_leaves_whole_rows(tmp_path: Path) -> None:
    roster(tmp_path, 40_000)
    code, out, err = stopped(tmp_path, "rows", "-")
    assert code == 130
    assert err.endswith("; the rows up to it were written\n")
    assert out.endswith("\n")
    assert {row.count(",") for row in out.splitlines()[1:]} == {out.count(",", 0, out.index("\n")) + 1}
    assert names(tmp_path) == ["people.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("output", ["pay.csv", "pay.csv.gz", "pay.jsonl", "pay.parquet"])
def test_a_full_disk_is_74_and_leaves_the_old_file(engine: str, output: str, tmp_path: Path) -> None:
    """The shell lets no file grow beyond 32 KiB, which is less than the output."""
    if (engine, output) == ("rows", "pay.parquet"):
        pytest.skip("the engine of rows writes no Parquet")
    roster(tmp_path, 10_000)
    (tmp_path / output).write_bytes(b"old")
    line = f'ulimit -f 64; exec "$@" batch people.csv -o {output} --force --engine {engine} --summary none'
    ran = process("-c", line, "sh", *PROGRAM, program=["/bin/sh"], cwd=tmp_path)
    assert ran.returncode == 74, ran.stderr
    assert ran.stderr.endswith(f"ehrpay: cannot write '{output}': File too large\n")
    assert "Traceback" not in ran.stderr
    assert names(tmp_path) == [output, "people.csv"]
    assert (tmp_path / output).read_bytes() == b"old"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("no right to mount")
    yield folder
    subprocess.run(["/bin/umount", folder], check=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "output"), [("rows", "pay.csv"), ("polars", "pay.csv"), ("polars", "pay.parquet")]
)
def test_so_is_a_small_one(engine: str, output: str, small_disk: Path, tmp_path: Path) -> None:
    roster(tmp_path, 25_000)
    ran = process(
        "batch", "people.csv", "-o", f"disk/{output}", "--engine", engine, "--summary", "none", cwd=tmp_path
    )
    assert ran.returncode == 74, ran.stderr
    # The errors file lies on the same disk.
    assert ran.stderr.splitlines()[-1] in {
        f"ehrpay: cannot write 'disk/{name}': No space left on device" for name in (output, "pay.errors.csv")
    }
    assert names(small_disk) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_reader_that_goes_away_ends_the_run_silently(engine: str, tmp_path: Path) -> None:
    roster(tmp_path, 8_000)
    run = subprocess.Popen(
        [
            *PROGRAM,
            "batch",
            "people.csv",
            "-o",
            "-",
            "--engine",
            engine,
            "--summary",
            "none",
            "--errors",
            "e.csv",
        ],
        cwd=tmp_path,
        env=clean(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert run.stdout is not None
    assert run.stdout.readline().startswith(b"name,role,years")
    run.stdout.close()
    assert run.wait(LONGEST) == -signal.SIGPIPE


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_closed_or_full_standard_output_is_74(engine: str, tmp_path: Path) -> None:
    roster(tmp_path, 5)
    line = ["batch", "people.csv", "-o", "-", "--engine", engine, "--summary", "none"]
    closed = shell(">&-", *line, cwd=tmp_path)
    assert (closed.returncode, closed.stderr) == (
        74,
        "ehrpay: cannot write the output: standard output is closed\n",
    )
    if Path("/dev/full").exists():
        full = shell("> /dev/full", *line, cwd=tmp_path)
        assert full.returncode == 74
        assert full.stderr == "ehrpay: cannot write the output: No space left on device\n"
    silent = shell("2>&-", "batch", "people.csv", "-o", "pay.csv", "--engine", engine, cwd=tmp_path)
    assert silent.returncode == 0


def test_bad_rows_are_exit_code_1_with_a_closed_standard_output_too(tmp_path: Path) -> None:
    """Rows that go to a file need no standard output."""
    people = roster(tmp_path, 10)
    ran = shell(">&-", "batch", str(people), "-o", "pay.csv", "--summary", "none", cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    assert names(tmp_path) == ["pay.csv", "pay.errors.csv", "people.csv"]


def rewritten(path: Path) -> None:
    path.write_text("name,role\nx,coder\n", "utf-8")


def added_to(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("y,coder,1,,\n")


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (rewritten, "'people.csv' changed while it was read; run it again"),
        (added_to, "'people.csv' changed while it was read; run it again"),
        (replaced, "'people.csv' changed while it was read; run it again"),
        (Path.unlink, "'people.csv' was removed while it was read; run it again"),
    ],
)
def test_a_roster_that_changes_meanwhile_is_66(
    change: Callable[[Path], None],
    sentence: str,
    engine: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from ehrpay.batch.job import reports

    path = roster(tmp_path, 20)
    begin = reports.started

    def begun(*args: object) -> object:
        change(path)
        return begin(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(f"ehrpay.batch.engines.{'rowed' if engine == 'rows' else 'framed'}.started", begun)
    ran = ehrpay(
        "batch",
        "people.csv",
        "-o",
        "pay.csv",
        "--engine",
        engine,
        "--summary",
        "none",
        env=clean(),
        cwd=tmp_path,
    )
    assert ran.returncode == 66
    assert ran.stderr.endswith(f"ehrpay: {sentence}\n")
    assert not (tmp_path / "pay.csv").exists()
    assert not (tmp_path / "pay.errors.csv").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_compressed_roster_that_is_cut_short_is_65(engine: str, tmp_path: Path) -> None:
    packed = gzip.compress(roster(tmp_path, 2_000).read_bytes())
    line = ("batch", "cut.csv.gz", "-o", "pay.csv", "--engine", engine, "--summary", "none")
    for data in (packed[:-4], packed[: len(packed) // 2], packed[:200] + b"\xff" * 50 + packed[250:]):
        (tmp_path / "cut.csv.gz").write_bytes(data)
        ran = ehrpay(*line, env=clean(), cwd=tmp_path)
        assert ran.returncode == 65, ran.stderr
        assert "Traceback" not in ran.stderr
        assert not (tmp_path / "pay.csv").exists()


def test_a_file_that_is_no_parquet_is_65(tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_bytes(b"PAR1 and no more")
    ran = ehrpay("batch", "people.parquet", "-o", "pay.csv", env=clean(), cwd=tmp_path)
    assert ran.returncode == 65
    assert "people.parquet: not a Parquet file that can be read" in ran.stderr


def most_memory(folder: Path, rows: int) -> int:
    """The most memory of a run by rows over a roster that is piped in, in KiB; rows come out before the roster ends."""
    run = subprocess.Popen(
        [*PROGRAM, "batch", "-", "-o", "-", "--engine", "rows", "--summary", "none"],
        cwd=folder,
        env=clean(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run.stdin is not None
    assert run.stdout is not None
    run.stdin.write(b"name,role,years\n")
    for number in range(rows):
        run.stdin.write(b"n%d,coder,%d\n" % (number, number % 30))
        if number == 2_000:
            run.stdin.flush()
            assert run.stdout.readline().startswith(b"name,role,years,low")
            assert run.stdout.readline().startswith(b"n0,coder,0,")
            reader = Thread(target=run.stdout.read)
            reader.start()
    run.stdin.flush()
    # Not `ru_maxrss`: Linux hands that on from a process to the program it starts.
    status = Path(f"/proc/{run.pid}/status").read_text("utf-8")
    run.stdin.close()
    reader.join()
    run.stdout.close()
    assert run.wait() == 0
    return int(re.findall(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[0])


@pytest.mark.slow
def test_the_first_rows_come_out_at_once_and_memory_stays_flat(tmp_path: Path) -> None:
    most_memory(tmp_path, 5_000)  # compiles the rules, if no run before it has
    assert most_memory(tmp_path, 60_000) < 1.05 * most_memory(tmp_path, 5_000)

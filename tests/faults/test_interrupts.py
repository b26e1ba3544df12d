"""Ctrl-C ends a run with 130, one line and no traceback, from the moment at which the program has begun."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.program import clean

BEGIN = """
import os, _signal
real = _signal.signal
def announced(number, handler):
    before = real(number, handler)
    if number == _signal.SIGINT and handler is not _signal.SIG_DFL:
        _signal.signal = real
        os.write({pipe}, b".")
    return before
_signal.signal = announced
"""
"""Says when the program takes charge of Ctrl-C: what comes before is the interpreter's own start."""
COMMANDS = {
    "module": [sys.executable, "-m", "ehrpay"],
    "script": [str(Path(sys.executable).with_name("ehrpay"))],
}
ARGS = [
    "estimate",
    "--agency",
    "va",
    "--years",
    "5",
    "--cert",
    "rhit",
    "--format",
    "table",
    "--color",
    "always",
]
STOPPED = {130, -signal.SIGINT}
"""A shell shows both as 130: at the very end Python has given the signal back to the system."""


def begun(command: list[str], folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """A run that has just taken charge of Ctrl-C, and when it did."""
    reader, writer = os.pipe()
    (folder / "sitecustomize.py").write_text(BEGIN.format(pipe=writer), "utf-8")
    env = clean(PYTHONPATH=str(folder))
    child = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, pass_fds=[writer]
    )
    os.close(writer)
    assert os.read(reader, 1) == b"."
    os.close(reader)
    return child, time.monotonic()


def interrupted(name: str, folder: Path, times: int) -> None:
    """Send so many signals, spread over whole runs; those that came too late are sent again, earlier."""
    command = [*COMMANDS[name], *ARGS]
    child, start = begun(command, folder)
    child.communicate()
    whole = time.monotonic() - start
    done = tries = 0
    while done < times:
        tries += 1
        assert tries < 20 * times
        child, start = begun(command, folder)
        waited = whole * ((done + 0.5) / times) * 0.9 ** (tries - done)
        time.sleep(waited)
        child.send_signal(signal.SIGINT)
        err = child.communicate(timeout=60)[1].decode()
        if child.returncode == 0:  # it had ended by then: the first run took longer than a run does now
            assert err == ""
            whole = min(whole, waited)
            continue
        done += 1
        assert child.returncode in STOPPED, err
        assert err in ("", "ehrpay: interrupted\n", "\nehrpay: interrupted\n")


@pytest.mark.parametrize(
    ("args", "first", "rest", "code"),
    [
        ("compare - --json", "", "offers:\n  - {name: A, base: 60000}\n  - {name: B, base: 61000}\n", 0),
        (
            "batch - -o pay.csv --engine rows --summary none",
            "role\ncodr\n" + "coder\n" * 20_000,
            "coder\n",
            1,
        ),
    ],
    ids=["compare", "batch"],
)
def test_what_a_shell_runs_in_the_background_ignores_it(
    args: str, first: str, rest: str, code: int, tmp_path: Path
) -> None:
    """It is pressed once the first words of the run are there: what it waits for, or a bad row."""
    child = subprocess.Popen(
        ["/bin/sh", "-c", f"trap '' INT; exec {sys.executable} -m ehrpay {args}"],
        env=clean(),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None
    assert child.stderr is not None
    child.stdin.write(first.encode())
    child.stdin.flush()
    assert child.stderr.readline()
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(rest.encode(), timeout=60)
    assert child.returncode == code, err


def test_ctrl_c_is_130(tmp_path: Path) -> None:
    interrupted("script", tmp_path, 3)


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_at_any_moment_is_130(name: str, tmp_path: Path) -> None:
    interrupted(name, tmp_path, 40)


@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_five_hundred_times_ctrl_c(name: str, tmp_path: Path) -> None:
    interrupted(name, tmp_path, 250)

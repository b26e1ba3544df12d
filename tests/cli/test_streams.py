"""Real processes: pipes that break, disks that are full, terminals that can't, homes that are missing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.each import each
from tests.examples import swept
from tests.program import Ran, clean, ehrpay

MAIN = ["estimate", "--agency", "va", "--years", "5", "--cert", "rhit"]
PROGRAM = [sys.executable, "-m", "ehrpay"]


def run(*args: str, **env: str) -> Ran:
    """One run of the program on a pipe, in a clean environment."""
    return ehrpay(*args, env=clean(**env))


def test_module_and_command_are_the_same() -> None:
    """`python -m ehrpay` says what `ehrpay` says."""
    command = Path(sys.executable).with_name("ehrpay")
    for program in ([command], PROGRAM):
        found = subprocess.run([*program, *MAIN, "--json"], capture_output=True, text=True, check=True)
        assert found.stdout == run(*MAIN, "--json").stdout


def test_piped_is_plain() -> None:
    """No box, no bar, no colour, and nothing on stderr."""
    found = subprocess.run([*PROGRAM, *MAIN], env=clean(), capture_output=True, text=True, check=True)
    assert found.stderr == ""
    assert found.stdout.isprintable() or "\x1b" not in found.stdout
    assert "━" not in found.stdout
    assert "\t" in found.stdout


@pytest.mark.parametrize(
    "env", [{"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}, {"GITHUB_ACTIONS": "true"}, {"COLUMNS": "20"}]
)
def test_json_is_json_whatever_the_terminal(env: dict[str, str]) -> None:
    """No wrapping and no escape codes get into what scripts read."""
    found = run(*MAIN, "--json", **env)
    assert json.loads(found.stdout)["mid"] > 0
    assert "\x1b" not in found.stdout


@each("encoding", ["ascii", "cp1252", "latin-1"])
@each("form", ["table", "plain", "markdown", "csv", "json"])
def test_every_format_in_every_encoding(encoding: str, form: str) -> None:
    """What the output can't encode is drawn with what it can."""
    found = ehrpay(*MAIN, "--format", form, env=clean(), encoding=encoding)
    assert found.returncode == 0, found.stderr
    assert found.stdout


def test_a_process_of_another_encoding() -> None:
    """What Python says its standard output can encode is what is believed."""
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    args = [*PROGRAM, *MAIN, "--format", "table"]
    found = subprocess.run(args, env=env, capture_output=True, check=True)
    assert found.stdout.decode() == ehrpay(*args[3:], env=clean(), encoding="ascii").stdout


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_no_colour_unless_asked(env: dict[str, str]) -> None:
    """A table into a pipe has no escape codes; forced, it has."""
    assert "\x1b" not in run(*MAIN, "--format", "table", **env).stdout
    assert "\x1b[" in run(*MAIN, "--format", "table", "--color", "always", **env).stdout
    assert "\x1b" not in run(*MAIN, "--format", "table", "--color", "never", FORCE_COLOR="1", **env).stdout


def test_colour_never_carries_the_meaning() -> None:
    """Without its escape codes the coloured table says the same as the plain one."""
    import re

    colored = run(*MAIN, "--format", "table", "--color", "always", COLUMNS="80").stdout
    bare = run(*MAIN, "--format", "table", "--color", "never", COLUMNS="80").stdout
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", colored).splitlines()] == [
        line.rstrip() for line in bare.splitlines()
    ]


@pytest.mark.parametrize("columns", swept([20, 30, 40, 59, 60, 80, 120, 200]))
def test_amounts_are_never_cut(columns: int) -> None:
    """The three amounts stand whole at any width, and no line is wider than the screen."""
    answer = json.loads(run("estimate", "--years", "5", "--json").stdout)
    table = run("estimate", "--years", "5", "--format", "table", COLUMNS=str(columns)).stdout
    for key in ("low", "mid", "high"):
        assert f"{answer[key]:,}" in table
    assert max(map(len, table.splitlines())) <= columns


@pytest.mark.parametrize("columns", ["abc", "", "-1", "0"])
def test_a_senseless_width_is_ignored(columns: str) -> None:
    """COLUMNS=abc is nobody's fault but the environment's."""
    assert run("estimate", "--format", "table", COLUMNS=columns, TERMINAL_WIDTH=columns).returncode == 0
    assert run("--help", COLUMNS=columns, TERMINAL_WIDTH=columns).returncode == 0


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no SIGPIPE here")
def test_a_broken_pipe_is_silent() -> None:
    """`| head` ends us with the signal and no words."""
    reader, writer = os.pipe()
    process = subprocess.Popen([*PROGRAM, *MAIN, "--explain"], stdout=writer, stderr=subprocess.PIPE)
    os.close(reader)
    os.close(writer)
    _, err = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGPIPE
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_74() -> None:
    """One line, no traceback."""
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run([*PROGRAM, *MAIN], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 74
    assert found.stderr.count("\n") == 1
    assert "cannot write" in found.stderr


def test_a_closed_stdout_is_74() -> None:
    """The same every time, without a traceback."""
    found = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m ehrpay {' '.join(MAIN)} >&-"],
        # What is preloaded to fake the clock opens a file, which would become the standard output.
        env={**os.environ, "LD_PRELOAD": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 74
    assert "Traceback" not in found.stderr


def test_without_home_and_with_a_read_only_one() -> None:
    """Neither a home nor a cache is needed."""
    env = {key: os.environ[key] for key in ("PATH", "EHRPAY_TODAY")}
    found = ehrpay(*MAIN, "--json", env=env)
    assert found.returncode == 0, found.stderr
    missing = ehrpay(*MAIN, "--json", env={**env, "HOME": "/proc/nowhere"})
    assert missing.stdout == found.stdout
    assert missing.stderr == ""


@pytest.mark.slow
@pytest.mark.parametrize("home", [{}, {"HOME": "/proc/nowhere"}], ids=["none", "read-only"])
def test_a_process_without_home(home: dict[str, str]) -> None:
    env = {key: os.environ[key] for key in ("PATH", "EHRPAY_TODAY")} | home
    found = subprocess.run([*PROGRAM, *MAIN, "--json"], env=env, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == run(*MAIN, "--json").stdout


def test_nothing_heavy_is_imported_for_json() -> None:
    """With the rules cached, JSON costs no Rich, no pydantic, no YAML: start-up is a feature."""
    code = (
        "import sys; from ehrpay.cli.main import run; run(sys.argv[1:]); "
        "loaded = {m.split('.')[0] for m in sys.modules}; "
        "sys.exit(sorted(loaded & {'rich', 'pydantic', 'yaml', 'hashlib', 'platformdirs'}) or 0)"
    )
    args = [sys.executable, "-c", code, *MAIN, "--json"]
    subprocess.run(args, capture_output=True, check=False)
    found = subprocess.run(args, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr

"""A disk without room is never reported as success, whichever way the program ends: exit 74 and one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faults.process import process, shell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

FULL = Path("/dev/full")

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")

SENTENCE = "ehrpay: cannot write the output: No space left on device\n"
FEW = ["--version", "rules schema agency", "estimate --years 5"]
MANY = [
    "--help",
    "--version --json",
    "estimate --help",
    "estimate --json",
    "estimate --format table --color always",
    "estimate --brief",
    "estimate --explain",
    "estimate --format csv",
    "estimate --format markdown",
    "compare --help",
    "compare --offer 'VA GS-9/1 Denver' --offer 'Mercy 66,500 Boise, ID' --role coder",
    "whatif --years 5",
    "ladder --years 5",
    "ladder --years 5 --json",
    "report -o -",
    "report --format svg -o -",
    "report --format markdown -o -",
    "backtest",
    "backtest --json",
    "backtest --min-coverage 100",
    "list certs",
    "list areas --json",
    "where Denver",
    "where Denver --json",
    "rules --help",
    "rules path",
    "rules path --json",
    "rules schema",
    "rules show",
    "rules show rhit --json",
    "rules sources",
    "rules diff --as-of 2025-01-01",
    "rules test",
    "rules validate",
    "rules validate --format sarif",
]


@pytest.fixture
def full() -> Iterator[IO[bytes]]:
    with FULL.open("wb") as disk:
        yield disk


def words(line: str) -> list[str]:
    import shlex

    return shlex.split(line)


def refuses(line: str, full: IO[bytes]) -> None:
    ran = process(*words(line), stdout=full)
    assert ran.returncode == 74
    assert ran.stderr.endswith(SENTENCE)
    assert ran.stderr.count(SENTENCE) == 1
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("line", FEW)
def test_a_result_that_finds_no_room_is_74(line: str, full: IO[bytes]) -> None:
    refuses(line, full)


@pytest.mark.slow
@pytest.mark.parametrize("line", MANY)
def test_every_command_says_that_the_disk_is_full(line: str, full: IO[bytes]) -> None:
    refuses(line, full)


@pytest.mark.parametrize("line", ["estimate --years abc", "rules"])
def test_an_error_that_finds_no_room_is_74(line: str, full: IO[bytes]) -> None:
    """Wrong use, and a help that goes to standard error."""
    assert process(*words(line), stderr=full).returncode == 74
    assert process(*words(line), stdout=full, stderr=full).returncode == 74


def test_a_closed_standard_error_leaves_the_code_as_it_is() -> None:
    for line, code in (("estimate --years abc", 2), ("where Denver", 0)):
        assert shell("2>&-", *words(line)).returncode == code, line


@pytest.mark.parametrize("line", ["--help", "help estimate"])
def test_a_help_that_finds_standard_output_closed_is_74(line: str) -> None:
    ran = shell(">&-", *words(line))
    assert ran.returncode == 74
    assert ran.stderr == "ehrpay: cannot write the output: standard output is closed\n"


@pytest.mark.slow
def test_a_summary_has_nowhere_to_go() -> None:
    assert shell("2>&-", "rules", "validate").returncode == 0

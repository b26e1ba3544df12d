"""Today is read in one place, and a variable sets it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ehrpay.api.rulebooks import read_date
from ehrpay.cli.main import run
from ehrpay.clock import today
from ehrpay.errors import UsageError

TOP = Path(__file__).parents[1]
CLOCK = re.compile(
    r"\b(date\.today|datetime\.(now|today|utcnow)|time\.(time|localtime|gmtime|perf_counter|process_time))\b"
)
WAITED = re.compile(r"\btime\.monotonic\b")
"""How long something has taken is no time of day; a test may wait by it, but not judge by it."""


def test_nothing_but_the_clock_reads_the_time() -> None:
    modules = [path for folder in ("src", "tools", "tests") for path in (TOP / folder).rglob("*.py")]
    found = {
        str(path.relative_to(TOP)): (CLOCK.search(text), WAITED.search(text))
        for path in modules
        if (text := path.read_text("utf-8"))
    }
    assert {path for path, (read, _) in found.items() if read} == {
        "src/ehrpay/clock.py",
        "tests/test_clock.py",
        # What is tried by hand says how long the slowest question took; no test judges by it.
        "tests/hostile/fuzz.py",
    }
    # Those that wait for another process may look how long it has been.
    waiting = {path for path, (_, waited) in found.items() if waited}
    assert {path for path in waiting if not path.startswith(("tests/faults/", "tests/batch/"))} <= {
        "src/ehrpay/batch/engines/cluster.py",
        "src/ehrpay/cli/roster/console.py",
    }


def test_without_the_variable_it_is_the_users_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHRPAY_TODAY", " ")
    before, said, after = date.today(), today(), date.today()  # noqa: DTZ011 - the user's own day
    assert said in {before.isoformat(), after.isoformat()}


def test_the_variable_is_today_for_every_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHRPAY_TODAY", "2027-03-01")
    assert read_date(None) == today() == "2027-03-01"


def test_a_today_that_is_no_date_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EHRPAY_TODAY", "tomorrow")
    with pytest.raises(UsageError, match="EHRPAY_TODAY: 'tomorrow' is not a date"):
        today()
    assert run(["estimate", "--years", "5"]) == 2
    assert "EHRPAY_TODAY: 'tomorrow' is not a date; write YYYY-MM-DD" in capsys.readouterr().err

"""The project's list of bad input, one test a row: the exit code it asks for, and words of what it expects.

`badinput.csv` is the list as the project's owners wrote it before the program. The rows of rule files are in
`tests/rules/test_badinput.py`, those of rosters belong to `ehrpay batch`.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.each import each
from tests.program import clean, ehrpay
from tests.rules import test_badinput as of_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

LIST = Path(__file__).with_name("badinput.csv")
ROWS = {row["id"]: row for row in csv.DictReader(LIST.read_text("utf-8").splitlines())}


class Try(NamedTuple):
    """A command line and its environment, and words that the answer must have."""

    args: list[str]
    words: tuple[str, ...] = ()
    env: dict[str, str] = {}  # noqa: RUF012 - never changed


def estimate(*args: str, says: tuple[str, ...] = (), **env: str) -> Try:
    return Try(["estimate", *args], says, env)


ROSTERS = "tests/batch/test_bad_input.py"
TRIED = {
    "CLI-01": Try([], ("ehrpay estimate --agency va", "-h, --help")),
    "CLI-02": Try(["estimat"], ("did you mean 'estimate'",)),
    "CLI-03": estimate("--agncy", "va", says=("did you mean '--agency'",)),
    "CLI-04": estimate("--agency", says=("--agency",)),
    "CLI-05": estimate("--agency", "vaa", says=("did you mean 'va'", "ehrpay list agencies")),
    "CLI-06": estimate("--agency", "", says=("empty",)),
    "CLI-07": estimate("--years", "5", EHRPAY_AGENCY=""),
    "CLI-08": estimate(EHRPAY_AGENCY="zzz", says=("EHRPAY_AGENCY",)),
    "CLI-09": estimate("--agency", "VA", "--json", says=('"agency": "va"',)),
    "CLI-17": estimate("--json", "nofield", says=("nofield",)),
    "CLI-20": Try(["--version", "--json"], ('"rules_version"',)),
    "CLI-21": estimate("--", "--years", "5", says=("--years",)),
    "NUM-01": estimate("--years", "abc", says=("'abc' is not a number of years",)),
    "NUM-05": estimate("--years", "1e400", says=("1e400",)),
    "NUM-06": estimate("--years", "5,5", says=("5.5",)),
    "NUM-07": estimate("--years", "1_0", says=("'1_0'",)),
    "NUM-08": estimate("--years", " 5 "),
    "NUM-09": estimate("--years", "٥", says=("digits 0-9",)),
    "NUM-12": estimate("--years", "", says=("empty",)),
    "NUM-13": estimate("--years", "61", says=("0 to 60",)),
    "NUM-15": estimate("--agency", "va", "--grade", "9.0", says=("whole number",)),
    "NUM-17": estimate("--agency", "va", "--grade", "9" * 5_000, says=("…",)),
    "NUM-20": estimate("--offer", "75.000,00", says=("61,000.00",)),
    "NUM-22": estimate("--offer", "1E+99999999"),
    "NUM-23": estimate("--offer", "75000.005", says=("2 decimal",)),
    "NUM-24": estimate("--offer", "-5"),
    "NUM-25": estimate("--offer", "1O0000", says=("1O0000",)),
    "DAT-01": estimate("--as-of", "2026-02-30", says=("not a calendar date",)),
    "DAT-03": estimate("--as-of", "1999-01-01"),
    "DAT-04": estimate("--as-of", "2099-01-01", says=("no rule covers 2099-01-01",)),
    "DAT-05": estimate("--as-of", "0", says=("YYYY-MM-DD",)),
    "TEX-01": Try(
        ["compare", "--offer", "[red]Acme[/red] 60000", "--offer", "B 61000"], ("[red]Acme[/red]",)
    ),
    "TEX-02": Try(["compare", "--offer", "Acme [/] 60000", "--offer", "B 61000"], ("Acme [/]",)),
    "TEX-03": Try(["compare", "--offer", "Acme [remote] 60000", "--offer", "B 61000"], ("Acme [remote]",)),
    "TEX-09": Try(["compare", "--offer", "A\nB 60000", "--offer", "C 61000", "--json"], ("A\\\\x0aB",)),
    "TEX-13": estimate("--agency", "\x1b[2J", says=("\\x1b[2J",)),
    "OUT-04": Try(["report", "-o", "/no/such/dir/x.html"], ("folder does not exist",)),
    "OUT-12": estimate("--json", FORCE_COLOR="1"),
    "OUT-14": estimate("--format", "table", NO_COLOR="1"),
    "OUT-16": estimate("--format", "table", COLUMNS="30"),
    "OUT-18": estimate("--format", "table", TERM="dumb"),
    "CON-03": estimate("--years", "5", HOME="/proc/nowhere", EHRPAY_CACHE=""),
}
ELSEWHERE = {
    "TEX-05": "tests/cli/test_errors.py",
    "TEX-08": "tests/offers/test_read.py",
    "TEX-12": "tests/cli/test_errors.py",
    "TEX-14": "tests/cli/test_errors.py",
    "OUT-01": "tests/cli/test_streams.py",
    "OUT-03": "tests/cli/test_streams.py",
    "OUT-06": "tests/faults/test_written_files.py",
    "OUT-08": "tests/report/test_output_file.py",
    "OUT-15": "tests/cli/test_streams.py",
    "OUT-20": "tests/formats/test_record.py",
    "OUT-21": "tests/formats/test_record.py",
    "OUT-23": "tests/faults/test_input.py",
    "OUT-24": "tests/faults/test_full_disk.py",
}
"""Rows that other tests hold."""
DISPUTED = {
    "CLI-11": "a comma between credentials is accepted, as the row allows",
    "NUM-21": "75k is read as 75,000; help and errors say so",
    "OUT-19": "amounts are whole numbers, so that there is no NaN to write",
    "CON-04": "there is no configuration file of options: flags and variables only",
    "TEX-10": "JSON has the whole name; headings of a table wrap it and do not cut it",
    "RUL-14": "there are no includes",
    "RUL-31": "a rule file has no version of its own: an unknown key is E201",
}
ROSTER = {"OUT-11": ROSTERS} | {id_: ROSTERS for id_, row in ROWS.items() if row["area"] == "roster"}


@each("id_", TRIED)
def test_a_row_of_the_list(id_: str) -> None:
    args, words, env = TRIED[id_]
    ran = ehrpay(*args, env=clean(**env))
    wanted = re.match(r"\d+", ROWS[id_]["expected_exit"])
    assert wanted is not None
    assert ran.returncode == int(wanted[0]), ran
    for word in words:
        assert word in ran.stdout + ran.stderr
    assert "Traceback" not in ran.stderr
    assert "\x1b" not in ran.stdout + ran.stderr


def test_every_row_is_tried_or_has_a_reason() -> None:
    link_and_folder = {"RUL-13", "RUL-32"}
    tables: list[Iterable[str]] = [
        TRIED,
        ELSEWHERE,
        DISPUTED,
        ROSTER,
        of_rules.CASES.keys() - DISPUTED.keys(),
        link_and_folder,
    ]
    every = [id_ for table in tables for id_ in table]
    assert sorted(every) == sorted(ROWS)


@each("id_", ELSEWHERE)
def test_the_other_test_is_there(id_: str) -> None:
    assert (Path(__file__).parents[2] / ELSEWHERE[id_]).is_file()

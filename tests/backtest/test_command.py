"""`ehrpay backtest` as people run it: its formats, its limits, its errors; and what it says of the shipped rows."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.schemas import contract

from ehrpay.api.backtests import backtest
from ehrpay.api.rulebooks import load_rulebook
from ehrpay.cli.main import run
from ehrpay.domain.backtest.measures import Limits
from ehrpay.formats.backtest import Accuracy
from ehrpay.formats.writers import Screen, write
from ehrpay.observed.read import path, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.backtest.result import Backtest

    Golden = Callable[[str, str], None]

AS_OF = "2026-01-15"
FILE = str(Path(__file__).parent / "files" / "payroll.csv")
SCHEMA = contract("backtest")


@pytest.fixture(scope="module")
def small() -> Backtest:
    return backtest(read("payroll.csv", Path(FILE).read_bytes()), load_rulebook(AS_OF))


@pytest.fixture(scope="module")
def shipped() -> Backtest:
    return backtest(read("observed.csv", path().read_bytes()), load_rulebook(AS_OF))


def output(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["backtest", FILE, "--as-of", AS_OF, *args]) == 0
    return capsys.readouterr().out


def test_json_keeps_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    record: dict[str, Any] = json.loads(output(capsys, "--json"))
    SCHEMA.validate(record)
    assert record["rows"] == {"read": 11, "tested": 5, "older": 1, "not_tested": 5}
    assert [one["line"] for one in record["problems"]] == [3, 5, 6, 6, 7, 8, 9, 12]


def test_no_row_is_lost(small: Backtest) -> None:
    tested = {one.trial.seen.line for one in small.tried}
    assert tested | {fault.line for fault in small.untested} | {10} == set(range(2, 13))


def test_an_unknown_city_gives_way_to_its_state_and_an_unknown_word_to_nothing(small: Backtest) -> None:
    by_id = {one.trial.seen.id: one.trial.estimate for one in small.tried}
    assert by_id["b"].profile.place is not None
    assert by_id["b"].profile.place.name == "Colorado"
    assert by_id["d"].profile.setting is None


def test_an_employer_on_a_pay_plan_is_priced_by_the_table_of_the_day(small: Backtest) -> None:
    trial = next(one.trial for one in small.tried if one.trial.seen.id == "j")
    assert (trial.estimate.method, trial.estimate.as_of, trial.factor) == ("grade", "2026-02-01", 10_000)


def test_csv_has_a_row_for_each_row_that_counts(capsys: pytest.CaptureFixture[str]) -> None:
    found = list(csv.DictReader(StringIO(output(capsys, "--format", "csv"))))
    assert [row["id"] for row in found] == ["a", "b", "c", "d", "j"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_tables_fit_the_screen(width: int, small: Backtest) -> None:
    text = write(Accuracy(small, "payroll.csv", 2, Limits(), ("'shoe size'",)), "table", Screen(width))
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize("name", ["table", "plain", "markdown"])
def test_golden(name: str, small: Backtest, golden: Golden) -> None:
    golden(f"payroll-{name}.txt", write(Accuracy(small, "payroll.csv", 1, Limits(9_000)), name, Screen(80)))


def test_limits_that_are_missed_leave_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest", FILE, "--as-of", AS_OF, "--max-error", "0.01", "--min-coverage", "0"]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("tested\t5 of the 11 rows")
    assert "the median error is" in err
    assert "more than 0.01 %" in err


def test_a_result_goes_to_a_file_in_the_format_of_its_name(tmp_path: Path) -> None:
    target = tmp_path / "accuracy.md"
    assert run(["backtest", FILE, "--as-of", AS_OF, "-o", str(target)]) == 0
    assert target.read_text("utf-8").startswith("## 5 of the 11 rows in ")
    assert run(["backtest", FILE, "--as-of", AS_OF, "-o", str(target)]) == 73


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["no-such-file.csv"], 66, "cannot read 'no-such-file.csv'"),
        ([FILE, "--max-error", "many"], 2, "--max-error: 'many' is not a percentage"),
        ([FILE, "--since", "soon"], 2, "--since: 'soon' is not a year"),
        ([FILE, "--since", "2027"], 65, "no row of 2027 or later can be tested"),
        ([FILE, "--worst", "-1"], 2, "--worst"),
    ],
)
def test_errors(args: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backtest", *args, "--as-of", AS_OF]) == code
    assert message in capsys.readouterr().err


def test_the_shipped_rows_are_tested_as_their_readme_says(shipped: Backtest) -> None:
    """118 rows from 2019 on weigh 45; Michigan's 76 weigh five."""
    assert (shipped.rows, shipped.measures.rows, shipped.measures.weight) == (167, 118, 4_500)
    assert shipped.older is not None
    assert (shipped.older.rows, shipped.older.weight) == (49, 1_900)
    michigan = next(one for one in shipped.strata if one.value == "MI")
    assert (michigan.measures.rows, michigan.measures.weight) == (76, 500)
    assert shipped.untested == ()


def test_intervals_hold_the_figure_and_stay_the_same(shipped: Backtest) -> None:
    for figure in (
        shipped.measures.error,
        shipped.measures.bias,
        shipped.measures.outer,
        shipped.measures.inner,
    ):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low <= figure.value <= figure.high
    again = backtest(read("observed.csv", path().read_bytes()), load_rulebook(AS_OF))
    assert again.measures == shipped.measures


def test_the_middle_errs_less_than_every_simpler_answer(shipped: Backtest) -> None:
    assert all(shipped.measures.error.value < one.error for one in shipped.baselines)


def test_shares_at_or_below_percentiles_rise(shipped: Backtest) -> None:
    shares = [one.share for one in shipped.reached]
    assert shares == sorted(shares)


def test_a_roster_without_ids_or_employers_is_told_in_what_it_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row is its line, said once; what no row could be compared with has no error of 0.0 %."""
    file = tmp_path / "staff.csv"
    file.write_text(
        'role,years,location,pay\ncoder,5,"Denver, CO",62000\nauditor,9,,71000\n', encoding="utf-8"
    )
    assert run(["backtest", str(file), "--as-of", "2026-11-23"]) == 0
    out = capsys.readouterr().out
    assert "row\tline 2\n" in out
    assert "compared with\tthe area's median alone\t" in out
    assert "at the other employers" not in out

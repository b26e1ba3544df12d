"""What headings of a roster mean, what a run says of them, and that our own output can be priced again."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from tests.program import Ran, clean, ehrpay

from ehrpay.batch.job.head import read_head
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

ODD = (
    "Emp ID,Position Title,Yrs of Exp,Certs Held,Education,Work City,Work State,Base Salary ($),Floor\n"
    "1,coder,5,RHIT;CCS,associate,Denver,CO,62500,2\n"
)
PLAIN = "id,role,years,certs,degree,city,state,pay,floor\n1,coder,5,RHIT;CCS,associate,Denver,CO,62500,2\n"
ENGINES = ("rows", "polars")


def batch(folder: Path, *args: str) -> Ran:
    """A run in a folder."""
    return ehrpay("batch", *args, env=clean(), cwd=folder)


def last_row(path: Path) -> dict[str, str]:
    """The last row of an output."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[-1]


def read(*names: str, **mapped: str) -> dict[str, str]:
    """The column of each meaning."""
    return dict(read_head("a.csv", names, mapped).read)


@pytest.mark.parametrize("engine", ENGINES)
def test_odd_headings_price_as_plain_ones(engine: str, tmp_path: Path) -> None:
    rows = []
    for name, text in (("odd", ODD), ("plain", PLAIN)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        ran = batch(tmp_path, f"{name}.csv", "-o", f"{name}-pay.csv", "--engine", engine)
        assert ran.returncode == 0, ran.stderr
        rows.append(last_row(tmp_path / f"{name}-pay.csv"))
        assert "warning" not in ran.stderr
    assert [rows[0][name] for name in ("low", "mid", "high", "position")] == [
        rows[1][name] for name in ("low", "mid", "high", "position")
    ]


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("Years of Experience (yrs)", "years"),
        ("Yrs. of Exp", None),
        ("Salary [USD per year]", "pay"),
        ("Annual Salary ($/yr)", "pay"),
        ("Pay ($/hour)", None),
        ("Salary (target)", None),
        ("Years (in grade)", None),
        ("Date of Hire", "hired"),
    ],
)
def test_units_in_brackets_leave_the_meaning_and_other_words_do_not(name: str, meaning: str | None) -> None:
    assert read("role", name) == {"role": "role"} | ({meaning: name} if meaning else {})


def test_a_looser_heading_yields_to_a_plain_one_and_to_a_map() -> None:
    assert read("City", "State", "Work City") == {"city": "City", "state": "State"}
    assert read("Salary ($)", "salary", "role") == {"pay": "salary", "role": "role"}
    assert read("Work City", "Town", "State", Town="city") == {"city": "Town", "state": "State"}
    with pytest.raises(DataError, match="'Yrs Exp' and 'Yrs of Exp' both mean 'years'"):
        read("role", "Yrs Exp", "Yrs of Exp")


@pytest.mark.parametrize("engine", ENGINES)
def test_fields_that_no_column_is_are_named_where_columns_were_not_read(engine: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Emp ID,Education,Jahre,Wo\n1,bachelor,5,Denver\n", "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "-", "--engine", engine)
    assert (
        "ehrpay: warning: no column was found for role, years, location, pay; not read: 'Jahre', 'Wo';"
        " use --map COLUMN=FIELD\n"
    ) in ran.stderr
    assert "columns\tdegree from Education; not read: Emp ID, Jahre, Wo\n" in ran.stderr


@pytest.mark.parametrize(
    "names",
    [
        ("id", "role"),
        ("agency", "grade", "step", "locality", "pay", "note"),
        ("role", "hired", "state", "pay", "x"),
    ],
)
def test_nothing_is_missed_where_all_is_read_or_something_stands_for_it(names: tuple[str, ...]) -> None:
    assert read_head("a.csv", names, {}).missed(("id",)) == ""


def test_the_summary_has_the_columns_as_data(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(ODD, "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "b.csv", "--summary", "json", "-q")
    assert json.loads(ran.stderr)["columns"] == {
        "read": {
            "role": "Position Title",
            "years": "Yrs of Exp",
            "certs": "Certs Held",
            "degree": "Education",
            "city": "Work City",
            "state": "Work State",
            "pay": "Base Salary ($)",
        },
        "unread": ["Emp ID", "Floor"],
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_our_own_output_is_priced_again_and_again(engine: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Job Title,years,pay\ncoder,5,50000\n", "utf-8")
    for source, output in (("a", "b"), ("b", "c"), ("c", "d")):
        ran = batch(tmp_path, f"{source}.csv", "-o", f"{output}.csv", "--engine", engine)
        assert ran.returncode == 0, ran.stderr
        assert "warning" not in ran.stderr
    row = last_row(tmp_path / "d.csv")
    for name in ("mid", "pay_grade", "position"):
        assert row[name] == row[f"est_{name}"] == row[f"est_est_{name}"]


@pytest.mark.parametrize("pay", ["", ",50000"])
def test_a_position_of_the_roster_itself_stays_a_role(pay: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"position,years{',pay' if pay else ''}\ncoder,5{pay}\n", "utf-8")
    for source, output in (("a", "b"), ("b", "c"), ("c", "d")):
        ran = batch(tmp_path, f"{source}.csv", "-o", f"{output}.csv")
        assert ran.returncode == 0, ran.stderr
        assert "role from position, years" in ran.stderr
    row = last_row(tmp_path / "d.csv")
    assert row["mid"] == row["est_mid"] == row["est_est_mid"]


def test_a_column_with_a_map_is_carried_by_no_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("role,Wrk City,Wrk State\ncoder,Denver,CO\n", "utf-8")
    ran = batch(
        tmp_path,
        "a.csv",
        "-o",
        "-",
        "--map",
        "Wrk City=city",
        "--map",
        "Wrk State=state",
        "--summary",
        "none",
    )
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quiet_run_leaves_nothing_but_the_summary(engine: str, tmp_path: Path) -> None:
    rows = "".join(f"{n % 3},codr,x\n" for n in range(30))
    (tmp_path / "a.csv").write_text(f"id,role,yeers\n{rows}", "utf-8")
    args = ("a.csv", "-o", "-", "--errors", "bad.csv", "--engine", engine, "--summary", "json")
    ran = batch(tmp_path, *args, "-q")
    assert ran.returncode == 1
    assert json.loads(ran.stderr)["rows"] == {"read": 30, "priced": 0, "errors": 30}
    (tmp_path / "bad.csv").unlink()
    assert "carried through unread" in batch(tmp_path, *args).stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_pay_that_is_left_open_is_as_an_empty_cell(engine: str, tmp_path: Path) -> None:
    cells = ("N/A", "n/a", "NA", "TBD", "tba", "-", " - ", "\N{EM DASH}", "")
    rows = "".join(f"coder,{cell}\n" for cell in (*cells, "50000"))
    (tmp_path / "a.csv").write_text(f"role,pay\n{rows}", "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "b.csv", "--engine", engine, "--summary", "json", "-q")
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stderr)["pay"]["people"] == 1
    with (tmp_path / "b.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["compa_ratio"], row["position"]) for row in csv.DictReader(file)]
    assert found[:-1] == [("", "")] * len(cells)
    assert found[-1] != ("", "")

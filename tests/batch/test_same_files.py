"""The files that `batch` reads are read by `rules diff --roster` and `backtest`, too."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.freeze_rules import FROZEN
from tests.program import clean, ehrpay

from ehrpay import shipped

if TYPE_CHECKING:
    from pathlib import Path

CSV = "name,Job Title,Years,City,State,Salary\nAnn,coder,5,Denver,CO,52000\nBob,auditor,3,Boise,ID,61k\n"


def files(folder: Path) -> list[Path]:
    """The same two people in every form."""
    paths = [folder / name for name in ("a.csv", "a.tsv", "a.csv.gz", "a.jsonl", "a.parquet")]
    rows = [
        dict(zip(CSV.splitlines()[0].split(","), line.split(","), strict=True))
        for line in CSV.splitlines()[1:]
    ]
    paths[0].write_text(CSV)
    paths[1].write_text(CSV.replace(",", "\t"))
    paths[2].write_bytes(gzip.compress(CSV.encode()))
    paths[3].write_text("".join(json.dumps(row) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(paths[4])
    return paths


def test_rules_diff_says_who_of_a_roster_moves_and_what_it_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not by the fixture of a whole module, for the backtests after it need the rules that ship.
    monkeypatch.setattr(shipped, "folder", lambda: FROZEN)
    said = set()
    for path in files(tmp_path):
        code, out, _ = ehrpay(
            "rules", "diff", "2026-01-01", "2026-11-28", "--roster", str(path), "--json", env=clean()
        )
        found = json.loads(out)
        assert code == 1
        assert [move["name"] for move in found["moves"]] == ["Ann", "Bob"]
        assert found["summary"]["total_change_mid"] == sum(move["change_mid"] for move in found["moves"])
        cost = found["summary"]["cost_to_mid"]
        assert cost["after"] > cost["before"] > 0
        said.add(json.dumps(found["summary"]))
    assert len(said) == 1


def test_rules_diff_names_the_line_of_a_row_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(CSV + "Cy,coder,5\n")
    code, _, err = ehrpay("rules", "diff", "2026-01-01", "2026-11-28", "--roster", str(path), env=clean())
    assert code == 65
    assert "a.csv:4: 3 cells, where the header has 6" in err


def test_a_roster_of_any_name_says_what_its_name_ends_in(tmp_path: Path) -> None:
    (tmp_path / "a.foo").write_text(CSV)
    for line in ("rules diff now shipped --roster a.foo", "backtest a.foo"):
        ran = ehrpay(*line.split(), env=clean(), cwd=tmp_path)
        assert ran.returncode == 2
        assert ran.stderr.endswith("from its name; let it end in csv, tsv, jsonl or parquet\n")


def test_backtest_reads_one_file(tmp_path: Path) -> None:
    for name in ("a.tsv", "b.tsv"):
        (tmp_path / name).write_text("pay\trole\n61000\tcoder\n")
    assert ehrpay("backtest", "a*.tsv", env=clean(), cwd=tmp_path).returncode == 0
    ran = ehrpay("backtest", "*.tsv", env=clean(), cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "ehrpay: '*.tsv' is 2 files; name one\n")


def test_a_roster_and_profiles_are_not_both_given(tmp_path: Path) -> None:
    code, _, err = ehrpay(
        "rules", "diff", "now", "shipped", "--roster", "a.csv", "--profiles", str(tmp_path), env=clean()
    )
    assert (code, "use one" in err) == (2, True)


@pytest.mark.parametrize("number", range(5))
def test_a_backtest_takes_a_roster_without_dates(tmp_path: Path, number: int) -> None:
    path = files(tmp_path)[number]
    code, out, err = ehrpay("backtest", str(path), "--json", "--as-of", "2026-11-28", env=clean())
    assert code == 0, err
    assert json.loads(out)["rows"] == {"read": 2, "tested": 2, "older": 0, "not_tested": 0}

"""A year to come: its values stand beside the old ones, cited with the file's sum, and nothing else moves."""

from __future__ import annotations

import difflib
import hashlib
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.tools.older import EXCERPTS, ROOT, files
from tests.tools.shapes import rows_of, workbook

from ehrpay.errors import BAD_DATA, DONE

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.slow

# Made-up figures: the sheets are those of the newest year with every amount moved.


def base_csv(path: Path, *, year: int = 2027, more: int = 100) -> Path:
    newest = yaml.safe_load((ROOT / "rules/federal/gs-base.yaml").read_text(encoding="utf-8"))["tables"][-1]
    lines = [f"Salary Table {year}-GS", "Grade," + ",".join(f"Step {n}" for n in range(1, 11))]
    lines += [
        ",".join(map(str, [grade, *(rate + more for rate in rates)])) for grade, *rates in newest["rows"]
    ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def wages(*, more: int = 1000) -> list[dict[str, Any]]:
    """The excerpt's rows with every wage moved."""
    rows = rows_of(EXCERPTS / "all_data_M_2025.xlsx")
    for row in rows:
        for name in ("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"):
            if isinstance(row[name], int):
                row[name] += more
    return rows


def next_quarter(path: Path) -> Path:
    text = (EXCERPTS / "ci.data.1.AllData").read_text(encoding="utf-8")
    path.write_text(f"{text}CIU2020000000000I             \t2026\tQ02\t     179.111\t\n", encoding="utf-8")
    return path


def only_added(older: bytes, newer: bytes) -> list[str]:
    """The lines of a file that were added. None may have gone."""
    lines = difflib.ndiff(older.decode().splitlines(), newer.decode().splitlines())
    found = [line for line in lines if line[0] in "+-"]
    assert not [line for line in found if line[0] == "-"]
    return [line[2:] for line in found]


def test_a_base_table_is_added_and_cited_with_the_sum_of_its_file(
    refresh: ModuleType, rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = files(rules)
    download = base_csv(tmp_path / "2027-GS.csv")
    command = ["gs-base", str(download), "--year", "2027", "--rules", str(rules), "--retrieved", "2027-01-05"]
    assert refresh.main(command) == DONE
    now = files(rules)
    assert {path for path in now if now[path] != shipped[path]} == {"federal/gs-base.yaml", "sources.yaml"}
    table = only_added(shipped["federal/gs-base.yaml"], now["federal/gs-base.yaml"])
    assert table[:5] == [
        "  - effective: 2027-01-01",
        "    sources: [opm-gs-2027]",
        "    basis: official",
        "    review_by: 2028-01-31",
        "    rows:",
    ]
    assert len(table) == 20
    data = download.read_bytes()
    assert only_added(shipped["sources.yaml"], now["sources.yaml"]) == [
        "  - id: opm-gs-2027",
        '    title: "Salary Table 2027-GS (General Schedule base pay)"',
        "    publisher: U.S. Office of Personnel Management",
        "    url: https://www.opm.gov/policy-data-oversight/pay-leave/salaries-wages/salary-tables/xml/2027/GS.xml",
        '    published: "2027"',
        "    retrieved: 2027-01-05",
        "    licence: public domain",
        f'    note: "Read in 2027-GS.csv, {len(data):,} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}."',
    ]
    text = now["sources.yaml"].decode()
    assert (
        text.index("- id: opm-gs-2026")
        < text.index("- id: opm-gs-2027")
        < text.index("- id: opm-locality-2021")
    )
    assert f"SHA-256 {hashlib.sha256(data).hexdigest()}" in capsys.readouterr().out

    # The same file on another day changes nothing; another file of that year is refused.
    assert refresh.main([*command[:-1], "2027-02-01"]) == DONE
    assert files(rules) == now
    base_csv(tmp_path / "2027-GS.csv", more=101)
    assert refresh.main(command) == BAD_DATA
    said = capsys.readouterr().err
    assert "federal/gs-base.yaml:137: 2027-01-01 is there already with other values" in said
    assert "a value that was in force is not edited" in said
    assert files(rules) == now


def test_the_same_figures_from_another_file_are_refused(
    refresh: ModuleType, rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["gs-base", str(base_csv(tmp_path / "one.csv")), "--year", "2027", "--rules", str(rules)]
    assert refresh.main(command) == DONE
    now = files(rules)
    other = base_csv(tmp_path / "two.csv")
    other.write_text(other.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert refresh.main([command[0], str(other), *command[2:]]) == BAD_DATA
    assert "opm-gs-2027 was read in a file with SHA-256" in capsys.readouterr().err
    assert files(rules) == now


@pytest.fixture(scope="module")
def next_may(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of May 2026 in which one area is renamed and one is not there."""
    rows = [row for row in wages() if row["AREA"] != "10180"]
    for row in rows:
        if row["AREA"] == "10420":
            row["AREA_TITLE"] = "Akron-Cuyahoga Falls, OH"
    path: Path = workbook(tmp_path_factory.mktemp("bls") / "all_data_M_2026.xlsx", rows, year=2026)
    return path


def test_wages_of_a_new_may_stand_beside_the_old(
    refresh: ModuleType, rules: Path, next_may: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = files(rules)
    command = ["oews", str(next_may), "--year", "2026", "--rules", str(rules)]
    assert refresh.main(command) == BAD_DATA
    assert "ageing.yaml has no reading of 2026Q2, where wages of May 2026 start" in capsys.readouterr().err
    assert files(rules) == shipped

    quarter = next_quarter(tmp_path / "ci.data.1.AllData")
    assert refresh.main(["eci", str(quarter), "--quarter", "2026Q2", "--rules", str(rules)]) == DONE
    assert refresh.main(command) == DONE
    out, now = capsys.readouterr().out, files(rules)
    assert "who moves is not known" not in out
    assert f"after   {rules.as_posix()} with this download, priced as of" in out
    assert "areas/metros.yaml: 10420 was Akron, OH and is now Akron-Cuyahoga Falls, OH" in out
    states = yaml.safe_load(now["areas/states.yaml"])["tables"]
    assert [str(table["effective"]) for table in states] == ["2024-05-01", "2025-05-01", "2026-05-01"]
    assert states[-1]["sources"] == ["oews-state-2026"]
    assert [row[5] - 1000 for row in states[-1]["rows"] if row[5]] == [
        row[5] for row in states[-2]["rows"] if row[5]
    ]
    assert len(only_added(shipped["areas/states.yaml"], now["areas/states.yaml"])) == 6 + len(
        states[-1]["rows"]
    )
    assert len(only_added(shipped["occupations.yaml"], now["occupations.yaml"])) == 6 * 10
    ids = re.findall(r"id: (oews\S*-2026)", now["sources.yaml"].decode())
    assert ids == ["oews-2026", "oews-state-2026", "oews-metro-2026", "oews-nonmetro-2026"]


def test_a_new_quarter_moves_the_assumption_that_follows_it(
    refresh: ModuleType, rules: Path, tmp_path: Path
) -> None:
    download = next_quarter(tmp_path / "ci.data.1.AllData")
    shipped = files(rules)
    assert refresh.main(["eci", str(download), "--quarter", "2026Q2", "--rules", str(rules)]) == DONE
    now = files(rules)
    loaded = yaml.safe_load(now["ageing.yaml"])["ageing"]
    assert loaded["readings"][-1] == {
        "quarter": "2026Q2",
        "value": "179.111",
        "sources": ["eci-2026q2"],
        "basis": "official",
        "note": "read in BLS's file of the series",
    }
    dates = {name: str(loaded["beyond"][name]) for name in ("effective", "review_by")}
    assert dates == {"effective": "2026-06-01", "review_by": "2027-03-31"}
    assert loaded["beyond"]["sources"] == ["eci-2026q2"]
    assert "  - id: eci-2026q2" in only_added(shipped["sources.yaml"], now["sources.yaml"])


def test_parities_of_a_new_year_take_the_place_of_the_old_and_say_what_names_them(
    refresh: ModuleType, rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    downloads = []
    for name in ("SARPP", "MARPP", "PARPP"):
        lines = (EXCERPTS / "bea" / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        moved = [f"{lines[0]},2025"]
        for line in lines[1:]:
            last = line.rpartition(",")[2]
            same = line.startswith('"') or last in {"100.000", "0.000"}
            new = last if same else f"{last[:-1]}{(int(last[-1]) + 1) % 10}"
            moved.append(line if line.startswith('"') else f"{line},{new}")
        (tmp_path / f"{name}.csv").write_text("\n".join([*moved, ""]), encoding="utf-8")
        downloads.append(str(tmp_path / f"{name}.csv"))
    assert refresh.main(["parities", *downloads, "--year", "2025", "--rules", str(rules)]) == DONE
    out = capsys.readouterr().out
    assert "by hand: README.md names bea-rpp-2024" in out
    assert "by hand: offers.py names bea-rpp-2024" in out
    parities = dict(
        line.split("\t") for line in (rules / "places/parities.tsv").read_text("utf-8").splitlines()
    )
    assert (parities["US"], parities["CO"], len(parities)) == ("100000", "103053", 486)

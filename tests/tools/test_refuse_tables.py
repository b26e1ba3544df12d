"""A table of pay, parities or the index that is not what it was is refused with a sentence, and nothing is written."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.tools.older import EXCERPTS

from ehrpay.errors import BAD_RULES, NO_INPUT, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

ERROR_PAGE = b"<!DOCTYPE html>\n<html><head><title>Access Denied</title></head></html>"
GS = (EXCERPTS / "opm" / "GS.xml").read_text(encoding="utf-8-sig").replace("2026", "2027")
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Salary Table 2027-GS", "Salary Table 2026-GS", "is the table of 2026, and --year says 2027"),
        ("Salary Table 2027-GS", "Pay 2027", "the description names no salary table: 'Pay 2027"),
        ("<PayTable ", f"{BOMB}<PayTable ", "GS.xml: has a DOCTYPE, which no table of OPM's has"),
        ("<PayTable ", "<PayTable", "not XML"),
        ("PayTable", "Table", "the shape changed: it begins with "),
        (
            "<Annual>22584</Annual>",
            "<Annual>TBD</Annual>",
            "GS-1 step 1: annual rate must be a whole number, not 'TBD'",
        ),
        ("<Annual>22584</Annual>", "", "no Annual in Step"),
        ("<Annual>22584</Annual>", "<Annual>23342</Annual>", "GS-1 does not rise from step to step"),
        ("<Annual>44079</Annual>", "<Annual>44097</Annual>", "GS-5 does not rise evenly"),
        ("<Value>15</Value>", "<Value>16</Value>", "must have grades 1 to 15 with steps 1 to 10, once each"),
        ("<Value>15</Value>", "<Value>14</Value>", "it has 150 rates in 14 grades and 10 steps"),
        ("<Abbreviation>GS", "<Abbreviation>LEO", "is the table of LEO () and not the base table, GS"),
        ("2027", "2027", "every rate equals that of 2026-01-01: is it last year's table?"),
    ],
)
def test_a_base_table(refused: Callable[..., str], tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GS
    (tmp_path / "GS.xml").write_text(GS.replace(old, new), encoding="utf-8")
    assert message in refused("gs-base", tmp_path / "GS.xml", "--year", "2027")


def test_entities_are_refused_in_any_encoding(refused: Callable[..., str], tmp_path: Path) -> None:
    text = GS.replace('encoding="utf-8"', 'encoding="utf-16"').replace("<PayTable ", f"{BOMB}<PayTable ")
    (tmp_path / "GS.xml").write_bytes(text.encode("utf-16"))
    assert "GS.xml" in refused("gs-base", tmp_path / "GS.xml", "--year", "2027")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Grade,Step 1,Step 2\n1,2,3\n", "no column 3, 4, 5, 6, 7, 8, 9, 10"),
        ("Step 1,Step 2\n1,2\n", "the shape changed: no column GRADE, and not XML"),
        ("grade,step,annual\n1,1,22584\n", "it has 1 rates in 1 grades and 1 steps"),
        ("grade,step,annual\n1,1,1e5\n", "ANNUAL must be a whole number, not '1e5'"),
        ("grade,step,annual\n1,1\n", "ANNUAL must be a whole number, not ''"),
    ],
)
def test_a_base_table_as_csv(refused: Callable[..., str], tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "GS.csv").write_text(text, encoding="utf-8")
    assert message in refused("gs-base", tmp_path / "GS.csv", "--year", "2027")


SF = (EXCERPTS / "opm" / "SF.xml").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("a Locality Payment of 46.34%", "a raise", "the description gives no `Locality Payment of ...%`"),
        ("46.34%", "46.345%", "must be a percentage with two decimals, not '46.345'"),
        ("46.34%", "TBD%", "must be a percentage with two decimals, not 'TBD'"),
        ("46.34%", "45.34%", "GS-1 step 1 is 33,049, and base x 1.4534 gives 32,824"),
        (
            "<Annual>33049</Annual>",
            "<Annual>33050</Annual>",
            "GS-1 step 1 is 33,050, and base x 1.4634 gives 33,049",
        ),
        (
            "<Abbreviation>SF",
            "<Abbreviation>SX",
            "locality SX (San Jose-San Francisco-Oakland, CA) is not in places/localities",
        ),
        ("<SalaryCap>197200</SalaryCap>", "", "the tables must all give one SalaryCap"),
        ("Table 2026", "Table 2025", "is the table of 2025, and --year says 2026"),
        ("Medical", "Medical", "1 localities where the rules have 58: more than 20 % are missing"),
    ],
)
def test_a_locality_table(
    refused: Callable[..., str], tmp_path: Path, old: str, new: str, message: str
) -> None:
    (tmp_path / "SF.xml").write_text(SF.replace(old, new), encoding="utf-8")
    assert message in refused("gs-locality", tmp_path / "SF.xml", "--year", "2026")


def test_localities_twice_or_none(refused: Callable[..., str], tmp_path: Path) -> None:
    assert "no .xml file in it" in refused("gs-locality", tmp_path, "--year", "2026")
    for name in ("SF.xml", "SF2.xml"):
        (tmp_path / name).write_text(SF, encoding="utf-8")
    assert "SF2.xml: area SF is also in SF.xml" in refused("gs-locality", tmp_path, "--year", "2026")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "SARPP",
            "LineCode",
            "Line",
            "SARPP.csv: the shape changed: no column LineCode (is it Line now?); it has GeoFIPS",
        ),
        ("SARPP", ",2024\n", ",2023\n", "SARPP.csv: column 2023 is there twice"),
        ("SARPP", ",2022,2023,2024\n", ",2020,2021,2022\n", "its newest year is 2022, and --year says 2024"),
        ("SARPP", '"Alaska"', '"Alaksa"', "SARPP.csv:4: 'Alaksa' is no state; did you mean"),
        ("SARPP", ",102.359", ",about 102", "the parity of Alaska must be a number, not 'about 102'"),
        ("SARPP", ",102.359", ",1.024", "the parity of Alaska, 1.024, is not from 50.000 to 200.000"),
        ("SARPP", ",100.000\n", ",101.000\n", "the United States must be 100.000: it is 101000"),
        (
            "SARPP",
            "February 19, 2026",
            "February 19, 2027",
            "of more than one release: 2026-02-19, 2027-02-19",
        ),
        (
            "MARPP",
            '"10420"',
            '"10180"',
            "MARPP.csv:5: 10180 (Akron, OH (Metropolitan Statistical Area)) is there twice",
        ),
        (
            "MARPP",
            '"10420"',
            '"10421"',
            "area 10421 (Akron, OH (Metropolitan Statistical Area)) is not in places/names.tsv",
        ),
        ("MARPP", ",MARPP,1,", ",CAINC,1,", "table 'CAINC' is none of SARPP, MARPP, PARPP"),
        ("PARPP", "All items", "Goods", "line 1 is 'RPPs: Goods' and not all items"),
        ("PARPP", ",PARPP,", ",SARPP,", "no table PARPP (metropolitan and nonmetropolitan portions)"),
    ],
)
def test_parities(
    refused: Callable[..., str], tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    folder = shutil.copytree(EXCERPTS / "bea", tmp_path / "bea")
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / f"{name}.csv").write_text(text.replace(old, new), encoding="utf-8")
    three = [folder / f"{one}.csv" for one in ("SARPP", "MARPP", "PARPP")]
    assert message in refused("parities", *three, "--year", "2024")


def test_parities_of_an_older_year_or_fewer_files(refused: Callable[..., str]) -> None:
    three = [EXCERPTS / "bea" / f"{one}.csv" for one in ("SARPP", "MARPP", "PARPP")]
    assert "holds 2024 and only the newest year is kept" in refused("parities", *three, "--year", "2023")
    assert "give all three files of one release: no table PARPP" in refused(
        "parities", *three[:2], "--year", "2024"
    )


ECI = (EXCERPTS / "ci.data.1.AllData").read_text(encoding="utf-8")
NEXT = "CIU2020000000000I             \t2026\tQ02\t     179.111\t\n"


@pytest.mark.parametrize(
    ("old", "new", "quarter", "message"),
    [
        ("", "", "2026Q2", "its newest quarter is 2026Q1, and --quarter says 2026Q2"),
        ("series_id ", "series ", "2026Q1", "no column series_id (is it series now?)"),
        ("CIU2020000000000I", "CIU2010000000000I", "2026Q1", "no reading of CIU2020000000000I"),
        ("173.849", "173.8", "2026Q1", "2025Q2 is 173.849 in the rules and 173.8 in the download"),
        (
            "\t2025\tQ02",
            "\t2005\tQ02",
            "2026Q1",
            "2025Q2 is 173.849 in the rules and missing in the download",
        ),
        ("\tQ02\t     173.849", "\tQ01\t     173.849", "2026Q1", "2025Q1 is there twice"),
        ("173.849", "-", "2026Q1", "value must be index points, not '-'"),
        ("\tQ02\t", "\tS01\t", "2026Q1", "is no year and quarter like 2026 Q01"),
        ("\t2026\tQ01\t     177.672\t", "\t2026", "2026Q1", "2 cells where the header has 5"),
    ],
)
def test_the_index(
    refused: Callable[..., str], tmp_path: Path, old: str, new: str, quarter: str, message: str
) -> None:
    (tmp_path / "ci.txt").write_text(ECI.replace(old, new) if old else ECI, encoding="utf-8")
    assert message in refused("eci", tmp_path / "ci.txt", "--quarter", quarter)


@pytest.mark.parametrize(
    ("line", "quarter", "message"),
    [
        (NEXT.replace("Q02", "Q03"), "2026Q3", "quarter 2026Q3 where 2026Q2 should be"),
        (
            NEXT.replace("179.111", "101.2"),
            "2026Q2",
            "goes from 177.672 to 101.2, more than 5 %: it may have a new base",
        ),
    ],
)
def test_a_gap_or_a_new_base_in_the_index(
    refused: Callable[..., str], tmp_path: Path, line: str, quarter: str, message: str
) -> None:
    (tmp_path / "ci.txt").write_text(ECI + line, encoding="utf-8")
    assert message in refused("eci", tmp_path / "ci.txt", "--quarter", quarter)


@pytest.mark.parametrize("command", ["oews", "gs-base", "gs-locality", "parities", "eci"])
def test_a_web_page_and_a_missing_file(refused: Callable[..., str], tmp_path: Path, command: str) -> None:
    (tmp_path / "page").write_bytes(ERROR_PAGE)
    when = ["--quarter", "2026Q2"] if command == "eci" else ["--year", "2027"]
    assert "page: is a web page and not the file" in refused(command, tmp_path / "page", *when)
    assert "absent: cannot be read: No such file" in refused(
        command, tmp_path / "absent", *when, code=NO_INPUT
    )


def test_rules_that_would_be_broken_are_not_written(refused: Callable[..., str], rules: Path) -> None:
    path = rules / "federal/gs-base.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - effective: 2026-01-01")], encoding="utf-8")
    (rules / "spread.yaml").write_text("spread: nonsense\n", encoding="utf-8")
    said = refused("gs-base", EXCERPTS / "opm" / "GS.xml", "--year", "2026", code=BAD_RULES)
    assert "nothing is written: with this download" in said
    assert f"{rules}/spread.yaml:1:" in said


@pytest.mark.parametrize("text", ["tables: [1, 2]\n", "pay_plan: GS\ntables: {\n", "tables:\n  - rows: 3\n"])
def test_rules_that_are_broken_already_say_so(refused: Callable[..., str], rules: Path, text: str) -> None:
    (rules / "federal/gs-base.yaml").write_text(text, encoding="utf-8")
    said = refused("gs-base", EXCERPTS / "opm" / "GS.xml", "--year", "2026", code=BAD_RULES)
    assert f"{rules}/federal/gs-base.yaml:" in said


def test_a_file_whose_layout_was_changed_by_hand(refused: Callable[..., str], rules: Path) -> None:
    path = rules / "federal/gs-base.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("tables:\n", "tables: # all\n"), encoding="utf-8"
    )
    said = refused("gs-base", EXCERPTS / "opm" / "GS.xml", "--year", "2026", code=BAD_RULES)
    assert "no line `tables:`: its layout was changed by hand" in said


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gs-base", "x"], "--year"),
        (["gs-base", "x", "--year", "27"], "'27' is not a year like 2027"),
        (["eci", "x", "--quarter", "2026-Q2"], "'2026-Q2' is not a quarter like 2026Q2"),
        (
            ["eci", "x", "--quarter", "2026Q2", "--retrieved", "today"],
            "'today' is not a date like 2027-01-15",
        ),
        (["wages", "x"], "invalid choice: 'wages'"),
    ],
)
def test_wrong_use(
    refresh: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        refresh.main(arguments)
    assert stopped.value.code == USAGE
    assert message in capsys.readouterr().err

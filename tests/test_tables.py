"""The importer of bulk tables: excerpts of its CSVs in, exact YAML out; changed columns are refused."""

from __future__ import annotations

import importlib
import sys
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.each import each

from ehrpay.errors import BAD_DATA, DONE, FINDINGS, NO_INPUT, DataError

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
RULES = ROOT / "rules"

OCCUPATIONS = ("29-2072", "29-9021", "11-9111", "15-1211", "31-9094", "43-4071")
NATION = """\
year,soc,title,employment,mean,p10,p25,p50,p75,p90
2025,29-2072,Medical Records Specialists,194720,56790,37000,43490,51140,64820,81150
2021,29-2072,Medical Records Specialists,180570,48310,29430,36930,46660,59120,74200
2018,29-2071,Medical Records and Health Information Technicians,208650,44010,26550,32070,40350,52730,66260
2020,11-9111,Medical and Health Services Managers,402540,118800,59980,78820,104280,139650,195630
2025,11-9111,Medical and Health Services Managers,597080,140970,73390,94700,123860,166100,224340
2025,15-1211,Computer Systems Analysts,519530,114610,67340,82860,105850,134110,167710
2025,29-9021,Health Information Technologists and Medical Registrars,38100,74970,39830,48940,68020,95630,117420
2025,31-9094,Medical Transcriptionists,41550,41710,28250,34150,40410,48000,55950
2025,43-4071,File Clerks,73440,45590,31200,36420,43600,51770,63490
"""
STATE_2025 = """\
year,state,soc,employment,mean,p10,p25,p50,p75,p90
2025,WV,15-1211,1030,,,,,,
2025,PR,29-2072,1850,,21900,23020,27990,39680,57780
2025,AK,29-2072,1070,64440,46390,51050,61090,72800,90530
"""
STATE_2024 = """\
year,state,soc,employment,mean,p10,p25,p50,p75,p90
2024,AK,29-2072,1360,60600,45780,48500,56740,66270,84810
2024,DE,11-9111,,152670,84160,91280,125150,168460,
"""
AREAS_2025 = """\
year,cbsa,name,soc,employment,mean,p10,p25,p50,p75,p90
2025,10580,"Albany-Schenectady-Troy, NY",29-2072,610,,40300,47670,55860,63790,77330
2025,0100001,Northwest Alabama nonmetropolitan area,29-2072,110,45530,29280,38150,49970,52000,59610
"""
NONMETRO_2024 = """\
year,cbsa,name,soc,employment,mean,p10,p25,p50,p75,p90
2024,0100001,Northwest Alabama nonmetropolitan area,29-2072,90,39040,26160,30570,36870,44320,59010
"""
NAMES = """\
geofips,state,name,year,rpp_all_items
02000,AK,Alaska,2024,102.359
10000,DE,Delaware,2024,99.808
54000,WV,West Virginia,2024,89.497
"""
LOCALITY = """\
year,locality_code_or_slug,locality_name,percent,status,source
2026,DCB,"Washington-Baltimore-Arlington, DC-MD-VA-WV-PA",33.94,published,OPM salary table XML 2026-DCB
2026,DAY,"Dayton-Springfield-Kettering, OH",21.42,published,OPM salary table XML 2026-DAY
2026,HOU,"Houston-The Woodlands, TX",35.00,published,OPM salary table XML 2026-HOU
2023,DAY,"Dayton-Springfield-Sidney, OH",20.59,published,\
https://www.opm.gov/policy-data-oversight/pay-leave/salaries-wages/salary-tables/23Tables/html/DAY.aspx
2023,DCB,"Washington-Baltimore-Arlington, DC-MD-VA-WV-PA",32.49,published_secondary,\
https://savingtoinvest.com/gs-locality-pay-raise-and-table-for-washington-baltimore-arlington-area/
"""
RAISES = "https://federalnewsnetwork.com/pay/2023/12/here-are-the-actual-2024-federal-pay-raises"
DERIVED = f"""\
year,locality_code,candidates_percent,unique,derivation,source_url
2024,DCB,33.26,True,2023 pct 32.49 and total increase 5.31%,{RAISES}
2024,HOU,34.71 34.72,False,2023 pct 34.47 and total increase 4.89%,{RAISES}
2023,DAY,20.60,True,GS-9 step 1 = 1,{RAISES}
"""
INDEX = """\
series,period,value,bls_series_id,source
cpi_u_nsa,2019-01,251.712,CUUR0000SA0,BLS
eci_wages_private_nsa,2025Q2,173.849,CIU2020000000000I,copy
eci_wages_private_nsa,2025Q1,171.9,CIU2020000000000I,copy
"""
CAPS = (
    "year,locality_pay_cap_ex_level_iv,verified_in\n"
    '2026,197200,"OPM XML 2026 (97 capped cells flagged), OPM 2026-SD/SF"\n'
)


def _base_csv() -> str:
    """The real base table of 2026, back in the shape of its CSV."""
    newest = _rules("federal/gs-base.yaml")["tables"][-1]
    rows = [f"2026,{g},{s},{rate}" for g, *rates in newest["rows"] for s, rate in enumerate(rates, start=1)]
    return "\n".join(["year,grade,step,annual", *rows, ""])


@cache
def _rules(name: str) -> Any:
    return yaml.safe_load((RULES / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return importlib.import_module("tables")
    finally:
        sys.path.remove(str(ROOT / "tools"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    files = {
        "oews/oews_national.csv": NATION,
        "oews/oews_state.csv": STATE_2025,
        "oews/oews_state_2024.csv": STATE_2024,
        "oews/oews_metro.csv": AREAS_2025,
        "oews/oews_nonmetro_2024.csv": NONMETRO_2024,
        "places/rpp_state.csv": NAMES,
        "places/indices.csv": INDEX,
        "federal/gs_base.csv": _base_csv(),
        "federal/gs_locality.csv": LOCALITY,
        "federal/gs_locality_derived.csv": DERIVED,
        "federal/gs_caps.csv": CAPS,
    }
    for name, text in files.items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "data"


def _body(text: str) -> str:
    """The text without its head comment."""
    lines = text.splitlines(keepends=True)
    assert lines[0].startswith("# ")
    return "".join(line for line in lines if not line.startswith("#"))


def _change(data: Path, name: str, old: str, new: str) -> None:
    text = (data / name).read_text(encoding="utf-8")
    assert old in text
    (data / name).write_text(text.replace(old, new), encoding="utf-8")


def test_occupations_start_with_2021_and_leave_predecessors_out(tables: ModuleType, data: Path) -> None:
    text = _body(tables.FILES["occupations.yaml"](data))
    expected = """\
occupations:
  - id: "29-2072"
    title: Medical Records Specialists
    noisy: false
    note: "Begins with May 2021; what came before counted other people."
    wages:
      - effective: 2021-05-01
        sources: [oews-2021]
        basis: official
        review_by: 2023-04-30
        employment: 180570
        p10: 29430
        p25: 36930
        p50: 46660
        p75: 59120
        p90: 74200
      - effective: 2025-05-01
        sources: [oews-2025]
"""
    assert text.startswith(expected)
    loaded = yaml.safe_load(text)["occupations"]
    assert [item["id"] for item in loaded] == list(OCCUPATIONS)
    assert [len(item["wages"]) for item in loaded] == [2, 1, 1, 1, 1, 1]
    assert [item["id"] for item in loaded if item["noisy"]] == ["29-9021"]


def test_state_tables_are_one_row_a_line_with_null_for_unpublished(tables: ModuleType, data: Path) -> None:
    columns = "columns: [area, occupation, employment, p10, p25, p50, p75, p90]"
    expected = f"""\
kind: state
names:
  "AK": Alaska
  "DE": Delaware
  "PR": Puerto Rico
  "WV": West Virginia
tables:
  - effective: 2024-05-01
    sources: [oews-state-2024]
    basis: official
    review_by: 2026-04-30
    {columns}
    rows:
      - ["AK", "29-2072", 1360, 45780, 48500, 56740, 66270, 84810]
      - ["DE", "11-9111", null, 84160, 91280, 125150, 168460, null]
  - effective: 2025-05-01
    sources: [oews-state-2025]
    basis: official
    review_by: 2027-04-30
    {columns}
    rows:
      - ["AK", "29-2072", 1070, 46390, 51050, 61090, 72800, 90530]
      - ["PR", "29-2072", 1850, 21900, 23020, 27990, 39680, 57780]
"""
    assert _body(tables.FILES["areas/states.yaml"](data)) == expected


def test_one_download_is_split_into_metros_and_nonmetros(tables: ModuleType, data: Path) -> None:
    metros = yaml.safe_load(tables.FILES["areas/metros.yaml"](data))
    nonmetros = yaml.safe_load(tables.FILES["areas/nonmetros.yaml"](data))
    assert metros["names"] == {"10580": "Albany-Schenectady-Troy, NY"}
    assert nonmetros["names"] == {"0100001": "Northwest Alabama nonmetropolitan area"}
    assert [table["rows"][0][5] for table in nonmetros["tables"]] == [36870, 49970]
    assert [table["sources"] for table in nonmetros["tables"]] == [
        ["oews-nonmetro-2024"],
        ["oews-nonmetro-2025"],
    ]


def test_localities_say_how_each_percentage_is_known(tables: ModuleType, data: Path) -> None:
    expected = """\
localities:
  - code: "DAY"
    name: "Dayton-Springfield-Kettering, OH"
    percents:
      - {effective: 2023-01-01, percent: 20.59, sources: [opm-locality-2023], basis: official, \
review_by: 2024-01-31, note: "published as Dayton-Springfield-Sidney, OH"}
      - {effective: 2026-01-01, percent: 21.42, sources: [opm-locality-2026], basis: official, \
review_by: 2027-01-31}
  - code: "DCB"
    name: "Washington-Baltimore-Arlington, DC-MD-VA-WV-PA"
    percents:
      - {effective: 2023-01-01, percent: 32.49, sources: [savingtoinvest-gs-dcb], basis: reported, \
review_by: 2024-01-31, note: "quoted from OPM's table by a secondary site"}
      - {effective: 2024-01-01, percent: 33.26, sources: [federalnewsnetwork-2023-12], basis: reported, \
review_by: 2025-01-31, note: "worked out, not read: the only percentage with two decimals that fits 2023 pct 32.49 \
and total increase 5.31%"}
      - {effective: 2026-01-01, percent: 33.94, sources: [opm-locality-2026], basis: official, \
review_by: 2027-01-31}
  - code: "HOU"
    name: "Houston-The Woodlands, TX"
    percents:
      - {effective: 2026-01-01, percent: 35.00, sources: [opm-locality-2026], basis: official, \
review_by: 2027-01-31}
"""
    assert _body(tables.FILES["federal/gs-locality.yaml"](data)) == expected


def test_a_derived_percentage_that_another_derivation_denies_is_left_out(
    tables: ModuleType, data: Path
) -> None:
    with (data / "federal/gs_locality_derived.csv").open("a", encoding="utf-8") as stream:
        stream.write(f"2024,DCB,33.25,True,GS-9 step 1 = 2,{RAISES}\n")
    assert "effective: 2024-01-01" not in tables.FILES["federal/gs-locality.yaml"](data)


def test_readings_ascend_and_only_the_checked_ones_are_official(tables: ModuleType, data: Path) -> None:
    loaded = yaml.safe_load(tables.FILES["ageing.yaml"](data))["ageing"]
    found = [(r["quarter"], r["value"], r["basis"]) for r in loaded["readings"]]
    assert found == [("2025Q1", "171.9", "official"), ("2025Q2", "173.849", "reported")]
    assert loaded["beyond"]["basis"] == "assumption"


def test_the_base_table_comes_back_as_it_was(tables: ModuleType, data: Path) -> None:
    loaded = yaml.safe_load(tables.FILES["federal/gs-base.yaml"](data))["tables"]
    assert loaded == [_rules("federal/gs-base.yaml")["tables"][-1]]


def _make_all(tables: ModuleType, data: Path) -> None:
    for make in tables.FILES.values():
        make(data)


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "oews/oews_state.csv",
            "year,state,soc,employment,mean,p10",
            "year,state,occ_code,tot_emp,p10",
            r"oews_state\.csv: the columns changed \(missing soc, employment, mean; new 'occ_code', 'tot_emp'\)",
        ),
        ("oews/oews_state.csv", "p10,p25", "p25,p10", r"repeated or in another order"),
        (
            "oews/oews_metro.csv",
            "40300,47670",
            "40300",
            r"oews_metro\.csv:2: 10 cells where the header has 11",
        ),
        (
            "oews/oews_national.csv",
            "180570",
            "*",
            r"column employment must be a whole number or blank, not '\*'",
        ),
        ("oews/oews_national.csv", "29430,36930", "36930,29430", r"oews_national\.csv:3: percentiles fall"),
        ("oews/oews_national.csv", "2021,29-2072", "2025,29-2072", r"29-2072 has a second row for 2025"),
        ("oews/oews_state.csv", "2025,PR", "2025,AK", r"the same year, area and occupation"),
        ("oews/oews_state.csv", "2025,PR", "2025,GU", r"state 'GU' has no name"),
        ("federal/gs_locality.csv", "2023,DAY", "2023,dayton", r"'dayton' is not the OPM code of an area"),
        ("federal/gs_locality.csv", ",32.49", ",32.495", r"32\.495 is not"),
        ("federal/gs_locality.csv", "published_secondary", "rumour", r"status 'rumour' is none of published"),
        ("federal/gs_locality.csv", "savingtoinvest.com", "example.org", r"give an id for this source"),
        ("federal/gs_base.csv", "2026,9,10,", "2026,9,11,", r"2026 must have grades 1 to 15"),
        ("places/indices.csv", "nsa,2025Q2", "nsa,2025Q3", r"quarter '2025Q3' where 2025Q2 should be"),
    ],
)
def test_a_csv_that_is_not_what_it_was_is_refused(
    tables: ModuleType, data: Path, name: str, old: str, new: str, message: str
) -> None:
    _change(data, name, old, new)
    with pytest.raises(DataError, match=message):
        _make_all(tables, data)


def test_a_new_quarter_needs_a_word_on_how_it_was_checked(tables: ModuleType, data: Path) -> None:
    rows = "".join(
        f"eci_wages_private_nsa,{q},178,CIU2020000000000I,copy\n" for q in ("2025Q3", "2025Q4", "2026Q1")
    )
    with (data / "places/indices.csv").open("a", encoding="utf-8") as stream:
        stream.write(rows + "eci_wages_private_nsa,2026Q2,179,CIU2020000000000I,copy\n")
    with pytest.raises(DataError, match="say in CHECKS how the reading of 2026Q2 was checked"):
        tables.FILES["ageing.yaml"](data)


def test_writing_twice_gives_the_same_bytes_and_passes_the_check(
    tables: ModuleType, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert tables.main([str(data), str(one)]) == DONE
    assert tables.main([str(data), str(two)]) == DONE
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in tables.FILES)
    capsys.readouterr()
    assert tables.main([str(data), str(one), "--check"]) == DONE
    assert capsys.readouterr().out.count(" 0 differ") == len(tables.FILES)


def test_check_names_the_cell_that_differs(
    tables: ModuleType, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules"
    tables.main([str(data), str(rules)])
    _change(rules, "areas/states.yaml", "51050", "51051")
    capsys.readouterr()
    assert tables.main([str(data), str(rules), "--check"]) == FINDINGS
    out = capsys.readouterr().out
    assert "areas/states.yaml: is not what the CSVs give" in out
    assert "2025 AK 29-2072 p25: CSV 51050, rule 51051" in out


def test_a_bad_csv_stops_before_anything_is_written(
    tables: ModuleType, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _change(data, "federal/gs_caps.csv", "verified_in", "seen_in")
    assert tables.main([str(data), str(tmp_path / "rules")]) == BAD_DATA
    (data / "federal/gs_caps.csv").unlink()
    assert tables.main([str(data), str(tmp_path / "rules")]) == NO_INPUT
    assert "federal/gs_caps.csv: cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "rules").exists()


def _annual(year: int, code: str, grade: int, step: int) -> int:
    """The annual locality rate by OPM's rule, from the committed rule files."""
    [base] = [t for t in _rules("federal/gs-base.yaml")["tables"] if t["effective"].year == year]
    areas = _rules("federal/gs-locality.yaml")["localities"]
    [area] = [a for a in areas if a["code"] == code]
    [percent] = [p["percent"] for p in area["percents"] if p["effective"].year == year]
    [cap] = [c["cap"] for c in _rules("federal/gs-rules.yaml")["caps"] if c["effective"].year == year]
    rate = base["rows"][grade - 1][step] * (1 + Decimal(str(percent)) / 100)
    return min(int(rate.quantize(Decimal(1), ROUND_HALF_UP)), int(cap))


@each(
    ("year", "code", "grade", "step", "published"),
    [
        (2021, "SF", 12, 5, 107128),
        (2022, "SF", 12, 5, 110491),
        (2023, "SF", 12, 5, 116155),
        (2023, "RUS", 9, 1, 57118),
        (2024, "SF", 12, 5, 122675),
        (2026, "DEN", 1, 1, 29477),
        (2026, "RUS", 4, 1, 36409),
        (2026, "RUS", 4, 10, 47334),
        (2026, "TU", 13, 10, 140994),
        (2026, "SF", 15, 10, 197200),
    ],
)
def test_published_amounts_follow_from_base_percentage_and_cap(
    year: int, code: str, grade: int, step: int, published: int
) -> None:
    assert _annual(year, code, grade, step) == published


def test_committed_files_have_the_founding_medians_and_every_area() -> None:
    medians = [wage["p50"] for wage in _rules("occupations.yaml")["occupations"][0]["wages"]]
    assert medians == [46660, 47180, 48780, 50250, 51140]
    percents = [area["percents"] for area in _rules("federal/gs-locality.yaml")["localities"]]
    assert len(percents) == 58
    assert all({2025, 2026} <= {p["effective"].year for p in years} for years in percents)


def test_csvs_older_than_the_rules_do_not_take_a_year_out_of_them(
    tables: ModuleType, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules"
    assert tables.main([str(data), str(rules)]) == DONE
    newer = "  - {effective: 2027-01-01, cap: 199000, sources: [opm-locality-2027], basis: official}\nwithin_grade:"
    _change(rules, "federal/gs-rules.yaml", "within_grade:", newer)
    before = {name: (rules / name).read_bytes() for name in tables.FILES}
    assert tables.main([str(data), str(rules)]) == BAD_DATA
    assert "federal/gs-rules.yaml: has 2027-01-01, which the CSVs lack" in capsys.readouterr().err
    assert {name: (rules / name).read_bytes() for name in tables.FILES} == before

"""The shipped adjustments and agencies say what the evidence synthesis says, line by line.

Plain YAML against plain tables: no code of ours stands between the figure and the file.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.each import each

RULES = Path(__file__).parent.parent / "rules"
BASES = {"official", "survey", "reported", "assumption"}
FROM_TABLES = {"oews-2021", "oews-2025", "opm-gs-2025", "opm-locality-2025"}
"""Sources of the wage and pay tables, which are cited in sources.yaml together with those tables."""

ADJUSTMENTS = sorted((RULES / "adjustments").glob("*.yaml"))
AGENCIES = sorted((RULES / "agencies").glob("*.yaml"))

# id, factor, low, high of the newest value, as in the synthesis; roles as their factor on 29-2072 are below.
LEVELS = {
    "degree": """
        high-school           0.98   0.95   1.00
        certificate           1.00   0.97   1.03
        diploma               1.00   0.97   1.03
        associate             1.01   0.98   1.05
        bachelor              1.05   1.01   1.12
        master                1.09   1.03   1.18
    """,
    "responsibility": """
        data-entry            0.81   0.78   0.90
        roi                   0.84   0.78   0.90
        specialist            0.95   0.89   1.00
        coder                 1.08   1.02   1.11
        inpatient-coder       1.11   1.02   1.15
        lead                  1.16   1.05   1.19
        auditor               1.21   1.08   1.25
        cdi                   1.35   1.15   1.65
        registrar             1.00   0.85   1.10
        technologist          1.00   0.8271 1.0526
        analyst               1.00   0.8647 1.2030
        ehr-analyst           0.93   0.78   1.08
        trainer               1.00   0.85   1.15
        consultant            1.05   0.90   1.20
        supervisor            1.22   1.12   1.25
        manager               1.40   1.27   1.55
        director              0.92   0.72   1.10
        transcriptionist      1.00   1.00   1.00
        file-clerk            0.94   0.88   1.00
    """,
    "setting": """
        hospital              1.07   1.00   1.15
        physician-office      0.93   0.88   0.98
        outpatient            0.98   0.93   1.03
        nursing               0.92   0.82   1.00
        payer                 1.16   1.07   1.26
        head-office           1.10   1.03   1.19
        university            1.07   1.02   1.15
        state-local-government 1.06   0.98   1.12
        consulting            0.98   0.92   1.03
        staffing              1.00   0.95   1.05
        vendor                0.92   0.82   1.02
        federal               1.00   1.00   1.00
    """,
    "level": """
        entry                 0.82   0.70   0.92
        intermediate          0.92   0.84   0.98
        senior                1.04   1.00   1.12
        lead                  1.15   1.08   1.25
    """,
    "ehr": """
        epic                  1.00   1.00   1.02
        oracle-health         1.00   1.00   1.02
        meditech              1.00   1.00   1.02
        veradigm              1.00   1.00   1.02
        nextgen               1.00   1.00   1.02
    """,
    "work": """
        onsite                1.00   1.00   1.00
        remote                1.00   0.95   1.05
        hybrid                1.00   0.95   1.05
    """,
    "demand": """
        29-2072               1.00   0.99   1.02
        29-9021               1.00   0.99   1.02
        11-9111               1.00   0.99   1.02
        15-1211               1.00   0.99   1.02
        31-9094               1.00   0.99   1.02
    """,
    "location": """
        nonmetro              0.94   0.88   0.98
        pacific               1.07   1.04   1.15
        south                 0.94   0.87   0.97
    """,
    "certification": """
        cca                   1.01   0.98   1.05
        ccs                   1.0506 1.00   1.1448
        ccs-p                 1.03   1.00   1.08
        rhit                  1.03   1.00   1.08
        rhia                  1.03   1.00   1.1340
        cdip                  1.00   1.00   1.05
        chda                  1.00   1.00   1.05
        chps                  1.00   1.00   1.05
        chts                  1.00   1.00   1.05
        cpc                   1.03   1.00   1.08
        cpc-a                 1.01   0.98   1.05
        coc                   1.0506 1.00   1.1448
        cic                   1.0403 0.99   1.1232
        crc                   1.0712 1.00   1.1664
        cpc-p                 1.0712 1.00   1.1664
        cpma                  1.0815 1.00   1.1664
        cdeo                  1.0815 1.00   1.1664
        cppm                  1.03   1.00   1.1340
        cpco                  1.03   1.00   1.1340
        cpc-i                 1.03   1.00   1.1340
        cpb                   1.03   1.00   1.08
        cahims                1.00   1.00   1.05
        cphims                1.00   1.00   1.05
        cpdhts                1.00   1.00   1.05
        cbcs                  1.00   1.00   1.05
        cehrs                 1.00   1.00   1.05
        ods                   1.04   1.00   1.10
        ccds                  1.00   1.00   1.05
        epic                  1.00   1.00   1.05
        oracle                1.00   1.00   1.05
        bcsc                  1.00   1.00   1.05
        ncics                 1.00   1.00   1.05
        amt-cmas              1.00   1.00   1.05
    """,
}

# years, factor, low, high: the surveys' groups at their middles, times 0.98
EXPERIENCE = [
    (0, 0.80, 0.73, 0.90),
    (1, 0.842, 0.78, 0.91),
    (2, 0.878, 0.82, 0.93),
    (3, 0.907, 0.86, 0.945),
    (4, 0.93, 0.89, 0.96),
    (5, 0.949, 0.91, 0.98),
    (7, 0.98, 0.95, 1.01),
    (9, 1.004, 0.97, 1.03),
    (12, 1.039, 1.01, 1.07),
    (17, 1.088, 1.04, 1.14),
    (22, 1.127, 1.06, 1.20),
    (30, 1.17, 1.08, 1.30),
    (60, 1.17, 1.08, 1.30),
]

OTHER_BASES = {
    "registrar": "29-9021",
    "technologist": "29-9021",
    "analyst": "29-9021",
    "trainer": "29-9021",
    "ehr-analyst": "15-1211",
    "director": "11-9111",
    "transcriptionist": "31-9094",
    "file-clerk": "43-4071",
}

# setting: occupation or role, factor; what BLS has no figure for is left out
COLUMNS = {
    "hospital": {
        "29-9021": 0.97,
        "11-9111": 1.07,
        "15-1211": 0.935,
        "31-9094": 1.085,
        "43-4071": 1.00,
        "ehr-analyst": 1.00,
        "trainer": 1.00,
        "cdi": 1.00,
        "inpatient-coder": 1.04,
    },
    "physician-office": {
        "29-9021": 0.84,
        "11-9111": 0.90,
        "15-1211": 0.935,
        "43-4071": 1.00,
        "ehr-analyst": 1.00,
        "trainer": 1.00,
    },
    "outpatient": {"11-9111": 0.935, "43-4071": 1.00, "ehr-analyst": 1.00, "trainer": 1.00},
    "nursing": {"11-9111": 0.89, "43-4071": 1.00, "ehr-analyst": 1.00, "trainer": 1.00},
    "payer": {"29-9021": 1.19, "11-9111": 1.22, "15-1211": 1.01, "43-4071": 1.06, "ehr-analyst": 1.07},
    "head-office": {
        "29-9021": 1.155,
        "11-9111": 1.17,
        "15-1211": 1.03,
        "31-9094": 1.18,
        "43-4071": 1.07,
        "ehr-analyst": 1.09,
    },
    "university": {
        "29-9021": 1.01,
        "11-9111": 0.99,
        "15-1211": 0.88,
        "31-9094": 1.09,
        "43-4071": 1.07,
        "ehr-analyst": 0.94,
    },
    "state-local-government": {
        "29-9021": 1.01,
        "11-9111": 1.06,
        "15-1211": 0.94,
        "31-9094": 1.12,
        "43-4071": 1.06,
        "ehr-analyst": 0.985,
    },
    "consulting": {"29-9021": 1.06, "15-1211": 1.01, "31-9094": 1.00, "43-4071": 1.02, "ehr-analyst": 1.07},
    "staffing": {
        "29-9021": 1.05,
        "11-9111": 1.05,
        "15-1211": 1.01,
        "31-9094": 0.89,
        "43-4071": 1.03,
        "ehr-analyst": 1.07,
    },
    "vendor": {"29-9021": 1.08, "11-9111": 1.20, "15-1211": 1.01, "43-4071": 0.98, "ehr-analyst": 1.08},
    "federal": {},
}

NO_EVIDENCE = {
    "certification": {
        *("cehrs", "cbcs", "cahims", "cphims", "cpdhts", "chda", "chps", "chts", "cdip", "ccds"),
        *("epic", "oracle", "bcsc", "ncics", "amt-cmas"),
    },
    "responsibility": {"trainer"},
    "ehr": {"epic", "oracle-health", "meditech", "veradigm", "nextgen"},
    "work": {"remote", "hybrid"},
    "demand": {"29-2072", "29-9021", "11-9111", "15-1211", "31-9094"},
}

Triple = tuple[float, float, float]


@cache
def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def adjustment(name: str) -> Any:
    return read(RULES / "adjustments" / f"{name}.yaml")


def level(name: str, id_: str) -> Any:
    return next(level for level in adjustment(name)["levels"] if level["id"] == id_)


def newest(values: list[Any]) -> Triple:
    value = max(values, key=lambda value: value["effective"])
    return value["factor"], value["low"], value["high"]


def table(name: str) -> dict[str, Triple]:
    rows = [line.split() for line in LEVELS[name].strip().splitlines()]
    return {id_: (float(factor), float(low), float(high)) for id_, factor, low, high in rows}


def values_under(node: Any) -> list[dict[str, Any]]:
    """Every mapping that carries a basis, at any depth."""
    if isinstance(node, list):
        return [value for item in node for value in values_under(item)]
    if not isinstance(node, dict):
        return []
    here = [node] if "basis" in node else []
    return here + [value for item in node.values() for value in values_under(item)]


def sources_under(node: Any) -> set[str]:
    if isinstance(node, list):
        return {id_ for item in node for id_ in sources_under(item)}
    if not isinstance(node, dict):
        return set()
    own = {id_ for key in ("sources", "facts_sources") for id_ in node.get(key, [])}
    return own | {id_ for item in node.values() for id_ in sources_under(item)}


@each("name", sorted(LEVELS))
def test_levels_are_those_of_the_synthesis_with_their_factor_low_and_high(name: str) -> None:
    shipped = {level["id"]: newest(level["values"]) for level in adjustment(name)["levels"]}
    assert shipped == table(name)


def test_experience_is_the_surveys_at_the_middle_of_their_groups() -> None:
    assert [tuple(point) for point in adjustment("experience")["curve"][-1]["points"]] == EXPERIENCE


def test_experience_rises_by_less_every_year() -> None:
    """No plateau and no jump: each year is worth less than the one before, up to 30."""
    points = adjustment("experience")["curve"][-1]["points"][:-1]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    assert slopes == sorted(slopes, reverse=True)
    assert slopes[-1] > 0


def test_settings_have_a_column_for_each_occupation_that_was_measured() -> None:
    shipped = {
        level["id"]: {
            name: newest(special["values"])[0]
            for key, names in (("by_occupation", "occupations"), ("by_role", "roles"))
            for special in level.get(key, [])
            for name in special[names]
        }
        for level in adjustment("setting")["levels"]
    }
    assert shipped == COLUMNS


def test_experience_never_falls_and_covers_0_to_60_years() -> None:
    points = adjustment("experience")["curve"][-1]["points"]
    for column in zip(*points, strict=True):
        assert list(column) == sorted(column)
    assert (points[0][0], points[-1][0]) == (0, 60)
    assert len({point[0] for point in points}) == len(points)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("none",), (0.965, 0.93, 1.00)),
        (("core",), (1.03, 1.00, 1.08)),
        (("ranks", "second"), (1.04, 1.00, 1.09)),
        (("ranks", "third"), (1.03, 1.00, 1.07)),
    ],
)
def test_no_credential_the_core_one_and_the_second_and_third(path: tuple[str, ...], expected: Triple) -> None:
    node = adjustment("certification")
    for key in path:
        node = node[key]
    assert newest(node["values"]) == expected


def test_credentials_count_where_they_were_measured_and_never_beside_a_role_that_pays_for_them() -> None:
    assert adjustment("certification")["applies_to"] == ["29-2072", "29-9021"]
    excluded = {level["id"]: level.get("excluded_roles") for level in adjustment("certification")["levels"]}
    assert {id_: roles for id_, roles in excluded.items() if roles} == {
        "cpma": ["auditor"],
        "cdeo": ["auditor"],
        "cdip": ["cdi"],
        "ccds": ["cdi"],
        "cppm": ["manager"],
        "cpco": ["manager"],
    }


def test_the_kinds_of_credentials() -> None:
    kinds = {level["id"]: level["kind"] for level in adjustment("certification")["levels"]}
    core = ("cpc", "ccs", "ccs-p", "rhit", "cic", "coc", "cpb", "rhia", "cppm", "cpco", "cpc-i", "ods")
    specialty = ("crc", "cpc-p", "cpma", "cdeo")
    assert kinds == {
        **dict.fromkeys(core, "core"),
        **dict.fromkeys(specialty, "specialty"),
        **dict.fromkeys(("cpc-a", "cca"), "entry"),
        **dict.fromkeys(NO_EVIDENCE["certification"], "other"),
    }


def test_which_roles_change_the_base_occupation() -> None:
    bases = {level["id"]: level.get("occupation") for level in adjustment("responsibility")["levels"]}
    assert {role: base for role, base in bases.items() if base} == OTHER_BASES


@pytest.mark.parametrize("system", sorted(table("ehr")))
def test_ehr_systems_for_application_analysts(system: str) -> None:
    [special] = level("ehr", system)["by_role"]
    assert special["roles"] == ["ehr-analyst"]
    expected = (1.02, 1.00, 1.10) if system == "epic" else (1.00, 0.97, 1.04)
    assert newest(special["values"]) == expected


@each("name", sorted(LEVELS))
def test_without_pay_evidence_a_factor_is_an_assumption_and_one_unless_the_base_changes(name: str) -> None:
    silent = [level for level in adjustment(name)["levels"] if not level.get("evidence", True)]
    assert {level["id"] for level in silent} == NO_EVIDENCE.get(name, set())
    for level_ in silent:
        assert {(v["basis"], v["confidence"]) for v in level_["values"]} == {("assumption", "low")}
        assert newest(level_["values"])[0] == 1 or "occupation" in level_


@pytest.mark.parametrize(
    ("agency", "minimum", "maximum"),
    [("ssa", 50_000, 100_000), ("va", 42_000, 107_000), ("hhs", 40_000, 85_000)],
)
def test_the_bands_of_the_founding_article(agency: str, minimum: int, maximum: int) -> None:
    [band] = [band for band in read(RULES / "agencies" / f"{agency}.yaml")["bands"] if "min" in band]
    assert (band["min"], band["max"]) == (minimum, maximum)
    assert (band["effective"], band["basis"]) == (date(2023, 6, 1), "reported")
    assert band["sources"] == ["article-2023"]
    assert band["contradicted_by"]["sources"]


@each(
    ("agency", "bands"),
    [
        ("va", [("0675", [4, 9], []), ("0669", [11, 13], ["manager", "director"])]),
        ("hhs", [("0675", [4, 8], [])]),
        ("ihs", [("0675", [4, 8], []), ("0675", [9, 9], ["supervisor"])]),
        ("ssa", []),
        ("dod", []),
        ("bop", []),
        ("private", []),
    ],
)
def test_the_grades_seen_in_announcements(agency: str, bands: list[Any]) -> None:
    shipped = [band for band in read(RULES / "agencies" / f"{agency}.yaml")["bands"] if "grades" in band]
    assert [(band["series"], band["grades"], band["roles"]) for band in shipped] == bands


def test_agencies_and_their_pay_plans() -> None:
    plans = {path.stem: read(path)["pay_plan"] for path in AGENCIES}
    assert plans == {**dict.fromkeys(("va", "ssa", "hhs", "ihs", "dod"), "GS"), "bop": "GL", "private": None}
    assert all(read(path)["agency"] == path.stem for path in AGENCIES)


@each("path", [*ADJUSTMENTS, *AGENCIES])
def test_every_number_is_dated_in_order_bounded_and_cited(path: Path) -> None:
    known = {source["id"] for source in read(RULES / "sources.yaml")["sources"]} | FROM_TABLES
    assert not sources_under(read(path)) - known
    for value in values_under(read(path)):
        assert value["sources"], value
        assert value["basis"] in BASES
        assert "factor" not in value or value["low"] <= value["factor"] <= value["high"], value
        assert "effective" not in value or value["effective"] < value.get("review_by", date.max), value


@each("path", ADJUSTMENTS)
def test_names_and_aliases_are_of_one_level_only(path: Path) -> None:
    rule = read(path)
    assert rule["adjustment"] == path.stem
    names = [name for level in rule.get("levels", []) for name in (level["id"], *level["aliases"])]
    assert len(names) == len({name.casefold().replace(" ", "-") for name in names})


def test_every_citation_is_whole_and_listed_once() -> None:
    sources = read(RULES / "sources.yaml")["sources"]
    assert len({source["id"] for source in sources}) == len(sources)
    for source in sources:
        for key in ("title", "publisher", "licence"):
            assert source[key], source["id"]
        assert isinstance(source["published"], str), source["id"]
        assert isinstance(source["retrieved"], date), source["id"]
        assert source["url"] is None or source["url"].startswith("http"), source["id"]

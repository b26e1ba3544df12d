"""`ehrpay ladder` as people run it: its formats, its golden screens, its errors."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import ValidationError
from tests.each import each
from tests.examples import swept
from tests.schemas import contract

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

pytestmark = pytest.mark.usefixtures("frozen_rules")

AS_OF = "2026-11-23"
SCHEMA = contract("ladder")
GRADE = ["--agency", "va", "--grade", "7", "--step", "1", "--location", "Denver, CO"]
OPEN = ["--agency", "va", "--years", "3", "--cert", "rhit"]
MARKET = ["--years", "3-5", "--cert", "rhit"]
VERSUS = ["--agency", "va", "--grade", "8", "--step", "1", "--years", "4", "--vs", "agency=private"]
PEOPLE = {
    "grade": GRADE,
    "open": OPEN,
    "market": MARKET,
    "versus": [*VERSUS, "--vs", "role=auditor"],
    "raised": [*GRADE, "--raise", "2.5"],
}
FORMATS = ("table", "plain", "json", "csv", "markdown")


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["ladder", *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", PEOPLE)
def test_table(
    name: str, width: int, golden: Golden, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = told(capsys, *PEOPLE[name], "--format", "table")
    assert max(map(len, text.splitlines())) <= width
    golden(f"{name}-table-{width}.txt", text)


@pytest.mark.parametrize("form", ["plain", "markdown", "csv"])
@pytest.mark.parametrize("name", ["grade", "versus"])
def test_text_for_pipes(name: str, form: str, golden: Golden, capsys: pytest.CaptureFixture[str]) -> None:
    golden(f"{name}-{form}.txt", told(capsys, *PEOPLE[name], "--format", form))


def test_ten_years_fit_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("grade", "open", "market"):
        assert told(capsys, *PEOPLE[name], "--format", "table").count("\n") < 24, name
    assert told(capsys, *VERSUS, "--format", "table").count("\n") <= 24


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("width", swept([20, 33, 59, 61, 72, 99]))
def test_no_amount_is_cut_at_any_width(
    name: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    text = told(capsys, *PEOPLE[name], "--format", "table")
    assert max(map(len, text.splitlines())) <= width
    answer = json.loads(told(capsys, *PEOPLE[name], "--json"))
    parts = [answer] + ([answer["versus"]] if answer["versus"] else [])
    for part in parts:
        for year in part["years"]:
            assert f"{year['mid']:,}" in text
        assert f"{part['sum']['mid']:,}" in text


def test_an_ascii_screen_gets_ascii_and_tells_the_ladders_apart() -> None:
    from ehrpay import Profile, ladder, load_rulebook
    from ehrpay.domain.ladder.versus import versus
    from ehrpay.formats.ladder import Pair, Years
    from ehrpay.formats.writers import Screen, write

    book = load_rulebook(AS_OF)
    profiles = Profile(agency="va", grade=8, step=1), Profile(years=4, role="auditor")
    a, b = (ladder(profile, book) for profile in profiles)
    screen = Screen(unicode=False)
    assert write(Years(a, book.sources), "table", screen).isascii()
    text = write(Pair(versus(book, a, b, ()), profiles, book.sources), "table", screen)
    assert text.isascii()
    rows = [line for line in text.splitlines() if re.match(r" +\d+  GS-8/", line)]
    assert len(rows) == 11
    assert all(("#" in row and "^" in row) or "x" in row for row in rows)


@pytest.mark.parametrize(
    "args",
    [
        GRADE,
        OPEN,
        MARKET,
        [],
        PEOPLE["versus"],
        PEOPLE["raised"],
        ["--years", "2", "--vs", "degree=bachelor", "--vs", "cert+=rhia", "--raise", "3"],
        ["--agency", "va", "--grade", "15", "--step", "1", "--locality", "SF", "--horizon", "40"],
        ["--years", "5", "--horizon", "0"],
    ],
)
def test_json_keeps_its_contract(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *args, "--json"))
    SCHEMA.validate(answer)
    parts = [answer] + ([answer["versus"]] if answer["versus"] else [])
    for part in parts:
        cited = {id_ for year in part["years"] for event in year["events"] for id_ in event["sources"]}
        assert cited <= set(answer["sources"])
        assert all(event["rule"] for year in part["years"] for event in year["events"])


def test_the_schema_refuses_what_is_not_a_ladder(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *PEOPLE["versus"], "--json"))
    wrong: list[tuple[str, Any]] = [("mid", 1.5), ("capped", None), ("events", [{}]), ("step", 11)]
    for path, value in wrong:
        for part in ("years", "versus"):
            broken = json.loads(json.dumps(answer))
            years = broken["years"] if part == "years" else broken["versus"]["years"]
            years[1][path] = value
            with pytest.raises(ValidationError):
                SCHEMA.validate(broken)


@pytest.mark.parametrize("profile", [GRADE, OPEN, MARKET])
def test_it_starts_from_what_estimate_says(profile: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *profile, "--json"))
    assert run(["estimate", *profile, "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    for key in ("low", "mid", "high", "percentiles", "method", "headline", "profile", "area", "confidence"):
        assert answer[key] == now[key]
    first = answer["years"][0]
    assert [first[key] for key in ("low", "mid", "high")] == [now[key] for key in ("low", "mid", "high")]


def test_the_second_ladder_is_the_first_asked_alone(capsys: pytest.CaptureFixture[str]) -> None:
    both = json.loads(told(capsys, *VERSUS, "--json"))
    alone = json.loads(told(capsys, "--agency", "private", "--years", "4", "--json"))
    assert both["versus"]["years"] == alone["years"]
    assert both["versus"]["set"]["agency"] == "private"
    assert both["versus"]["differences"] == [
        b["mid"] - a["mid"] for a, b in zip(both["years"], alone["years"], strict=True)
    ]


def test_csv_has_a_row_for_every_year(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *VERSUS, "--json"))
    rows = list(csv.DictReader(StringIO(told(capsys, *VERSUS, "--format", "csv"))))
    assert [row["ladder"] for row in rows] == ["A"] * 11 + ["B"] * 11
    assert [int(row["mid"]) for row in rows[:11]] == [year["mid"] for year in answer["years"]]
    assert [int(row["b_less_a"]) for row in rows[11:]] == answer["versus"]["differences"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_raise_is_named_in_every_format(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, *PEOPLE["raised"], "--format", form)
    if form == "csv":
        row = list(csv.DictReader(StringIO(text)))[2]
        assert row["mid"] != row["mid_today"]
    else:
        assert "2.50" in text
        assert "assumption" in text


@each("form", FORMATS)
@each("extra", [[], ["--vs", "role=[red]x"], ["--vs", "\x1b[31m=1"]])
def test_no_format_breaks(form: str, extra: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["ladder", "--years", "5", *extra, "--format", form])
    out = capsys.readouterr()
    assert code == (2 if extra else 0)
    assert "\x1b" not in out.out + out.err


WRONG = [
    (["--horizon", "41"], ["--horizon", "0 to 40"]),
    (["--horizon", "ten"], ["--horizon", "whole number"]),
    (["--horizon", "-1"], ["--horizon"]),
    (["--raise", "21"], ["--raise", "0 to 20"]),
    (["--raise", "2.555"], ["--raise", "too fine"]),
    (["--raise", "-2"], ["--raise"]),
    (["--to-grade", "8"], ["--to-grade", "pay by grade"]),
    (["--no-promotion", "--years", "4"], ["--no-promotion", "pay by grade"]),
    ([*GRADE, "--to-grade", "9"], ["--to-grade", "GS-9", "ends at GS-8"]),
    ([*GRADE, "--to-grade", "16"], ["--to-grade", "1 to 15"]),
    ([*GRADE, "--to-grade", "8", "--no-promotion"], ["--to-grade", "conflicts", "--no-promotion"]),
    (["--agency", "ssa", "--grade", "7", "--to-grade", "9"], ["--to-grade", "no ladder"]),
    (["--agency", "private", "--grade", "7"], ["--grade", "General Schedule"]),
    (["--vs", "degree=bachelro"], ["--vs", "'bachelor'"]),
    (["--vs", "colour=red"], ["--vs", "unknown name"]),
    (["--vs", "degree"], ["--vs", "NAME=VALUE"]),
    (["--vs", "role=lead", "--vs", "role=coder"], ["--vs", "second time"]),
    (["--vs", "grade=7"], ["--vs", "grade=7", "General Schedule"]),
    (["--degree", "bachelro"], ["--degree", "'bachelor'"]),
    (["--json", "--format", "csv"], ["conflicts"]),
    (["--years", "5", "--years", "6"], ["twice"]),
]


@each(("args", "words"), WRONG)
def test_wrong_use_is_named(args: list[str], words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ladder", *args]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("ehrpay: ")
    assert "Traceback" not in out.err
    for word in words:
        assert word in out.err


def test_notes_stand_in_full_and_a_legend_says_what_events_mean(capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, *PEOPLE["open"], "--format", "table")
    assert "guaranteed: Medical Records Technician (Coder), VA (assumption)" in " ".join(text.split())
    assert "…" not in text
    legend = " ".join(text[text.index("Event  ") :].split())
    assert "grade 3/3: a rise in grade at 3 of 3 placements (* an assumption, see the note)" in legend
    assert "step 3/3: a within-grade increase at 3 of 3 placements" in legend
    market = told(capsys, *PEOPLE["market"], "--format", "table")
    factor = re.search(r"factor (\d\.\d{4})", market)
    assert factor
    assert f"factor {factor[1]}: experience multiplies pay by {factor[1]} from then on" in market
    assert "promotion" not in market


def test_a_promotion_that_is_an_assumption_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *PEOPLE["grade"], "--json"))
    assumed = [event for year in answer["years"] for event in year["events"] if event["kind"] == "promotion"]
    assert [event["basis"] for event in assumed] == ["assumption"]
    table = told(capsys, *PEOPLE["grade"], "--format", "table")
    assert [line.split()[0] for line in table.splitlines() if "promotion*" in line] == ["1"]

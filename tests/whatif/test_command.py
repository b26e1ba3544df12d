"""`ehrpay whatif` as people run it: its formats, its golden screens, its errors."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import ValidationError
from tests.each import each
from tests.schemas import contract

from ehrpay import Profile, Rulebook, estimate, load_rulebook
from ehrpay.cli.main import run
from ehrpay.domain.whatif.change import Baseline, Prices
from ehrpay.domain.whatif.gains import KINDS, WhatIf, best, grouped, whatif
from ehrpay.domain.whatif.scenario import read_assignments, scenario
from ehrpay.formats.whatif import Ranking, Route
from ehrpay.formats.writers import Screen, write
from ehrpay.places.gazetteer import area_parity, price_parity

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

pytestmark = pytest.mark.usefixtures("frozen_rules")

AS_OF = "2026-11-23"
SCHEMA = contract("whatif")
PEOPLE = {
    "market": Profile(years=5, certs=("rhit",), degree="associate"),
    "grade": Profile(agency="va", role="coder", grade=7, step=3, locality="DEN"),
}
FORMATS = ("table", "plain", "json", "csv", "markdown")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def found(book: Rulebook, profile: Profile) -> tuple[WhatIf, Baseline]:
    start = Baseline(book, profile, estimate(profile, book), prices=Prices(price_parity, area_parity))
    return whatif(start, KINDS, lambda other: estimate(other, book)), start


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("name", PEOPLE)
def test_table(name: str, width: int, book: Rulebook, golden: Golden) -> None:
    text = write(Ranking(*found(book, PEOPLE[name]), 3), "table", Screen(width))
    assert max(map(len, text.splitlines())) <= width
    golden(f"{name}-table-{width}.txt", text)


def test_everything_stands_under_top_all(book: Rulebook, golden: Golden) -> None:
    golden("market-table-all.txt", write(Ranking(*found(book, PEOPLE["market"]), None), "table", Screen(80)))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_default_answer_fits_one_screen(name: str, book: Rulebook) -> None:
    text = write(Ranking(*found(book, PEOPLE[name]), 3), "table", Screen(80))
    assert len(text.splitlines()) < 24


@pytest.mark.parametrize(
    "person", [*PEOPLE.values(), Profile(agency="va", years=5, certs=("rhit",))], ids=[*PEOPLE, "open"]
)
def test_the_order_is_said_and_no_change_whose_middle_falls_is_among_the_best(
    person: Profile, book: Rulebook
) -> None:
    """A role may raise the low end of a range that was wide, and pay less in the middle."""
    result, start = found(book, person)
    assert "Ranked by low." in write(Ranking(result, start, 3), "table", Screen(80))
    for gains in grouped(result.gains, start).values():
        assert all(
            gain.counted[1] > 0 or (not gain.counted[1] and gain.counted[0] > 0) for gain in best(gains, 3)
        )
        assert best(gains, None) == gains


def test_a_place_that_was_named_is_shown_whatever_it_pays(capsys: pytest.CaptureFixture[str]) -> None:
    """Jackson pays less than San Jose by any count, and a degree isn't had this year."""
    lines = told(
        capsys, "--years", "5", "--location", "San Jose, CA", "--to", "Jackson, MS", "--only", "move,degree",
        "--top", "1", "--format", "plain",
    )  # fmt: skip
    changes = [line.split("\t") for line in lines.splitlines() if line.startswith("change\t")]
    assert [(cells[2], cells[-1]) for cells in changes] == [
        ("Master's degree", "later"),
        ("move to Jackson, MS", "elsewhere"),
    ]
    assert changes[1][4].startswith("-")
    assert {cells[-3] for cells in changes} <= {"medium", "low"}


@pytest.mark.parametrize("role", [None, "specialist", "coder", "data-entry", "technologist"])
@pytest.mark.parametrize("location", [None, "Denver", "Boise, ID"])
def test_no_technicians_first_line_is_a_move_or_director(
    role: str | None, location: str | None, book: Rulebook
) -> None:
    result, start = found(book, Profile(years=4, role=role, location=location))
    groups = grouped(result.gains, start)
    first = next(iter(groups.values()))[0].change
    assert first.kind in ("certs", "degree", "ehr")
    assert groups["later"][0].change.id != "director"
    assert groups["later"][0].then.profile.occupation == start.resolved.occupation


def test_a_move_counts_at_the_prices_of_home(book: Rulebook) -> None:
    result, start = found(book, Profile(years=4, location="Boise, ID"))
    home = start.home
    assert home is not None
    moves = [gain for gain in result.gains if gain.change.kind == "move"]
    assert moves
    for gain in moves:
        place = gain.then.profile.place
        assert place is not None
        there = price_parity(place)
        assert gain.adjusted is not None
        assert there is not None
        assert gain.adjusted[1] == (2 * gain.then.mid * home + there) // (2 * there) - result.now.mid
    assert all(gain.adjusted is None for gain in result.gains if gain.change.kind != "move")


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_scenario_table(width: int, book: Rulebook, golden: Golden) -> None:
    start = Baseline(book, PEOPLE["market"], estimate(PEOPLE["market"], book))
    way = scenario(start, read_assignments(["degree=bachelor", "role=auditor"]), lambda p: estimate(p, book))
    text = write(Route(way, PEOPLE["market"], book.sources), "table", Screen(width))
    assert max(map(len, text.splitlines())) <= width
    golden(f"scenario-table-{width}.txt", text)


@pytest.mark.parametrize("form", ["plain", "markdown"])
def test_text_for_pipes(form: str, book: Rulebook, golden: Golden) -> None:
    golden(f"market-{form}.txt", write(Ranking(*found(book, PEOPLE["market"]), 3), form, Screen()))


def test_an_ascii_screen_gets_ascii(book: Rulebook) -> None:
    view = Ranking(*found(book, PEOPLE["market"]), None)
    assert write(view, "table", Screen(unicode=False)).isascii()


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["whatif", *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


@pytest.mark.parametrize(
    "args",
    [
        ["--years", "5"],
        ["--agency", "va", "--grade", "8", "--step", "3"],
        ["--years", "5", "--set", "degree=bachelor", "--set", "role=auditor"],
        ["--years", "5", "--set", "agency=va", "--set", "grade=9"],
        ["--role", "director", "--cert", "none", "--only", "certs"],
        ["--years", "5", "--to", "Denver, CO", "--only", "move"],
    ],
)
def test_json_keeps_its_contract(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, *args, "--json"))
    SCHEMA.validate(answer)
    cited = {id_ for change in answer["changes"] for id_ in change["sources"]}
    assert cited <= set(answer["sources"])


def test_the_schema_refuses_what_is_not_a_whatif(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, "--years", "5", "--json"))
    for path, value in (("gain_low", 1.5), ("kind", "luck"), ("sources", None)):
        broken: dict[str, Any] = json.loads(json.dumps(answer))
        broken["changes"][0][path] = value
        with pytest.raises(ValidationError):
            SCHEMA.validate(broken)


def test_the_answer_starts_from_what_estimate_says(capsys: pytest.CaptureFixture[str]) -> None:
    profile = ["--years", "5", "--cert", "rhit", "--location", "CO"]
    answer = json.loads(told(capsys, *profile, "--json"))
    assert run(["estimate", *profile, "--json"]) == 0
    now = json.loads(capsys.readouterr().out)
    for key in ("low", "mid", "high", "percentiles", "method", "headline", "profile", "area"):
        assert answer[key] == now[key]


def test_only_takes_the_words_of_lists(capsys: pytest.CaptureFixture[str]) -> None:
    one, many = (
        json.loads(told(capsys, "--years", "5", "--json", "--only", word)) for word in ("role", "roles")
    )
    assert one["changes"]
    assert one == many


def test_top_and_only(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(told(capsys, "--years", "5", "--json"))
    some = json.loads(told(capsys, "--years", "5", "--json", "--top", "3", "--only", "certs,degree"))
    assert len(whole["changes"]) == whole["changes_total"] > 30
    assert len(some["changes"]) == 3 < some["changes_total"]
    assert {change["kind"] for change in some["changes"]} <= {"certs", "degree"}
    assert {left["kind"] for left in some["left"]} <= {"certs", "degree"}
    assert told(capsys, "--years", "5", "--format", "plain").count("\nchange\t") == 9
    assert told(capsys, "--years", "5", "--format", "plain", "--top", "all").count("\nchange\t") > 30


def test_csv_has_a_row_for_every_change(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(told(capsys, "--years", "5", "--json"))
    rows = list(csv.DictReader(StringIO(told(capsys, "--years", "5", "--format", "csv"))))
    assert len(rows) == len(answer["changes"]) + len(answer["left"])
    assert [int(row["gain_low"]) for row in rows if row["status"] == "ranked"] == [
        change["gain_low"] for change in answer["changes"]
    ]
    legs = list(csv.DictReader(StringIO(told(capsys, "--set", "role=lead", "--format", "csv"))))
    assert [(leg["status"], leg["label"]) for leg in legs] == [("leg", "role=lead")]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("extra", [[], ["--set", "role=[red]x"], ["--only", "\x1b[31m"]])
def test_no_format_breaks(form: str, extra: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["whatif", "--years", "5", *extra, "--format", form])
    out = capsys.readouterr()
    assert code == (2 if extra else 0)
    assert "\x1b" not in out.out + out.err


WRONG = [
    (["--only", "cert"], ["--only", "'certs'"]),
    (["--only", ""], ["--only"]),
    (["--top", "0"], ["--top", "1 to 99999"]),
    (["--top", "ten"], ["--top", "whole number"]),
    (["--set", "degree=bachelor", "--top", "3"], ["--set", "can't be combined"]),
    (["--set", "degree=bachelor", "--only", "role"], ["can't be combined"]),
    (["--set", "degree=bachelor", "--to", "CO"], ["can't be combined"]),
    (["--set", "degree=bachelro"], ["--set", "'bachelor'"]),
    (["--set", "role=lead", "--set", "role=coder"], ["--set", "once"]),
    (["--set", "role=coder,cert=cpc"], ["'role=coder,cert=cpc'", "give each its own --set"]),
    (["--to", "Atlantis, XX"], ["--to"]),
    (["--degree", "bachelro"], ["--degree", "'bachelor'"]),
    (["--grade", "9"], ["General Schedule"]),
    (["--json", "--format", "csv"], ["conflicts"]),
    (["--years", "5", "--years", "6"], ["twice"]),
]


@each(("args", "words"), WRONG)
def test_wrong_use_is_named(args: list[str], words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", *args]) == 2
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("ehrpay: ")
    assert "Traceback" not in out.err
    for word in words:
        assert word in out.err

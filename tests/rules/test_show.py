"""`ehrpay rules show`: any rule by id, its dated values with their places, and who refers to it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.examples import examples, swept
from tests.freeze_rules import FROZEN
from tests.schemas import contract

from ehrpay import load_rulebook
from ehrpay.cli.main import run
from ehrpay.errors import UsageError
from ehrpay.formats import writers
from ehrpay.formats.review import RuleList, RulePage
from ehrpay.rules.folder import Layer, files
from ehrpay.rules.show.shelf import Shelf, open_shelf
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-23"
SCHEMA = contract("rules-show")
SHELF = open_shelf(())
STILL = Shelf([Layer("rules", files(FROZEN))])
"""Rules that do not change, for screens."""
LINES = {
    f"rules/{path.relative_to(ROOT / 'rules').as_posix()}": path.read_text("utf-8").splitlines()
    for path in (ROOT / "rules").rglob("*.yaml")
}
EVERY = [id_ for group in SHELF.groups() for id_ in group.ids]


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["rules", "show", *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def record(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *args, "--json"))
    return found


@each(
    ("typed", "meant"),
    [
        ("certification.rhit", "certification.rhit"),
        ("RHIT", "certification.rhit"),
        ("experience", "experience"),
        ("bachelors", "degree.bachelor"),
        ("hospital", "setting.hospital"),
        ("va", "agency.va"),
        ("veterans affairs", "agency.va"),
        ("va band", "agency.va.band"),
        ("va.band-0675", "agency.va.band-0675"),
        ("29-2072", "occupation.29-2072"),
        ("metro 19740", "metro.19740"),
        ("19740", "metro.19740"),
        ("CO", "state.CO"),
        ("co", "state.CO"),
        ("gs-base", "gs-base"),
        ("gs-base 8", "gs-base.8"),
        ("gs-locality DEN", "gs-locality.DEN"),
        ("within-grade", "within-grade"),
        ("cap", "cap"),
        ("va-coder", "ladder.va-coder"),
        ("usaj", "source.usaj"),
        ("fers-accrual", "benefit.fers-accrual"),
        ("step.base", "step.base"),
        ("ageing", "ageing"),
        ("none", "certification.none"),
    ],
)
def test_an_id_is_found_by_its_end_an_alias_or_in_words(typed: str, meant: str) -> None:
    assert SHELF.story(typed, AS_OF).id == meant


def test_every_full_id_is_its_own_and_stands_where_it_says() -> None:
    few = [id_ for id_ in EVERY if not id_.startswith(("metro.", "nonmetro."))] + EVERY[-600::40]
    for id_ in swept(few):
        story = SHELF.story(id_, AS_OF)
        assert story.id == id_
        file, _, line = story.where.rpartition(":")
        own = id_.rpartition(".")[2].partition("-")[0]
        assert own in LINES[file][int(line) - 1] or story.kind in ("table", "band", "level", "plan", "index")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["VA"], ["'VA' could be 2 rules", "agency.va", "state.VA"]),
        (["epic"], ["certification.epic", "ehr.epic"]),
        (
            ["rhitt"],
            ["unknown rule or source 'rhitt'", "did you mean certification.rhit", "ehrpay rules show"],
        ),
        ([" "], ["ID is empty"]),
        (["[/]"], ["unknown rule or source '[/]'"]),
        (["rhit", "--format", "full"], ["--format", "csv, html, json, markdown, plain or table"]),
        (["rhit", "--as-of", "yesterday"], ["--as-of", "YYYY-MM-DD"]),
    ],
)
def test_wrong_use_is_told_with_the_way_out(
    args: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "show", *args]) == 2
    error = capsys.readouterr().err
    assert all(word in error for word in words), error
    assert error.count("\n") == 1


def test_a_level_has_its_value_its_source_and_who_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys, "rhit")
    [value] = found["values"]
    assert (value["value"], value["low"], value["high"]) == (1.03, 1.0, 1.08)
    assert value["in_force"]
    assert value["basis"] == "assumption"
    line = (ROOT / value["where"].rpartition(":")[0]).read_text("utf-8").splitlines()
    assert "factor: 1.03" in line[int(value["where"].rpartition(":")[2]) - 1]
    assert {"aapc10", "ps10"} <= {source["id"] for source in found["sources"]}
    by = {use["rule"]: use["how"] for use in found["used_by"]}
    assert by["ladder.va-coder"] == "requires it or another"
    assert by["plan"] == "step 10 of the market method"


@pytest.mark.parametrize(("as_of", "year"), [("2021-05-31", "2021"), ("2024-12-31", "2024"), (AS_OF, "2025")])
def test_the_value_in_force_is_that_of_the_day(
    as_of: str, year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = record(capsys, "29-2072", "--as-of", as_of)
    assert len(found["values"]) == 5
    assert [value["effective"][:4] for value in found["values"] if value["in_force"]] == [year]


def test_dollars_are_integers_and_unpublished_ones_null(capsys: pytest.CaptureFixture[str]) -> None:
    [value] = [v for v in record(capsys, "29-2072")["values"] if v["in_force"]]
    assert (value["value"], value["low"], value["high"]) == (51140, 43490, 64820)
    rows = [value["rows"][1] for value in record(capsys, "state.CO")["values"]]
    assert any(None in row for row in rows)


@pytest.mark.parametrize("id_", ["gs-base.8", "gs-base"])
def test_a_base_table_is_opms(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    [value] = [v for v in record(capsys, id_)["values"] if v["in_force"]]
    row = value["rows"][1] if id_ == "gs-base.8" else value["rows"][8][1:]
    book = load_rulebook(AS_OF)
    assert row == book.rules.federal.base[-1].value["8"]


@pytest.mark.parametrize("id_", [group.ids[0] for group in SHELF.groups()] + ["usaj", "certification", "CO"])
def test_json_keeps_its_contract(id_: str, capsys: pytest.CaptureFixture[str]) -> None:
    SCHEMA.validate(record(capsys, id_))


def drawn(view: object, width: int, *, unicode: bool = True) -> str:
    return writers.write(view, "table", writers.Screen(width, unicode))


def test_without_an_id_every_id_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    found = record(capsys)
    SCHEMA.validate(found)
    assert "certification.rhit" in found["kinds"]["level"]
    assert len(told(capsys, "--format", "plain").splitlines()) == sum(map(len, found["kinds"].values()))
    text = drawn(RuleList(SHELF.groups(), ""), 60)
    assert max(map(len, text.splitlines())) <= 60
    assert "band (" in text


SHOWN = ["rhit", "experience", "va", "gs-locality.DEN", "CO", "usaj", "va-coder", "fers-accrual"]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("id_", SHOWN)
def test_table(id_: str, width: int, golden: Golden) -> None:
    text = drawn(RulePage(STILL.story(id_, AS_OF), AS_OF, ""), width)
    assert max(map(len, text.splitlines())) <= width
    golden(f"show-{id_}-{width}.txt", text)


@pytest.mark.parametrize("id_", SHOWN)
def test_an_ascii_screen_gets_ascii_and_a_pipe_every_value(
    id_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert drawn(RulePage(SHELF.story(id_, AS_OF), AS_OF, ""), 80, unicode=False).isascii()
    values = record(capsys, id_)["values"]
    lines = [line.split("\t") for line in told(capsys, id_, "--format", "plain").splitlines()]
    assert [line[-2] for line in lines if line[0] == "value"] == [value["where"] for value in values]


def test_plain_text_as_it_stands(golden: Golden) -> None:
    page = RulePage(STILL.story("rhit", AS_OF), AS_OF, "")
    golden("show-rhit-plain.txt", writers.write(page, "plain", writers.Screen()))


@examples(40)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_rule_or_one_sentence(text: str) -> None:
    try:
        found = SHELF.story(text, AS_OF).id
    except UsageError as error:
        found = str(error)
    assert clean(found) == found


def test_a_band_of_dollars_tells_what_speaks_against_it() -> None:
    [series] = SHELF.story("va.band", AS_OF).series
    assert "contradicted" in series.values[0].note
    assert series.values[0].amount.figure == "42,000 to 107,000"


def test_a_value_of_the_future_is_not_in_force() -> None:
    states = {value.effective: value.state for value in SHELF.story("rhit", "2020-01-01").series[0].values}
    assert states == {"2021-05-01": "future"}


def test_the_shelf_is_what_is_given(tmp_path: Path) -> None:
    """A base of its own, read without the shipped one."""
    (tmp_path / "plan.yaml").write_text("market: [base]\n", "utf-8")
    assert [group.kind for group in Shelf([Layer("mine", files(tmp_path))]).groups()] == ["plan", "step"]

"""What scripts rely on: schemas of lists and places, chosen fields, numbers that are numbers, a quiet run."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from tests.each import each

from ehrpay.cli.main import run
from ehrpay.domain.catalog import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = {
    name: Draft202012Validator(json.loads(Path(f"schema/{name}.schema.json").read_text("utf-8")))
    for name in ("list", "where")
}
CODER = (
    "estimate",
    "--role",
    "coder",
    "--agency",
    "va",
    "--years",
    "5",
    "--location",
    "Denver",
    "--offer",
    "60000",
)


def printed(capsys: pytest.CaptureFixture[str], *args: str, code: int = 0) -> str:
    assert run(args) == code
    ran = capsys.readouterr()
    return ran.out + ran.err


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("as_of", ["2021-05-31", "2026-11-28"])
def test_every_list_keeps_its_schema(kind: str, as_of: str, capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(printed(capsys, "list", kind, "--as-of", as_of, "--json"))
    SCHEMAS["list"].validate(record)
    assert record["schema"] == f"ehrpay/list-{kind}/1"
    del record[kind]
    assert not SCHEMAS["list"].is_valid(record)


@each("name", ["estimate", "whatif", "ladder", "compare", "backtest"])
def test_the_schema_says_which_amounts_are_dollars_and_which_are_cents(name: str) -> None:
    """The steps of an estimate are in cents beside a middle in dollars."""
    schema = json.loads(Path(f"schema/{name}.schema.json").read_text("utf-8"))
    assert "Amounts are whole dollars a year; where a name ends in `_cents`, cents." in schema["description"]
    assert schema["$defs"]["dollars"]["description"].startswith("Whole dollars")
    for key, kind in referring(schema):
        assert kind != "cents" or "cents" in key or name == "compare", (
            key
        )  # there an object with `value_cents`
        assert kind != "dollars" or "cents" not in key, key


def referring(schema: Any) -> Iterator[tuple[str, str]]:
    """Every property and the definition it is of."""
    if isinstance(schema, dict):
        for key, value in schema.get("properties", {}).items():
            if isinstance(value, dict) and "$ref" in value:
                yield key, value["$ref"].rpartition("/")[2]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from referring(part)


@each("place", ["Denver, CO", "80202", "CO", "rural Colorado", "Puerto Rico", "US"])
def test_every_place_keeps_its_schema(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    SCHEMAS["where"].validate(json.loads(printed(capsys, "where", place, "--json")))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


@pytest.mark.parametrize(
    "args",
    [
        CODER,
        ("list", "roles"),
        ("where", "Denver"),
        ("whatif", "--role", "coder"),
        ("rules", "show", "experience"),
        ("rules", "show", "gs-locality.DEN"),
    ],
)
def test_json_numbers_are_numbers(args: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(printed(capsys, *args, "--json"))
    assert not [text for text in texts(record) if re.fullmatch(r"-?[0-9]+\.[0-9]+", text)]


def test_chosen_fields_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(printed(capsys, *CODER, "--json"))
    some = json.loads(printed(capsys, *CODER, "--json", "--fields", "mid, low,offer.compa_ratio"))
    assert some == {
        "mid": whole["mid"],
        "low": whole["low"],
        "offer.compa_ratio": whole["offer"]["compa_ratio"],
    }
    assert (
        printed(capsys, *CODER, "--format", "plain", "--fields", "mid,low")
        == f"{whole['mid']}\t{whole['low']}\n"
    )
    rows = list(csv.reader(printed(capsys, *CODER, "--format", "csv", "--fields", "mid,low").splitlines()))
    assert rows == [["mid", "low"], [str(whole["mid"]), str(whole["low"])]]
    assert f"| {whole['mid']} |" in printed(capsys, *CODER, "--format", "markdown", "--fields", "mid")
    assert str(whole["mid"]) in printed(capsys, *CODER, "--format", "table", "--fields", "mid,low")


def test_chosen_fields_of_a_list_are_those_of_its_records(capsys: pytest.CaptureFixture[str]) -> None:
    roles = json.loads(printed(capsys, "list", "roles", "--json", "--fields", "id,name"))["roles"]
    assert {"id": "coder", "name": "Medical coder"} in roles
    assert "coder\tMedical coder\n" in printed(capsys, "list", "roles", "--fields", "id,name")


@pytest.mark.parametrize("format_", ["json", "csv", "plain"])
def test_an_unknown_field_is_refused_with_the_nearest(
    format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, *CODER, "--format", format_, "--fields", "mid,midd", code=2)
    assert "--fields: unknown field 'midd'; did you mean 'mid'" in text


def test_what_has_no_fields_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "unknown format 'svg'" in printed(capsys, *CODER, "--format", "svg", "--fields", "mid", code=2)


def test_quiet_leaves_out_warnings(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    degree = """\
adjustment: degree
levels:
  - id: bachelor
    values:
      - {effective: 2021-05-01, factor: FACTOR, low: 1.0, high: 1.2, basis: assumption, confidence: low,
         sources: [synthesis], review_by: 2027-12-31}
"""
    head = "title: A test\nauthor: HR\nreference: none\n"
    for name, factor in {"one": "1.11", "two": "1.12"}.items():
        folder = tmp_path / name / "adjustments"
        folder.mkdir(parents=True)
        (folder.parent / "overlay.yaml").write_text(head, "utf-8")
        (folder / "degree.yaml").write_text(degree.replace("FACTOR", factor), "utf-8")
    rules = [part for name in ("one", "two") for part in ("--rules", str(tmp_path / name))]
    assert run(["estimate", "--brief", *rules]) == 0
    assert "warning" in capsys.readouterr().err
    assert run(["estimate", "--brief", "--quiet", *rules]) == 0
    assert capsys.readouterr().err == ""

"""`list` and `where`: what the rules know, for people and for scripts."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
from tests.examples import swept

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.cli.main import run
from ehrpay.domain.catalog import KINDS


def asked(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, list[dict[str, object]]]:
    """The JSON of one run."""
    assert run([*args, "--json"]) == 0
    told: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return told


def test_the_founding_bands(capsys: pytest.CaptureFixture[str]) -> None:
    """On 2023-06-01 the three agencies have the bands the project began from, and no others."""
    told = asked(capsys, "list", "agencies", "--as-of", "2023-06-01")["agencies"]
    bands = {row["id"]: [(b["min"], b["max"], b["basis"]) for b in row["bands"]] for row in told}  # type: ignore[attr-defined]
    assert bands["ssa"] == [(50_000, 100_000, "reported")]
    assert bands["va"] == [(42_000, 107_000, "reported")]
    assert bands["hhs"] == [(40_000, 85_000, "reported")]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_in_every_form(
    kind: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table no wider than the screen, plain lines with every cell, JSON whole and alike."""
    records = asked(capsys, "list", kind)[kind]
    assert run(["list", kind, "--format", "plain"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(records) + 1
    assert len({line.count("\t") for line in lines}) == 1
    for columns in swept((80, 40, 120)):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert run(["list", kind, "--format", "table"]) == 0
        table = capsys.readouterr().out
        assert columns == 40 or max(map(len, table.splitlines())) <= columns
        for record in records:
            assert str(record.get("id") or record.get("code")) in table


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("columns", swept(["40", "60", "80", "120"]))
def test_lists_never_lose_text(
    kind: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every word of every cell that people read is whole on every screen."""
    monkeypatch.setenv("COLUMNS", columns)
    narrowed = ("--state", "CO") if kind == "areas" else ()
    assert run(["list", kind, *narrowed, "--format", "table"]) == 0
    shown = capsys.readouterr().out
    assert run(["list", kind, *narrowed, "--format", "plain"]) == 0
    _, *rows = capsys.readouterr().out.splitlines()
    words = set(shown.split())
    for cell in (cell for row in rows for cell in row.split("\t")):
        for word in cell.split():
            assert word in words or len(word) > int(columns) - 10, (cell, word)
    assert "\u2026" not in shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_takes_csv_and_markdown(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    records = asked(capsys, "list", kind)[kind]
    assert run(["list", kind, "--format", "csv"]) == 0
    assert len(list(csv.reader(capsys.readouterr().out.splitlines()))) == len(records) + 1
    assert run(["list", kind, "--format", "markdown"]) == 0
    assert sum(line.startswith("| ") for line in capsys.readouterr().out.splitlines()) >= len(records) + 1


def test_a_director_is_not_listed_as_earning_less_than_a_records_specialist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The factor of a role of another occupation stands beside pay relative to all records specialists."""
    roles = {str(role["id"]): role for role in asked(capsys, "list", "roles")["roles"]}
    director = roles["director"]
    assert float(str(director["factor"])) < 1
    assert float(str(director["relative_pay"])) > 2
    assert run(["list", "roles", "--format", "table"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"{director['relative_pay']} {director['factor']}" in shown
    assert "over that of all medical records specialists" in shown


def test_codes_have_names_beside_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "roles"]) == 0
    assert "Computer Systems Analysts (15-1211)" in capsys.readouterr().out
    assert run(["list", "agencies"]) == 0
    assert "General Schedule (GS)" in capsys.readouterr().out
    assert run(["list", "areas", "--state", "CO", "--format", "table"]) == 0
    assert "15-1211  Computer Systems Analysts" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["agencies", "certs", "degrees", "roles", "settings", "ehr", "work"])
def test_what_is_listed_can_be_typed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every id and alias that a list shows is understood."""
    option = {
        "agencies": "agency",
        "certs": "cert",
        "degrees": "degree",
        "roles": "role",
        "settings": "setting",
    }
    field = kind if kind == "certs" else option.get(kind, kind)
    book = load_rulebook()
    for record in asked(capsys, "list", kind)[kind]:
        assert run(["estimate", f"--{option.get(kind, kind)}", str(record["id"]), "--json"]) == 0
        said = json.loads(capsys.readouterr().out)["profile"][field]
        assert record["id"] in (said if isinstance(said, list) else [said])
        for name in record["aliases"]:  # type: ignore[attr-defined]
            typed: dict[str, Any] = {field: (name,) if field in ("certs", "ehr") else name}
            read = getattr(estimate(Profile(**typed), book).profile, field)
            assert record["id"] in (read if isinstance(read, tuple) else [read])


def test_areas_of_a_state(capsys: pytest.CaptureFixture[str]) -> None:
    """The state, its metros and its nonmetropolitan areas."""
    found = asked(capsys, "list", "areas", "--state", "colorado")["areas"]
    assert {row["kind"] for row in found} == {"state", "metro", "nonmetro"}
    assert {"code": "19740", "name": "Denver-Aurora-Centennial, CO"}.items() <= next(
        row for row in found if row["code"] == "19740"
    ).items()


def test_where_tells_all(capsys: pytest.CaptureFixture[str]) -> None:
    """Wage area, state, locality, price parity."""
    [told] = asked(capsys, "where", "Denver, CO")["where"]
    assert (told["area"], told["state"], told["locality"]) == ("19740", "CO", "DEN")
    assert told["price_parity"] == 105.782
    assert run(["where", "rural Colorado", "--format", "plain"]) == 0
    assert "Colorado" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["list certs", "rules show", "rules show rhit", "rules sources"])
def test_every_format_that_the_help_names_is_accepted(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """But the one of charts, where there are none."""
    words = command.split()
    assert run([*words, "--help"]) == 0
    named = re.search(r"--format NAME +(.+) or (\w+); svg of\s+charts", capsys.readouterr().out)
    assert named is not None
    formats = [*named[1].split(", "), named[2]]
    assert len(formats) == 6
    for name in formats:
        assert run([*words, "--format", name]) == 0, name
        assert capsys.readouterr().out

"""`ehrpay rules schema`: the committed schemas are the models', and every shipped file names and obeys its own."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.each import each

from ehrpay.cli.main import run
from ehrpay.rules.judging import FORMS
from ehrpay.rules.shape import json_schema
from ehrpay.rules.shape.kinds import KINDS, kind_of, modeline
from ehrpay.strict.source import read_bytes, read_yaml

ROOT = Path(__file__).parents[2]
DATE = r"^\d{4}-\d{2}-\d{2}$"
"""What editors know of a date, which the models check themselves."""
KEYS = {r"^([3-9]|10)$"}
"""The forms of keys, which a schema has as properties' names."""
RULES = ROOT / "rules"
SCHEMAS = ROOT / "schema" / "rules"
FILES_SHIPPED = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml"))


def as_json(value: Any) -> Any:
    """Strict data as an editor's JSON checker sees it: a decimal is a number."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    return [as_json(one) for one in value] if isinstance(value, list) else value


def wrong(kind: str, text: str) -> list[str]:
    data, _, problems = read_bytes(text.encode(), "file.yaml")
    assert not problems
    checker = jsonschema.Draft202012Validator(json_schema.schema(kind))
    return [error.message for error in checker.iter_errors(as_json(data))]


@pytest.mark.parametrize("name", json_schema.kinds())
def test_what_is_committed_is_what_the_models_give(name: str, request: pytest.FixtureRequest) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    if request.config.getoption("--update-snapshots"):
        path.write_text(json_schema.text(name), "utf-8")
    assert path.read_text("utf-8") == json_schema.text(name)
    jsonschema.Draft202012Validator.check_schema(json_schema.schema(name))


def test_every_form_that_a_schema_asks_for_is_told_in_words() -> None:
    asked = {
        pattern
        for name in json_schema.kinds()
        for pattern in re.findall(r'"pattern": "(.*)"', json_schema.text(name))
    }
    assert {json.loads(f'"{pattern}"') for pattern in asked} - {DATE} == set(FORMS) - KEYS


def test_every_model_has_a_schema_and_nothing_else_is_committed() -> None:
    assert {path.name for path in SCHEMAS.iterdir()} == {f"{kind.name}.schema.json" for kind in KINDS}


@pytest.mark.parametrize("file", FILES_SHIPPED)
def test_a_shipped_file_names_its_schema_and_obeys_it(file: str) -> None:
    path = RULES / file
    first = path.read_text("utf-8").partition("\n")[0]
    assert f"{first}\n" == modeline(file)
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    named = (path.parent / found[1]).resolve()
    kind = kind_of(file)
    assert kind
    assert named == SCHEMAS / f"{kind.name}.schema.json"
    # That it is a schema at all is tested above.
    schema = jsonschema.Draft202012Validator(json.loads(named.read_text("utf-8")))
    schema.validate(as_json(read_yaml(path, file).data))


AGENCY = "agency: x\nname: X\nkind: private\nsetting: null\npay_plan: null\n"
LEVEL = """\
adjustment: work
title: Work
step: choice
input: work
about: Words.
levels:
  - id: home
    name: Home
    values:
      - {effective: 2026-01-01, factor: FACTOR, low: 0.9, high: 1.1, basis: survey, confidence: low, sources: [x]}
"""


@each(
    ("kind", "text", "words"),
    [
        ("agency", AGENCY, ""),
        ("agency", f"{AGENCY}bnads: []\n", "'bnads' was unexpected"),
        ("agency", AGENCY.replace("private", "public"), "'public' is not one of"),
        ("agency", AGENCY.replace("name: X\n", ""), "'name' is a required property"),
        ("adjustment", LEVEL.replace("FACTOR", "1.0"), ""),
        ("adjustment", LEVEL.replace("FACTOR", '"1.0"'), "is not of type 'number'"),
        ("adjustment", LEVEL.replace("FACTOR", "9.5"), "greater than the maximum of 5"),
        ("adjustment", LEVEL.replace("FACTOR", "1.0").replace("2026-01-01", "January"), "does not match"),
        ("adjustment", LEVEL.replace("FACTOR", "1.0").replace("[x]", "[]"), "should be non-empty"),
        ("cases", "cases:\n  - {name: x, as_of: 2026-01-01, expct: {mid: 1}}\n", "'expct' was unexpected"),
        ("overlay", "title: x\nauthor: me\n", "'reference' is a required property"),
    ],
)
def test_an_editor_would_see_it(kind: str, text: str, words: str) -> None:
    found = wrong(kind, text)
    assert bool(found) == bool(words), found
    assert any(words in message for message in found) or not words, found


def test_an_overlays_file_may_leave_anything_out_but_not_add() -> None:
    part = jsonschema.Draft202012Validator(json_schema.schema("agency", part=True))
    assert part.is_valid({"agency": "va"})
    assert not part.is_valid({"agency": "va", "bnads": []})
    assert json_schema.schema("overlay", part=True) == json_schema.schema("overlay")


def test_the_command_lists_prints_and_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "schema"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == json_schema.kinds()
    assert run(["rules", "schema", "GS-base"]) == 0
    assert capsys.readouterr().out == (SCHEMAS / "gs-base.schema.json").read_text("utf-8")
    assert run(["rules", "schema", "--write", str(tmp_path / "a/b")]) == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "a/b").iterdir()}
    assert written == {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["agancy"], 2, "did you mean 'agency'?"),
        (["agency", "--write", "x"], 2, "--write"),
        (["--write", "/dev/null/x"], 73, "cannot create '/dev/null/x': Not a directory"),
    ],
)
def test_wrong_use(args: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "schema", *args]) == code
    assert words in capsys.readouterr().err

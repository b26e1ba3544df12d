"""Overlays from the command line, as a user names them."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from tests.overlay.folders import COUNTY, HEAD, on_disk, rhit
from tests.program import Ran, clean, ehrpay
from tests.schemas import contract

from ehrpay import shipped

if TYPE_CHECKING:
    from pathlib import Path

PERSON = ("estimate", "--years", "5", "--cert", "rhit", "--as-of", "2026-11-23")


@pytest.fixture
def at(tmp_path: Path) -> Path:
    """A folder to run in, with a configuration of its own."""
    for name, factor in (("a", "1.01"), ("b", "1.02"), ("c", "1.09")):
        on_disk(tmp_path / name, rhit(factor), HEAD | {"title": f"Overlay {name}"})
    return tmp_path


def run(at: Path, *args: str, rules: str | None = None, **more: str) -> Ran:
    own = {"XDG_CONFIG_HOME": str(at / "config")}
    named = {} if rules is None else {"EHRPAY_RULES": rules}
    return ehrpay(*args, cwd=at, env=clean(**own, **named, **more))


def told(done: Ran) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def valid(name: str, record: dict[str, Any]) -> None:
    """Check a record against the committed schema of its command."""
    contract(name).validate(record)


def certification(record: dict[str, Any]) -> str:
    return next(str(step["where"]) for step in record["steps"] if step["id"] == "certification")


def test_json_names_every_overlay_and_each_step_its_file(at: Path) -> None:
    record = told(run(at, *PERSON, "--json", "--rules", "./a"))
    valid("estimate", record)
    assert record["rules"] == [HEAD | {"title": "Overlay a", "path": "a"}]
    assert certification(record) == "a/adjustments/certification.yaml:1"
    plain = told(run(at, *PERSON, "--json"))
    assert plain["rules"] == []
    assert plain["rules_version"] != record["rules_version"]
    assert certification(plain).startswith("rules/adjustments/certification.yaml:")


def test_flags_come_after_the_variable_and_that_after_the_configuration(at: Path) -> None:
    on_disk(at / "config/ehrpay/rules", rhit("1.05"), HEAD | {"title": "My own"})
    titles = ["My own", "Overlay a", "Overlay b", "Overlay c"]
    record = told(run(at, *PERSON, "--json", "--rules", "b", "--rules", "c", rules="a"))
    assert [overlay["title"] for overlay in record["rules"]] == titles
    assert certification(record) == "c/adjustments/certification.yaml:1"
    assert certification(told(run(at, *PERSON, "--json", rules=f"b{os.pathsep}a"))).startswith("a/")
    mine = told(run(at, *PERSON, "--json", rules=""))
    assert [overlay["title"] for overlay in mine["rules"]] == ["My own"]
    assert certification(mine) == f"{at}/config/ehrpay/rules/adjustments/certification.yaml:1"


def test_overlays_that_differ_are_told_in_the_answer_and_on_standard_error(at: Path) -> None:
    done = run(at, *PERSON, "--json", "--rules", "a", "--rules", "b")
    sentence = (
        "overlays differ on rhit 2021-05-01 factor: 1.02 (b/adjustments/certification.yaml:1) is used, "
        "not 1.01 (a/adjustments/certification.yaml:1)"
    )
    assert sentence in told(done)["warnings"]
    assert done.stderr == f"ehrpay: warning: {sentence}\n"
    alone = run(at, *PERSON, "--json", "--rules", "a", "--rules", "a")
    assert (alone.stderr, len(told(alone)["rules"])) == ("", 1)


@pytest.mark.parametrize(
    "args",
    [
        ("whatif", *PERSON[1:]),
        ("whatif", *PERSON[1:], "--set", "degree=bachelor"),
        ("ladder", *PERSON[1:]),
        ("ladder", *PERSON[1:], "--vs", "degree=bachelor"),
        ("compare", "--offer", "Mercy 66,500 Boise", "--role", "coder", "--cert", "rhit", *PERSON[-2:]),
    ],
)
def test_other_answers_name_the_overlays_and_where_they_differ(at: Path, args: tuple[str, ...]) -> None:
    done = run(at, *args, "--json", "--rules", "a", "--rules", "b")
    record = told(done)
    valid(args[0], record)
    assert [overlay["path"] for overlay in record["rules"]] == ["a", "b"]
    assert "overlays differ on rhit" in done.stdout
    assert done.stderr.count("overlays differ on rhit") == 1
    plain = run(at, *args, "--format", "plain", "--rules", "a").stdout
    assert "with the rules of Overlay a (a)" in plain
    assert told(run(at, *args, "--json"))["rules"] == []


def test_people_read_the_overlay_beside_the_number(at: Path) -> None:
    plain = run(at, *PERSON, "--rules", "a").stdout
    assert "with rules\tOverlay a (a)\n" in plain
    assert "\ta/adjustments/certification.yaml:1\n" in plain
    explained = run(at, *PERSON, "--rules", "a", "--explain").stdout
    assert "rule\ta/adjustments/certification.yaml:1 (assumption" in explained
    wide = run(at, *PERSON, "--rules", "a", "--format", "table", COLUMNS="100").stdout
    assert "a: certification.yaml:1" in wide
    narrow = run(at, *PERSON, "--rules", "a", "--format", "table", COLUMNS="60").stdout
    assert "With rules  Overlay a (a)\n" in narrow
    full = run(
        at, "estimate", "--agency", "ssa", "--years", "5", "--offer", "50000", "--rules", "a",
        "--format", "table", COLUMNS="80", LINES="24",
    ).stdout  # fmt: skip
    assert "With rules" in full
    for command in (
        (*PERSON, "--rules", "a", "--format", "markdown"),
        (*PERSON, "--explain", "--rules", "a"),
    ):
        assert "Overlay a (a)" in run(at, *command).stdout


@pytest.mark.parametrize(
    ("args", "rules", "who"),
    [
        (("--rules", "nope"), None, "--rules"),
        ((), "a:nope", "EHRPAY_RULES"),
        (("--rules", ""), None, "--rules"),
    ],
)
def test_a_folder_that_is_not_there_is_told_with_who_named_it(
    at: Path, args: tuple[str, ...], rules: str | None, who: str
) -> None:
    done = run(at, *PERSON, *args, rules=None if rules is None else rules.replace(":", os.pathsep))
    path = "" if args[1:] == ("",) else "nope"
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == f"ehrpay: {who}: '{path}' is not a rules folder\n"


def test_a_broken_overlay_stops_with_file_line_and_column(at: Path) -> None:
    on_disk(at / "a", {"agencies/county.yaml": COUNTY | {"setting": "hospitl"}})
    on_disk(at / "a", {"adjustments/degree.yaml": "levels:\n  - id: bachelor\n    values: NO\n"})
    done = run(at, "list", "agencies", "--rules", "a")
    assert (done.returncode, done.stdout) == (78, "")
    assert "\n  a/adjustments/degree.yaml:3:13: E110 'NO' means" in done.stderr
    assert "Traceback" not in done.stderr
    (at / "a/adjustments/degree.yaml").unlink()
    hint = "a/agencies/county.yaml:4:10: E303 unknown setting 'hospitl' (did you mean 'hospital'?)"
    assert hint in run(at, "list", "agencies", "--rules", "a").stderr


COMMANDS = [
    ("estimate", "--agency", "county"),
    ("whatif", "--agency", "county", "--years", "5"),
    ("ladder", "--agency", "county", "--years", "5"),
    ("report", "--agency", "county"),
    ("list", "agencies"),
]


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: str(args[0]))
def test_every_command_takes_overlays(at: Path, args: tuple[str, ...]) -> None:
    on_disk(at / "a", {"agencies/county.yaml": COUNTY})
    done = run(at, *args, "--rules", "a")
    assert done.returncode == 0, done.stderr
    assert "Example County" in done.stdout
    if args[0] != "list":
        assert run(at, *args).returncode == 2


def test_where_takes_overlays(at: Path) -> None:
    assert run(at, "where", "CO", "--rules", "a").returncode == 0
    assert run(at, "where", "CO", "--rules", "nope").returncode == 78


def test_path_shows_every_folder_in_use_and_who_named_it(at: Path) -> None:
    base = str(shipped.folder())
    assert run(at, "rules", "path").stdout == f"{base}\tshipped\n"
    on_disk(at / "config/ehrpay/rules", {})
    done = run(at, "rules", "path", "--rules", "./b", rules="a")
    mine = f"{at}/config/ehrpay/rules"
    lines = [f"{base}\tshipped", f"{mine}\tconfiguration", "a\tEHRPAY_RULES", "./b\t--rules"]
    assert done.stdout.splitlines() == lines
    record = told(run(at, "rules", "path", "--json", "--rules", "b"))
    valid("rules-path", record)
    assert record["rules"][-1] == {"path": "b", "by": "--rules"}
    assert run(at, "rules", "path", "--rules", "nope").returncode == 78

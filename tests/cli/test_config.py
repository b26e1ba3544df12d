"""What a user keeps in config.toml: an option wins, then its variable, then the file, then the default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.program import Ran, clean, ehrpay

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Program = Callable[..., Ran]

KEPT = """\
[me]
years = 5
certs = ["rhit", "ccs"]
location = "Denver, CO"

[rules]
as_of = 2026-11-01
"""
FEDERAL = """\
[me]
agency = "va"
grade = 8
step = 3
location = "Denver, CO"
level = "senior"
"""


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[str], Program]:
    """Keep a text as the file; the program that reads it."""
    file = tmp_path / "ehrpay" / "config.toml"
    file.parent.mkdir()

    def keep(text: str) -> Program:
        file.write_text(text, "utf-8")
        return lambda *args, **env: ehrpay(*args, env=clean(XDG_CONFIG_HOME=str(tmp_path), **env))

    return keep


def profile(ran: Ran) -> dict[str, object]:
    assert ran.returncode == 0, ran.stderr
    return {name: value for name, value in json.loads(ran.stdout)["profile"].items() if value is not None}


def sources(ran: Ran) -> dict[str, tuple[object, str]]:
    assert ran.returncode == 0, ran.stderr
    return {one["setting"]: (one["value"], one["source"]) for one in json.loads(ran.stdout)["settings"]}


def test_option_then_variable_then_file_then_default(kept: Callable[[str], Program], tmp_path: Path) -> None:
    program = kept(KEPT)
    shown = sources(program("config", "--years", "7", "--json", EHRPAY_CERT="rhia", EHRPAY_YEARS="6"))
    file = tmp_path / "ehrpay" / "config.toml"
    assert shown["years"] == ("7", "option")
    assert shown["certs"] == (["rhia"], "EHRPAY_CERT")
    assert shown["location"] == ("Denver, CO", f"{file}:4")
    assert shown["as_of"] == ("2026-11-01", f"{file}:7")
    assert shown["degree"] == (None, "default")
    priced = profile(program("estimate", "--years", "7", "--json", EHRPAY_CERT="rhia", EHRPAY_YEARS="6"))
    assert (priced["years"], priced["certs"], priced["location"]) == ("7", ["rhia"], "Denver, CO")
    assert profile(program("estimate", "--json", EHRPAY_YEARS="6"))["years"] == "6"
    assert profile(program("estimate", "--json"))["years"] == "5"


def test_an_answer_says_what_it_used_of_the_file(kept: Callable[[str], Program]) -> None:
    program = kept(KEPT)
    told = "from your config.toml: years 5, certs rhit ccs, location Denver, CO, as_of 2026-11-01"
    assert told in program("estimate", "--brief").stderr
    assert program("estimate", "--brief", "--quiet").stderr == ""
    assert "certs" not in program("estimate", "--brief", "--cert", "none").stderr
    assert program("estimate", "--help").stderr == ""


@pytest.mark.parametrize("args", [("--no-config", "estimate"), ("estimate", "--no-config"), ("estimate",)])
def test_no_config_ignores_the_folder(kept: Callable[[str], Program], args: tuple[str, ...]) -> None:
    env = {} if "--no-config" in args else {"EHRPAY_NO_CONFIG": "1"}
    ran = kept(KEPT)(*args, "--brief", **env)
    assert (ran.stdout, ran.stderr) == (ehrpay("estimate", "--brief", env=clean()).stdout, "")
    assert kept("nonsense")(*args, "--brief", **env).stdout == ran.stdout


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ((), "agency va, location Denver, CO, level senior, grade 8, step 3"),
        (("--agency", "private"), "location Denver, CO, level senior"),
        (("--grade", "7"), "agency va, location Denver, CO, level senior"),
        (("--years-in-grade", "2"), "agency va, location Denver, CO, level senior, grade 8"),
        (("--locality", "DEN"), "agency va, level senior, grade 8, step 3"),
        (("--role", "Coder II"), "agency va, location Denver, CO, grade 8, step 3"),
    ],
)
def test_what_belongs_to_a_kept_job_gives_way_with_it(
    kept: Callable[[str], Program], typed: tuple[str, ...], left: str
) -> None:
    ran = kept(FEDERAL)("estimate", *typed, "--brief")
    assert ran.returncode == 0, ran.stderr
    told = ran.stderr.removeprefix("ehrpay: from your config.toml: ").partition(" (--no-config")[0]
    assert sorted(told.split(", ")) == sorted(left.split(", "))


def test_kept_settings_reach_every_command_that_has_them(kept: Callable[[str], Program]) -> None:
    program = kept(KEPT)
    for args in (("whatif", "--top", "1"), ("ladder", "--horizon", "1"), ("report", "-o", "-")):
        assert "from your config.toml: years 5" in program(*args).stderr
    offers = ("--offer", "VA GS-9/1 Denver", "--offer", "Mercy 66,500 Boise", "--role", "coder")
    assert "years 5, certs rhit ccs, as_of" in program("compare", *offers).stderr
    assert "years" not in program("list", "certs").stderr


@pytest.mark.parametrize(
    "args", [("diff", "shipped", "now"), pytest.param(("validate",), marks=pytest.mark.slow)]
)
def test_a_kept_day_is_that_of_rules_validate_and_rules_diff_too(
    args: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "ehrpay" / "config.toml"
    file.parent.mkdir()
    file.write_text("[rules]\nas_of = 2026-11-01\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert run(["rules", *args, "--json"]) == 0
    ran = capsys.readouterr()
    assert '"as_of": "2026-11-01"' in ran.out
    assert "from your config.toml: as_of 2026-11-01" in ran.err


def test_kept_overlays_come_before_the_variable_and_the_flag(
    kept: Callable[[str], Program], tmp_path: Path
) -> None:
    for name in ("kept", "named", "typed"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "overlay.yaml").write_text("title: A test\nauthor: HR\nreference: none\n", "utf-8")
    program = kept('[rules]\noverlays = ["~/kept"]\n')
    ran = program(
        "rules",
        "path",
        "--rules",
        str(tmp_path / "typed"),
        EHRPAY_RULES=str(tmp_path / "named"),
        HOME=str(tmp_path),
    )
    shipped, *overlays = (line.split("\t") for line in ran.stdout.splitlines())
    assert shipped[1] == "shipped"
    assert overlays == [
        [str(tmp_path / "kept"), f"{tmp_path}/ehrpay/config.toml:2"],
        [str(tmp_path / "named"), "EHRPAY_RULES"],
        [str(tmp_path / "typed"), "--rules"],
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[me]\nyears = 5\nyeers = 4\n", 3, "unknown setting 'yeers'; did you mean 'years'"),
        ("[me]\nyears = 5\n[rule]\n", 3, "unknown table 'rule'; did you mean 'rules'"),
        ("years = 5\n", 1, "unknown table 'years'"),
        ('[rules]\n"overlay" = "x"\n', 2, "unknown setting 'overlay'; did you mean 'overlays'"),
        ("[me]\nyears = true\n", 2, "years isn't a text, a number or a date"),
        ("[me]\nrole = ['coder']\n", 2, "role isn't a text"),
        ("[me]\ncerts = [['rhit']]\n", 2, "certs isn't a text, a number or a list of them"),
        ("[me]\n\ncerts = ['rhti']\n", 3, "certs: unknown credential 'rhti'; did you mean 'rhit'"),
        ("[me]\nyears = 'x'\n", 2, "years: 'x' is not a number of years"),
        ("[rules]\nas_of = 'soon'\n", 2, "as_of: "),
    ],
)
def test_a_mistake_is_78_with_file_line_and_the_nearest_name(
    kept: Callable[[str], Program], tmp_path: Path, text: str, line: int, says: str
) -> None:
    ran = kept(text)("estimate", "--brief", "--quiet")
    assert (ran.returncode, ran.stdout) == (78, "")
    assert f"{tmp_path}/ehrpay/config.toml:{line}: {says}" in ran.stderr


@pytest.mark.parametrize("text", ["[me\n", "a = \n", "[me]\nyears = 1\nyears = 2\n"])
def test_what_is_not_toml_is_78_with_the_line(kept: Callable[[str], Program], text: str) -> None:
    ran = kept(text)("estimate")
    assert ran.returncode == 78
    assert "config.toml: " in ran.stderr
    assert "line " in ran.stderr


def test_an_empty_list_is_none(kept: Callable[[str], Program]) -> None:
    assert profile(kept("[me]\ncerts = []\n")("estimate", "--json"))["certs"] == []

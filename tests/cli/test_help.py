"""Help and options as a new user meets them."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from ehrpay.cli.app import COMMANDS
from ehrpay.cli.main import run
from ehrpay.cli.rules import RULES


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = run(args)
    ran = capsys.readouterr()
    return code, ran.out + ran.err


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(("args", "commands"), [((), COMMANDS), (("rules",), RULES)])
def test_without_arguments_the_summaries_of_commands_are_not_cut(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...], commands: dict[str, str]
) -> None:
    _, text = said(capsys, *args)
    assert "..." not in text.partition("Commands:")[2]
    assert max(map(len, text.splitlines())) <= 80
    listed = " ".join(text.partition("Commands:")[2].split())
    for name in commands:
        _, own = said(capsys, *args, name, "--help")
        summary = " ".join(own.split("\n\n")[1].split()).partition(". ")[0].rstrip(".")
        assert f"{name} {summary}." in listed


@pytest.mark.parametrize("args", [(), ("rules",)])
def test_without_arguments_the_help_fits_a_screen_of_24_lines(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...]
) -> None:
    assert len(said(capsys, *args)[1].splitlines()) < 24


def test_the_page_of_commands_shows_the_help_of_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "tools"))
    commands = importlib.import_module("commands")
    text = commands.PAGE.read_text("utf-8")
    assert text == commands.page(), "uv run python tools/commands.py"
    assert all(f"\n## ehrpay {name}\n" in text for name in COMMANDS)


@pytest.mark.parametrize("args", [("estimate",), ("list",), ("rules", "show"), ()])
def test_help_estimate_is_estimate_help(capsys: pytest.CaptureFixture[str], args: tuple[str, ...]) -> None:
    assert said(capsys, "help", *args) == said(capsys, *args, "--help")


def test_help_of_an_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "help", "estimat")
    assert code == 2
    assert "did you mean 'estimate'" in text


@pytest.mark.parametrize("option", ["auto|market|grade", "year|month|biweekly|hour", "auto|always|never"])
def test_the_choices_of_an_option_are_shown(capsys: pytest.CaptureFixture[str], option: str) -> None:
    assert option in said(capsys, "estimate", "--help")[1]


@pytest.mark.parametrize(
    "args", [("estimate",), ("list", "certs"), ("where", "Denver"), ("whatif",), ("ladder",)]
)
def test_the_formats_in_help_are_those_a_command_takes(
    capsys: pytest.CaptureFixture[str], args: tuple[str, ...]
) -> None:
    _, refused = said(capsys, *args, "--format", "nope")
    taken = re.split(r", | or ", refused.partition("; use ")[2].strip())
    help_ = " ".join(said(capsys, args[0], "--help")[1].split()).partition("--format NAME ")[2]
    named = set(re.findall(r"\w+", help_.partition(". ")[0]))
    assert set(taken) | {"svg"} == named & {*taken, "svg", "concise", "full", "github", "sarif"}


def test_short_options_are_the_long_ones(capsys: pytest.CaptureFixture[str]) -> None:
    short = ("-y", "5", "-c", "ccs", "-l", "Denver, CO", "-a", "private", "-r", "coder")
    long = (
        "--years", "5", "--cert", "ccs", "--location", "Denver, CO", "--agency", "private", "--role", "coder",
    )  # fmt: skip
    assert said(capsys, "estimate", *short, "--brief") == said(capsys, "estimate", *long, "--brief")


def test_a_short_option_is_not_given_beside_its_long_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, text = said(capsys, "estimate", "-y", "5", "--years", "6")
    assert code == 2
    assert "--years is given twice" in text


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["list"], "KIND is missing: agencies, roles"),
        (["where"], "PLACE is missing: State"),
        (["where", "Carroll,", "IA"], "unexpected 'IA'; put a value with a space in quotes"),
        (["estimate", "--role", "him", "coder", "(ii)"], "unexpected 'coder (ii)'"),
    ],
)
def test_arguments_too_few_or_too_many_are_answered_with_what_to_write(
    capsys: pytest.CaptureFixture[str], args: list[str], words: str
) -> None:
    code, text = said(capsys, *args)
    assert code == 2
    assert text.startswith(f"ehrpay: {words}")
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("--year", "--years"), ("--certs", "--cert"), ("--loc", "--loc")]
)
def test_the_nearest_option_is_suggested_first(
    capsys: pytest.CaptureFixture[str], typed: str, meant: str
) -> None:
    code, text = said(capsys, "estimate", typed, "5")
    assert code == 2
    assert re.search(rf"unknown option '{typed}'; did you mean '{meant}", text)
    assert "'ehrpay help estimate' lists them all" in text


def test_the_help_named_for_an_unknown_option_is_that_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, text = said(capsys, "rules", "show", "--nope")
    assert code == 2
    assert "'ehrpay help rules show' lists them all" in text
    assert said(capsys, "help", "rules", "show")[0] == 0

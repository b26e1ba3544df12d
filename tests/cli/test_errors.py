"""Wrong use: exit code, one plain sentence on stderr that names the option, the value and the way out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from tests.each import each

from ehrpay.cli.main import run

WRONG = [
    (["estimat"], 2, ["unknown command", "'estimate'"]),
    (["estimate", "--agncy", "va"], 2, ["--agncy", "--agency"]),
    (["estimate", "--agency"], 2, ["--agency"]),
    (["estimate", "--agency", "vaa"], 2, ["--agency", "'vaa'", "'va'", "ehrpay list agencies"]),
    (["estimate", "--agency", ""], 2, ["--agency", "empty"]),
    (["estimate", "--degree", "bachelro"], 2, ["--degree", "'bachelor'", "ehrpay list degrees"]),
    (["estimate", "--cert", "rhti"], 2, ["--cert", "'rhit'", "ehrpay list certs"]),
    (["estimate", "--cert", "none", "--cert", "rhit"], 2, ["'none'"]),
    (["estimate", "--cert", "rhit,,ccs"], 2, ["--cert", "empty"]),
    (["estimate", "--role", "codr"], 2, ["--role", "'coder'", "ehrpay list roles"]),
    (["estimate", "--setting", "hosptal"], 2, ["--setting", "'hospital'"]),
    (["estimate", "--ehr", "epik"], 2, ["--ehr", "'epic'"]),
    (["estimate", "--work", "beach"], 2, ["--work", "'beach'"]),
    (["estimate", "--years", "abc"], 2, ["--years", "'abc'"]),
    (["estimate", "--years", "-1"], 2, ["--years", "0 to 60"]),
    (["estimate", "--years", "nan"], 2, ["--years", "plain number"]),
    (["estimate", "--years", "1e400"], 2, ["plain number"]),
    (["estimate", "--years", "5,5"], 2, ["5.5"]),
    (["estimate", "--years", "1_0"], 2, ["digits"]),
    (["estimate", "--years", "٥"], 2, ["digits"]),
    (["estimate", "--years", ""], 2, ["--years", "empty"]),
    (["estimate", "--years", "61"], 2, ["0 to 60"]),
    (["estimate", "--years", "5-3"], 2, ["3-5"]),
    (["estimate", "--years", "5", "--years", "6"], 2, ["--years", "twice"]),
    (["estimate", "--years=5", "--years=6"], 2, ["--years", "twice"]),
    (["estimate", "--json", "--json"], 2, ["--json", "twice"]),
    (["estimate", "--grade", "9"], 2, ["--grade", "General Schedule"]),
    (["estimate", "--agency", "private", "--grade", "9"], 2, ["General Schedule", "private"]),
    (["estimate", "--agency", "va", "--grade", "9.0"], 2, ["whole number"]),
    (["estimate", "--agency", "va", "--grade", "9" * 5000], 2, ["whole number"]),
    (["estimate", "--agency", "va", "--grade", "16"], 2, ["1 to 15"]),
    (["estimate", "--agency", "va", "--step", "3"], 2, ["--step needs --grade"]),
    (["estimate", "--agency", "va", "--grade", "8", "--step", "11"], 2, ["1 to 10"]),
    (["estimate", "--agency", "va", "--setting", "payer"], 2, ["conflicts"]),
    (["estimate", "--method", "guess"], 2, ["--method", "market"]),
    (["estimate", "--method", "grade"], 2, ["General Schedule"]),
    (["estimate", "--agency", "va", "--grade", "8", "--method", "market"], 2, ["conflicts"]),
    (["estimate", "--json", "--format", "csv"], 2, ["conflicts"]),
    (["estimate", "--json", "--brief"], 2, ["conflicts"]),
    (["estimate", "--brief", "--explain"], 2, ["conflicts"]),
    (["estimate", "--format", "yaml"], 2, ["--format", "table"]),
    (["estimate", "--period", "week"], 2, ["--period", "biweekly"]),
    (["estimate", "--color", "pink"], 2, ["--color", "auto"]),
    (["estimate", "--as-of", "2026-02-30"], 2, ["--as-of", "calendar date"]),
    (["estimate", "--as-of", "0"], 2, ["YYYY-MM-DD"]),
    (["estimate", "--as-of", "23.11.2026"], 2, ["YYYY-MM-DD"]),
    (["estimate", "--as-of", "1999-01-01"], 69, ["2021-05-01"]),
    (["estimate", "--as-of", "2099-01-01"], 69, ["2026Q1"]),
    (["estimate", "--as-of", "2021-04-30", "--role", "lead"], 69, ["2021-05-01"]),
    (
        ["estimate", "--agency", "va", "--grade", "8", "--locality", "DEN", "--as-of", "2023-06-01"],
        69,
        ["DEN", "2023"],
    ),
    (["estimate", "--agency", "va", "--locality", "DNE"], 2, ["--locality", "'DNE'"]),
    (["estimate", "--location", "Springfeld"], 2, ["--location"]),
    (["estimate", "--location", "Springfield"], 2, ["--location", "Springfield, MO"]),
    (["estimate", "--location", ""], 2, ["--location", "empty"]),
    (["estimate", "--offer", "75.000,00"], 2, ["--offer"]),
    (["estimate", "--offer", "1O0000"], 2, ["--offer"]),
    (["estimate", "--offer", "-5"], 2, ["--offer"]),
    (["estimate", "--offer", "1E+99999999"], 2, ["--offer"]),
    (["estimate", "--offer", "75000.005"], 2, ["--offer"]),
    (["estimate", "extra"], 2, ["extra"]),
    (["estimate", "--", "--years", "5"], 2, ["--years"]),
    (["list"], 2, ["KIND"]),
    (["list", "cert"], 2, ["'certs'"]),
    (["list", "certs", "--state", "CO"], 2, ["--state"]),
    (["where", "Portland"], 2, ["Portland, OR", "Portland, ME"]),
    (["estimate", "--agency", "caf\udce9"], 2, ["not valid UTF-8"]),
    (["estimate", "--agency", "\x1b[2Jva"], 2, ["\\x1b[2Jva"]),
    (["\x1b[31mx"], 2, ["\\x1b[31mx"]),
]


@each(
    ("args", "code", "words"),
    WRONG,
)
def test_wrong_use(args: list[str], code: int, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The code and the sentence; nothing on stdout, no traceback, nothing raw."""
    assert run(args) == code
    out, err = capsys.readouterr()
    assert out == ""
    for word in words:
        assert word in err
    assert "Traceback" not in err
    assert "\x1b" not in err


def test_a_bad_variable_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The user did not type an option, so the variable is what is named."""
    monkeypatch.setenv("EHRPAY_AGENCY", "zzz")
    assert run(["estimate"]) == 2
    err = capsys.readouterr().err
    assert "EHRPAY_AGENCY" in err
    assert "--agency" not in err


def test_an_empty_variable_is_unset(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As everywhere else on the command line."""
    monkeypatch.setenv("EHRPAY_AGENCY", "")
    assert run(["estimate", "--format", "plain"]) == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize(
    "args", [["estimate", "--agency", "VA"], ["estimate", "--agency", "  veterans AFFAIRS "]]
)
def test_names_are_read_in_any_case(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The answer shows the id."""
    assert run([*args, "--json"]) == 0
    assert '"agency": "va"' in capsys.readouterr().out


@pytest.mark.parametrize(
    "args", [["--help"], ["-h"], ["estimate", "-h"], ["list", "--help"], ["where", "-h"]]
)
def test_help(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help goes to stdout and shows an example before the options."""
    assert run(args) == 0
    out = capsys.readouterr().out
    assert (
        out.index("ehrpay estimate --agency va")
        if args[0].startswith("-")
        else out.index("Examples:") < out.index("Options:")
    )


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Name and number."""
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("ehrpay 0.")
    assert run(["--version", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["version"].startswith("0.")
    assert len(told["rules_version"]) == 12


def test_the_version_is_told_without_the_commands() -> None:
    """A script asks for it at every start: neither typer nor a command is imported."""
    script = "import sys; from ehrpay.cli.main import run; run(['--version']); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    name, modules = ran.stdout.splitlines()
    assert name.startswith("ehrpay 0.")
    assert not {"typer", "rich", "ehrpay.cli.app", "ehrpay.api"} & set(modules.split())


def test_no_arguments_is_help_and_2(capsys: pytest.CaptureFixture[str]) -> None:
    """Someone who types only the name sees how to go on."""
    assert run([]) == 2
    assert "ehrpay estimate" in "".join(capsys.readouterr())

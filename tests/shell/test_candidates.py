"""The words that completion offers, from what is typed so far."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.each import each

from ehrpay.cli.app import COMMANDS
from ehrpay.cli.main import run
from ehrpay.cli.shell.candidates import candidates
from ehrpay.domain.profile import LEVELS

if TYPE_CHECKING:
    from ehrpay.domain.profile import Field


def offered(line: str) -> list[str]:
    """What a tab at the end of a line offers; a space there starts a new word."""
    return [
        word for word, _ in candidates([*line.split(), *([""] if line.endswith(" ") or not line else [])])
    ]


@pytest.mark.parametrize("line", ["", "help "])
def test_commands_come_first(line: str) -> None:
    assert offered(line) == list(COMMANDS)


@each(
    ("line", "words"),
    [
        ("est", ["estimate"]),
        ("rules va", ["validate"]),
        ("list a", ["agencies", "areas"]),
        ("list areas ", ["--state"]),
        ("estimate --cert rhi", ["rhit", "rhia"]),
        ("estimate --cert=rhi", ["--cert=rhit", "--cert=rhia"]),
        ("estimate --cert = rhi", ["rhit", "rhia"]),
        ("estimate -c RHI", ["rhit", "rhia"]),
        ("estimate --agency va --cert rhit --cert rhia --deg", ["--degree"]),
        ("estimate --agency va --age", []),
        ("estimate --cert rhit --cer", ["--cert"]),
        ("estimate --method ", ["auto", "market", "grade"]),
        ("estimate --method=g", ["--method=grade"]),
        ("estimate --grade 1", ["1", "10", "11", "12", "13", "14", "15"]),
        ("estimate --locality DE", ["DEN", "DET"]),
        ("estimate --json --form", ["--format"]),
        ("estimate --format j", ["json"]),
        ("estimate --location albuquerq", ["Albuquerque, NM"]),
        ("where albuquerq", ["Albuquerque, NM"]),
        ("compare --home 'albuquerq", ["Albuquerque, NM"]),
        ("whatif --agency v", ["va"]),
        ("estimate --years ", []),
        ("estimate --years=3 --location ", []),
        ("compare letter", []),
        ("nonsense est", []),
        ("estimate --nonsense=x", []),
        ("estimate -x", []),
        ("completion ", ["bash", "zsh", "fish"]),
        ("whatif --set agency=pri", ["agency=private"]),
        ("whatif --set cert+=rhi", ["cert+=rhit", "cert+=rhia"]),
        ("whatif --set cert+ = rhi", ["rhit", "rhia"]),
        ("whatif --set = degree = bach", ["bachelor"]),
        ("whatif --set=degree=bach", ["--set=degree=bachelor"]),
        ("whatif --set years=", []),
        ("whatif --set location=albuquerq", ["location=Albuquerque, NM"]),
        ("ladder --vs deg", ["degree=high-school"]),
        ("rules show agency.v", ["agency.va"]),
        ("rules show rhi", ["rhit", "rhia"]),
        ("rules show gs-locality.DE", ["gs-locality.DEN", "gs-locality.DET"]),
        ("rules sources usa", ["usaj"]),
    ],
)
def test_what_follows_is_offered(line: str, words: list[str]) -> None:
    found = offered(line)
    assert found[: len(words) or None] == words


def test_a_word_that_is_typed_in_parts_goes_on() -> None:
    assert [word for word, _ in candidates(["where", '"Albuquerque, N'])] == ["Albuquerque, NM"]
    assert [word for word, _ in candidates(["where", r"albuquerque\,\ n"])] == ["Albuquerque, NM"]


def test_a_quotation_is_not_ended_by_a_name() -> None:
    plain, quoted = ({word for word, _ in candidates(["where", f"{quote}o'fal"])} for quote in ("", "'"))
    assert "O'Fallon, MO" in plain
    assert not quoted


@pytest.mark.parametrize("field", LEVELS, ids=lambda field: field.name)
def test_every_value_has_its_name_and_is_taken(field: Field) -> None:
    found = list(candidates(["estimate", field.option, ""]))
    assert found
    assert all(help_ for _, help_ in found)
    for word, _ in found[:2]:
        assert run(["estimate", field.option, word, "--brief"]) == 0


def test_a_rule_that_is_offered_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    offered = {word for word, _ in candidates(["rules", "show", ""])}
    assert run(["rules", "show", "--json"]) == 0
    kinds = json.loads(capsys.readouterr().out)["kinds"]
    assert offered < {id_ for ids in kinds.values() for id_ in ids}
    parts = {f"certification.{part}" for part in ("none", "core", "second", "third")}
    assert {*kinds["agency"], *kinds["level"], *kinds["locality"], *kinds["source"]} - parts <= offered


def test_every_word_and_help_is_of_plain_characters() -> None:
    lines = [["estimate", "-"], ["whatif", "-"], ["compare", "-"], ["report", "--"], [""], ["rules", ""]]
    lines += [["estimate", field.option, ""] for field in LEVELS] + [["estimate", "--agency", ""]]
    lines += [["whatif", "--set", ""], ["rules", "show", ""]]
    for line in lines:
        for word, help_ in candidates(line):
            assert shlex.split(f'"{word}"') == [word]
            assert not {*'$`\\"!\t\n\x1b'} & {*word, *help_}


def test_the_answer_to_a_tab_loads_no_more_than_an_estimate() -> None:
    """So it takes no longer than a start: only a few small modules of its own come on top."""
    script = """
import sys
from ehrpay.cli.main import run
run(["estimate", "--brief"])
before = {*sys.modules}
run(["completion", "bash", "--", "estimate", "--cert", "rhi"])
print(*{*sys.modules} - before)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    _, first, _, more = ran.stdout.splitlines()
    assert first == "rhit\tRegistered Health Information Technician"
    assert {name for name in more.split() if not name.startswith("ehrpay.cli.shell")} <= {
        "ehrpay.domain.catalog"
    }

"""`ehrpay compare` as people run it: the example file, its flip by one dollar, its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.compare.offers import AS_OF, THREE
from tests.each import each
from tests.examples import swept
from tests.program import WITH_RULES

from ehrpay import compare, load_rulebook
from ehrpay.cli.main import run
from ehrpay.formats import writers
from ehrpay.formats.compare import SideBySide

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).parent / "files" / "offers.yaml"
pytestmark = pytest.mark.usefixtures("frozen_rules")

"""A process that takes the folder of its rules first."""

TEXT = FILE.read_text(encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["compare", *args, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def values(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Each offer's figures without where they come from."""
    return [
        {
            name: {key: value for key, value in figure.items() if key != "from"}
            for name, figure in one["figures"].items()
        }
        for one in record["offers"]
    ]


@pytest.mark.parametrize("way", [{}, {"years": "5"}, {"weights": "package=3,leave=1"}], ids=str)
def test_the_file_reads_as_the_terms_made_by_hand(
    capsys: pytest.CaptureFixture[str], way: dict[str, Any]
) -> None:
    book = load_rulebook(AS_OF)
    by_hand = json.loads(
        writers.write(
            SideBySide(compare(THREE, book, home="Denver", **way), book.sources), "json", writers.Screen()
        )
    )
    options = [part for name, value in way.items() for part in (f"--{name}", value)]
    record = told(capsys, str(FILE), *options)
    assert record["order"] == by_hand["order"]
    assert values(record) == values(by_hand)
    assert record["flip"] == by_hand["flip"]
    assert record["warnings"] == by_hand["warnings"]


def test_figures_name_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = TEXT.splitlines()
    offers = told(capsys, str(FILE))["offers"]
    hospital = next(one for one in offers if one["name"] == "Treasure Valley Hospital")
    for name, word in (
        ("base", "base: 66,500"),
        ("sign_on", "sign-on: 5000"),
        ("holidays", "holidays: 8 days"),
    ):
        place = hospital["figures"][name]["from"]["file"]
        assert place.startswith(str(FILE))
        assert lines[int(place.removeprefix(f"{FILE}:").partition(":")[0]) - 1].strip() == word


@pytest.mark.parametrize(
    "way", [(), ("--years", "3"), ("--sort", "package"), ("--weights", "hourly=2,percent=1")]
)
def test_one_dollar_in_the_file_turns_the_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, way: Sequence[str]
) -> None:
    before = told(capsys, str(FILE), *way)
    flip = before["flip"]
    first, second = before["order"][:2]
    old = {"Treasure Valley Hospital": "66,500", "Granite Health Plan": "34.50/h"}[flip["offer"]]
    short = flip["value"] + (1 if flip["offer"] == first else -1)
    changed = tmp_path / "changed.yaml"
    for amount, turned in ((flip["value"], True), (short, False)):
        changed.write_text(TEXT.replace(f"base: {old}", f"base: {amount}"), encoding="utf-8")
        order = told(capsys, str(changed), *way)["order"]
        assert (order.index(second) < order.index(first)) is turned


@each(
    ("args", "code", "words"),
    [
        ([], 2, ["nothing to compare"]),
        (["nowhere.yaml"], 66, ["'nowhere.yaml'", "No such file"]),
        (["."], 66, ["directory"]),
        ([str(FILE), "--sort", "pakage"], 2, ["--sort", "'package'"]),
        ([str(FILE), "--weights", "leaves=1"], 2, ["--weights", "'leave'"]),
        ([str(FILE), "--weights", "leave=1", "--sort", "base"], 2, ["conflict"]),
        ([str(FILE), "--home", "Denvre"], 2, ["--home", "Denver"]),
        ([str(FILE), "--home", "PR"], 2, ["--home", "price parity"]),
        ([str(FILE), "--years", "41"], 2, ["--years", "1 to 40"]),
        ([str(FILE), "--years", "2.5"], 2, ["--years", "whole number"]),
        ([str(FILE), "--horizon", "41"], 2, ["--horizon", "1 to 40"]),
        ([str(FILE), "--horizon", "3", "--years", "3"], 2, ["--years", "another name of --horizon"]),
        ([str(FILE), "--experience", "99"], 2, ["--experience", "0 to 60"]),
        ([str(FILE), "--cert", "rhti"], 2, ["--cert", "'rhit'"]),
        ([str(FILE), "--as-of", "2023-06-01"], 69, ["offers.yaml:", "2023"]),
    ],
)
def test_errors(capsys: pytest.CaptureFixture[str], args: list[str], code: int, words: list[str]) -> None:
    assert run(["compare", *args]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    for word in words:
        assert word in err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("location: Boise, ID", "location: Boisse, ID", ["Boisse", "Boise"]),
        ("certs: [rhit]", "certs: [rhti]", ["'rhti'", "'rhit'"]),
        ("agency: va", "agency: vaa", ["'vaa'", "'va'"]),
        ("setting: payer", "setting: payerr", ["'payerr'", "'payer'"]),
        ("home: Denver", "home: Denvre", ["Denvre", "Denver"]),
        ("degree: associate", "degree: asociate", ["'asociate'", "'associate'"]),
    ],
    ids=["place", "cert", "agency", "setting", "home", "degree"],
)
def test_what_the_file_says_wrongly_names_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, old: str, new: str, words: list[str]
) -> None:
    assert TEXT.count(old) == 1
    file = tmp_path / "wrong.yaml"
    file.write_text(TEXT.replace(old, new), encoding="utf-8")
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert run(["compare", str(file)]) == 65
    err = capsys.readouterr().err
    assert f"wrong.yaml:{line}:" in err
    for word in (old.partition(":")[0], *words):
        assert word in err


def test_offers_may_be_read_text(capsys: pytest.CaptureFixture[str]) -> None:
    record = told(capsys, "--offer", "VA GS-9/1 Denver", "--offer", "VA GS-8/4 Denver", "--role", "coder")
    assert record["offers"][0]["figures"]["base"]["value"] == 68_819
    assert record["flip"]["field"] == "bonus"
    assert run(["compare", "--offer", "VA GS-99/1 Denver"]) == 2
    assert run(["compare", "--offer", "VA GS-9/1 Denvre"]) == 2


def test_the_years_to_total_are_the_horizon(capsys: pytest.CaptureFixture[str]) -> None:
    """`--years` says the same, and is told apart from experience where nothing says that."""
    named, typed = (told(capsys, str(FILE), option, "3") for option in ("--horizon", "--years"))
    assert named == typed
    assert named != told(capsys, str(FILE))
    words = ("--offer", "VA GS-9/1 Denver", "--offer", "Mercy 66,500 Boise", "--role", "coder")
    meant = "ehrpay: warning: --years 5 is the years to total (--horizon says the same); experience is not specified"
    for more, warned in (
        (("--years", "5"), True),
        (("--years", "5", "-q"), False),
        (("--years", "5", "--experience", "5"), False),
        (("--horizon", "5"), False),
        ((), False),
    ):
        assert run(["compare", *words, *more]) == 0
        assert (meant in capsys.readouterr().err) is warned
    assert run(["compare", str(FILE), "--years", "5"]) == 0
    assert capsys.readouterr().err == ""


def test_options_are_defaults_for_every_offer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bare = tmp_path / "bare.yaml"
    bare.write_text("offers:\n  - {name: A, base: 60000}\n  - {name: B, base: 61000}\n", encoding="utf-8")
    plain = told(capsys, str(bare))
    more = told(capsys, str(bare), "--experience", "20", "--cert", "rhia", "--role", "auditor")
    for before, after in zip(plain["offers"], more["offers"], strict=True):
        assert "RHIA" in after["market"]["headline"]
        assert after["figures"]["market_mid"]["value"] > before["figures"]["market_mid"]["value"]


@pytest.mark.parametrize("columns", swept([80, 60, 120]))
def test_a_process_at_common_widths(columns: int, frozen_rules: Path) -> None:
    """A real process reads the offers from its standard input."""
    env = {**os.environ, "COLUMNS": str(columns), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", WITH_RULES, str(frozen_rules), "compare", "-", "--format", "table"],
        input=TEXT, env=env, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    golden = Path(__file__).parent / "snapshots" / f"three-{columns}.txt"
    assert done.stdout == golden.read_text(encoding="utf-8")


def test_all_mistakes_of_a_file_are_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of the file itself, of its amounts, and of names that the rules and the gazetteer don't know."""
    wrong = tmp_path / "wrong.yaml"
    text = TEXT.replace("home: Denver", "home: Denvre").replace("rhit", "rhti").replace("Boise, ID", "Boisse")
    text = (
        text.replace("payer", "payerr")
        .replace("premium: 8800", "premium: lots")
        .replace("years: 5", "years: 99")
    )
    wrong.write_text(text.replace("sign-on", "sing-on"), encoding="utf-8")
    assert run(["compare", str(wrong)]) == 65
    first, *lines = capsys.readouterr().err.splitlines()
    assert first.endswith("wrong.yaml has 7 problems:")
    keys = [line.partition("wrong.yaml:")[2].split(" ")[1] for line in lines]
    assert keys == ["home:", "years:", "certs:", "location:", "unknown", "premium:", "setting:"]


def test_an_offer_without_pay_is_a_mistake_of_its_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("employer,base,location\nA,,Boise\nB,61000,Boisse\n", encoding="utf-8")
    assert run(["compare", str(wrong)]) == 65
    err = capsys.readouterr().err
    assert "wrong.csv:2: base: no base or grade" in err
    assert "wrong.csv:3: location: unknown place 'Boisse'" in err


def test_a_bare_zip_is_asked_about_and_not_taken_for_pay(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "--offer", "Optum 43215"]) == 2
    assert (
        "43215 may be pay or a ZIP; write $43,215, or the pay and then 'in 43215'" in capsys.readouterr().err
    )
    for text in ("Optum $43,215", "Optum 43215 Columbus, OH", "Optum 61k in 43215"):
        assert run(["compare", "--offer", text]) == 0

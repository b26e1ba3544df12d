"""`ehrpay rules sources`: every citation with what rests on it; a number without one is an error."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.examples import swept
from tests.freeze_rules import FROZEN
from tests.rules.editing import change
from tests.schemas import contract

from ehrpay import shipped
from ehrpay.cli.main import run
from ehrpay.errors import RulesError
from ehrpay.formats import writers
from ehrpay.formats.review import SourceList, document
from ehrpay.rules.folder import File, Layer, files
from ehrpay.rules.show.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.review.story import Bibliography

    Golden = Callable[[str, str], None]

ROOT = Path(__file__).parents[2]
SOURCES = File("sources.yaml", b"sources: [{id: usaj, title: Announcements}]\n")
SMALL = {
    file.path: file.data
    for file in files(ROOT / "rules")
    if len(file.data) < 40_000 and file.path != "sources.yaml"
}
SCHEMA = contract("rules-sources")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules to break."""
    copy = tmp_path / "rules"
    shutil.copytree(shipped.folder(), copy, ignore=shutil.ignore_patterns("places", "tests"))
    return copy


def bibliography(folder: Path) -> Bibliography:
    return Shelf([Layer("mine", files(folder))]).bibliography()


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["rules", "sources", *args]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def record(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told(capsys, *args, "--json"))
    SCHEMA.validate(found)
    return found


def test_every_shipped_number_has_a_source_and_every_source_a_number(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = record(capsys)
    assert found["uncited"] == found["unknown"] == []
    assert [source["id"] for source in found["sources"] if not source["count"]] == []
    assert len(found["sources"]) > 100
    by_id = {source["id"]: source for source in found["sources"]}
    assert "gs-base" in {use["rule"] for use in by_id["opm-gs-2026"]["used_by"]}
    assert {use["rule"] for use in by_id["bea-rpp-2024"]["used_by"]} == {"places"}


def test_each_reference_stands_where_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    for source in record(capsys)["sources"]:
        for use in source["used_by"]:
            file, _, line = use["where"].rpartition(":")
            lines = (ROOT / file).read_text("utf-8").splitlines()
            # A folded text begins a line or more above the id it names.
            assert source["id"] in " ".join(lines[int(line) - 1 : int(line) + 12]), use


@pytest.mark.parametrize(
    ("file", "old", "rule", "key", "number"),
    [
        ("agencies/va.yaml", "    sources: [article-2023]\n", "agency.va.band", "min", "42000"),
        (
            "adjustments/degree.yaml",
            "        sources: [aapc22d, aapc12]\n",
            "degree.high-school",
            "factor",
            "0.98",
        ),
        (
            "spread.yaml",
            "    sources: [bls-sector, hcpro14, aapc11s, synthesis]\n",
            "spread",
            "experience",
            "0.93",
        ),
        ("federal/gs-rules.yaml", ", sources: [cfr-531-607]", "hourly-divisor", "hours", "2087"),
    ],
)
def test_a_number_without_a_source_is_named_with_its_line(
    file: str, old: str, rule: str, key: str, number: str, rules: Path
) -> None:
    line = change(rules / file, old, "\n" if old.endswith("\n") else "")
    found = bibliography(rules)
    first = found.uncited[0]
    assert (first.rule, first.key, first.number) == (rule, key, number)
    assert first.where.startswith(f"mine/{file}:")
    assert abs(int(first.where.rpartition(":")[2]) - line) < 8
    assert f"{key} {number} of {rule} has no source" in next(document.problems(found))
    SCHEMA.validate(SourceList(found, "").record())


def test_an_index_reading_counts_though_it_is_text(rules: Path) -> None:
    change(rules / "ageing.yaml", "sources: [eci-ciu202], ", "")
    [first] = bibliography(rules).uncited
    assert (first.rule, first.key, first.number) == ("ageing", "value", "134.7")


def test_a_citation_that_is_not_listed_is_an_error(rules: Path) -> None:
    line = change(rules / "agencies/va.yaml", "[article-2023]", "[article-2032]")
    found = bibliography(rules)
    [unknown] = found.unknown
    assert unknown.where == f"mine/agencies/va.yaml:{line}"
    assert [*document.problems(found)] == [
        f"mine/agencies/va.yaml:{line}: agency.va.band cites 'article-2032', which sources.yaml does not list"
    ]


def test_a_missing_source_of_an_overlay_ends_with_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "init", str(tmp_path / "mine")]) == 0
    line = change(tmp_path / "mine/agencies/example-health.yaml", "    sources: [example-figures]\n", "")
    capsys.readouterr()
    assert run(["rules", "sources", "--rules", str(tmp_path / "mine"), "--format", "plain"]) == 1
    problems = [text for text in capsys.readouterr().out.splitlines() if text.startswith("problem")]
    assert len(problems) == 2
    assert (
        f"mine/agencies/example-health.yaml:{line - 4}: min 45000 of agency.example-health.band"
        in problems[0]
    )
    assert run(["rules", "sources", "--rules", str(tmp_path / "mine"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["rules_version"] is None


def drawn(found: Bibliography, width: int, *, unicode: bool = True) -> str:
    return writers.write(SourceList(found, ""), "table", writers.Screen(width, unicode))


def test_unused_ones_are_listed(golden: Golden) -> None:
    found = bibliography(FROZEN)
    unused = tuple(source for source in found.sources if not source.uses)
    # Without the page on the gazetteer, its sources have nothing on them.
    assert "bea-rpp-2024" in {source.id for source in unused}
    text = drawn(found._replace(sources=unused), 80)
    golden("sources-unused-80.txt", text)


def test_the_table_fits(rules: Path) -> None:
    found = bibliography(rules)
    for width in swept([80, 40, 60, 120]):
        text = drawn(found, width, unicode=False)
        assert text.isascii()
        assert max(map(len, text.splitlines())) <= width


def test_plain_has_a_line_for_each_reference(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split("\t") for line in told(capsys, "--format", "plain").splitlines()]
    counts = {line[1]: int(line[2]) for line in lines if line[0] == "source"}
    assert all(sum(line[:2] == ["rule", id_] for line in lines) == count for id_, count in counts.items())
    assert told(capsys, "--unused", "--format", "plain") == ""


def test_one_source_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(told(capsys, "usaj", "--json"))
    assert found["id"] == "source.usaj"
    assert len(found["used_by"]) > 20


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["usaaj"], 2, "source.usaj"),
        (["usaj", "--unused"], 2, "conflicts"),
        (["--rules", "nowhere"], 78, "'nowhere' is not a rules folder"),
    ],
)
def test_wrong_use(args: list[str], code: int, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "sources", *args]) == code
    assert word in capsys.readouterr().err


ODD: tuple[Any, ...] = (None, True, 5, "x", [], {}, [5], [[]], {"x": 1}, [{"x": 1}], ["x"], "a: [b")
"""Values that no place of a rule file expects."""


def mutated(value: Any, random: Random) -> Any:
    """The data with one value, picked by chance on the way down, replaced by an odd one."""
    if not isinstance(value, (dict, list)) or not value or random.random() < 0.2:
        return random.choice(ODD)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = random.choice(keys)
    copy = value.copy()
    copy[key] = mutated(value[key], random)
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(SMALL))
def test_files_of_any_shape_have_a_bibliography(file: str) -> None:
    random, data = Random(file), yaml.safe_load(SMALL[file])
    for _ in range(60):
        text = json.dumps(mutated(data, random), indent=1, default=str)
        try:
            found = Shelf([Layer("mine", [File(file, f"{text}\n".encode()), SOURCES])]).bibliography()
        except RulesError as error:
            assert not isinstance(json.loads(text), dict), error  # noqa: PT017 - most files are read
        else:
            assert writers.write(SourceList(found, ""), "plain", writers.Screen())

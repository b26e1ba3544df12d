"""`ehrpay rules init`: what it writes loads, passes its own cases and moves an estimate; nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.cli.main import run
from ehrpay.rules.overlay.starter import SCHEMAS
from ehrpay.rules.shape.kinds import kind_of
from ehrpay.strict.source import read_yaml

AS_OF = "2026-11-23"
CODER = Profile(years=5, certs=("rhit",))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A fresh overlay, in a folder whose parents did not exist."""
    folder = tmp_path / "new" / "my-rules"
    assert run(["rules", "init", str(folder)]) == 0
    return folder


def test_no_file_of_it_stands_where_an_installed_copy_has_the_shipped_rules() -> None:
    """The wheel puts the shipped rules into the package's folder of the same name, beside its modules."""
    import ehrpay.rules

    assert not list(Path(ehrpay.rules.__path__[0]).rglob("*.yaml"))


def test_it_says_what_it_wrote_and_what_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "init", "my-rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "my-rules/overlay.yaml" in lines
    assert lines[-1].startswith("Its figures are examples. Next: 'ehrpay rules test my-rules'")
    assert all(Path(line).is_file() for line in lines[:6])


def test_it_loads_and_moves_an_estimate(mine: Path) -> None:
    before = estimate(CODER, load_rulebook(AS_OF))
    book = load_rulebook(AS_OF, overlays=[mine])
    after = estimate(CODER, book)
    assert after.mid > before.mid
    [step] = [step for step in after.steps if step.id == "certification"]
    assert step.factor == 10_500
    assert f"{mine.as_posix()}/adjustments/certification.yaml:" in step.story.where
    assert "example-figures" in book.sources
    assert (
        estimate(CODER, load_rulebook("2025-06-01", overlays=[mine])).mid
        == estimate(CODER, load_rulebook("2025-06-01")).mid
    )


def test_its_employer_is_known_and_its_band_is_kept(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    args = ["--agency", "example hospital", "--role", "coder", "--years", "25", "--json"]
    assert run(["estimate", "--rules", str(mine), *args]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["band"]["min"], found["band"]["max"]) == (45000, 72000)
    assert found["percentiles"]["p90"] == 72000
    assert found["band"]["basis"] == "assumption"


def test_its_cases_pass_by_path_and_in_use(
    mine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["rules", "test", str(mine), "--format", "plain"]) == 0
    assert capsys.readouterr().out == "3 cases: all passed\n"
    monkeypatch.setenv("EHRPAY_RULES", str(mine))
    assert run(["rules", "test", "--json"]) == 0
    names = [result["name"] for result in json.loads(capsys.readouterr().out)["results"]]
    assert "RHIT is worth five percent to us" in names
    assert len(names) > 60


def test_show_says_which_file_a_number_came_from(mine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["rules", "show", "rhit", "--rules", str(mine), "--json"]) == 0
    old, new = json.loads(capsys.readouterr().out)["values"]
    assert (old["in_force"], new["in_force"]) == (False, True)
    assert old["where"].startswith("rules/adjustments/certification.yaml:")
    assert new["where"].startswith(f"{mine.as_posix()}/adjustments/certification.yaml:")


def test_every_file_is_commented_strict_and_obeys_the_schema_it_names(mine: Path) -> None:
    files = sorted(path for path in mine.rglob("*.yaml"))
    assert len(files) == 5
    for path in files:
        text = path.read_text("utf-8")
        first, second, *_ = text.splitlines()
        assert second.startswith("# ")
        named = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
        assert named.parent == mine.resolve() / SCHEMAS
        assert read_yaml(path, path.name).problems == []
        plain = json.loads(json.dumps(yaml.safe_load(text), default=str))
        jsonschema.validate(plain, json.loads(named.read_text("utf-8")), cls=jsonschema.Draft202012Validator)
    whole = [path for path in files if path.name in ("overlay.yaml", "sources.yaml", "example-health.yaml")]
    for path in whole:
        kind = kind_of(path.relative_to(mine).as_posix())
        assert kind is not None
        kind.model.model_validate(read_yaml(path, path.name).data)


def test_every_figure_is_marked_as_made_up(mine: Path) -> None:
    for name in ("adjustments/certification.yaml", "agencies/example-health.yaml"):
        text = (mine / name).read_text("utf-8")
        assert "basis: assumption" in text
        assert "An example." in text
        assert "basis: official" not in text.replace("# official", "")


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert run(["rules", "init", str(tmp_path)]) == 0
    assert (tmp_path / "overlay.yaml").is_file()


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_a_folder_that_holds_anything_is_left_alone(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    assert run(["rules", "init", str(tmp_path)]) == 73
    assert "isn't empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("folder", "code", "words"),
    [
        ("", 2, "DIR is empty"),
        ("/dev/null", 73, "cannot create '/dev/null'"),
        ("/dev/null/x", 73, "Not a directory"),
    ],
)
def test_what_cannot_be_made(folder: str, code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "init", folder]) == code
    assert words in capsys.readouterr().err

"""Loading a whole folder of rules: what ships is clean, what is broken is named with file and line, the cache."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from tests.rules.editing import change
from tests.rules.parts import parts

from ehrpay import Profile, estimate, load_rulebook, shipped
from ehrpay.errors import RulesError
from ehrpay.rules import cache, folder

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = shipped.folder()


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules to break, and a cache of its own."""
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "rules"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("places", "tests"))
    return copy


BREAKS = [
    ("adjustments/degree.yaml", "factor: 1.05", "factr: 1.05", "E201", "did you mean 'factor'?"),
    ("adjustments/degree.yaml", "factor: 1.05", "factor: yes", "E110", "yes"),
    ("adjustments/degree.yaml", "factor: 1.05", "factor: 1.05123", "E203", "4 decimal places"),
    ("adjustments/degree.yaml", "factor: 1.05", "factor: 0.07", "E203", "at least 0.1"),
    ("adjustments/degree.yaml", "factor: 1.05", "factor: 1.99", "E203", "above high"),
    ("adjustments/degree.yaml", "basis: assumption", "basis: gossip", "E203", "'official'"),
    (
        "adjustments/degree.yaml",
        "effective: 2021-05-01",
        "effective: 2021-02-30",
        "E203",
        "not a calendar date",
    ),
    ("adjustments/degree.yaml", "id: bachelor", "id: associate", "E304", "appears twice"),
    (
        "adjustments/experience.yaml",
        "[5, 0.949, 0.91, 0.98]",
        "[5, 0.90, 0.87, 0.98]",
        "E203",
        "more years must never pay less",
    ),
    (
        "adjustments/responsibility.yaml",
        'occupation: "29-9021"',
        'occupation: "29-9022"',
        "E303",
        "did you mean '29-9021'?",
    ),
    ("adjustments/certification.yaml", "same_as: [rhia]", "same_as: [rhiaa]", "E303", "did you mean 'rhia'?"),
    (
        "agencies/va.yaml",
        "sources: [article-2023]",
        "sources: [article-2032]",
        "E303",
        "did you mean 'article-2023'?",
    ),
    ("agencies/va.yaml", "min: 42000", "min: 142000", "E203", "not below max"),
    ("agencies/va.yaml", 'series: "0675"', "series: 0675", "E111", "0675"),
    ("occupations.yaml", "p25: 36930", "p25: 16930", "E306", "p25 16930 is below p10 29430"),
    ("plan.yaml", "- ageing", "- aging", "E303", "did you mean 'ageing'?"),
    ("federal/gs-base.yaml", "[1, 19738, 20400,", "[1, 19738, -20400,", "E203", "at least 1"),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "words"), BREAKS)
def test_a_broken_rule_is_named_with_file_line_and_hint(
    rules: Path, file: str, old: str, new: str, code: str, words: str
) -> None:
    """RulesError carries the code, the place and what helps; exit code 78."""
    line = change(rules / file, old, new)
    with pytest.raises(RulesError) as caught:
        load_rulebook("2026-11-23", rules)
    message = str(caught.value)
    assert code in message
    assert words in message
    assert f"{file}:" in message
    if code != "E306" and "more years" not in words:
        named = [
            int(part.split(":")[1])
            for part in message.split("rules/")[1:]
            if part.count(":") > 1 and part.startswith(file)
        ]
        assert any(abs(found - line) <= 4 for found in named), message
    assert caught.value.code == 78


def test_all_mistakes_come_out_at_once(rules: Path) -> None:
    """Three files with a mistake each: three problems, not the first."""
    change(rules / "adjustments/degree.yaml", "factor: 1.05", "factr: 1.05")
    change(rules / "agencies/va.yaml", "min: 42000", "min: 142000")
    change(rules / "ageing.yaml", "months: 18", "months: 180")
    with pytest.raises(RulesError) as caught:
        load_rulebook("2026-11-23", rules)
    for name in ("degree.yaml", "va.yaml", "ageing.yaml"):
        assert name in str(caught.value)


def test_a_missing_file_and_a_missing_folder(rules: Path, tmp_path: Path) -> None:
    """Both are errors of rules, not tracebacks."""
    (rules / "ageing.yaml").unlink()
    with pytest.raises(RulesError, match=r"ageing\.yaml"):
        load_rulebook("2026-11-23", rules)
    with pytest.raises(RulesError, match="not a rules folder"):
        load_rulebook("2026-11-23", tmp_path / "nope")


def test_broken_area_tables_are_named_when_asked_for(rules: Path) -> None:
    """Area tables are judged when a place is asked about."""
    change(rules / "areas/states.yaml", '["AK", "29-2072", ', '["AX", "29-2072", ')
    book = load_rulebook("2026-11-23", rules)
    assert estimate(Profile(years=5), book).mid > 0
    with pytest.raises(RulesError, match=r"states\.yaml:\d+.*E307.*'AX'"):
        book.rules.areas  # noqa: B018 - reading them judges them


def test_the_cache_answers_and_notices_a_change(rules: Path, tmp_path: Path) -> None:
    """A second load comes from the cache; any edit, even of the same length, is seen."""
    first = load_rulebook("2026-11-23", rules)
    kept = list((tmp_path / "cache").glob("core-*.json"))
    assert len(kept) == 1
    again = load_rulebook("2026-11-23", rules)
    assert parts(again) == parts(first)
    change(rules / "adjustments/degree.yaml", "factor: 1.05", "factor: 1.08")
    changed = load_rulebook("2026-11-23", rules)
    assert changed.version != first.version
    assert estimate(Profile(degree="bachelor"), changed).mid > estimate(Profile(degree="bachelor"), first).mid


def test_a_damaged_cache_is_ignored(rules: Path, tmp_path: Path) -> None:
    """Whatever stands in the cache file, the answer is the rules'."""
    wanted = parts(load_rulebook("2026-11-23", rules))
    kept = next((tmp_path / "cache").glob("core-*.json"))
    for damage in (b"", b"[]\n{}", b"\xff\xfe", b'[1]\n{"version": 1}'):
        kept.write_bytes(damage)
        assert parts(load_rulebook("2026-11-23", rules)) == wanted
    text = kept.read_text("utf-8")
    kept.write_text(text.replace("46660", "56660"), "utf-8")
    assert parts(load_rulebook("2026-11-23", rules)) == wanted


def test_an_unwritable_cache_is_ignored(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that can't be made costs time, not the answer."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "file" / "below"))
    assert load_rulebook("2026-11-23", rules).version
    monkeypatch.delenv("EHRPAY_CACHE")
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert cache.home() is None
    assert load_rulebook("2026-11-23", rules).version


def test_every_shipped_source_is_used() -> None:
    """A citation nothing rests on is a leftover, but for those that notes name in brackets."""
    book = load_rulebook("2026-11-23")
    text = "".join(file.data.decode() for file in folder.files(SHIPPED) if file.path != "sources.yaml")
    text += (SHIPPED / "places" / "README.md").read_text("utf-8")
    assert [id_ for id_ in book.sources if id_ not in text] == []

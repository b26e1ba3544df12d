"""Folders of rules: what is read, what is refused, who named it, and that a change is always noticed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.overlay.folders import COUNTY, HEAD, on_disk, rhit
from tests.rules.parts import parts

from ehrpay import Profile, estimate, load_rulebook, shipped
from ehrpay.errors import RulesError
from ehrpay.rules import folder
from ehrpay.rules.folder import Named

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-23"
PERSON = Profile(years=5, certs=("rhit",))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own."""
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of its own; where its overlay would lie."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("EHRPAY_RULES", raising=False)
    return tmp_path / "config" / "ehrpay" / "rules"


def refusal(*overlays: str | Path) -> str:
    with pytest.raises(RulesError) as caught:
        load_rulebook(DAY, overlays=overlays)
    assert caught.value.code == 78
    return str(caught.value)


def test_an_overlay_answers_as_an_edited_copy_of_the_rules_does(tmp_path: Path) -> None:
    """The same percentiles, to the dollar."""
    copy = tmp_path / "copy"
    shutil.copytree(shipped.folder(), copy, ignore=shutil.ignore_patterns("places", "tests"))
    file = copy / "adjustments/degree.yaml"
    text = file.read_text("utf-8")
    assert text.count("factor: 1.05\n") == 1
    file.write_text(text.replace("factor: 1.05\n", "factor: 1.11\n"), "utf-8")
    start = text.index("      - effective", text.index("id: bachelor"))
    value = text[start : text.index("\n\n", start)].replace("factor: 1.05", "factor: 1.11")
    mine = on_disk(
        tmp_path / "mine",
        {"adjustments/degree.yaml": f"levels:\n  - id: bachelor\n    values:\n{value}\n"},
    )
    person = PERSON._replace(degree="bachelor", location="Denver, CO")
    edited, laid, plain = (
        estimate(person, book)
        for book in (
            load_rulebook(DAY, rules=copy),
            load_rulebook(DAY, overlays=[mine]),
            load_rulebook(DAY),
        )
    )
    assert laid.percentiles == edited.percentiles
    assert laid.percentiles != plain.percentiles
    assert [step.change_cents for step in laid.steps] == [step.change_cents for step in edited.steps]
    assert len({laid.rules_version, edited.rules_version, plain.rules_version}) == 3


def test_a_step_and_the_estimate_say_which_overlay_acted(tmp_path: Path) -> None:
    mine = on_disk(tmp_path / "mine", rhit("1.05"))
    answer = estimate(PERSON, load_rulebook(DAY, overlays=[mine]))
    (step,) = (step for step in answer.steps if step.id == "certification")
    assert step.story.where == f"{mine}/adjustments/certification.yaml:1"
    assert [tuple(overlay) for overlay in answer.overlays] == [(*HEAD.values(), str(mine))]
    assert estimate(PERSON, load_rulebook(DAY)).overlays == ()


def test_the_last_overlay_acts(tmp_path: Path) -> None:
    low, high = (on_disk(tmp_path / factor, rhit(factor)) for factor in ("1.00", "1.09"))
    first, last = (
        estimate(PERSON, load_rulebook(DAY, overlays=order)) for order in ([low, high], [high, low])
    )
    assert first.mid > last.mid
    (said,) = (text for text in first.warnings if text.startswith("overlays differ"))
    assert f"1.09 ({high}/adjustments/certification.yaml:1) is used" in said
    assert f"not 1.00 ({low}/adjustments/certification.yaml:1)" in said


def test_differences_in_wages_are_told_whether_a_place_is_asked_or_not(tmp_path: Path) -> None:
    columns = "[area, occupation, employment, p10, p25, p50, p75, p90]"
    text = (
        "tables:\n  - effective: 2025-05-01\n    sources: [synthesis]\n    basis: assumption\n"
        f"    columns: {columns}\n    rows:\n      - [CO, '29-2072', 9, 40000, 50000, MID, 70000, 80000]\n"
    )
    one, two = (
        on_disk(tmp_path / mid, {"areas/states.yaml": text.replace("MID", mid)}) for mid in ("60000", "61000")
    )
    book = load_rulebook(DAY, overlays=[one, two])
    assert [text for text in estimate(PERSON, book).warnings if "state CO" in text] == list(
        book.rules.conflicts
    )
    assert f"{two}/areas/states.yaml:7 is used" in book.rules.conflicts[0]
    there = estimate(PERSON._replace(location="CO"), book)
    assert next(s for s in there.steps if s.id == "area").story.where == f"{two}/areas/states.yaml:7"
    assert load_rulebook(DAY, overlays=[one, one]).rules.conflicts == ()


def test_every_change_of_an_overlay_is_noticed(tmp_path: Path, cache: Path) -> None:
    """Kept apart from the shipped rules, by content and by name."""
    mine = on_disk(tmp_path / "mine", rhit("1.05"))
    first = load_rulebook(DAY, overlays=[mine])
    assert parts(load_rulebook(DAY, overlays=[mine])) == parts(first)
    assert len(list(cache.glob("core-*.json"))) == 1
    on_disk(mine, rhit("1.06"))
    second = load_rulebook(DAY, overlays=[mine])
    assert estimate(PERSON, second).mid > estimate(PERSON, first).mid
    on_disk(mine, {}, HEAD | {"title": "Another title of another length"})
    assert load_rulebook(DAY, overlays=[mine]).rules.overlays[0].title.startswith("Another")
    on_disk(mine, {"agencies/county.yaml": COUNTY})
    assert "county" in load_rulebook(DAY, overlays=[mine]).rules.agencies
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(mine, elsewhere)
    told = load_rulebook(DAY, overlays=[elsewhere])
    assert told.rules.agencies["county"].where.startswith(f"{elsewhere}/")
    assert told.version == load_rulebook(DAY, overlays=[mine]).version
    assert load_rulebook(DAY).version != told.version


def test_an_overlay_is_only_read(tmp_path: Path, cache: Path) -> None:
    """Neither a folder nor a cache that can't be written stops it, and nothing is left in it."""
    mine = on_disk(tmp_path / "mine", rhit("1.05"))
    before = sorted(path.relative_to(mine) for path in mine.rglob("*"))
    cache.write_text("no folder")
    for path in (mine, *mine.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert load_rulebook(DAY, overlays=[mine]).rules.overlays
    assert sorted(path.relative_to(mine) for path in mine.rglob("*")) == before


HEADS: list[tuple[dict[str, Any] | None, str]] = [
    (None, "mine/overlay.yaml:1:1: E305"),
    ({"title": "T", "author": "A"}, "mine/overlay.yaml:1:1: E202 key 'reference' is missing"),
    (
        HEAD | {"refrence": "x"},
        "mine/overlay.yaml:4:1: E201 unknown key 'refrence' (did you mean 'reference'?)",
    ),
    (HEAD | {"title": ""}, "mine/overlay.yaml:1:8: E203"),
    (HEAD | {"author": 3}, "mine/overlay.yaml:2:9: E203"),
]


@pytest.mark.parametrize(("head", "words"), HEADS)
def test_the_head_is_strict(tmp_path: Path, head: dict[str, Any] | None, words: str) -> None:
    assert words in refusal(on_disk(tmp_path / "mine", {}, head))


BROKEN = [
    ("adjustments/degree.yaml", "levels:\n  - id: bachelor\n    id: x\n", "degree.yaml:3:5: E101"),
    ("adjustments/degree.yaml", "levels: [*a]\n", "degree.yaml:1:10: E120"),
    ("adjustments/degree.yaml", "title: NO\n", "degree.yaml:1:8: E110"),
    ("adjustments/degree.yaml", "- a\n", "degree.yaml:1:1: E107"),
    ("adjustments/degree.yaml", "levels: 3\n", "degree.yaml:1:9: E203"),
    ("adjustments/degree.yaml", "levels: [[], 3, {id: [1]}]\n", "degree.yaml:1:"),
    ("adjustments/degree.yaml", "", "degree.yaml:1:1: E106"),
    ("sources.yaml", "sources: [synthesis]\n", "sources.yaml:1:11: E203"),
    ("federal/gs-rules.yaml", "caps:\n  - {effective: 2026-01-01, cap: 5}\n", "gs-rules.yaml:2:"),
]


@pytest.mark.parametrize(("file", "text", "words"), BROKEN)
def test_a_broken_overlay_is_named_with_file_line_and_column(
    tmp_path: Path, file: str, text: str, words: str
) -> None:
    told = refusal(on_disk(tmp_path / "mine", {file: text}))
    assert f"mine/{file.rpartition('/')[0]}".rstrip("/") + "/" + words in told
    assert "\n  rules/" not in told


def test_a_problem_of_a_broken_overlay_is_listed_beside_those_of_the_other(tmp_path: Path) -> None:
    one = on_disk(tmp_path / "one", {"agencies/va.yaml": "agency: NO\n"})
    two = on_disk(tmp_path / "two", {"agencies/va.yaml": "notes: [a\n", "plan.yaml": "market: []\n"})
    told = refusal(one, two)
    for words in ("one/agencies/va.yaml:1:9: E110", "two/agencies/va.yaml:", "two/plan.yaml:1:9: E203"):
        assert words in told


def test_a_link_may_not_leave_the_folder(tmp_path: Path) -> None:
    """Neither a file nor a directory, wherever the path says it goes; a link inside is fine."""
    outside = on_disk(tmp_path / "outside", rhit("1.05"))
    secret = outside / "adjustments/certification.yaml"
    for name, target in (("adjustments", outside / "adjustments"), ("plan.yaml", secret), ("x", tmp_path)):
        mine = on_disk(tmp_path / f"mine-{name}", {})
        (mine / name).symlink_to(target)
        told = refusal(mine)
        assert f"{mine.name}/{name}' leads out of the rules folder" in told
        assert "1.05" not in told
        with pytest.raises(RulesError, match="leads out of the rules folder"):
            load_rulebook(DAY, rules=mine)
    mine = on_disk(tmp_path / "mine", rhit("1.05"))
    (mine / "adjustments/certification.yaml").rename(mine / "real.txt")
    (mine / "adjustments/certification.yaml").symlink_to("../real.txt")
    assert load_rulebook(DAY, overlays=[mine]).rules.overlays
    (tmp_path / "link").symlink_to(mine)
    assert load_rulebook(DAY, overlays=[tmp_path / "link"]).rules.overlays[0].path == str(tmp_path / "link")


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A pipe would never end, a loop of links neither."""
    mine = on_disk(tmp_path / "mine", {})
    os.mkfifo(mine / "plan.yaml")
    assert "is not a regular file" in refusal(mine)
    loop = on_disk(tmp_path / "loop", {})
    (loop / "adjustments").symlink_to(".")
    assert "nested too deeply" in refusal(loop)
    broken = on_disk(tmp_path / "broken", {})
    (broken / "plan.yaml").symlink_to("nothing.yaml")
    assert "is a broken link" in refusal(broken)
    circle = on_disk(tmp_path / "circle", {})
    (circle / "plan.yaml").symlink_to("plan.yaml")
    assert "plan.yaml" in refusal(circle)
    many = on_disk(tmp_path / "many", {f"agencies/a{i}.yaml": "a: 1\n" for i in range(folder.MOST_FILES + 1)})
    assert "more than 300 rule files" in refusal(many)
    large = on_disk(tmp_path / "large", {"plan.yaml": "#" * 1_500_000})
    assert "E133" in refusal(large)


@pytest.mark.parametrize("name", ["agencies/county.yml", "ageing.YAML", "overlay.yml"])
def test_a_file_that_only_looks_like_a_rule_file_is_refused(tmp_path: Path, name: str) -> None:
    """Passed over, its rules would be missing without a word."""
    mine = on_disk(tmp_path / "mine", {name: "agency: county\n"})
    assert f"mine/{name}:1:1: E204" in refusal(mine)


def test_hidden_files_cases_and_places_are_not_read(tmp_path: Path) -> None:
    mine = on_disk(
        tmp_path / "mine",
        dict.fromkeys(
            (".git/a.yaml", ".plan.yaml", "tests/x.yaml", "places/x.yaml", "notes.txt"), "- - NO\n"
        ),
    )
    (mine / ".#plan.yaml").symlink_to("user@host.1234")
    assert load_rulebook(DAY, overlays=[mine]).rules.overlays


def test_an_overlay_called_rules_is_not_taken_for_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    on_disk(tmp_path / "rules", {"agencies/county.yaml": COUNTY})
    book = load_rulebook(DAY, overlays=["rules"])
    assert book.rules.agencies["county"].where == "./rules/agencies/county.yaml:1"


def test_who_names_overlays_and_in_which_order(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The configuration, then the variable, then the flags; a folder named twice acts where it is named last."""
    a, b, c = (on_disk(tmp_path / name, {}) for name in "abc")
    assert folder.named([]) == []
    monkeypatch.setenv("EHRPAY_RULES", "")
    assert folder.named([]) == []
    on_disk(home, {})
    monkeypatch.setenv("EHRPAY_RULES", f"{a}{os.pathsep}{b}{os.pathsep}")
    assert folder.named([str(c), f"{a}/."]) == [
        Named(str(home), "configuration"),
        Named(str(b), "EHRPAY_RULES"),
        Named(str(c), "--rules"),
        Named(f"{a}/.", "--rules"),
    ]


def test_an_empty_configuration_folder_is_no_overlay_yet(home: Path) -> None:
    home.mkdir(parents=True)
    assert load_rulebook(DAY, overlays=folder.named([])).rules.overlays == ()
    assert "overlay.yaml" in refusal(home)
    shutil.rmtree(home)
    home.write_text("a file")
    with pytest.raises(RulesError, match=r"^configuration: .* is not a rules folder"):
        load_rulebook(DAY, overlays=folder.named([]))


def test_no_home_is_no_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "HOME", "EHRPAY_RULES"):
        monkeypatch.delenv(name, raising=False)
    assert folder.configuration() == ""
    assert folder.named([]) == []
    monkeypatch.setenv("HOME", "/nowhere")
    assert folder.configuration() == "/nowhere/.config/ehrpay/rules"


def test_the_library_reads_no_variable(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only commands look at what a user has named."""
    on_disk(home, rhit("1.05"))
    monkeypatch.setenv("EHRPAY_RULES", str(tmp_path / "nope"))
    assert load_rulebook(DAY).rules.overlays == ()

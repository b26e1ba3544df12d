"""Every code has a bad file that gets it, a good one that does not, and its message as people read it.

`checks/CODE` holds `bad.yaml`, `good.yaml`, `file` (where both go in a folder that is otherwise the shipped rules)
and `message.txt`; `--update-snapshots` writes the messages anew. What no small file can show is made here.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.examples import some

from ehrpay import shipped
from ehrpay.rules.advice.examine import examine
from ehrpay.rules.codes import CODES
from ehrpay.strict.problem import full

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.strict.problem import Problem

HERE = Path(__file__).parent / "checks"
AS_OF = "2026-11-23"
WITH_FILES = sorted(folder.name for folder in HERE.iterdir())


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules without their areas, named as people would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    shutil.copytree(
        shipped.folder(), tmp_path / "rules", ignore=shutil.ignore_patterns("tests", "*.tsv", "areas")
    )
    return Path("rules")


def found(rules: Path, code: str) -> list[Problem]:
    return [one for one in examine(str(rules), (), AS_OF).problems if one.code == code]


def put(rules: Path, code: str, name: str) -> None:
    place = rules / (HERE / code / "file").read_text("utf-8").strip()
    place.parent.mkdir(exist_ok=True)
    shutil.copyfile(HERE / code / name, place)


def here(rules: Path, code: str) -> list[Problem]:
    """The problems of a code in the file that its folder names."""
    place = (HERE / code / "file").read_text("utf-8").strip()
    return [one for one in found(rules, code) if one.path == f"rules/{place}"]


@pytest.mark.parametrize("code", WITH_FILES)
def test_a_bad_file_gets_its_code(rules: Path, code: str, pytestconfig: pytest.Config) -> None:
    put(rules, code, "bad.yaml")
    told = "\n\n".join(full(one) for one in here(rules, code)) + "\n"
    message = HERE / code / "message.txt"
    if pytestconfig.getoption("--update-snapshots"):
        message.write_text(told, "utf-8")
    assert told.strip()
    assert told == message.read_text("utf-8")


@pytest.mark.parametrize("code", some(WITH_FILES))
def test_a_good_file_does_not(rules: Path, code: str) -> None:
    put(rules, code, "good.yaml")
    if not (HERE / code / "good.yaml").read_bytes():
        (rules / (HERE / code / "file").read_text("utf-8").strip()).unlink()
    assert not here(rules, code)


def _missing(rules: Path) -> None:
    (rules / "ageing.yaml").unlink()


def _many(rules: Path) -> None:
    (rules / "plan.yaml").write_text("market: [" + "1," * 200_000 + "1]\n", "utf-8")


def _large(rules: Path) -> None:
    (rules / "plan.yaml").write_bytes(b"# " + b"x" * 1_000_000)


def _leaving(rules: Path) -> None:
    Path("outside.yaml").write_text("market: [base]\n", "utf-8")
    (rules / "agencies" / "mine.yaml").symlink_to(Path("../../outside.yaml"))


def _huge(rules: Path) -> None:
    for name in ("degree", "setting", "work"):
        file = rules / "adjustments" / f"{name}.yaml"
        text = file.read_text("utf-8")
        for key in ("factor", "high"):
            start = text.index(f"{key}: ")
            text = text[:start] + f"{key}: 5" + text[text.index("\n", start) :]
        file.write_text(text, "utf-8")
    file = rules / "adjustments" / "experience.yaml"
    text = file.read_text("utf-8")
    rows = text[text.index("points:") :]
    last = rows[rows.rindex("[") : rows.rindex("]") + 1]
    file.write_text(text.replace(last, "[60, 5, 5, 5]"), "utf-8")


def _uncited(rules: Path) -> None:
    with (rules / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - id: nobody\n    title: Nobody reads it\n    publisher: Nobody\n    url: null\n"
            "    published: '2026'\n    retrieved: 2026-11-23\n    licence: none\n"
        )


MADE: dict[str, Callable[[Path], None]] = {
    "E131": _many,
    "E133": _large,
    "E205": _leaving,
    "E305": _missing,
    "E308": _huge,
    "W405": _uncited,
}
ELSEWHERE = {"E134"}
"""A file that can't be read is told by the folder's reader (E205) first; the strict reader's own tests have it."""


@pytest.mark.parametrize(
    # A fifth of a million values take seconds; the strict reader's own tests have them as well.
    "code",
    [pytest.param(code, marks=pytest.mark.slow if code == "E131" else ()) for code in MADE],
)
def test_what_no_small_file_can_show(rules: Path, code: str) -> None:
    before = found(rules, code)
    MADE[code](rules)
    told = [one for one in found(rules, code) if one not in before]
    assert told
    assert all(one.line >= 1 for one in told)


def test_every_code_is_tried() -> None:
    assert {*WITH_FILES, *MADE, *ELSEWHERE} == CODES.keys()


def test_what_ships_is_clean() -> None:
    top, looked = shipped.folder(), examine(None, (), AS_OF)
    assert looked.files == sum(
        not path.relative_to(top).as_posix().startswith(("tests/reference/", "places/"))
        for path in top.rglob("*.yaml")
    )
    assert not [one for one in looked.problems if one.severity == "error"]
    assert {one.code for one in looked.problems} <= {"W403", "W404", "W406", "N501"}
    idle = {one.message.split("'")[1] for one in looked.problems if one.code == "W406"}
    assert idle == {"pacific", "south"}


def test_two_files_of_one_agency_show_both_places(rules: Path) -> None:
    put(rules, "E304", "bad.yaml")
    told = full(found(rules, "E304")[0])
    assert "--> rules/agencies/zz.yaml:1:9" in told
    assert "::: rules/agencies/va.yaml:2:9" in told


def test_a_folder_without_most_files_is_told_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", "utf-8")
    assert {one.code for one in examine(str(tmp_path), (), AS_OF).problems} == {"E203", "E305"}
    shutil.copyfile(shipped.folder() / "sources.yaml", tmp_path / "sources.yaml")
    problems = examine(str(tmp_path), (), AS_OF).problems
    assert {one.code for one in problems} == {"E305"}
    assert all("give it an overlay.yaml" in one.help for one in problems)


def test_unreadable_things_are_problems(rules: Path) -> None:
    os.mkfifo(rules / "agencies" / "pipe.yaml")
    told = examine(str(rules), (), AS_OF).problems
    assert [one.code for one in told] == ["E205"]
    assert "pipe.yaml" in told[0].message


def test_a_hundred_problems_of_a_file_are_listed_and_the_rest_counted(rules: Path) -> None:
    keys = "".join(f"k{n}: 1\n" for n in range(16_000))
    (rules / "plan.yaml").write_text("market: [base]\n" + keys, "utf-8")
    looked = [one for one in examine(str(rules), (), AS_OF).problems if one.path == "rules/plan.yaml"]
    assert [one.code for one in looked].count("E201") == 100 == len(looked) - 1
    assert looked[-1].code == "E135"
    assert "15,9" in looked[-1].message
    assert looked[-1].message.endswith("more not listed")

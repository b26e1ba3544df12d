from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ehrpay.strict
from ehrpay.strict.problem import CODES, Mark, Problem, concise, full
from ehrpay.text import clean

TWICE = Problem(
    code="E101",
    message="key 'agency' is given twice",
    path="rules/va.yaml",
    line=3,
    column=1,
    end_column=7,
    source="agency: ihs",
    label="given again here",
    note="many YAML readers would silently keep the second",
    others=(
        Mark(
            path="rules/va.yaml",
            line=2,
            column=1,
            end_column=7,
            source="agency: va",
            label="first given here",
        ),
    ),
)
BARE = Problem(
    code="E110", message="m", path="f.yaml", line=6, column=8, end_column=10, source="state: NO", help="h"
)


def test_full_shows_both_places_in_the_shape_of_rustc() -> None:
    assert full(TWICE) == (
        "error[E101]: key 'agency' is given twice\n"
        "  --> rules/va.yaml:3:1\n"
        "   |\n"
        " 2 | agency: va\n"
        "   | ------ first given here\n"
        " 3 | agency: ihs\n"
        "   | ^^^^^^ given again here\n"
        "   = note: many YAML readers would silently keep the second"
    )


def test_full_shows_help_after_the_line() -> None:
    assert full(BARE).splitlines() == [
        "error[E110]: m",
        "  --> f.yaml:6:8",
        "   |",
        " 6 | state: NO",
        "   |        ^^",
        "   = help: h",
    ]


def test_lines_apart_have_an_ellipsis_and_a_gutter_as_wide_as_the_largest_number() -> None:
    lines = full(replace(TWICE, line=120)).splitlines()
    assert lines[1:7] == [
        "    --> rules/va.yaml:120:1",
        "     |",
        "   2 | agency: va",
        "     | ------ first given here",
        "...",
        " 120 | agency: ihs",
    ]


def test_two_marks_in_one_line_share_it() -> None:
    first = Mark(path="f", line=1, column=2, end_column=3, source="{a: 1, a: 2}", label="first")
    problem = replace(
        BARE, path="f", line=1, column=8, end_column=9, source=first.source, others=(first,), help=""
    )
    assert full(problem).splitlines()[3:] == [" 1 | {a: 1, a: 2}", "   |  - first", "   |        ^"]


def test_a_mark_in_another_file_is_shown_under_its_own_name() -> None:
    other = Mark(path="mine/va.yaml", line=9, column=1, end_column=3, source="id: va", label="also here")
    lines = full(replace(BARE, others=(other,))).splitlines()
    assert lines[5:9] == ["  ::: mine/va.yaml:9:1", "   |", " 9 | id: va", "   | -- also here"]


def test_carets_are_measured_in_cells() -> None:
    wide = replace(BARE, source='漢: "字" NO', column=8, end_column=10, help="")
    assert full(wide).splitlines()[-1] == "   |" + " " * 10 + "^^"
    under = replace(BARE, source="e\u0301: 漢字", column=5, end_column=7, help="")
    assert full(under).splitlines()[-1] == "   |    ^^^^"


def test_a_caret_is_never_empty() -> None:
    assert full(replace(BARE, column=10, end_column=10, help="")).splitlines()[-1] == "   |          ^"


def test_control_characters_are_shown_and_the_caret_still_fits() -> None:
    bad = replace(
        BARE, source="\x1b[31m: NO", column=8, end_column=10, help="\x1b", message="\u202e", path="a\nb"
    )
    text = full(bad)
    assert " 6 | \\x1b[31m: NO\n   |           ^^" in text
    assert "\x1b" not in text + concise(bad)
    assert "\u202e" not in text + concise(bad)
    assert "\n" not in concise(bad)


def test_a_long_line_is_cut_around_the_caret() -> None:
    source = "x" * 5_000 + "NO" + "y" * 5_000
    shown, carets = full(replace(BARE, source=source, column=5_001, end_column=5_003, help="")).splitlines()[
        -2:
    ]
    assert len(shown) < 140
    assert carets.endswith("^^")
    assert shown[carets.index("^") :].startswith("NOy")
    assert shown.endswith("y...")


def test_without_a_line_there_is_only_the_place() -> None:
    assert full(replace(BARE, source="", help="")) == "error[E110]: m\n  --> f.yaml:6:8"


def test_concise_is_one_line_with_the_hint() -> None:
    assert concise(BARE) == "f.yaml:6:8: E110 m (h)"
    assert concise(TWICE) == "rules/va.yaml:3:1: E101 key 'agency' is given twice"


def test_severity_follows_the_code() -> None:
    assert BARE.severity == "error"
    warning = replace(BARE, code="W401")
    assert warning.severity == "warning"
    assert full(warning).startswith("warning[W401]: ")


def test_a_problem_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        BARE.line = 2  # type: ignore[misc]


def test_every_code_in_use_has_a_meaning() -> None:
    folder = Path(ehrpay.strict.__file__).parent
    modules = [path for path in folder.glob("*.py") if path.name != "problem.py"]
    text = "".join(path.read_text("utf-8") for path in modules)
    used = set(re.findall(r"\bE1\d\d\b", text))
    assert used == CODES.keys()
    assert all(meaning.endswith(".") for meaning in CODES.values())


lines_ = st.text(st.characters(exclude_characters="\n"), max_size=200)


@given(source=lines_, message=lines_, column=st.integers(1, 250), width=st.integers(0, 250))
def test_any_text_gives_clean_lines(source: str, message: str, column: int, width: int) -> None:
    problem = replace(BARE, source=source, message=message, column=column, end_column=column + width)
    assert all(clean(line) == line for line in full(problem).split("\n"))
    assert clean(concise(problem)) == concise(problem)

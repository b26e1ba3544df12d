from __future__ import annotations

import os
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.counting import calls
from tests.each import each
from tests.examples import examples

from ehrpay import shipped
from ehrpay.rules import folder
from ehrpay.strict import builder
from ehrpay.strict.marks import Marks
from ehrpay.strict.problem import CODES, concise, full
from ehrpay.strict.scalar import plain
from ehrpay.strict.source import BYTES, Reading, read_bytes, read_yaml
from ehrpay.text import clean

if TYPE_CHECKING:
    from ehrpay.strict.builder import Loader

PURE: Loader = yaml.SafeLoader
LOADERS: list[Loader] = [PURE, yaml.CSafeLoader] if yaml.__with_libyaml__ else [PURE]
CALLS = 500_000

GOOD = """\
# a comment
agency: va
levels:
  - id: bachelor
    values: [{factor: 1.07, low: 1.02}, {factor: 2}]
  - id: "none"
    note: >-
      Two lines
      of text.
"""


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request: pytest.FixtureRequest) -> Loader:
    found: Loader = request.param
    return found


def read(text: str | bytes, loader: Loader = PURE) -> Reading:
    return read_bytes(text.encode() if isinstance(text, str) else text, "rules/f.yaml", loader=loader)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def place(marks: Marks, path: tuple[Any, ...], *, key: bool = False) -> tuple[int, int, int]:
    """Line, column and end column of the value (or the key) at a path."""
    found = marks.mark(path, key=key)
    return found.line, found.column, found.end_column


def value(text: str, loader: Loader = PURE) -> Any:
    reading = read(f"key: {text}\n", loader)
    assert codes(reading) == []
    return reading.data["key"]


CASES: dict[str, tuple[str | bytes, str]] = {
    "E101": ("a: 1\nb: 2\na: 3\n", "a: 1\nb: {a: 1}\n"),
    "E102": (b"a: 1\nb: \xe9\n", "a: 1\nb: \u00e9\n"),
    "E103": ("a: x\u202ey\n", "a: x\u00a0y\r\n"),
    "E104": ("a:\n\tb: 1\n", "a:\n  b: 1\n"),
    "E105": ("a: [1\n", "a: [1]\n"),
    "E106": ("# only this\n", "# and\na: 1\n"),
    "E107": ("- a\n", "a: []\n"),
    "E108": ("a: 1\n---\nb: 2\n", "---\na: 1\n...\n"),
    "E109": ("? [a]\n: 1\n", "? a\n: 1\n"),
    "E110": ("a: NO\n", 'a: "NO"\nNO: false\n'),
    "E111": ("a: 0675\n", 'a: "0675"\n0675: 0\n'),
    "E112": ("a: 7:30\n", 'a: "7:30"\n'),
    "E113": ("a: 1_000\n", "a: a_000\n"),
    "E114": ("a: 0x1F\n", "a: 0xyz\n"),
    "E115": ("a: 1e5\n", "a: 1e\n"),
    "E116": ("a: .inf\n", "a: inf\n"),
    "E117": ("a: 1234567890123456\n", "a: 123456789012345\n"),
    "E118": ("a: .5\n", "a: 0.5\n"),
    "E120": ("a: &x 1\n", 'a: "&x 1"\n'),
    "E121": ("a: !!bool maybe\n", 'a: "!!bool maybe"\n'),
    "E122": ("a: {<<: {b: 1}}\n", 'a: {"<<": {b: 1}}\n'),
    "E123": ("%YAML 1.1\n---\na: 1\n", "---\na: 1\n"),
    "E130": ("a: " + "[" * 40 + "]" * 40, "a: " + "[" * 39 + "]" * 39),
    "E132": ("a: " + "x" * 10_001, "a: " + "x" * 10_000),
    "E133": (b"# " + b"x" * BYTES, "a: 1"),
    "E135": ("a: [" + "NO," * 101 + "]", "a: 1"),
}
LARGE = {"E131", "E134"}  # tested by themselves


@each("code", CASES)
def test_each_code_is_told_for_a_bad_file_and_not_for_a_good_one(code: str, loader: Loader) -> None:
    bad, good = CASES[code]
    found = codes(read(bad, loader))
    assert found == (["E110"] * builder.PROBLEMS + [code] if code == "E135" else [code])
    assert codes(read(good, loader)) == []


def test_every_code_has_a_case() -> None:
    assert CASES.keys() | LARGE == CODES.keys()


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is tried by the slow tests of the rules' checks."""
    monkeypatch.setattr(builder, "NODES", 2_000)
    assert codes(read("a: [" + "x," * (builder.NODES - 3) + "]", LOADERS[-1])) == []
    assert codes(read("a: [" + "x," * (builder.NODES - 2) + "]", LOADERS[-1])) == ["E131"]


@each(
    ("text", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-5", -5),
        ("46660", 46660),
        ("1.07", Decimal("1.07")),
        ("-0.10", Decimal("-0.10")),
        ("2026.10", Decimal("2026.10")),
        ("2026-10-01", "2026-10-01"),
        ("29-2072", "29-2072"),
        ("2026-13-45", "2026-13-45"),
        ("1.2.3", "1.2.3"),
        ("GS-0675", "GS-0675"),
        ("\u00b2", "\u00b2"),
        ("\u0661", "\u0661"),
        ("-x", "-x"),
        (".", "."),
        ("=", "="),
        ("nope", "nope"),
        ('"true"', "true"),
        ("'12'", "12"),
        ('"a\\nb"', "a\nb"),
        ("{}", {}),
        ("[]", []),
    ],
)
def test_values(text: str, meant: Any, loader: Loader) -> None:
    found = value(text, loader)
    assert (type(found), found) == (type(meant), meant)
    assert str(found) == str(meant)


@each("word", ["y", "Y", "n", "yes", "No", "NO", "on", "OFF", "True", "FALSE", "Null", "NULL"])
def test_truth_words_are_refused_as_values_but_not_as_keys(word: str, loader: Loader) -> None:
    reading = read(f"a: [{word}]\n", loader)
    assert codes(reading) == ["E110"]
    assert f'write "{word}"' in reading.problems[0].help
    assert read(f"{word}: 1\n", loader).data == {word: 1}


@each(
    ("text", "code", "help_"),
    [
        ("0675", "E111", 'write "0675" for a code, or 675 for a number'),
        ("0669", "E111", 'write "0669" for a code, or 669 for a number'),
        ("01.50", "E111", 'write "01.50" for a code, or 1.50 for a number'),
        ("00", "E111", 'write "00" for a code, or 0 for a number'),
        ("-07", "E111", 'write "-07" for a code, or -7 for a number'),
        ("0_1", "E111", 'write "0_1" for a code, or 1 for a number'),
        ("19:00", "E112", 'write "19:00" if it is text'),
        ("75_000.5", "E113", 'write "75_000.5" for a code, or 75000.5 for a number'),
        ("1__", "E113", 'write "1__" for a code, or 1 for a number'),
        ("0b101", "E114", 'write "0b101" for a code, or 5 for a number'),
        ("-0o17", "E114", 'write "-0o17" for a code, or -15 for a number'),
        ("1.5e+3", "E115", 'write "1.5e+3" for a code, or 1500 for a number'),
        ("1e999999999", "E115", 'write "1e999999999" if it is text'),
        ("-.INF", "E116", 'write "-.INF" if it is text'),
        (".NaN", "E116", 'write ".NaN" if it is text'),
        ("1.1234567890123456", "E117", 'write "1.1234567890123456" if it is text'),
        ("+5", "E118", 'write "+5" for a code, or 5 for a number'),
        ("5.", "E118", 'write "5." for a code, or 5 for a number'),
        ("-.5", "E118", 'write "-.5" for a code, or -0.5 for a number'),
    ],
)
def test_numbers_that_readers_take_differently_are_refused_with_what_to_write(
    text: str, code: str, help_: str, loader: Loader
) -> None:
    reading = read(f"a: {text}\n", loader)
    assert [(p.code, p.help, p.line, p.column, p.end_column) for p in reading.problems] == [
        (code, help_, 1, 4, 4 + len(text))
    ]


@given(st.text("0123456789.+-_:eExobABF ", max_size=12).map(str.strip))
def test_a_scalar_that_pyyaml_reads_as_a_float_or_int_is_that_number_or_refused(text: str) -> None:
    try:
        theirs = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return
    if isinstance(theirs, (int, float)):
        ours = plain(text)
        assert isinstance(ours, (int, Decimal)) or hasattr(ours, "code")
        if isinstance(ours, int):
            assert ours == theirs
        elif isinstance(ours, Decimal):
            assert float(ours) == theirs


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_are_exact(number: int) -> None:
    assert value(str(number)) == number


@given(st.decimals(-(10**9), 10**9, places=4))
def test_decimals_are_exact(number: Decimal) -> None:
    found = value(str(number))
    assert isinstance(found, Decimal)
    assert str(found) == str(number)


def test_data_and_marks_of_a_file(loader: Loader) -> None:
    data, marks, problems = read(GOOD, loader)
    assert problems == []
    values = [{"factor": Decimal("1.07"), "low": Decimal("1.02")}, {"factor": 2}]
    assert data == {
        "agency": "va",
        "levels": [{"id": "bachelor", "values": values}, {"id": "none", "note": "Two lines of text."}],
    }
    assert place(marks, ("agency",)) == (2, 9, 11)
    assert place(marks, ("agency",), key=True) == (2, 1, 7)
    assert place(marks, ("levels", 0, "values", 0, "factor")) == (5, 23, 27)
    assert place(marks, ("levels", 0, "values", 0, "factor"), key=True) == (5, 15, 21)
    assert place(marks, ("levels", 0, "values", 0)) == (5, 14, 39)
    assert place(marks, ("levels", 0)) == (4, 5, 17)
    assert place(marks, ("levels", 1, "note")) == (7, 11, 13)
    assert marks.line(("levels", 1, "id")) == 6


def test_a_path_that_is_not_in_the_file_stands_for_its_nearest_parent(loader: Loader) -> None:
    marks = read(GOOD, loader).marks
    assert place(marks, ("levels", 0, "values", 7, "x")) == place(marks, ("levels", 0, "values"))
    assert place(marks, ("levels", 0, "missing"), key=True) == place(marks, ("levels", 0))
    assert place(marks, ("agency", "tag", "x"), key=True) == place(marks, ("agency",), key=True)
    assert place(marks, ("levels", -1)) == place(marks, ("levels",))
    assert place(marks, ()) == (2, 1, 11)


def test_a_value_left_out_stands_at_its_key(loader: Loader) -> None:
    reading = read("a:\n\nb: {c: , d: 1}\n", loader)
    assert reading.data == {"a": None, "b": {"c": None, "d": 1}}
    assert place(reading.marks, ("a",)) == (1, 1, 2)
    assert place(reading.marks, ("b", "c")) == (3, 5, 6)


def test_what_spans_lines_is_marked_to_the_end_of_its_first(loader: Loader) -> None:
    marks = read("a: [1,  \n2]\nb: 'x\n  y'\nc: {d: 1} # e\n", loader).marks
    assert [place(marks, (key,)) for key in "abc"] == [(1, 4, 7), (3, 4, 6), (5, 4, 10)]


def test_marks_make_problems(loader: Loader) -> None:
    marks = read(GOOD, loader).marks
    other = marks.mark(("agency",), "of this agency", key=True)
    problem = marks.problem("E203", ("levels", 0, "id"), "no such level", help="try another", others=[other])
    assert concise(problem) == "rules/f.yaml:4:9: E203 no such level (try another)"
    assert " 4 |   - id: bachelor\n   |         ^^^^^^^^" in full(problem)
    assert " 2 | agency: va\n   | ------ of this agency" in full(problem)
    key = marks.problem("W401", ("levels", 0, "id"), "m", key=True)
    assert (key.line, key.column, key.end_column, key.severity) == (4, 5, 7, "warning")


def test_a_key_given_twice_shows_both_places_and_keeps_the_first(loader: Loader) -> None:
    reading = read("a: 1\nb: {c: 1, c: [NO]}\na: 2\n", loader)
    assert [concise(p) for p in reading.problems if p.code == "E101"] == [
        "rules/f.yaml:2:11: E101 key 'c' is given twice",
        "rules/f.yaml:3:1: E101 key 'a' is given twice",
    ]
    assert [(m.line, m.column, m.end_column) for p in reading.problems for m in p.others] == [
        (2, 5, 6),
        (1, 1, 2),
    ]
    assert reading.data == {"a": 1, "b": {"c": 1}}


def test_all_problems_of_a_file_come_in_one_run_in_order(loader: Loader) -> None:
    text = "a: NO\nb: [0675, *x]\n<<: {c: &y 1}\n? {d: 1}\n: !t 2\na: 1_0\n: 3\n"
    found = read(text, loader)
    told = ["E110", "E111", "E120", "E122", "E120", "E109", "E121", "E101", "E113", "E105"]
    assert codes(found) == told
    assert [p.line for p in found.problems] == [1, 2, 2, 3, 3, 4, 5, 6, 6, 7]


@each("key", ["? |\n  x\n: 1", "{? : 1}", "? \n: 1", "*x : 1", "{[a]: {b: 1}, c: 2}"])
def test_odd_keys_are_refused(key: str, loader: Loader) -> None:
    found = codes(read(f"{key}\n", loader))
    assert found == (["E120"] if key.startswith("*") else ["E109"])


def test_places_of_syntax_tabs_and_bytes(loader: Loader) -> None:
    tab = read("a: 1\n\tb: 2\n", loader).problems[0]
    assert (tab.message, tab.line, tab.column) == ("tab at line 2 column 1", 2, 1)
    byte = read(b"\xef\xbb\xbfa: \xc3\xa4\nb: \xff", loader).problems[0]
    assert (byte.message, byte.line, byte.column) == ("not UTF-8 at byte 13 (0xff)", 2, 4)
    assert "UTF-16" in read("a: 1".encode("utf-16"), loader).problems[0].help
    syntax = read("a: b: c\n", loader).problems[0]
    assert (syntax.line, syntax.column) == (1, 5)
    assert "in quotes" in syntax.help
    end = read("a: [1,\n\n", loader).problems[0]
    assert (end.line, end.column, end.source) == (1, 7, "a: [1,")


@each("text", ["", "\n\n", "---\n", "# x", "\ufeff"])
def test_nothing_in_a_file(text: str, loader: Loader) -> None:
    assert codes(read(text, loader)) == ["E106"]


@each("text", ["null", "~", "5", "text", "[a: 1]"])
def test_no_mapping_in_a_file(text: str, loader: Loader) -> None:
    assert codes(read(text, loader)) == ["E107"]


def test_a_byte_order_mark_moves_nothing(loader: Loader) -> None:
    reading = read("\ufeffa: NO\r\nb: 1\r\n", loader)
    assert [(p.line, p.column, p.source) for p in reading.problems] == [(1, 4, "a: NO")]


@each("escape", ["\\x1b", "\\0", "\\t", "\\r", "\\u202e", "\\ud800", "\\UFFFFFFFF"])
def test_escapes_can_not_bring_in_what_the_file_may_not_hold(escape: str, loader: Loader) -> None:
    assert codes(read(f'a: "{escape}"\n', loader)) in (["E103"], ["E105"])


def test_what_clean_would_escape_is_refused() -> None:
    for code in range(0x10000):
        char = chr(code)
        if char not in "\t\n\r" and clean(char) != char and not 0xD800 <= code < 0xE000:
            assert codes(read(f"a: x{char}y")) == ["E103"], hex(code)


def bombs() -> dict[str, str]:
    aliases = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 10))
    merges = "a0: &a0 {x: 1}\n" + "".join(
        f"a{i}: &a{i} {{<<: [{f'*a{i - 1},' * 9}]}}\n" for i in range(1, 10)
    )
    return {
        "aliases": aliases,
        "merges": merges,
        "itself": "a: &a [*a]",
        "brackets": "[" * 100_000,
        "braces": "{a: " * 100_000,
        "dashes": "- " * 100_000,
        "keys": "? " * 100_000,
        "long integer": "a: " + "1" * 5_000,
        "zeros": "a: " + "0" * 9_999 + "x\nb: 0" + "1_" * 4_900 + "x",
        "hexadecimal": "a: 0x" + "f" * 9_000,
        "base 60": "a: " + "1:" * 4_900 + "x\nb: " + "1:1" * 3_000 + ".",
        "directive": f"%YAML 1.{'1' * 5_000}\n---\na: 1",
        "tabs": "\t\n" * 100_000,
        "duplicates": "a: 1\n" * 30_000,
        "one long line": "{" + "a: NO, " * 30_000 + "}",
        "tag": "a: !!python/object/apply:os.system [id]",
    }


@pytest.mark.parametrize("name", bombs())
def test_bombs_end_in_problems_at_once(name: str, loader: Loader) -> None:
    with calls(at_most=CALLS):
        reading = read(bombs()[name], loader)
        told = [full(problem) + concise(problem) for problem in reading.problems]
    assert len(told) <= builder.PROBLEMS + 1
    assert bool(told) == (name != "zeros")
    assert all(len(text) < 2_000 for text in told)


@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b'a: "\\ud800"')
def test_any_bytes_give_data_or_problems(data: bytes) -> None:
    for loader in LOADERS:
        told(read(data, loader))


@given(st.text(st.sampled_from("ab01 \n:-[]{},?|>#'\"&*!%@`~<=\\_.+eé漢\u00a0\r\t"), max_size=60))
def test_any_text_gives_data_or_problems(text: str) -> None:
    for loader in LOADERS:
        told(read(text, loader))


@examples(200)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_damaged_files_give_data_or_problems_and_both_parsers_agree(seed: int, hits: int) -> None:
    text = damaged(GOOD, random.Random(seed), hits)
    readings = [read(text, loader) for loader in LOADERS]
    for reading in readings:
        told(reading)
    # The parsers differ on a few odd files (such as `[a?]`), but never on what a file says.
    if all(not reading.problems for reading in readings):
        assert all(same(reading, readings[0]) for reading in readings)


def damaged(text: str, chance: random.Random, hits: int) -> str:
    pieces = [
        "\n",
        " ",
        "  ",
        ": ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|",
        ">",
        "#",
        '"',
        "'",
        "&a ",
        "*a",
        "!!str ",
    ]
    pieces += [
        "? ",
        "%",
        "---\n",
        "...\n",
        "<<: ",
        "@",
        "\r\n",
        "é",
        "漢",
        "0675",
        "\\u0041",
        "\\UFFFFFFFF",
        "|2\n",
    ]
    for _ in range(hits):
        start = chance.randrange(len(text) + 1)
        end = start if chance.random() < 0.6 else start + chance.randrange(1, 9)
        text = text[:start] + chance.choice(pieces) + text[end:]
    return text


def told(reading: Reading) -> None:
    assert isinstance(reading.data, dict)
    for problem in reading.problems:
        assert problem.code in CODES
        assert problem.severity == "error"
        assert problem.line >= 1 <= problem.column <= problem.end_column
        assert problem.column <= len(problem.source) + 1
        assert full(problem)
        assert concise(problem)


def same(one: Reading, other: Reading) -> bool:
    return one.data == other.data and all(
        place(one.marks, path, key=key) == place(other.marks, path, key=key)
        for path in paths(one.data, ())
        for key in (False, True)
    )


def paths(value: Any, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, below in items for found in paths(below, (*path, key)))]


SMALL = [file for file in folder.files(shipped.folder()) if len(file.data) < 10_000]


@each("file", SMALL)
def test_shipped_rules_read_alike_by_both_parsers(file: folder.File) -> None:
    readings = [read_bytes(file.data, file.path, loader=loader) for loader in LOADERS]
    assert all(reading.problems == [] for reading in readings)
    assert all(same(reading, readings[0]) for reading in readings)
    assert len(paths(readings[0].data, ())) > 5


def test_what_was_quoted_by_pyyaml_comes_back() -> None:
    data = {"a": ["NO", "0675", "1_000", "~", ""], "b": {"c": "7:30", "1e5": "x: y # z"}}
    assert read(yaml.safe_dump(data, default_style='"')).data == data


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("a: NO\n", "utf-8")
    reading = read_yaml(path, "agencies\\f.yaml")
    assert [concise(p).split(" ")[0] for p in reading.problems] == ["agencies/f.yaml:1:4:"]
    assert isinstance(reading.marks, Marks)


def test_files_that_are_none(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    places = [
        tmp_path,
        tmp_path / "fifo",
        tmp_path / "loop",
        tmp_path / "no",
        Path("/dev/zero"),
        Path("a\0b"),
    ]
    for place in places:
        reading = read_yaml(place, "f.yaml")
        assert codes(reading) == ["E134"], place
        assert concise(reading.problems[0]).startswith("f.yaml:1:1: E134 the file can't be read: ")
        assert reading.data == {}


def test_a_file_of_the_most_bytes_is_read_and_one_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\n#" + b"x" * (BYTES - 6))
    assert read_yaml(path, "f.yaml").data == {"a": 1}
    path.write_bytes(path.read_bytes() + b"x")
    assert codes(read_yaml(path, "f.yaml")) == ["E133"]


def test_a_parser_that_fails_in_its_own_way_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        yield yaml.StreamStartEvent()
        raise RecursionError

    monkeypatch.setattr(yaml, "parse", failing)
    assert codes(read("a: 1")) == ["E105"]


def test_rows_of_a_table_are_read_in_linear_time(loader: Loader) -> None:
    def steps(rows: int) -> int:
        text = "rows:\n" + '- ["10180", "29-2072", 80, 35220, 38620, 48390, 61170, 69900]\n' * rows
        with calls() as made:
            assert len(read(text, loader).data["rows"]) == rows
        return made[0]

    # Ten times the rows: at most 10 when linear, 100 when quadratic.
    assert steps(400) <= 10 * steps(40)

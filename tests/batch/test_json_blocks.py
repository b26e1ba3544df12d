"""A block of JSON Lines that Polars reads has the cells, and lines, that Python reads one by one."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from ehrpay.batch.files import json_blocks
from ehrpay.batch.files.lines import Line, json_lines, read
from ehrpay.batch.files.sinks import extended
from ehrpay.batch.files.source import Input

pytest.importorskip("polars")

if TYPE_CHECKING:
    from collections.abc import Iterable

VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(0, 60)
    | st.decimals(0, 60, places=1).map(float)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from(["coder", "", "é – ﬀ", 'a "b"', "a\\b", "x,y", "\x7f", "\u2028"])
)
NAMES = ["role", "years", "pay of a year", "größe"]
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)), min_size=1, max_size=8)


def by_python(data: bytes) -> list[Line]:
    source = Input("a.jsonl", "jsonl")
    return list(read(source, io.BytesIO(data), "utf-8").rows)


def by_blocks(data: bytes) -> list[Line]:
    source, file = Input("a.jsonl", "jsonl"), io.BytesIO(data)
    found: list[Line] = []
    for block in json_blocks.blocks(source, file, read(source, file, "utf-8")):
        assert block.texts is not None
        numbers, texts = block.lines.tolist(), block.texts.to_list()
        rows = zip(numbers, block.frame.iter_rows(), texts, strict=True)
        found += [*block.wrong, *(Line(number, list(cells), "", text) for number, cells, text in rows)]
    return sorted(found, key=lambda line: line.number)


def lines(rows: Iterable[dict[str, Any]], **form: Any) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False, **form)}\n" for row in rows).encode()


@examples(600)
@given(ROWS, st.sampled_from([None, (",", ":")]))
def test_whatever_values_a_line_has_its_cells_and_its_text_are_the_same(
    rows: list[dict[str, Any]], separators: tuple[str, str] | None
) -> None:
    data = lines(rows, separators=separators)
    assert by_blocks(data) == by_python(data)


PEOPLE: list[dict[str, Any]] = [
    {"role": "coder", "years": 5, "pay": 50_000},
    {"role": "lead", "years": 30, "pay": 61_000},
]
HALVES = [{**row, "years": row["years"] + 0.5} for row in PEOPLE]
WHOLE = [{**row, "years": float(row["years"])} for row in PEOPLE]


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (lines(PEOPLE, separators=(",", ":")), True),
        (lines(PEOPLE), True),
        (lines(HALVES), True),
        (lines(WHOLE), True),
        (lines(WHOLE)[:-1], False),
        (lines([*PEOPLE, *HALVES]), True),
        (lines([*WHOLE, *PEOPLE]), False),
        (lines([*HALVES, *WHOLE]), True),
        (b'{"note":"v2.0, x","years":5}\n{"note":"","years":5.5}\n', True),
        # What is longer in one place and shorter in another.
        (b'{"a":"x","b":5.5}\n{"a":5.0,"b":5}\n', False),
        (b'{"a":5.0}\n{"a":5}\r\n{"a":5.5}\r\n', False),
        (lines([{**row, "pay": None, "remote": True} for row in PEOPLE]), True),
        (lines(PEOPLE).replace(b"\n", b"\r\n"), False),
        (lines(PEOPLE).replace(b"\n", b"\n\n"), False),
        (lines(PEOPLE).replace(b"50000", b"50000.10"), False),
        (lines(PEOPLE).replace(b"50000", b"5e4"), False),
        (lines(PEOPLE).replace(b"lead", b"l\\u0065ad"), False),
        (lines(PEOPLE).replace(b'"lead"', b'"lead" '), False),
        (lines(PEOPLE).replace(b"}\n{", b"} \n {"), False),
        (lines([PEOPLE[0], dict(reversed(PEOPLE[1].items()))]), False),
        (lines([PEOPLE[0], {"role": "lead"}, {}]), False),
        (lines([PEOPLE[0], {"rol": "lead"}]) + b'{"role"\n', False),
        (lines([{'a "b"': 1, "role": "coder"}]), False),
    ],
)
def test_lines_are_read_alike_whether_or_not_they_are_plain(data: bytes, *, plain: bool) -> None:
    names = read(Input("a.jsonl", "jsonl"), io.BytesIO(data), "utf-8").names
    assert (json_blocks.plain(data, names, 0) is not None) is plain
    assert by_blocks(data) == by_python(data)


def test_lines_are_numbered_on_from_block_to_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_blocks, "SIZE", 100)
    monkeypatch.setattr(json_blocks, "ROWS", 2)
    data = lines([*PEOPLE, {"role": "lead"}, *PEOPLE, *HALVES, {"role": "é"}, *WHOLE] * 3)
    assert by_blocks(data) == by_python(data)
    source = Input("a.jsonl", "jsonl")
    later = json_lines(source, io.BytesIO(lines(PEOPLE)), list(PEOPLE[0]), 7)
    assert [line.number for line in later] == [8, 9]


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=3), st.sampled_from(["", " "]))
def test_an_object_is_longer_by_what_is_added_and_else_the_same(row: dict[str, Any], blank: str) -> None:
    text = json.dumps(row)[:-1] + blank + "}"
    longer = extended(text, '{"low":1,"mid":null}')
    assert json.loads(longer) == {**row, "low": 1, "mid": None}
    assert longer.startswith(text.removesuffix("}").rstrip())

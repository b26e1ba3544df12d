"""A column's codes stand for the texts of its rows, however they were numbered."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from ehrpay.batch.engines.frames import Texts
from ehrpay.batch.files.parquet import text_of
from ehrpay.batch.tables.codes import Codes
from ehrpay.batch.tables.grid import Mapped, spread

TENTHS = st.integers(0, 4_095).map(lambda tenth: tenth / 10)
NUMBERS = st.lists(TENTHS | st.floats() | st.none() | st.just(-0.0), min_size=1, max_size=9)


def same(codes: Codes, texts: Texts, column: pl.Series) -> bool:
    found = texts.of(column)
    rows = [found] * len(column) if isinstance(found, int) else spread(found).tolist()
    return [codes.values[code] for code in rows] == [(text or "").strip() or None for text in text_of(column)]


@examples(200)
@given(st.lists(NUMBERS | st.lists(TENTHS, min_size=1, max_size=9), min_size=1, max_size=4))
def test_numbers_have_the_codes_of_their_texts(columns: list[list[float | None]]) -> None:
    codes = Codes()
    texts = Texts(codes)
    assert all(same(codes, texts, pl.Series(column, dtype=pl.Float64)) for column in columns)


def test_every_tenth_is_written_as_polars_writes_it() -> None:
    column = pl.Series([tenth / 10 for tenth in range(4_096)])
    codes = Codes()
    assert same(codes, Texts(codes), column)


@pytest.mark.parametrize("rows", [1, 3, 40])
def test_texts_have_codes_whether_or_not_there_are_more_of_them_than_rows(rows: int) -> None:
    codes = Codes()
    texts = Texts(codes)
    every = pl.Series([f" role {n} " for n in range(20)] + [None, ""])
    kept = pl.Series(["coder"] * rows)
    assert same(codes, texts, every)
    assert same(codes, texts, kept)
    assert isinstance(texts.of(kept), Mapped) is (rows > 30)

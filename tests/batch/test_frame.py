"""`ehrpay.batch.price`: frames of Polars and of whatever speaks the Arrow protocol."""

from __future__ import annotations

import polars as pl
import pytest

from ehrpay import batch, estimate, load_rulebook
from ehrpay.batch.engines.rows import Outcome, RowEngine
from ehrpay.batch.files.faults import Fault
from ehrpay.batch.files.lines import Line
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.request import Job, Request
from ehrpay.domain.profile import Profile
from ehrpay.errors import DataError

PEOPLE = pl.DataFrame(
    {
        "who": ["Ann", "Bob", "Cy"],
        "role": ["coder", "codr", "auditor"],
        "years": [5, 2, 3],
        "certs": [["rhit", "ccs"], [], ["rhia"]],
        "pay": [40_000.0, 48_000.0, None],
    }
)


class Arrow:
    """Nothing but the protocol."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


@pytest.mark.parametrize("frame", [PEOPLE, Arrow(PEOPLE)], ids=["polars", "arrow"])
def test_a_frame_is_priced_and_keeps_its_columns(frame: pl.DataFrame | Arrow) -> None:
    book = load_rulebook("2026-11-28")
    found = batch.price(frame, book)
    ann = estimate(Profile(role="coder", years=5, certs=("rhit", "ccs")), book)
    assert found.frame["who"].to_list() == ["Ann", "Cy"]
    assert found.frame.row(0)[5:8] == (ann.low, ann.mid, ann.high)
    assert found.frame["position"].to_list() == ["below", None]
    assert found.errors["row"].to_list() == [1]
    assert found.errors["nearest"].to_list() == ["coder"]
    assert (found.summary.priced, found.summary.faults) == (2, 1)


def test_a_frame_without_rows_has_all_columns() -> None:
    found = batch.price(PEOPLE.clear(), load_rulebook("2026-11-28"), percentiles=True)
    assert found.frame.height == 0
    assert {"low", "p10", "p90", "confidence", "compa_ratio"} <= set(found.frame.columns)


def test_a_frame_without_a_field_is_refused() -> None:
    with pytest.raises(DataError, match="no column is one of agency"):
        batch.price(pl.DataFrame({"x": [1]}), load_rulebook("2026-11-28"))


def test_columns_are_given_a_meaning() -> None:
    frame = pl.DataFrame({"Stelle": ["coder"], "Jahre": ["5"]})
    found = batch.price(frame, load_rulebook("2026-11-28"), columns={"Stelle": "role", "Jahre": "years"})
    assert found.frame.columns[:5] == ["Stelle", "Jahre", "low", "mid", "high"]


@pytest.mark.parametrize(
    "pay",
    [
        pl.Series([62_500, -5, 10**18, None, 999, 10_000_000, 10_000_001]),
        pl.Series([2**63 + 5, 61_000, None], dtype=pl.UInt64),
        pl.Series([24.5, 61_000.0, 70_000.25, None]),
        pl.Series(["62500", "1", None, "99999999"]),
        pl.Series(["62500", " 48000 ", "", "61k", "$70,000.10"]),
    ],
)
def test_pay_of_every_type_is_what_its_text_is_row_by_row(pay: pl.Series) -> None:
    book = load_rulebook("2026-11-28")
    found = batch.price(pl.DataFrame({"role": ["coder"] * len(pay), "pay": pay}), book)
    engine = RowEngine(Job(book, read_head("a.csv", ("role", "pay"), {}), Request()))
    outcomes = [
        engine(Line(number, ["coder", "" if value is None else str(value)]))
        for number, value in enumerate(pay)
    ]
    values = [list(one.values) for one in outcomes if isinstance(one, Outcome)]
    assert [list(row) for row in found.frame.select(engine.added).iter_rows()] == values
    faults = [one for one in outcomes if isinstance(one, Fault)]
    assert found.errors["reason"].to_list() == [fault.reason for fault in faults]
    assert found.errors["row"].to_list() == [fault.line for fault in faults]

"""`ehrpay.batch.price`: frames of Polars and of whatever speaks the Arrow protocol."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.program import clean, ehrpay

from ehrpay import batch, estimate, load_rulebook
from ehrpay.batch.engines.rows import RowEngine
from ehrpay.batch.files.faults import Fault
from ehrpay.batch.files.lines import Line
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.request import Job, Request
from ehrpay.domain.profile import Profile
from ehrpay.errors import DataError, UsageError

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


class Mixed:
    """What pandas raises where a column has numbers and texts."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        raise ValueError("Could not convert 'a'", "Conversion failed for column x with type object")


def test_a_frame_with_a_column_of_numbers_and_texts_is_refused_with_the_reason() -> None:
    with pytest.raises(DataError, match=r"the frame can't be read: .*; Conversion failed for column x"):
        batch.price(Mixed())


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
    values = [one for one in outcomes if isinstance(one, list)]
    assert [list(row) for row in found.frame.select(engine.added).iter_rows()] == values
    faults = [one for one in outcomes if isinstance(one, Fault)]
    assert found.errors["reason"].to_list() == [fault.reason for fault in faults]
    assert found.errors["row"].to_list() == [fault.line for fault in faults]


def test_a_priced_frame_is_one_sentence_at_the_prompt() -> None:
    book = load_rulebook("2026-11-28")
    found = batch.price(PEOPLE, book)
    assert repr(found).startswith("<PricedFrame: 2 of 3 rows priced, 1 in errors; half of the middles are $")
    assert "\n" not in repr(found)
    assert repr(batch.price(PEOPLE.clear(), book)) == "<PricedFrame: 0 of 0 rows priced>"
    assert repr(pickle.loads(pickle.dumps(found))) == repr(found)  # noqa: S301 - our own


def test_the_rows_of_a_priced_frame_are_those_with_a_price() -> None:
    found = batch.price(PEOPLE, load_rulebook("2026-11-28"))
    assert [row["who"] for row in found.rows()] == ["Ann", "Cy"]
    assert list(found.rows()[0]) == found.frame.columns
    assert pl.DataFrame(found.rows())["mid"].to_list() == found.frame["mid"].to_list()


def test_the_dictionary_of_a_priced_frame_is_the_json_of_the_command(tmp_path: Path) -> None:
    table = pl.DataFrame({"role": ["coder", "codr"], "years": ["5", "2"], "pay": ["40000", "1"]})
    table.write_csv(tmp_path / "a.csv")
    ran = ehrpay(
        *(
            "batch",
            "a.csv",
            "-o",
            "b.csv",
            "--engine",
            "polars",
            "--summary",
            "json",
            "--as-of",
            "2026-11-28",
        ),
        env=clean(),
        cwd=tmp_path,
    )
    printed = json.loads(ran.stderr[ran.stderr.index("{") :])
    own = batch.price(table, load_rulebook("2026-11-28")).to_dict()
    assert own == {**printed, "files": [], "errors": None}
    assert (own["rows"], own["warnings"]) == ({"read": 2, "priced": 1, "errors": 1}, [])


def test_a_notebook_shows_the_summary_of_a_priced_frame() -> None:
    page = batch.price(PEOPLE, load_rulebook("2026-11-28"))._repr_html_()
    assert "3 rows of a frame" in page
    assert "1 could not be priced." in page


def test_what_to_do_is_said_as_an_argument() -> None:
    book = load_rulebook("2026-11-28")
    with pytest.raises(DataError, match=r'; use columns=\{"COLUMN": "FIELD"\}$'):
        batch.price(pl.DataFrame({"x": [1]}), book)
    with pytest.raises(UsageError, match=r'^by compares .*; use columns=\{"COLUMN": "pay"\}$') as caught:
        batch.price(pl.DataFrame({"role": ["coder"]}), book, by="role")
    assert caught.value.field == "by"
    with pytest.raises(UsageError, match="unknown field 'rolle'") as caught:
        batch.price(pl.DataFrame({"role": ["coder"]}), book, columns={"role": "rolle"})
    assert caught.value.field == "columns"


@pytest.mark.parametrize("frame", ["people.csv", b"role", Path("people.csv"), 5, None])
def test_what_is_no_frame_is_refused_with_what_is(frame: Any) -> None:
    with pytest.raises(UsageError, match=r"^frame: expected a frame of Polars, Arrow or pandas \(") as caught:
        batch.price(frame, load_rulebook("2026-11-28"))
    assert caught.value.field == "frame"


def test_columns_that_are_read_and_those_that_are_not_are_told() -> None:
    frame = pl.DataFrame({"Beruf": ["coder"], "locaton": ["Boise, ID"], "team": ["A"]})
    found = batch.price(frame, load_rulebook("2026-11-28"), columns={"Beruf": "role"})
    assert (found.read, found.unread) == ({"role": "Beruf"}, ("locaton", "team"))
    assert any("'locaton'" in warning and "'location'" in warning for warning in found.warnings)
    assert not any("--" in warning for warning in found.warnings)
    assert found.to_dict()["columns"] == {"read": {"role": "Beruf"}, "unread": ["locaton", "team"]}

"""JSON and CSV: the contract, and text that stays text."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.each import each
from tests.formats import samples
from tests.formats.samples import Options, render

from ehrpay.domain.estimate.result import Percentiles
from ehrpay.domain.estimate.verdict import verdict
from ehrpay.domain.profile import FIELDS
from ehrpay.formats.amounts import percentage, signed
from ehrpay.formats.estimate import Answer
from ehrpay.formats.writers import Screen, write
from ehrpay.formats.writers.csv import ACTIVE, cell

SCHEMA = json.loads(Path("schema/estimate.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@each("period", ["year", "month", "biweekly", "hour"])
@each("offer", [None, 61_000_00, 1_000_000_00])
@each("sample", samples.ALL)
def test_every_answer_keeps_the_schema(sample: str, offer: int | None, period: str) -> None:
    estimate = samples.ALL[sample]()
    judged = None if offer is None else verdict(offer, estimate)
    text = render(estimate, "json", Options(period=period, offer=judged, version="1"))
    assert text.isascii()
    VALIDATOR.validate(json.loads(text))


def test_the_schema_requires_every_field_and_allows_new_ones() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    told = json.loads(render(samples.grade(), "json", Options(version="1")))
    for key in told:
        assert not VALIDATOR.is_valid({k: v for k, v in told.items() if k != key}), key
    assert VALIDATOR.is_valid(told | {"added_later": 1})
    assert set(told) == set(SCHEMA["properties"])


def test_a_float_or_a_missing_basis_breaks_the_schema() -> None:
    told = json.loads(render(samples.market(), "json", Options()))
    assert not VALIDATOR.is_valid(told | {"mid": 55_039.5})
    del told["steps"][0]["basis"]
    assert not VALIDATOR.is_valid(told)


@pytest.mark.parametrize("sample", samples.ALL)
def test_the_steps_of_the_json_sum_to_its_middle(sample: str) -> None:
    told = json.loads(render(samples.ALL[sample](), "json", Options()))
    assert sum(step["change_cents"] for step in told["steps"]) == told["mid"] * 100


def test_factors_amounts_and_bounds_stand_in_their_own_fields() -> None:
    told = json.loads(render(samples.market(), "json", Options()))
    steps = {step["id"]: step for step in told["steps"]}
    assert steps["ageing"]["factor"] == 1.0449
    assert (steps["area"]["factor"], steps["area"]["amount_cents"]) == (None, 10_100_00)
    assert steps["band"]["bounds_cents"] == [50_000_00, 78_000_00]
    assert (steps["degree"]["said"], steps["degree"]["factor"]) == (False, 1.0)
    assert told["profile"]["certs"] == ["ccs", "rhia"]
    assert told["profile"]["ehr"] == []
    assert told["profile"]["degree"] is None


@each(
    ("sample", "period", "cents"),
    [
        ("grade", "hour", 31_81),
        ("grade", "biweekly", 31_81 * 80),
        ("grade", "month", 5_532_92),
        ("market", "hour", 37_50),
        ("market", "biweekly", 3_000_00),
        ("market", "year", 78_000_00),
    ],
)
def test_periods(sample: str, period: str, cents: int) -> None:
    told = json.loads(render(samples.ALL[sample](), "json", Options(period=period)))
    assert told["period"]["mid_cents"] == cents
    assert told["mid"] == samples.ALL[sample]().mid


@given(st.text(), st.text(), st.text())
def test_json_gives_back_any_text(headline: str, label: str, warning: str) -> None:
    estimate = samples.plainest()
    step = estimate.steps[0]
    step = step._replace(story=step.story._replace(label=label, note=label))
    estimate = estimate._replace(headline=headline, warnings=(warning,), steps=(step, *estimate.steps[1:]))
    told = json.loads(render(estimate, "json", Options()))
    assert told["headline"] == headline
    assert told["warnings"] == [warning]
    assert told["steps"][0]["label"] == label


@given(st.text(), st.text())
def test_csv_is_one_header_and_one_row_whatever_the_text(headline: str, warning: str) -> None:
    estimate = samples.hostile()._replace(headline=headline, warnings=(warning, "second"))
    text = render(estimate, "csv", Options())
    assert text.count("\n") == 2
    header, row = csv.reader(StringIO(text, newline=""), strict=True)
    assert len(header) == len(row) == len(set(header))
    assert row[header.index("mid")] == "53436"
    assert row[header.index("low_cents")] == "4544200"
    assert not any(value.startswith(ACTIVE) for value in row)


def test_csv_numbers_keep_their_sign() -> None:
    estimate = samples.market()
    text = render(estimate, "csv", Options(offer=verdict(61_000_00, estimate)))
    row = next(csv.DictReader(StringIO(text)))
    assert row["to_middle_cents"] == "-1700000"
    assert row["range_penetration"] == "-0.4663"
    assert (row["certs"], row["ehr"], row["degree"]) == ("ccs; rhia", "none", "")


@each("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_text_cell_is_never_a_formula(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_a_source_the_rules_do_not_have_is_left_out() -> None:
    told = json.loads(write(Answer(samples.plainest(), {"oews": samples.SOURCES["oews"]}), "json", Screen()))
    assert list(told["sources"]) == ["oews"]


@given(st.lists(st.integers(1, 10**7), min_size=5, max_size=5), st.sampled_from([2080, 2087]))
def test_periods_never_turn_a_range_around(points: list[int], hours: int) -> None:
    estimate = samples.plainest()._replace(percentiles=Percentiles(*sorted(points)), hours=hours)
    for period in ("month", "biweekly", "hour"):
        told = json.loads(render(estimate, "json", Options(period=period)))["period"]
        assert told["low_cents"] <= told["mid_cents"] <= told["high_cents"]
        share = {"month": 12, "biweekly": hours / 80, "hour": hours}[period]
        assert abs(told["mid_cents"] * share - estimate.mid * 100) <= share * (
            40 if period == "biweekly" else 1
        )


def test_the_schema_describes_every_field_of_a_profile() -> None:
    assert list(SCHEMA["properties"]["profile"]["properties"]) == [*FIELDS, "occupation"]


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0.0 %"), (4, "0.0 %"), (-4, "0.0 %"), (5, "+0.1 %"), (-1_250, "-12.5 %")]
)
def test_a_change_of_nothing_has_no_sign(share: int, text: str) -> None:
    assert signed(percentage(share)) == text

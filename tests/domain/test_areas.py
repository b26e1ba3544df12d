"""Every published area median comes back unchanged as the area step of the reference profile at its own date."""

from __future__ import annotations

import pytest

from ehrpay import load_rulebook
from ehrpay.domain.compiled.wages import every_cell
from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.domain.market.wages import REFERENCE
from ehrpay.domain.place import Place
from ehrpay.domain.profile import Profile


def place(kind: str, code: str) -> Place:
    """An area itself, as if it had been typed by its code."""
    if kind == "state":
        return Place(query=code, kind="state", name=code, state=code)
    return Place(query=code, kind=kind, name=code, state=None, area=code)


@pytest.mark.parametrize("day", ["2024-05-31", "2025-05-31"])
def test_every_area_median_is_the_area_step(day: str) -> None:
    """States and nonmetropolitan areas of 2024; states, metros and nonmetropolitan areas of 2025."""
    book = load_rulebook(day)
    seen = 0
    for table in book.rules.areas.tables:
        if table.effective[:4] != day[:4]:
            continue
        for occupation, code, row in every_cell(table.cells):
            _, _, _, _, median, _, _ = row
            if occupation != REFERENCE or median is None:
                continue
            answer = estimate(book, read_profile(book, Profile(), place(table.kind, code)))
            area = next(step for step in answer.steps if step.id == "area")
            assert area.total_cents == median * 100, code
            assert answer.mid == median, code
            assert answer.area.code == code
            seen += 1
    assert seen == {"2024": 185, "2025": 559}[day[:4]]


def test_a_thin_cell_is_blended_by_its_workers() -> None:
    """29-9021 in Denver: its own 230 workers' ratio, and the records specialists' as if of 300."""
    book = load_rulebook("2025-05-31")
    known = read_profile(book, Profile(role="registrar"), place("metro", "19740"))
    area = next(step for step in estimate(book, known).steps if step.id == "area")
    own = book.wages.cell("29-9021", "metro", "19740", "2025-05-01")
    assert own is not None
    workers = own.value.employment or 0
    ratios = (own.value.p50 / 68_020, 61_240 / 51_140)
    assert area.kind == "times"
    assert area.factor == pytest.approx(
        10_000 * (workers * ratios[0] + 300 * ratios[1]) / (workers + 300), abs=1
    )
    assert f"of {workers:,} workers" in area.story.note
    assert area.story.confidence == "medium"


def test_before_the_first_area_table_the_newest_ratio_stands_in() -> None:
    """States' tables begin with May 2024: in 2022 Colorado has its ratio of May 2025 to the nation."""
    book = load_rulebook("2022-05-31")
    answer = estimate(book, read_profile(book, Profile(), place("state", "CO")))
    area = next(step for step in answer.steps if step.id == "area")
    assert area.factor == 11_541  # 59,020 / 51,140
    assert answer.mid == 54_450  # 47,180 x 1.1541
    assert "the ratio to the nation of 2025-05 stands in" in area.story.note


def test_fall_back_widens_and_is_named() -> None:
    """Rochester, MN publishes nothing for the occupation: Minnesota stands in and the answer says so."""
    book = load_rulebook("2026-11-23")
    there = Place(query="Rochester", kind="metro", name="Rochester, MN", state="MN", area="40340")
    narrow = estimate(book, read_profile(book, Profile(), place("state", "MN")))
    wide = estimate(book, read_profile(book, Profile(), there))
    assert wide.area.kind == "state"
    assert wide.area.fell_back == ("Rochester, MN",)
    assert wide.mid == narrow.mid
    assert wide.high - wide.low > narrow.high - narrow.low
    assert any("Rochester, MN" in warning for warning in wide.warnings)


def test_a_hidden_percentile_widens_and_is_said() -> None:
    """Where BLS tops out P90, the nation's shape stands in, wider, and the middle stays the area's."""
    book = load_rulebook("2024-05-31")
    hidden = next(
        code
        for table in book.rules.areas.tables
        if table.kind == "state" and table.effective == "2024-05-01"
        for occupation, code, row in every_cell(table.cells)
        if occupation == "11-9111" and row[-1] is None and row[4] is not None
    )
    # The director's role is dated later than these wages, so the occupation is asked for itself.
    known = read_profile(book, Profile(), place("state", hidden))._replace(occupation="11-9111")
    answer = estimate(book, known)
    assert any("not all percentiles are published" in warning for warning in answer.warnings)
    assert answer.percentiles.p90 > answer.high > answer.mid


def test_puerto_rico_stands_alone() -> None:
    """National figures leave Puerto Rico out, so nothing falls back to them."""
    from ehrpay.errors import NoRuleError

    book = load_rulebook("2026-11-23")
    here = Place(query="PR", kind="state", name="Puerto Rico", state="PR")
    assert estimate(book, read_profile(book, Profile(), here)).area.code == "PR"
    old = Rulebook(book.rules, "2024-04-30")
    assert estimate(old, read_profile(old, Profile(), here)).area.code == "PR"
    elsewhere = Place(query="AS", kind="state", name="American Samoa", state="AS")
    with pytest.raises(NoRuleError, match="American Samoa"):
        estimate(book, read_profile(book, Profile(), elsewhere))

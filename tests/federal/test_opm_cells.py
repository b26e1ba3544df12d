"""General Schedule pay against amounts that OPM and agencies published, and every cell against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from tests.each import each

from ehrpay import load_rulebook
from ehrpay.domain.federal.schedule import GRADES, STEPS, PaySchedule
from ehrpay.errors import NoRuleError
from ehrpay.formats.amounts import Period

FEDERAL = load_rulebook("2026-11-23").rules.federal
LOCALITIES = sorted(FEDERAL.localities)

# Year, locality, grade, step, amount, where it was published.
PUBLISHED = [
    (2025, "RUS", 4, 1, 36_049, "OPM table 2025-RUS"),
    (2025, "RUS", 5, 1, 40_332, "OPM table 2025-RUS"),
    (2025, "RUS", 5, 10, 52_426, "OPM table 2025-RUS"),
    (2025, "RUS", 6, 10, 58_445, "OPM table 2025-RUS"),
    (2025, "RUS", 7, 10, 64_952, "OPM table 2025-RUS"),
    (2025, "RUS", 8, 1, 55_328, "OPM table 2025-RUS"),
    (2025, "RUS", 8, 10, 71_932, "OPM table 2025-RUS"),
    (2025, "RUS", 9, 1, 61_111, "OPM table 2025-RUS"),
    (2025, "RUS", 9, 10, 79_443, "OPM table 2025-RUS"),
    (2025, "RUS", 12, 1, 88_621, "OPM table 2025-RUS"),
    (2025, "RUS", 12, 10, 115_213, "OPM table 2025-RUS"),
    (2025, "RUS", 13, 1, 105_383, "OPM table 2025-RUS"),
    (2025, "RUS", 13, 10, 137_000, "OPM table 2025-RUS"),
    (2025, "LA", 9, 10, 92_615, "VA announcements, 2025"),
    (2025, "SF", 8, 10, 89_924, "VA announcements, 2025"),
    (2025, "CHI", 4, 1, 40_298, "Hines VA announcement, November 2025"),
    (2025, "CHI", 8, 10, 80_412, "Hines VA announcement, November 2025"),
    (2025, "HAR", 4, 1, 40_674, "Leeds MA VA announcement, September 2025"),
    (2025, "HAR", 7, 10, 73_286, "Leeds MA VA announcement, September 2025"),
    (2026, "RUS", 4, 1, 36_409, "OPM table 2026-RUS; two announcements print 37,193, unexplained"),
    (2026, "TU", 13, 10, 140_994, "OPM table 2026-TU; one announcement prints 140,995"),
    (2021, "SF", 12, 5, 107_128, "fedsmith.com, 58 locality areas over 7 years"),
    (2022, "SF", 12, 5, 110_491, "fedsmith.com, 58 locality areas over 7 years"),
    (2023, "SF", 12, 5, 116_155, "fedsmith.com, 58 locality areas over 7 years"),
    (2024, "SF", 12, 5, 122_675, "fedsmith.com, 58 locality areas over 7 years"),
    (2023, "RUS", 9, 1, 57_118, "federaljobs.net salary base"),
    (2023, "SF", 9, 1, 70_674, "federaljobs.net salary base"),
]


@cache
def table(year: int, locality: str) -> PaySchedule:
    """A year's table of an area."""
    return PaySchedule(FEDERAL, f"{year}-06-30", locality)


@each(("year", "locality", "grade", "step", "amount", "source"), PUBLISHED)
def test_published_cells(year: int, locality: str, grade: int, step: int, amount: int, source: str) -> None:
    """To the dollar."""
    assert table(year, locality).rate(grade, step).annual == amount, source


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_cell_by_exact_fractions(year: int) -> None:
    """58 areas x 15 grades x 10 steps: the rate and the hourly rate, half up, as fractions give them."""
    capped = 0
    for code in LOCALITIES:
        area = table(year, code)
        for grade in range(1, GRADES + 1):
            for step in range(1, STEPS + 1):
                rate = area.rate(grade, step)
                exact = Fraction(rate.base) * (1 + Fraction(area.percent.value, 10_000))
                assert rate.uncapped == int(exact + Fraction(1, 2))
                assert rate.annual == min(rate.uncapped, area.cap.value)
                hour = int(Fraction(rate.annual * 100, 2087) + Fraction(1, 2))
                assert Period("hour", area.divisor.value).cents(rate.annual * 100) == hour
                capped += rate.capped
    assert len(LOCALITIES) == 58
    # OPM flags 97 capped cells in its tables of 2026.
    assert year != 2026 or capped == 97


@each("year", range(2021, 2027))
def test_base_table_rises(year: int) -> None:
    """More at every step, and a grade's first step above the one below it."""
    area = table(year, "SF")
    for grade in range(1, GRADES + 1):
        row = [area.rate(grade, step).base for step in range(1, STEPS + 1)]
        assert row == sorted(set(row))
        assert grade == 1 or row[0] > area.rate(grade - 1, 1).base


@pytest.mark.parametrize("year", range(2022, 2027))
def test_base_follows_from_the_year_before(year: int) -> None:
    """GS-3 to GS-15: step 1 times the raise, and even steps of a thirtieth, as OPM makes its table."""
    raises = {2022: 22, 2023: 41, 2024: 47, 2025: 17, 2026: 10}
    area, before = table(year, "SF"), table(year - 1, "SF")
    for grade in range(3, GRADES + 1):
        first = int(before.rate(grade, 1).base * (1 + Fraction(raises[year], 1000)) + Fraction(1, 2))
        gain = int(Fraction(first, 30) + Fraction(1, 2))
        assert [area.rate(grade, s).base for s in range(1, STEPS + 1)] == [
            first + gain * n for n in range(STEPS)
        ]


def test_the_regulations_own_hourly_example() -> None:
    """5 CFR 531.607: 50,000 a year is 23.96 an hour and 1,916.80 for 80 hours."""
    assert Period("hour", 2087).cents(50_000_00) == 2_396
    assert Period("biweekly", 2087).cents(50_000_00) == 191_680


def test_a_missing_year_is_refused_and_never_borrowed() -> None:
    """Every area and year without a percentage of its own names the years that have one."""
    refused = 0
    for code in LOCALITIES:
        known = {fact.effective[:4] for fact in FEDERAL.localities[code].percents}
        for year in range(2021, 2027):
            if str(year) in known:
                assert table(year, code).percent.effective[:4] == str(year)
            else:
                with pytest.raises(NoRuleError, match="available years") as caught:
                    table(year, code)
                assert code in str(caught.value)
                refused += 1
    assert refused == 58 * 6 - sum(len(area.percents) for area in FEDERAL.localities.values())


def test_waiting_periods() -> None:
    """52, 104 and 156 weeks: eighteen years from step 1 to step 10, to the week."""
    area = table(2026, "RUS")
    reached = [
        (0, 1),
        (51, 1),
        (52, 2),
        (103, 2),
        (104, 3),
        (155, 3),
        (156, 4),
        (259, 4),
        (260, 5),
        (364, 6),
        (468, 7),
    ]
    for weeks, step in [*reached, (623, 7), (624, 8), (780, 9), (935, 9), (936, 10), (5_000, 10)]:
        assert area.step_after(weeks) == step, weeks
    assert sum(area.waiting.value) == 18 * 52
    assert area.wait(10) == 0

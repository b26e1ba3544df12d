"""What people type for years, grades and names, and what they are told when it can't be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from ehrpay.domain.names import Names, folded
from ehrpay.domain.typed_numbers import Years, read_whole, read_years
from ehrpay.errors import UsageError


@each(
    ("text", "low", "high"),
    [
        ("5", 50, 50),
        (" 5 ", 50, 50),
        ("2.5", 25, 25),
        ("0", 0, 0),
        ("60", 600, 600),
        ("3-5", 30, 50),
        ("3 - 5", 30, 50),
        ("0.1–0.9", 1, 9),
        (7, 70, 70),
        (2.5, 25, 25),
        ("05", 50, 50),
        ("5 yrs", 50, 50),
        ("5 Years", 50, 50),
        ("1 year", 10, 10),
        ("2.5yr.", 25, 25),
        ("3-5 years", 30, 50),
        ("3 to 5", 30, 50),
        ("2.5 TO 4 yrs", 25, 40),
    ],
)
def test_years_are_read_in_tenths(text: str | float, low: int, high: int) -> None:
    """Numbers, their text and ranges of them."""
    assert read_years(text) == Years(low, high)


@each(
    ("text", "words"),
    [
        ("abc", "'abc' is not a number of years"),
        ("", "empty"),
        ("-1", "out of range"),
        ("61", "years must be 0 to 60"),
        ("nan", "plain number"),
        ("inf", "plain number"),
        ("1e400", "plain number"),
        ("1E+99999999", "plain number"),
        ("5,5", "5.5"),
        ("1_0", "digits 0-9"),
        ("٥", "digits 0-9"),
        ("2.55", "tenths"),
        ("10+", "write the number alone, like 10, or a range, like 3-5"),
        ("10+ years", "write the number alone, like 10"),
        ("at least 2.5", "write the number alone, like 2.5"),
        ("<1", "write the number alone, like 1"),
        ("5 months", "give years, like 1.5 for 18 months"),
        ("5 to", "write the number alone, like 5"),
        ("5 yrs yrs", "write the number alone"),
        ("yrs", "digits 0-9"),
        ("٥ yrs", "digits 0-9"),
        ("5-3", "write 3-5"),
        ("3-", "empty"),
        ("9" * 5000, "too long"),
        ("5;rm", "is not a number of years"),
    ],
)
def test_bad_years_are_refused_in_a_sentence(text: str, words: str) -> None:
    """Each refusal repeats the value, short, and says what is wrong."""
    with pytest.raises(UsageError) as caught:
        read_years(text)
    assert words in str(caught.value)
    assert caught.value.code == 2
    assert len(str(caught.value)) < 200


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text gets past as anything but tenths from 0 to 600, in order."""
    try:
        years = read_years(text)
    except UsageError:
        return
    assert 0 <= years.low <= years.high <= 600


@given(st.integers(0, 600), st.integers(0, 600))
def test_years_print_as_they_are_typed(one: int, other: int) -> None:
    """Writing years and reading them back gives the same."""
    years = Years(min(one, other), max(one, other))
    assert read_years(str(years)) == years


@each("text", ["9.0", "", "x", "0", "16", "-1", "1" * 5000, "٣"])
def test_a_grade_is_a_whole_number_from_1_to_15(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(UsageError):
        read_whole(text, "grade", "grade", 1, 15)


def test_names_know_case_spacing_and_aliases() -> None:
    """An id, an alias, and any case or spacing of them mean the same."""
    names = Names(
        "role",
        "role",
        "roles",
        {"data-entry-clerk": "data-entry", "keyer": "data-entry", "data-entry": "data-entry", "roi": "roi"},
    )
    for text in ("data-entry", "Data Entry", " DATA_ENTRY ", "Data  entry  CLERK", "keyer"):
        assert names.read(text) == "data-entry"
    with pytest.raises(UsageError, match=r"did you mean 'data-entry'.*ehrpay list roles"):
        names.read("data-entri")
    with pytest.raises(UsageError, match="empty"):
        names.read("  ")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding is idempotent."""
    assert folded(folded(text)) == folded(text)

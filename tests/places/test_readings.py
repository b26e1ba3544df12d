"""What is decided, and said, where a text could be read in two ways or a place does not settle everything."""

from __future__ import annotations

import mmap

import pytest
from tests.each import each

from ehrpay.errors import UsageError
from ehrpay.places import gazetteer
from ehrpay.places.resolve import resolve


@each(
    ("text", "kind", "name", "note"),
    [
        ("la", "state", "Louisiana", "read as the state; write 'Los Angeles"),
        ("LA", "state", "Louisiana", "read as the state; write 'Los Angeles"),
        ("new york", "state", "New York", "write 'New York, NY'"),
        ("Washington", "state", "Washington", "write 'Washington, DC'"),
        ("DC", "state", "District of Columbia", "city of Washington"),
        ("Denver", "city", "Denver, CO", "the next largest is Denver, PA"),
        ("Brooklyn", "metro", "New York-Newark-Jersey City, NY-NJ", "the next largest is Brooklyn, OH"),
        ("Marion, IN", "city", "Marion, IN", "Marion, Shelby County, IN"),
        ("rural Colorado", "nonmetro", "rural Colorado", "3 nonmetropolitan areas"),
        ("Auburn-Opelika, AL", "metro", "Auburn-Opelika, AL", "more than one locality"),
        ("Waterbury-Shelton, CT", "metro", "Waterbury-Shelton, CT", "more than one locality"),
        (
            "Naugatuck Valley Planning Region, CT",
            "county",
            "Naugatuck Valley Planning Region, CT",
            "HAR and NY",
        ),
        ("Hartford County, CT", "county", "Hartford County, CT", "until 2022"),
        ("Guam", "state", "Guam", "leave the territories out"),
    ],
)
def test_a_reading_that_needs_a_word_has_it(text: str, kind: str, name: str, note: str) -> None:
    """The note says what was passed over or left open."""
    place = resolve(text)
    assert (place.kind, place.name) == (kind, name)
    assert any(note in told for told in place.notes), place.notes


@each("text", ["Connecticut", "Colorado", "Alaska", "Denver, CO", "80202", "Denver County, CO"])
def test_a_plain_reading_needs_no_word(text: str) -> None:
    """No note where nothing was passed over."""
    assert resolve(text).notes == ()


@each(
    ("text", "locality"),
    [("AK", "AK"), ("HI", "HI"), ("DC", "DCB"), ("PR", "RUS"), ("VI", "RUS"), ("NJ", None), ("CT", None)],
)
def test_a_state_has_a_locality_only_if_all_of_it_has(text: str, locality: str | None) -> None:
    """New Jersey is split; Alaska is one."""
    assert resolve(text).locality == locality


def test_mixed_areas_of_connecticut_have_no_locality() -> None:
    """Four planning regions and the areas they make up lie in two localities each."""
    for code in ("47930", "39480", "45860", "35980"):
        assert resolve(f"cbsa {code}").locality is None
    assert resolve("Connecticut nonmetropolitan area").locality is None


@pytest.mark.parametrize(("text", "area"), [("rural Delaware", "1000005"), ("Connecticut rural", "0900001")])
def test_rural_is_the_one_nonmetropolitan_area(text: str, area: str) -> None:
    """Where a state has one, it is meant."""
    assert resolve(text).area == area


@each(
    ("text", "said"),
    [
        ("rural NJ", "New Jersey has no nonmetropolitan area"),
        ("Denver, CA 80202", "the ZIP code is in CO, not in CA"),
        ("DEN", "--locality DEN"),
        ("20252", "ZIP codes 202.. are in DC"),
        ("٨٠٢٠٢", "digits other than 0 to 9"),
        ("Denver\x00", "characters no place name has"),
        ("x" * 101, "too long"),
    ],
)
def test_a_refusal_says_why(text: str, said: str) -> None:
    """What is wrong, or what to try."""
    with pytest.raises(UsageError, match="'") as caught:
        resolve(text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("80202", ()),
        ("08512", ("ZIP 08512: approximately, 51 % of its people live in this area",)),
        ("06011", ("ZIP 06011: placed by its delivering post office",)),
    ],
)
def test_an_approximate_zip_says_so(text: str, notes: tuple[str, ...]) -> None:
    """The part of its people who live in the area; how it was placed."""
    assert resolve(text).notes == notes


def test_where_a_file_cannot_be_mapped_its_bytes_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Same answers."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError

    gazetteer._table.cache_clear()  # noqa: SLF001 - the cache would hide it
    monkeypatch.setattr(mmap, "mmap", refuse)
    try:
        assert resolve("Denver, CO").locality == "DEN"
    finally:
        gazetteer._table.cache_clear()  # noqa: SLF001 - and so would bytes kept

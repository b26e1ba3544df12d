"""Price parities: the metro's, else the rural part's, else the state's, never a guess."""

from __future__ import annotations

from tests.each import each

from ehrpay.places.gazetteer import price_parity
from ehrpay.places.resolve import resolve


@each(
    ("text", "thousandths"),
    [
        ("us", 100_000),
        ("Akron, OH", 93_370),
        ("Abilene, TX", 90_364),
        ("Alabama", 88_823),
        ("AK", 102_359),
        ("San Juan, PR", None),
        ("Puerto Rico", None),
    ],
)
def test_parities_as_published(text: str, thousandths: int | None) -> None:
    """BEA's figures of 2024."""
    assert price_parity(resolve(text)) == thousandths


def test_rural_places_have_their_own() -> None:
    """A rural place is cheaper than its state as a whole, here."""
    rural, whole = price_parity(resolve("rural Colorado")), price_parity(resolve("Colorado"))
    assert rural is not None
    assert whole is not None
    assert rural < whole


def test_every_metro_has_one_but_those_of_puerto_rico() -> None:
    """387 of 393."""
    from tests.places.test_every_place import rows

    metros = {row[5]: row[2] for row in rows("names.tsv") if row[1] == "metro"}
    missing = {code for code in metros if price_parity(resolve(f"cbsa {code}")) is None}
    assert {metros[code] for code in missing} == {"PR"}
    assert len(metros) - len(missing) == 387

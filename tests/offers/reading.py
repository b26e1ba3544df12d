"""Offers read from a text, and the values of their terms."""

from __future__ import annotations

from typing import Any

from ehrpay.domain.package.terms import OfferTerms, Stated
from ehrpay.domain.profile import Profile
from ehrpay.offers.build import Employers
from ehrpay.offers.read import read

AGENCIES = {"va": "va", "veterans affairs": "va", "private": "private", "non-federal": "private"}
EMPLOYERS = Employers.named(AGENCIES, {"va"})
NOBODY = Profile()


def values(terms: OfferTerms) -> dict[str, Any]:
    """The values without where they stand."""
    stated = terms._asdict()
    del stated["where"], stated["marks"]
    return {key: value.value if isinstance(value, Stated) else value for key, value in stated.items()}


def offers_in(text: str, name: str = "offers.yaml", person: Profile = NOBODY) -> tuple[OfferTerms, ...]:
    """The offers of a file with this name and text."""
    return read(name, text.encode(), person, EMPLOYERS).offers

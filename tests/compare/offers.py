"""The terms of files/offers.yaml, made by hand, and random ones from a seed."""

from __future__ import annotations

from typing import TypeVar

from ehrpay import Profile
from ehrpay.domain.package.terms import OfferTerms, Stated, Tier

T = TypeVar("T")

AS_OF = "2026-11-23"
PERSON = Profile(years="5", degree="associate", certs=("rhit",), role="coder")


def said(value: T, line: int = 1, text: str = "") -> Stated[T]:
    return Stated(value, text or str(value), f"offers.yaml:{line}")


VA = OfferTerms(
    "VA Denver",
    PERSON._replace(agency="va", grade="9", step="1", location="Denver"),
    "offers.yaml:8",
    premium=said(940_000, 14),
)
HOSPITAL = OfferTerms(
    "Treasure Valley Hospital",
    PERSON._replace(setting="hospital", location="Boise, ID"),
    "offers.yaml:15",
    base=said(6_650_000, 19),
    bonus_share=said(200, 20),
    sign_on=said(500_000, 21),
    match=said((Tier(5_000, 600),), 22),
    save=said(600, 23),
    premium=said(880_000, 24),
    premium_share=said(8_000, 25),
    leave=said(200, 26),
    holidays=said(80, 27),
    hours=said(4_000, 28),
)
PAYER = OfferTerms(
    "Granite Health Plan",
    PERSON._replace(setting="payer", work="remote"),
    "offers.yaml:29",
    base=said(7_176_000, 33),
    bonus=said(300_000, 34),
    match=said((Tier(10_000, 400),), 35),
    leave=said(150, 36),
    holidays=said(100, 37),
    hours=said(4_000, 38),
)
THREE = (VA, HOSPITAL, PAYER)

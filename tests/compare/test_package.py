"""What an offer is worth, against sums made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.compare.offers import AS_OF, HOSPITAL, PAYER, THREE, VA, said
from tests.each import each

from ehrpay import Comparison, Profile, Rulebook, compare, estimate, load_rulebook
from ehrpay.domain.estimate.verdict import verdict
from ehrpay.domain.package.filling import benefits_in_force
from ehrpay.domain.package.terms import Stated, Tier
from ehrpay.errors import DataError, UsageError

if TYPE_CHECKING:
    from ehrpay.domain.compare.result import RankedOffer
    from ehrpay.domain.package.terms import OfferTerms

TSP = (Tier(10_000, 300), Tier(5_000, 200))


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def only(book: Rulebook, terms: OfferTerms, **way: Any) -> RankedOffer:
    return compare([terms], book, **way).offers[0]


def of(found: Comparison, name: str) -> RankedOffer:
    return next(one for one in found.offers if one.name == name)


def test_a_federal_offer_is_filled_in_by_the_rules(book: Rulebook) -> None:
    one = only(book, VA)
    package = one.package
    assert one.stated.package.value == 68_819  # the letter's premium is no share of the government
    assert package.base.value == 68_819  # OPM 2026, GS-9 step 1, Denver
    assert package.cash.retirement.value == 3_441  # 1 % + 3 % + half of 2 %, of 68,819
    assert package.cash.health.value == 6_768  # 72 % of 9,400
    assert package.cash.pension.value == 9_015  # 17.5 % - 4.4 % = 13.1 %, 9,015.29
    assert package.package.value == 68_819 + 3_441 + 6_768 + 9_015
    assert package.gaps == ("bonus", "loan_repayment")
    assert package.pension is not None
    assert package.pension.pays.value == 3_028  # 4.4 %, 3,028.04
    assert package.pension.earns.value == 688  # 1.0 %, 688.19
    assert package.time.worked.value == (2_080 - 8 * (13 + 13 + 11)) * 100
    assert package.hourly.value == 4_935  # 88,043 / 1,784


def test_a_private_offer_is_what_it_says(book: Rulebook) -> None:
    package = only(book, HOSPITAL).package
    assert [figure.value for figure in package.cash] == [1_330, 1_995, 7_040, None, None]
    assert package.package.value == 66_500 + 1_330 + 1_995 + 7_040
    assert package.pension is None
    assert (package.time.sick.value, package.time.sick.filled) == (0, True)  # inside the bank of leave
    assert package.time.worked.value == (2_080 - 8 * 28) * 100


def test_the_law_fills_in_nothing_for_a_private_employer(book: Rulebook) -> None:
    bare = HOSPITAL._replace(match=None, leave=None, holidays=None, premium_share=None, hours=None)
    package = only(book, bare, assume=["none"]).package
    assert package.cash.retirement.value is None
    assert package.cash.health.why == "share not specified"
    assert (package.time.leave.value, package.time.holidays.value) == (None, None)
    assert (package.time.week.value, package.hourly.why) == (None, "hours not specified")
    assert only(book, bare).package.time.week.origin.basis == "assumption"
    assert any("assumes a week of 40 hours" in text for text in compare([bare], book).assumptions)


@each(("save", "percent"), [(None, 5), (500, 5), (900, 5), (400, 4.5), (300, 4), (150, 2.5), (0, 1)])
def test_the_match_counts_at_what_is_saved(book: Rulebook, save: int | None, percent: float) -> None:
    offer = VA._replace(save=None if save is None else said(save))
    assert only(book, offer).package.cash.retirement.value == round(68_819 * percent / 100)
    told = [text for text in compare([offer], book).assumptions if "enough for the full match" in text]
    assert bool(told) == (save is None)


def test_a_match_said_stands_alone(book: Rulebook) -> None:
    assert (
        only(book, HOSPITAL._replace(match=said(TSP), save=said(400))).package.cash.retirement.value == 2_328
    )
    assert only(book, HOSPITAL._replace(match=said(()))).package.cash.retirement.value == 0


@pytest.mark.parametrize(
    ("day", "share"), [("2012-06-30", 80), ("2013-01-01", 310), ("2014-01-01", 440), (AS_OF, 440)]
)
def test_the_pension_costs_what_the_day_of_the_appointment_says(book: Rulebook, day: str, share: int) -> None:
    found = benefits_in_force(book.rules.benefits.values(), day).get(("federal", "pension-share"))
    assert found is not None
    assert found.value == share


def test_years_to_come_climb_the_steps_and_count_the_sign_on_once(book: Rulebook) -> None:
    bonus = VA._replace(sign_on=said(300_000))
    package = only(book, bonus, years=6).package
    profile = Profile(agency="va", grade=9, location="Denver")
    steps = [1, 2, 3, 4, 4, 5]  # 52 weeks at steps 1 to 3, 104 at 4 to 6
    bases = [estimate(profile._replace(step=step), book).mid for step in steps]
    assert package.total is not None
    retirement = [(base * 5 + 50) // 100 for base in bases]
    pension = [(base * 131 + 500) // 1_000 for base in bases]
    assert package.total.value == sum(bases) + sum(retirement) + sum(pension) + 6 * 6_768 + 3_000
    assert package.package.value == (2 * package.total.value + 6) // 12
    assert package.base.value == bases[0]
    flat = only(book, HOSPITAL, years=6).package
    assert flat.total is not None
    assert flat.total.value == 6 * 76_865 + 5_000


def test_without_a_horizon_the_sign_on_stands_beside_the_package(book: Rulebook) -> None:
    package = only(book, HOSPITAL).package
    assert (package.sign_on.value, package.total, package.package.value) == (5_000, None, 76_865)


def test_prices_at_home(book: Rulebook) -> None:
    found = compare(THREE, book, home="Denver")
    away, here, remote = (of(found, terms.name).package for terms in (HOSPITAL, VA, PAYER))
    assert away.adjusted is not None
    assert here.adjusted is not None
    assert remote.adjusted is not None
    assert away.adjusted.value == round(76_865 * 105_782 / 98_391)  # BEA 2024: Denver, Boise
    assert here.adjusted.value == here.package.value
    assert remote.adjusted.value == remote.package.value
    assert of(found, PAYER.name).offer.place is not None
    assert found.by.sort == "adjusted"
    assert compare(THREE, book).by.sort == "package"


def test_a_place_without_known_prices_is_a_gap_and_comes_last(book: Rulebook) -> None:
    island = HOSPITAL._replace(name="Island", profile=HOSPITAL.profile._replace(location="PR"))
    found = compare([island, VA], book, home="Denver")
    assert [one.name for one in found.offers] == ["VA Denver", "Island"]
    assert found.offers[1].package.adjusted is not None
    assert found.offers[1].package.adjusted.value is None
    assert any(text.startswith("adjusted is unknown for Island") for text in found.warnings)


def test_the_market_is_the_estimate_by_the_market_method(book: Rulebook) -> None:
    for one in compare(THREE, book, home="Denver").offers:
        profile = one.offer.terms.profile._replace(grade=None, step=None)
        market = estimate(profile, book, method="market")
        base = one.package.base.value
        assert base is not None
        assert one.package.market.value == market.mid
        assert one.package.percent.value == round(base * 10_000 / market.mid)
        assert one.package.verdict == verdict(base * 100, market)


def test_a_grade_without_a_step_is_taken_at_the_first(book: Rulebook) -> None:
    open_step = VA._replace(profile=VA.profile._replace(step=None))
    assert only(book, open_step).package.base.value == 68_819
    assert any("assumes GS-9 step 1" in text for text in compare([open_step], book).assumptions)


def test_a_base_against_the_pay_table_counts_and_is_told(book: Rulebook) -> None:
    odd = VA._replace(base=said(7_000_000))
    found = compare([odd], book)
    assert found.offers[0].package.base.value == 70_000
    assert any("isn't the pay table's $68,819" in text for text in found.warnings)


def test_uneven_gaps_are_named(book: Rulebook) -> None:
    found = compare(THREE, book, assume=["none"])
    assert (
        "employer health premium: unknown for Granite Health Plan and VA Denver, counted for Treasure Valley Hospital"
    ) in found.warnings


def test_weights_give_the_best_in_each_a_hundred_points(book: Rulebook) -> None:
    found = compare(THREE, book, weights="package=3,leave=1")
    points = {one.name: one.points for one in found.offers}
    leave = {VA.name: 240, HOSPITAL.name: 280, PAYER.name: 250}
    worth = {VA.name: 88_043, HOSPITAL.name: 76_865, PAYER.name: 77_630 + 7_885}
    expected = {name: 3 * (worth[name] * 10_000 // 88_043) + leave[name] * 10_000 // 280 for name in leave}
    assert points == expected


@each(
    "weights",
    ["", "package", "package=x", "package=-1", "package=101", "package=1,package=2", "pakage=1", "leave=0"],
)
def test_weights_that_mean_nothing_are_refused(book: Rulebook, weights: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare(THREE, book, weights=weights)
    assert caught.value.field == "weights"


@pytest.mark.parametrize(
    ("way", "field"),
    [({"sort": "packge"}, "sort"), ({"home": "Denvr"}, "home"), ({"home": "PR"}, "home"), ({"years": 41}, "years"),
     ({"years": 0}, "years")],
)  # fmt: skip
def test_wrong_use_names_its_option(book: Rulebook, way: dict[str, Any], field: str) -> None:
    with pytest.raises(UsageError) as caught:
        compare(THREE, book, **way)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"location": "Boisse, ID"}, "location: unknown place 'Boisse, ID'"),
        ({"certs": ("rhitt",)}, "did you mean 'rhit'"),
        ({"agency": "vaa"}, "did you mean 'va'"),
        ({"role": "codr"}, "did you mean 'coder'"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_a_file_says_wrongly_is_bad_data_with_its_place(
    book: Rulebook, wrong: dict[str, Any], part: str
) -> None:
    with pytest.raises(DataError, match=r"^offers\.yaml:15") as caught:
        compare([HOSPITAL._replace(profile=HOSPITAL.profile._replace(**wrong))], book)
    assert part in str(caught.value)


def test_an_offer_without_a_base_is_refused(book: Rulebook) -> None:
    with pytest.raises(DataError, match="no base or grade"):
        compare([HOSPITAL._replace(base=None)], book)
    with pytest.raises(UsageError, match="no base or grade"):
        compare([HOSPITAL._replace(base=None, where="--offer 1")], book)


def test_names_that_stand_twice_are_told_apart(book: Rulebook) -> None:
    found = compare([VA, VA, VA], book)
    assert [one.name for one in found.offers] == ["VA Denver", "VA Denver (2)", "VA Denver (3)"]


def test_offers_of_one_name_in_several_places_are_named_by_place(book: Rulebook) -> None:
    boise = VA._replace(profile=VA.profile._replace(location="Boise, ID"))
    two = [one.name for one in compare([VA, boise, HOSPITAL], book).offers]
    assert two == ["VA Denver (Denver)", "VA Denver (Boise, ID)", "Treasure Valley Hospital"]
    three = {one.name for one in compare([VA, boise, boise], book).offers}
    assert three == {"VA Denver", "VA Denver (2)", "VA Denver (3)"}


def test_cents_are_rounded_once_half_up(book: Rulebook) -> None:
    offer = HOSPITAL._replace(base=Stated(6_129_750, "61,297.50", "offers.yaml:19"))
    assert only(book, offer).package.base.value == 61_298


def test_a_federal_share_of_the_premium_above_the_laws_most_is_told(book: Rulebook) -> None:
    found = compare([VA._replace(premium_share=said(8_000))], book)
    assert "VA Denver: a premium share of 80 % is above the legal maximum, 75 %" in found.warnings
    assert not [text for text in compare([VA], book).warnings if "maximum" in text]


def test_remote_work_by_another_name_is_lived_at_home(book: Rulebook) -> None:
    payer = PAYER._replace(profile=PAYER.profile._replace(work="Work from home"))
    place = only(book, payer, home="Boise, ID").offer.place
    assert place is not None
    assert place.name == "Boise, ID"
    with pytest.raises(DataError, match=r"offers\.yaml:29: work: unknown work place 'beach'"):
        compare([PAYER._replace(profile=PAYER.profile._replace(work="beach"))], book, home="Boise, ID")


def test_a_retirement_system_said_counts(book: Rulebook) -> None:
    none = only(book, VA._replace(retirement=said("none"))).package
    assert none.pension is None
    assert none.cash.retirement.value == 0
    assert none.cash.retirement.origin.file
    other = HOSPITAL._replace(name="Other agency", match=None, save=None, retirement=said("fers"))
    package = only(book, other).package
    assert package.cash.retirement.value == 66_500 * 5 // 100
    assert package.pension is not None
    assert package.pension.pays.value == 66_500 * 44 // 1_000
    assert package.time.sick.value == 0

"""What holds for every profile under every valid rulebook: up to 10,000 random worlds, each from its own seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from tests.domain import worlds
from tests.examples import part

from ehrpay import load_rulebook
from ehrpay.domain.estimate.bands import priced as priced_band
from ehrpay.domain.estimate.market import market, ranged
from ehrpay.domain.estimate.plan import CachedStep
from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.estimate.reading import read_profile, repeated
from ehrpay.domain.estimate.rulebook import Rulebook
from ehrpay.domain.money import UNIT, dollars
from ehrpay.domain.profile import Profile, ResolvedProfile
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate

CASES = part(10_000)
BOOKS = 40


@pytest.fixture(scope="module")
def books() -> list[Rulebook]:
    """The shipped rules and random valid ones, each on some day."""
    shipped = load_rulebook("2026-11-23")
    made = [load_rulebook(day) for day in worlds.DAYS]
    for seed in range(BOOKS):
        rng = random.Random(seed)
        made.append(Rulebook(worlds.random_rules(shipped.rules, rng), rng.choice(worlds.DAYS)))
    return made


def priced(books: list[Rulebook], seed: int) -> tuple[Rulebook, Profile, Any, Estimate] | None:
    """One random question answered; None where no rule covers it."""
    rng = random.Random(seed)
    book = rng.choice(books)
    profile, place = worlds.random_profile(book, rng), worlds.random_place(book, rng)
    try:
        return book, profile, place, estimate(book, read_profile(book, profile, place))
    except NoRuleError:
        return None


def test_steps_sum_and_nothing_leaves_its_bounds(books: list[Rulebook]) -> None:
    """The changes of the steps sum to the middle; the range is in order; caps and bands hold."""
    answered = 0
    for seed in range(CASES):
        found = priced(books, seed)
        if found is None:
            continue
        answered += 1
        _, _, _, answer = found
        assert sum(step.change_cents for step in answer.steps) == answer.mid * 100, seed
        assert list(answer.percentiles) == sorted(answer.percentiles), seed
        assert answer.percentiles.p10 > 0
        _check_bounds(answer, seed)
    assert answered > CASES * 0.8


def _check_bounds(answer: Estimate, seed: int) -> None:
    if answer.band is not None and answer.band_applied:
        assert answer.band.minimum <= answer.percentiles.p10, seed
        assert answer.percentiles.p90 <= answer.band.maximum, seed
    for step in answer.steps:
        if step.kind == "clip":
            low, high = step.term.bounds
            assert low <= step.total_cents <= high, seed


def test_more_years_never_pay_less(books: list[Rulebook]) -> None:
    """With all else equal, a year or a tenth more never lowers the middle."""
    for seed in range(CASES // 5):
        rng = random.Random(seed)
        book = rng.choice(books)
        profile, place = worlds.random_profile(book, rng), worlds.random_place(book, rng)
        few = rng.randint(0, 590)
        more = rng.randint(few + 1, 600)
        try:
            mids = [
                estimate(book, read_profile(book, _with_years(profile, tenths), place)).mid
                for tenths in (few, more)
            ]
        except NoRuleError:
            continue
        assert mids[0] <= mids[1], (seed, few, more)


def _with_years(profile: Profile, tenths: int) -> Profile:
    return profile._replace(years=f"{tenths // 10}.{tenths % 10}")


def test_credentials_in_any_order_give_the_same_answer(books: list[Rulebook]) -> None:
    """The order in which credentials are named never matters."""
    for seed in range(CASES // 10):
        found = priced(books, seed)
        if found is None or not found[1].certs:
            continue
        book, profile, place, answer = found
        certs = list(profile.certs or ())
        random.Random(seed).shuffle(certs)
        again = estimate(book, read_profile(book, profile._replace(certs=tuple(certs)), place))
        assert again == answer, seed


def test_unsaid_is_neutral(books: list[Rulebook]) -> None:
    """With nothing said, every adjustment is 1.0000 and widens nothing."""
    for book in books[:4]:
        answer = estimate(book, read_profile(book, Profile()))
        for step in answer.steps:
            if step.id == "ageing":
                continue  # how far wages have moved since they were published is uncertain for everybody
            if step.id not in ("base", "round"):
                assert step.change_cents == 0
            assert not step.term.down
            assert not step.term.up
        base, ageing = answer.steps[0], next(s for s in answer.steps if s.id == "ageing")
        assert answer.mid == dollars((base.total_cents * ageing.factor + UNIT // 2) // UNIT)


def test_a_range_of_years_widens_the_answer() -> None:
    """3-5 years reaches further from its middle, for its size, than 4 years does."""
    book = load_rulebook("2026-11-23")
    for middle, wide in (("4", "3-5"), ("2", "0-4"), ("10", "5-15"), ("30", "0-60")):
        point = estimate(book, read_profile(book, Profile(years=middle)))
        spread = estimate(book, read_profile(book, Profile(years=wide)))
        assert (spread.high - spread.low) * point.mid > (point.high - point.low) * spread.mid
        assert spread.low < spread.mid < spread.high


def test_a_step_is_asked_once_for_each_of_its_inputs_and_answers_once_for_what_matters_of_them() -> None:
    asked: list[str | None] = []
    told: list[bool] = []

    class Said:
        """Asks of a role only whether it was said."""

        id, inputs = "said", ("role",)

        def narrowed(self, role: str | None) -> tuple[bool]:
            asked.append(role)
            return (role is not None,)

        def term(self, said: bool) -> Term:  # noqa: FBT001 - as the plan calls it
            told.append(said)
            return Term(factor=UNIT)

        def story(self, said: bool) -> Story:  # noqa: FBT001 - as the plan calls it
            return Story("Role", said=said)

    step = CachedStep(Said())
    for role in ("coder", "roi", None, "coder", "roi", None):
        assert step.answer(ResolvedProfile(role=role)).story.said is (role is not None)
    assert (asked, told) == (["coder", "roi", None], [True, False])


@pytest.mark.parametrize(
    ("certs", "said"),
    [
        (("rhit", "ccs"), []),
        (("rhit",), []),
        (("rhit", "RHIT"), ["'rhit' and 'RHIT': the same credential twice counts once"]),
        (("rhit,ccs", "rhit"), ["'rhit': the same credential twice counts once"]),
        (("rhit/RHIT",), ["'rhit' and 'RHIT': the same credential twice counts once"]),
        (("rhit,rhit",), ["'rhit': the same credential twice counts once"]),
    ],
)
def test_a_credential_that_is_given_twice_is_spoken_of(certs: tuple[str, ...], said: list[str]) -> None:
    assert list(repeated(load_rulebook("2026-11-23"), Profile(certs=certs))) == said


@pytest.mark.parametrize(
    "text", ["rhit,ccs", "RHIT/CCS", "rhit and ccs", "ccs & rhit", "RHIT; CCS", "rhit+ccs"]
)
def test_several_credentials_are_read_as_people_write_them(text: str) -> None:
    book = load_rulebook("2026-11-23")
    assert read_profile(book, Profile(certs=(text,))).certs == ("ccs", "rhit")
    whole = "Certified in Healthcare Privacy and Security"
    assert read_profile(book, Profile(certs=(f"{whole}, ODS-C",))).certs == ("chps", "ods")


def test_a_band_leaves_a_trace_only_where_it_moves_an_end_of_the_range() -> None:
    book = load_rulebook("2026-11-23")
    profile = read_profile(book, Profile(years=5))
    published = priced_band(book.rules.agencies["ssa"].bands[-1], None, "2026-11-23")
    assert published is not None
    free = ranged(book, profile, None)
    low, high = free.points.p10, free.points.p90
    touching = published._replace(minimum=low, maximum=high)
    assert ranged(book, profile, touching) == free
    for band, moved in (
        (touching._replace(minimum=low + 1), free.points._replace(p10=low + 1)),
        (touching._replace(maximum=high - 1), free.points._replace(p90=high - 1)),
    ):
        found = ranged(book, profile, band)
        assert found.points == moved
        assert "band" in [step.id for step in market(book, profile, found).steps]

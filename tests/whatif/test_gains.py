"""Every number of a what-if is the difference of two runs of `estimate`, to the dollar."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests.each import each
from tests.examples import part, some
from tests.whatif.people import AS_OF, person

from ehrpay import Profile, Rulebook, estimate, load_rulebook
from ehrpay.domain.whatif.change import NO_EVIDENCE, NOT_POSSIBLE, Baseline
from ehrpay.domain.whatif.gains import KINDS, WhatIf, whatif
from ehrpay.domain.whatif.scenario import NAMES, Scenario, read_assignments, scenario
from ehrpay.errors import EhrpayError, UsageError
from ehrpay.formats.whatif import Ranking
from ehrpay.places.resolve import resolve

PEOPLE = part(300)
SEVERAL = ("certs", "ehr")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def asked(book: Rulebook, profile: Profile, kinds: tuple[str, ...] = (), to: tuple[str, ...] = ()) -> WhatIf:
    start = Baseline(book, profile, estimate(profile, book), tuple(resolve(text) for text in to))
    return whatif(start, kinds or tuple(KINDS), lambda other: estimate(other, book))


def retyped(profile: Profile, changed: dict[str, Any]) -> Profile:
    """The profile that a record's `set` describes, read back from its text."""
    said: dict[str, Any] = {
        field: tuple(text.split(",")) if text and field in SEVERAL else text
        for field, text in changed.items()
    }
    return profile._replace(**said)


def test_every_line_equals_two_estimates(book: Rulebook) -> None:
    """What the record says of a line is enough to have its number again, for up to 300 random people."""
    lines = 0
    for seed in range(PEOPLE):
        rng = random.Random(seed)
        profile = person(book, rng)
        now = estimate(profile, book)
        to = rng.choice(((), (), ("CO", "19740")))
        start = Baseline(book, profile, now, tuple(resolve(text) for text in to))
        found = whatif(start, KINDS, lambda other: estimate(other, book))
        told = Ranking(found, start, None).record()
        ranks = [change["gain_low"] for change in told["changes"]]
        assert ranks == sorted(ranks, reverse=True), seed
        for change in rng.sample(told["changes"], min(12, len(ranks))) + told["changes"][:1]:
            lines += 1
            then = estimate(retyped(profile, change["set"]), book)
            gains = (change["gain_low"], change["gain_mid"], change["gain_high"])
            assert gains == (then.low - now.low, then.mid - now.mid, then.high - now.high), (seed, change)
            assert (change["low"], change["mid"], change["high"]) == (then.low, then.mid, then.high)
    assert lines > PEOPLE * 8


def test_nothing_is_said_twice_and_everything_left_out_has_a_reason(book: Rulebook) -> None:
    """A credential is ranked, without evidence, not possible, or held: one of these, once."""
    every = set(book.levels("certs"))
    for seed in some(range(60)):
        profile = person(book, random.Random(seed))._replace(grade=None, step=None, years_in_grade=None)
        if profile.agency in ("va", "ihs", "ssa", "hhs"):
            profile = profile._replace(locality=None)
        found = asked(book, profile._replace(locality=None), ("certs",))
        ranked = [gain.change.id for gain in found.gains]
        apart = [left.id for left in found.unpriced]
        assert len({*ranked, *apart}) == len(ranked) + len(apart)
        assert {*ranked, *apart} == every - set(found.now.profile.certs or ())
        assert all(left.reason and left.status in (NO_EVIDENCE, NOT_POSSIBLE) for left in found.unpriced)


def test_a_credential_without_evidence_never_has_a_number(book: Rulebook) -> None:
    silent = {level.id for level in book.levels("certs").values() if not level.evidence}
    for seed in some(range(120)):
        found = asked(book, person(book, random.Random(seed)), ("certs",))
        assert not silent & {gain.change.id for gain in found.gains}
    assert "chda" in silent


def test_prerequisites(book: Rulebook) -> None:
    def reasons(**said: Any) -> dict[str, str]:
        found = asked(book, Profile(**said), ("certs", "degree"))
        return {left.id: left.reason for left in found.unpriced if left.status == NOT_POSSIBLE}

    associate = reasons(years=5, degree="associate", certs=())
    assert "bachelor" in associate["rhia"]
    assert "rhit" not in associate
    assert "bachelor" in associate["master"]
    assert "associate" in reasons(degree="certificate")["rhit"]
    assert not {"rhit", "rhia", "master"} & set(reasons(degree="bachelor"))
    assert "rhia" not in reasons()
    assert "2 years" in reasons(years=1)["cpc"]
    assert "cpc-a" not in reasons(years=1)
    assert "2 years" in reasons(years=2)["cpc-a"]
    assert "cpc" not in reasons(years=2)
    assert not {"cpc", "cpc-a"} & set(reasons(years="1-3"))


def test_twins_are_counted_once_and_an_apprentice_may_step_up(book: Rulebook) -> None:
    found = asked(book, Profile(years=5, degree="bachelor", certs=("rhit", "cpc-a")), ("certs",))
    by_id = {gain.change.id: gain for gain in found.gains}
    assert "RHIT" in next(left.reason for left in found.unpriced if left.id == "rhia")
    assert by_id["cpc"].change.label == "CPC-A to CPC"
    assert by_id["cpc"].change.profile.certs == ("cpc", "rhit")
    assert "cpc-a" not in by_id


def test_next_step_and_grade_of_the_general_schedule(book: Rulebook) -> None:
    """GS-7 step 3 waits 52 weeks for step 4; promoted, GS-7 step 5 (48,854) is passed at GS-8 step 2."""
    coder = Profile(agency="va", role="coder", grade=7, step=3, locality="DEN")
    found = asked(book, coder, ("grade", "step"))
    by_kind = {gain.change.kind: gain.change for gain in found.gains}
    assert (by_kind["step"].profile.step, by_kind["step"].wait) == ("4", "52 weeks")
    assert (by_kind["grade"].profile.grade, by_kind["grade"].profile.step) == ("8", "2")
    assert by_kind["grade"].wait == "1 year at GS-7"
    last = asked(book, Profile(agency="va", role="coder", grade=8, step=10), ("grade", "step"))
    assert not last.gains
    assert ["GS-8" in left.reason or "last" in left.reason for left in last.unpriced] == [True, True]
    climbing = asked(book, Profile(agency="va", role="coder", years=3, degree="associate"), ("grade",))
    assert [left.reason for left in climbing.unpriced if "--grade" in left.reason]
    served = asked(book, Profile(agency="va", grade=8, years_in_grade="2.5"), ("step",))
    assert served.gains[0].change.wait == "26 weeks"


def test_a_role_whose_entry_is_not_met_is_not_possible_and_says_why(book: Rulebook) -> None:
    """VA's auditors need six years; with five, the estimate would price a grade that no board grants."""
    for years, open_now in (("5", False), ("6", True)):
        found = asked(book, Profile(agency="va", role="coder", years=years), ("role",))
        assert ("auditor" in {gain.change.id for gain in found.gains}) is open_now
        reasons = {left.id: left.reason for left in found.unpriced}
        assert ("entry requirement not met" in reasons.get("auditor", "")) is not open_now


def test_a_move_to_where_one_is_changes_nothing(book: Rulebook) -> None:
    found = asked(book, Profile(years=5, location="19740"), ("move",), to=("Denver, CO", "CO"))
    gains = {gain.change.id: (gain.low, gain.mid, gain.high) for gain in found.gains}
    assert gains["Denver, CO"] == (0, 0, 0)
    assert gains["CO"] != (0, 0, 0)


def test_the_areas_chosen_are_the_best_paid_and_never_ones_own(book: Rulebook) -> None:
    first = asked(book, Profile(years=5), ("move",))
    assert len(first.gains) == 5
    assert [gain.mid for gain in first.gains if gain.mid <= 0] == []
    assert all(gain.then.percentiles.p25 < gain.then.mid < gain.then.high for gain in first.gains)
    assert first.unpriced == ()
    there = asked(book, Profile(years=5, location=first.gains[0].change.profile.location), ("move",))
    assert first.gains[0].change.id not in {gain.change.id for gain in there.gains}


def went(book: Rulebook, profile: Profile, *texts: str) -> Scenario:
    start = Baseline(book, profile, estimate(profile, book))
    return scenario(start, read_assignments(texts), lambda other: estimate(other, book))


def test_the_way_of_a_scenario_sums_from_here_to_there(book: Rulebook) -> None:
    """For random people and up to four random settings that a rule covers."""
    gone = 0
    for seed in range(PEOPLE):
        rng = random.Random(seed)
        profile, other = person(book, rng), person(book, rng)
        told = {name: getattr(other, field.name) for name, field in NAMES.items()}
        names = [name for name, value in told.items() if isinstance(value, str)]
        texts = [f"{name}={told[name]}" for name in rng.sample(names, min(4, len(names)))]
        if not texts:
            continue
        try:
            way = went(book, profile, *texts)
        except EhrpayError:
            continue
        gone += 1
        assert way.then == estimate(way.profile, book)
        assert way.now.mid + sum(leg.change for leg in way.legs) == way.then.mid, (seed, texts)
        assert way.legs[-1].total == way.then.mid
        assert ", ".join(leg.label for leg in way.legs) == ", ".join(texts)
    assert gone > PEOPLE // 2


def test_settings_that_need_each_other_go_together(book: Rulebook) -> None:
    way = went(book, Profile(years=5, certs=("rhit",)), "grade=9", "agency=va", "cert+=ccs")
    assert [leg.label for leg in way.legs] == ["grade=9, agency=va", "cert+=ccs"]
    assert way.then.profile.certs == ("ccs", "rhit")


def test_set_replaces_and_adds(book: Rulebook) -> None:
    held = Profile(certs=("rhit",))
    assert went(book, held, "cert=ccs").then.profile.certs == ("ccs",)
    assert went(book, held, "cert+=ccs", "cert+=cpc").then.profile.certs == ("ccs", "cpc", "rhit")
    assert went(book, Profile(certs=("none",)), "cert+=ccs").then.profile.certs == ("ccs",)
    leaving = went(book, Profile(agency="va", grade=8, step=3, locality="DEN"), "agency=private")
    assert leaving.profile == Profile(agency="private")


@each(
    ("text", "words"),
    [
        ("degree", "NAME=VALUE"),
        ("degree=", "NAME=VALUE"),
        ("degre=master", "'degree'"),
        ("degree+=master", "cert and ehr"),
        ("role=auditr", "'auditor'"),
        ("agency=vaa", "'va'"),
        ("grade=9", "General Schedule"),
    ],
)
def test_a_setting_that_is_wrong_is_refused(book: Rulebook, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        went(book, Profile(years=5), text)
    assert caught.value.field == "set"


def test_a_wrong_setting_is_never_passed_over(book: Rulebook) -> None:
    """Neither first nor in the middle."""
    for texts in (
        ("agency=vaa", "role=auditor"),
        ("role=auditr", "degree=master"),
        ("degree=x", "degree=master"),
    ):
        with pytest.raises(UsageError):
            went(book, Profile(years=5), *texts)

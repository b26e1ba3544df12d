"""Who moves: the groups, the order and the means, whatever the two sides answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ehrpay.domain.profile import Profile
from ehrpay.domain.review.moves import Answer, Person, hundredths, who_moves
from ehrpay.formats.diff.document import who

AMOUNT = st.integers(15_000, 400_000)
ANSWERS = st.one_of(
    st.builds(Answer, AMOUNT, AMOUNT, AMOUNT, AMOUNT, AMOUNT, st.just("market")),
    st.just(Answer(error="no rule covers it")),
)
PAIRS = st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=12)


@given(PAIRS)
def test_everybody_is_in_one_group(pairs: list[tuple[Answer, Answer]]) -> None:
    people = [Person(f"p{n}", Profile()) for n in range(len(pairs))]
    before = {person: pair[0] for person, pair in zip(people, pairs, strict=True)}
    after = {person: pair[1] for person, pair in zip(people, pairs, strict=True)}
    found = who_moves(people, before.__getitem__, after.__getitem__)
    assert sorted(move.person.name for group in found for move in group) == sorted(p.name for p in people)
    sizes = [abs(move.changes[1]) for move in found.moved]
    assert sizes == sorted(sizes, reverse=True)
    both = [pair for pair in pairs if not pair[0].error and not pair[1].error]
    total = sum(new.mid - old.mid for old, new in both)
    assert not both or abs(found.mean * len(both) - total) * 2 <= len(both)
    assert all(move.before.amounts == move.after.amounts for move in found.stayed)
    assert all(bool(move.before.error) and bool(move.after.error) for move in found.silent)


@given(PAIRS)
def test_the_other_way_round_everything_is_turned(pairs: list[tuple[Answer, Answer]]) -> None:
    people = [Person(f"p{n}", Profile()) for n in range(len(pairs))]
    before = {person: pair[0] for person, pair in zip(people, pairs, strict=True)}
    after = {person: pair[1] for person, pair in zip(people, pairs, strict=True)}
    there = who_moves(people, before.__getitem__, after.__getitem__)
    back = who_moves(people, after.__getitem__, before.__getitem__)
    assert (there.mean, len(there.gained), len(there.moved)) == (-back.mean, len(back.lost), len(back.moved))


def test_percents_are_rounded_half_away_from_zero() -> None:
    assert [hundredths(change, 20_000) for change in (1, -1, 3, 0)] == [1, -1, 2, 0]
    assert hundredths(5, 0) == 0


def test_a_move_of_the_ends_alone_names_the_ends_that_move() -> None:
    person = Person("A", Profile())
    before, after = (Answer(1_000, 2_000, 3_000, p10, 4_000, "market") for p10 in (500, 520))
    moves = who_moves([person], {person: before}.__getitem__, {person: after}.__getitem__)
    (part, *_) = who(moves, None)
    assert "moves only P10 +20" in repr(part)

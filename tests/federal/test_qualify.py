"""Climbing a ladder: by hand on small ladders, and what must hold on every ladder that ships."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from ehrpay import load_rulebook
from ehrpay.domain.compiled.federal import LadderEntry, QualificationLadder
from ehrpay.domain.facts import CitedText
from ehrpay.domain.federal import qualification
from ehrpay.domain.federal.qualification import DEGREES, Qualifications, Reached, pick
from ehrpay.domain.typed_numbers import Years

if TYPE_CHECKING:
    from collections.abc import Sequence

climb = partial(qualification.climb, named="GS-{}".format)
LADDERS = list(load_rulebook("2026-11-23").rules.federal.ladders.values())
CERTS = (None, (), ("ccs",), ("rhia",), ("cdip", "rhit"))


def entry(grade: int, years: int = 0, degree: str | None = None, certs: Sequence[str] = ()) -> LadderEntry:
    """A way in whose sentence says what it asks for."""
    text = f"{years} years, {degree}, {' or '.join(certs)}"
    return LadderEntry(
        grade, years * 10, degree, tuple(certs), CitedText(text, "official", (f"entry-{grade}",))
    )


def ladder(grades: list[int], *entries: LadderEntry) -> QualificationLadder:
    """A ladder with these ways in; one more grade a year, which is said to be an assumption."""
    return QualificationLadder(
        id="x",
        title="a ladder",
        agencies=("va",),
        series="0675",
        roles=("coder",),
        grades=tuple(grades),
        effective="2025-07-01",
        basis="reported",
        sources=("ladder",),
        default=True,
        entries=entries,
        advance=CitedText("one year at the grade below", "assumption", ("advance",)),
        where="ladders.yaml:1",
    )


CODER = ladder([4, 5, 6, 7, 8], entry(4, 1), entry(4, degree="associate"), entry(5, degree="bachelor"))
TWO_GRADE = ladder([5, 7, 9, 11], entry(5, 3), entry(5, degree="bachelor"))
NEEDS_CERT = ladder([9], entry(9, 2, certs=["ccs"]), entry(9, 3, "associate", ["ccs", "cdip"]))


def known(years: float | tuple[float, float] | None = None, **said: Any) -> Qualifications:
    """A person with years of experience, exact or from and to."""
    if years is None:
        return Qualifications(**said)
    low, high = years if isinstance(years, tuple) else (years, years)
    return Qualifications(years=Years(round(low * 10), round(high * 10)), **said)


@each(
    ("rule", "who", "grades"),
    [
        # One year enters; each further year opens a grade, and the one below stays possible.
        (CODER, known(1), (4, 4)),
        (CODER, known(1.9), (4, 4)),
        (CODER, known(2), (4, 5)),
        (CODER, known(4.9), (6, 7)),
        (CODER, known(5), (7, 8)),
        (CODER, known(40), (7, 8)),
        # A degree enters without years, a higher one at the grade that names it.
        (CODER, known(0, degree="associate"), (4, 4)),
        (CODER, known(0, degree="bachelor"), (5, 5)),
        (CODER, known(1, degree="master"), (5, 6)),
        (CODER, known(2, degree="diploma"), (4, 5)),
        # A range of years covers what its ends would give, and begins at the way in if the lower end has none.
        (CODER, known((2, 4)), (4, 7)),
        (CODER, known((0, 3)), (4, 6)),
        # Years unsaid: all that any number of years opens, from what the degree gives up.
        (CODER, known(), (4, 8)),
        (CODER, known(degree="bachelor"), (5, 8)),
        # Two grades apart.
        (TWO_GRADE, known(3), (5, 5)),
        (TWO_GRADE, known(4), (5, 7)),
        (TWO_GRADE, known(5.5), (7, 9)),
        (TWO_GRADE, known(2, degree="bachelor"), (7, 9)),
        (TWO_GRADE, known(), (5, 11)),
        # A credential that is asked for must be said.
        (NEEDS_CERT, known(2, certs=("ccs",)), (9, 9)),
        (NEEDS_CERT, known(3, certs=("cdip",), degree="bachelor"), (9, 9)),
    ],
)
def test_by_hand(rule: QualificationLadder, who: Qualifications, grades: tuple[int, int]) -> None:
    found = climb(rule, who)
    assert found.met
    assert found.grades == grades


@each(
    ("rule", "who"),
    [
        (CODER, known(0.9)),
        (CODER, known(0, degree="diploma")),
        (NEEDS_CERT, known(1.9, certs=("ccs",))),
        (NEEDS_CERT, known(30)),
        (NEEDS_CERT, known(30, certs=())),
        (NEEDS_CERT, known(30, certs=("cdip",))),
    ],
)
def test_not_met_says_what_each_way_asks_for(rule: QualificationLadder, who: Qualifications) -> None:
    found = climb(rule, who)
    first = rule.grades[0]
    assert not found.met
    assert (found.grades, found.tenths_since) == ((first, first), {first: 0})
    assert all(entry.grant.text in found.reasons[0] for entry in rule.entries)


def test_only_grades_of_the_ladder_are_open_and_each_since_it_was() -> None:
    """Nobody is placed at GS-6 of a ladder with GS-5 and GS-7, with years said or not."""
    assert climb(TWO_GRADE, known(5.5)).tenths_since == {5: 25, 7: 15, 9: 5}
    assert list(climb(TWO_GRADE, known()).tenths_since) == [5, 7, 9, 11]
    # The degree opens GS-5 from the start; the years alone would have opened it at two years.
    assert climb(CODER, known(3, degree="bachelor")).tenths_since == {4: 30, 5: 30, 6: 20, 7: 10, 8: 0}


def test_each_grade_carries_its_sentence() -> None:
    """The way in, then what opened the grades above it, marked where it is no standard's own sentence."""
    assert climb(CODER, known(5)).reasons == (
        "GS-4: 1 years, None, ",
        "GS-7 to GS-8: one year at the grade below (assumption)",
    )
    assert climb(CODER, known((0, 2), degree="bachelor")).reasons == (
        "GS-5: 0 years, bachelor, ",
        "GS-6 to GS-7: one year at the grade below (assumption)",
    )
    assert climb(CODER, known(5)).sources == ("ladder", "entry-4", "advance")
    assert climb(CODER, known(1)).sources == ("ladder", "entry-4")


def test_years_that_were_not_said_or_fall_short_are_spoken_of() -> None:
    assert "years not specified" in climb(CODER, known()).reasons[-1]
    assert "low end of the years does not meet" in climb(CODER, known((0, 3))).reasons[-1]


def test_the_newest_ladder_in_force_serves_its_roles_and_its_default_a_role_not_said() -> None:
    older = CODER._replace(effective="2023-01-01", id="older")
    other = CODER._replace(roles=("roi",), default=False, id="roi")
    rules = [older, CODER, other]
    assert pick(rules, "va", "coder", "2026-01-01") is CODER
    assert pick(rules, "va", "coder", "2025-06-30") is older
    assert pick(rules, "va", "coder", "2022-12-31") is None
    assert pick(rules, "va", "roi", "2026-01-01") is other
    assert pick(rules, "va", None, "2026-01-01") is CODER
    assert pick(rules, "ssa", "coder", "2026-01-01") is None


people = st.builds(
    lambda degree, certs: {"degree": degree, "certs": certs},
    st.sampled_from([None, *DEGREES]),
    st.sampled_from(CERTS),
)
tenths = st.integers(0, 600)
shipped = st.sampled_from(LADDERS)


@given(shipped, people, tenths, tenths)
def test_more_years_never_lower_a_grade(
    rule: QualificationLadder, said: dict[str, Any], a: int, b: int
) -> None:
    few, many = (climb(rule, Qualifications(years=Years(t, t), **said)) for t in sorted((a, b)))
    if few.met:
        assert many.met
        assert few.grades[0] <= many.grades[0]
        assert few.grades[1] <= many.grades[1]


@given(shipped, people, tenths, tenths)
def test_a_range_of_years_spans_its_ends(
    rule: QualificationLadder, said: dict[str, Any], a: int, b: int
) -> None:
    low, high = sorted((a, b))
    whole = climb(rule, Qualifications(years=Years(low, high), **said))
    ends = [climb(rule, Qualifications(years=Years(t, t), **said)) for t in (low, high)]
    assert whole.met == ends[1].met
    assert whole.grades[1] == ends[1].grades[1]
    if ends[0].met:
        assert whole.grades[0] == ends[0].grades[0]


@given(shipped, people, st.one_of(st.none(), st.builds(lambda t: Years(t, t), tenths)))
def test_every_grade_is_of_the_ladder_and_has_a_sentence(
    rule: QualificationLadder, said: dict[str, Any], years: Years | None
) -> None:
    found = climb(rule, Qualifications(years=years, **said))
    assert set(found.tenths_since) <= set(rule.grades)
    assert set(found.grades) <= set(found.tenths_since)
    assert min(found.tenths_since.values()) >= 0
    if found.met:
        shown = [grade for grade in found.tenths_since if found.grades[0] <= grade <= found.grades[1]]
        assert set(shown) <= spoken_of(found, rule.grades)


def spoken_of(found: Reached, grades: Sequence[int]) -> set[int]:
    """The grades that the reasons name, spans filled with the ladder's own."""
    named: set[int] = set()
    for reason in found.reasons:
        head, _, _ = reason.partition(":")
        ends = (
            [int(part.removeprefix("GS-")) for part in head.split(" to ")] if head.startswith("GS-") else []
        )
        named |= {grade for grade in grades if ends and ends[0] <= grade <= ends[-1]}
    return named

"""What a roster asks of a step beside its numbers is what the step's story says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.batch.people import people

from ehrpay import load_rulebook
from ehrpay.batch.tables.reading import typed
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.story import Trust
from ehrpay.errors import EhrpayError
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from ehrpay import Rulebook


def test_a_step_is_trusted_as_its_story_says() -> None:
    book = load_rulebook("2026-11-28")
    steps = [cached.step for cached in book.market_plan if hasattr(cached.step, "trust")]
    asked = 0
    for row in people(book, 3, 200, wrong=0):
        given = typed(row)
        try:
            case = read_profile(book, given, resolve(str(given.location)) if given.location else None)
            book.wages.at(case.occupation, case.place and case.place.wage_place)
        except EhrpayError:
            continue
        for step in steps:
            inputs = step.narrowed(*(getattr(case, name) for name in step.inputs))
            story = step.story(*inputs)
            trust = step.trust(*inputs)
            assert trust == Trust(story.said, story.basis, story.confidence)
            asked += 1
    assert asked > 100


def test_roles_that_a_step_calls_alike_have_the_same_numbers() -> None:
    book = load_rulebook("2026-11-28")
    certs = [
        None,
        (),
        *((id_,) for id_ in book.levels("certs")),
        ("ccs", "cdip", "rhia"),
        ("cpco", "cppm", "rhit"),
    ]
    places = [None, *map(resolve, ("Denver, CO", "Ohio", "rural Kansas", "Jackson, MS"))]
    for step, other in ((_step(book, "certification"), certs), (_step(book, "order"), places)):
        known: dict[object, object] = {}
        for role in (None, *book.levels("role")):
            case = {"role": role, "occupation": book.occupation(role)}
            numbers = [
                step.term(*step.narrowed(*(case.get(name, one) for name in step.inputs))) for one in other
            ]
            assert known.setdefault(step.alike(**case), numbers) == numbers
        assert 1 < len(known) < len(book.levels("role"))


def _step(book: Rulebook, id_: str) -> Any:
    return next(cached.step for cached in book.market_plan if cached.step.id == id_)

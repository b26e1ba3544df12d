"""Random people of every kind the rules know, from a seed; places are codes, so that any can be resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay import Profile

if TYPE_CHECKING:
    import random

    from ehrpay import Rulebook

AS_OF = "2026-11-23"
PLACES = ("CO", "19740", "46700", "80202", "Boise, ID", "10180")
LOCALITIES = ("DEN", "SF", "RUS")


def levels(book: Rulebook, field: str) -> list[str]:
    """The ids a profile field can take."""
    return list(book.levels(field))


def person(book: Rulebook, rng: random.Random) -> Profile:
    """A valid profile: three in four of the open market, the others at a grade."""
    if rng.random() < 0.25:
        return graded(rng)

    def maybe(values: Any, share: float = 0.5) -> Any:
        return rng.choice(values) if rng.random() < share else None

    certs = levels(book, "certs")
    agency = maybe(("private", "ssa", "va", "hhs", "dod"), 0.4)
    first = rng.randint(0, 58)
    return Profile(
        agency=agency,
        role=maybe(levels(book, "role")),
        years=maybe((str(first), f"{first}.5", f"{first}-{first + 2}"), 0.8),
        degree=maybe(levels(book, "degree")),
        certs=tuple(rng.sample(certs, rng.randint(0, 3))) if rng.random() < 0.7 else None,
        location=maybe(PLACES),
        setting=maybe(levels(book, "setting"), 0.3) if agency in (None, "private") else None,
        ehr=maybe((("epic",), (), ("meditech", "nextgen")), 0.3),
        work=maybe(levels(book, "work"), 0.3),
    )


def graded(rng: random.Random) -> Profile:
    """Someone at a grade of the General Schedule, with the step said, open, or by years in the grade."""
    step = str(rng.randint(1, 10)) if rng.random() < 0.5 else None
    in_grade = f"{rng.randint(0, 19)}" if step is None and rng.random() < 0.6 else None
    return Profile(
        agency=rng.choice(("va", "ihs", "ssa")),
        role=rng.choice((None, "coder", "manager")),
        certs=rng.choice((None, ("rhit",))),
        years=rng.choice((None, "6")),
        grade=str(rng.randint(1, 15)),
        step=step,
        years_in_grade=in_grade,
        locality=rng.choice((None, *LOCALITIES)),
    )

"""What no single value shows, file by file and between files: the checks that every load makes.

Each check takes the judged files by path and yields findings; none stops at the first. Some ask all files that are
known, of a wrong shape too, for what is spoken of.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.rules.checks.ids import adjustments, links, names, once
from ehrpay.rules.checks.tables import (
    area_rows,
    ladders,
    leaps,
    minimum_wages,
    pay_tables,
    percentiles,
    quarters,
)
from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.adjustments import NEEDED
from ehrpay.rules.shape.kinds import KINDS
from ehrpay.rules.shape.layout import NOTHING, branches, walk
from ehrpay.rules.shape.market import GRADE_STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.rules.finding import Files
    from ehrpay.rules.shape.layout import Path

MOST_CENTS = 1 << 63
LARGEST_MOVE = 10
PLAN, KEY, GRADE, ROLE = "plan.yaml", "market", "grade", "responsibility"


def check(part: str, files: Files, known: Files) -> Iterator[Finding]:
    """Every finding in a part's files; `known` holds all files that ids may refer to."""
    for one in CHECKS[part]:
        yield from one(files)
    yield from links(files, known)
    yield from needed(files, known) if part == "core" else area_rows(files, known)


def check_odd(files: Files, known: Files) -> Iterator[Finding]:
    """Findings in files of a wrong shape: what can be said of any data."""
    yield from dates(files)
    yield from links(files, known)


def needed(files: Files, known: Files) -> Iterator[Finding]:
    """The files and adjustments without which no estimate can be made are there."""
    wanted = [kind.path for kind in KINDS if kind.needed]
    for file in (*wanted, *(f"adjustments/{id_}.yaml" for id_ in NEEDED)):
        if file not in known:
            yield Finding(file, (), "E305", "this file is required and missing")
    made = adjustments(files)
    for id_, (step, field, _) in NEEDED.items():
        file = f"adjustments/{id_}.yaml"
        data = made.get(id_, ("", {}))[1]
        if file in files and id_ not in made:
            message = f"the adjustment '{id_}' is required and missing: this file defines another one"
            yield Finding(file, ("adjustment",), "E305", message)
        elif data and (data["step"], data["input"]) != (step, field):
            message = f"the adjustment '{id_}' must be a {step} by {field}"
            yield Finding(made[id_][0], ("step",), "E305", message)


def dates(files: Files) -> Iterator[Finding]:
    """Dated lists run from old to new; a review never comes before its date."""
    for file, data in files.items():
        for path, value, _ in branches(data, NOTHING):
            if isinstance(value, list) and _dated(value):
                if path[-1] == "bands":
                    yield from _one_band(file, path, value)
                elif path[-1] != "ladders":
                    yield from _ordered(file, path, [raw["effective"] for raw in value])
            if isinstance(value, dict) and _before(value.get("review_by"), value.get("effective")):
                other = (file, (*path, "effective"))
                message = f"review_by {value['review_by']} is before effective {value['effective']}"
                yield Finding(file, (*path, "review_by"), "E302", message, other=other)


def _before(review: Any, effective: Any) -> bool:
    return isinstance(review, str) and isinstance(effective, str) and review < effective


def _dated(value: list[Any]) -> bool:
    return bool(value) and all(
        isinstance(one, dict) and isinstance(one.get("effective"), str) for one in value
    )


def _one_band(file: str, path: Path, bands: list[dict[str, Any]]) -> Iterator[Finding]:
    """Several bands may begin on a day, each for a series or roles of its own."""
    seen: dict[str, int] = {}
    for i, band in enumerate(bands):
        roles = band.get("roles") or []
        # As text, for in a file of a wrong shape they may be anything.
        of = repr(
            (
                band["effective"],
                band.get("series"),
                sorted(roles, key=str) if isinstance(roles, list) else roles,
            )
        )
        first = seen.setdefault(of, i)
        if first != i:
            other = (file, (*path, first, "effective"))
            message = f"{band['effective']} appears twice for the same series and roles: two bands overlap"
            yield Finding(file, (*path, i, "effective"), "E301", message, other=other)


def _ordered(file: str, path: Path, days: list[str]) -> Iterator[Finding]:
    for i, (before, after) in enumerate(itertools.pairwise(days), 1):
        here, other = (*path, i, "effective"), (file, (*path, i - 1, "effective"))
        if after == before:
            yield Finding(file, here, "E301", f"{after} appears twice: two values overlap", other=other)
        elif after < before:
            message = f"{after} comes after {before}: put the older first"
            yield Finding(file, here, "E301", message, other=other)


def reach(files: Files) -> Iterator[Finding]:
    """The largest product the steps can reach fits in 63 bits, so columns of integers can't wrap."""
    # The largest wage a file may state, moved by the largest area factor and ageing we accept.
    largest = Decimal(10_000_000) * 100 * LARGEST_MOVE * LARGEST_MOVE
    for file, data in files.items():
        if file.startswith("adjustments/"):
            largest *= max(_factors(data), default=Decimal(1)) ** (3 if data["step"] == "set" else 1)
    if largest * LARGEST_MOVE * 10_000 >= MOST_CENTS:
        yield Finding("plan.yaml", ("market",), "E308", "the largest possible product doesn't fit in 63 bits")


def _factors(data: dict[str, Any]) -> Iterator[Decimal]:
    for path, value, _ in walk(data, NOTHING):
        if path[-1] == "factor":
            yield Decimal(value)
        elif path[-1] == "points":
            yield from (Decimal(point[1]) for point in value)


def order(files: Files) -> Iterator[Finding]:
    """The base first, the area next (it is in dollars), the order after the role, the cap last, nothing twice."""
    plan = files.get(PLAN, {}).get(KEY, [])
    if not plan:
        return
    for i, (step, own) in enumerate(zip(files[PLAN].get(GRADE, GRADE_STEPS), GRADE_STEPS, strict=True)):
        if step != own:
            yield Finding(
                PLAN, (GRADE, i), "E312", f"the grade method runs {', '.join(GRADE_STEPS)} in this order"
            )
    if plan[0] != "base":
        yield _at(0, "the plan must begin with 'base', the national median")
    for i, step in enumerate(plan):
        if step in plan[:i]:
            other = (PLAN, (KEY, plan.index(step)))
            yield _at(i, f"'{step}' appears twice in the plan and would apply twice", other)
        elif step == "area" and i != 1:
            yield _at(i, "'area' is a difference in dollars and belongs after 'base', before any factor")
        elif step == "order" and plan[i - 1] != ROLE:
            yield _at(i, f"'order' compares what roles pay and belongs right after '{ROLE}'")
        elif step == "cap" and i != len(plan) - 1:
            yield _at(i, "'cap' bounds the product of all factors and belongs at the end")


def _at(i: int, message: str, other: tuple[str, tuple[str, int]] | None = None) -> Finding:
    return Finding(PLAN, (KEY, i), "E312", message, other=other)


CHECKS: dict[str, tuple[Callable[[Files], Iterator[Finding]], ...]] = {
    "core": (
        once,
        dates,
        names,
        order,
        percentiles,
        quarters,
        leaps,
        minimum_wages,
        pay_tables,
        ladders,
        reach,
    ),
    "areas": (once, dates),
}

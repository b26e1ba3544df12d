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

    from ehrpay.rules.finding import Files, Passage

MOST_CENTS = 1 << 63
LARGEST_MOVE = 10
OF_AN_OVERLAY = "if this is an overlay, give it an overlay.yaml with title, author and reference"
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
    wanted = [kind.path for kind in KINDS if kind.needed] + [f"adjustments/{id_}.yaml" for id_ in NEEDED]
    missing = [file for file in wanted if file not in known]
    hint = OF_AN_OVERLAY if len(missing) > len(wanted) / 2 else ""
    for file in missing:
        yield Finding(known[file], "E305", "this file is required and missing", help=hint)
    made = adjustments(files)
    for id_, (step, field, _) in NEEDED.items():
        file, here = f"adjustments/{id_}.yaml", made.get(id_)
        if file in files and here is None:
            message = f"the adjustment '{id_}' is required and missing: this file defines another one"
            yield Finding(files[file].at("adjustment"), "E305", message)
        elif here and (here.data["step"], here.data["input"]) != (step, field):
            yield Finding(here.at("step"), "E305", f"the adjustment '{id_}' must be a {step} by {field}")


def dates(files: Files) -> Iterator[Finding]:
    """Dated lists run from old to new; a review never comes before its date."""
    for file in files.values():
        for path, value, _ in branches(file.data, NOTHING):
            if isinstance(value, list) and _dated(value):
                if path[-1] == "bands":
                    yield from _one_band(file.below(path))
                elif path[-1] != "ladders":
                    yield from _ordered(file.below(path))
            if isinstance(value, dict) and _before(value.get("review_by"), value.get("effective")):
                here = file.below(path)
                message = f"review_by {value['review_by']} is before effective {value['effective']}"
                yield Finding(here.at("review_by"), "E302", message, other=here.at("effective"))


def _before(review: Any, effective: Any) -> bool:
    return isinstance(review, str) and isinstance(effective, str) and review < effective


def _dated(value: list[Any]) -> bool:
    return bool(value) and all(
        isinstance(one, dict) and isinstance(one.get("effective"), str) for one in value
    )


def _one_band(bands: Passage) -> Iterator[Finding]:
    """Several bands may begin on a day, each for a series or roles of its own."""
    seen: dict[str, Passage] = {}
    for here in bands.each():
        band, day = here.data, here.at("effective")
        roles = band.get("roles") or []
        # As text, for in a file of a wrong shape they may be anything.
        whose = sorted(roles, key=str) if isinstance(roles, list) else roles
        first = seen.setdefault(repr((day.data, band.get("series"), whose)), day)
        if first is not day:
            message = f"{day.data} appears twice for the same series and roles: two bands overlap"
            yield Finding(day, "E301", message, other=first)


def _ordered(values: Passage) -> Iterator[Finding]:
    for before, after in itertools.pairwise(one.at("effective") for one in values.each()):
        if after.data == before.data:
            yield Finding(after, "E301", f"{after.data} appears twice: two values overlap", other=before)
        elif after.data < before.data:
            message = f"{after.data} comes after {before.data}: put the older first"
            yield Finding(after, "E301", message, other=before)


def reach(files: Files) -> Iterator[Finding]:
    """The largest product the steps can reach fits in 63 bits, so columns of integers can't wrap."""
    # The largest wage a file may state, moved by the largest area factor and ageing we accept.
    largest = Decimal(10_000_000) * 100 * LARGEST_MOVE * LARGEST_MOVE
    for here in files.within("adjustments/"):
        largest *= max(_factors(here.data), default=Decimal(1)) ** (3 if here.data["step"] == "set" else 1)
    if largest * LARGEST_MOVE * 10_000 >= MOST_CENTS:
        message = "the largest possible product doesn't fit in 63 bits"
        yield Finding(files[PLAN].at(KEY), "E308", message)


def _factors(data: dict[str, Any]) -> Iterator[Decimal]:
    for path, value, _ in walk(data, NOTHING):
        if path[-1] == "factor":
            yield Decimal(value)
        elif path[-1] == "points":
            yield from (Decimal(point[1]) for point in value)


def order(files: Files) -> Iterator[Finding]:
    """The base first, the area next (it is in dollars), the order after the role, the cap last, nothing twice."""
    plan, grade = files[PLAN].at(KEY), files[PLAN].at(GRADE)
    steps: list[str] = plan.data or []
    for one, own in zip(grade.each(), GRADE_STEPS, strict=False):
        if one.data != own:
            yield Finding(one, "E312", f"the grade method runs {', '.join(GRADE_STEPS)} in this order")
    if steps and steps[0] != "base":
        yield Finding(plan.at(0), "E312", "the plan must begin with 'base', the national median")
    for i, step in enumerate(steps):
        message, other = "", None
        if step in steps[:i]:
            message, other = (
                f"'{step}' appears twice in the plan and would apply twice",
                plan.at(steps.index(step)),
            )
        elif step == "area" and i != 1:
            message = "'area' is a difference in dollars and belongs after 'base', before any factor"
        elif step == "order" and steps[i - 1] != ROLE:
            message = f"'order' compares what roles pay and belongs right after '{ROLE}'"
        elif step == "cap" and i != len(steps) - 1:
            message = "'cap' bounds the product of all factors and belongs at the end"
        if message:
            yield Finding(plan.at(i), "E312", message, other=other)


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

"""The plans of both methods: their own steps stand where their arithmetic holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.market import GRADE_STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files

FILE, KEY, GRADE, ROLE = "plan.yaml", "market", "grade", "responsibility"


def order(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """The base first, the area next (it is in dollars), the order after the role, the cap last, nothing twice."""
    plan = files.get(FILE, {}).get(KEY, [])
    if not plan:
        return
    for i, (step, own) in enumerate(zip(files[FILE].get(GRADE, GRADE_STEPS), GRADE_STEPS, strict=True)):
        if step != own:
            yield Finding(
                FILE, (GRADE, i), "E312", f"the grade method runs {', '.join(GRADE_STEPS)} in this order"
            )
    if plan[0] != "base":
        yield _at(0, "the plan must begin with 'base', the national median")
    for i, step in enumerate(plan):
        if step in plan[:i]:
            other = (FILE, (KEY, plan.index(step)))
            yield _at(i, f"'{step}' appears twice in the plan and would apply twice", other)
        elif step == "area" and i != 1:
            yield _at(i, "'area' is a difference in dollars and belongs after 'base', before any factor")
        elif step == "order" and plan[i - 1] != ROLE:
            yield _at(i, f"'order' compares what roles pay and belongs right after '{ROLE}'")
        elif step == "cap" and i != len(plan) - 1:
            yield _at(i, "'cap' bounds the product of all factors and belongs at the end")


def _at(i: int, message: str, other: tuple[str, tuple[str, int]] | None = None) -> Finding:
    return Finding(FILE, (KEY, i), "E312", message, other=other)

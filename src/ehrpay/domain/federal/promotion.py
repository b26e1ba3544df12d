"""The two-step promotion rule: the step of the higher grade that a promotion leads to.

5 U.S.C. 5334(b) and the standard method of 5 CFR 531.214(d)(3), for pay under the same schedules before and
after: the locality pay area is the new one on both sides, and neither special nor retained rates are known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import GRADES, STEPS

if TYPE_CHECKING:
    from ehrpay.domain.federal.schedule import PaySchedule, Rate

STEP_INCREASES = 2


def promote(schedule: PaySchedule, grade: int, step: int, to_grade: int) -> Rate:
    """The rate on promotion from a grade and step: the lowest of the new grade that is at least `least`.

    Locality rates under the cap are compared, for what the cap cuts off counts for nothing (5 CFR 531.606(d)):
    a capped rate leads to the first capped one. Where the new grade has no such rate, its step 10. ValueError
    unless the new grade is a higher one.
    """
    if not grade < to_grade <= GRADES:
        msg = f"GS-{to_grade} is not above GS-{grade}, or no grade of the General Schedule"
        raise ValueError(msg)
    wanted = min(schedule.uncapped(least(schedule, grade, step)), schedule.cap.value)
    higher = schedule.cells((to_grade, to_grade), (1, STEPS))
    return next((rate for rate in higher if rate.annual >= wanted), schedule.rate(to_grade, STEPS))


def least(schedule: PaySchedule, grade: int, step: int) -> int:
    """Base pay two step increases above a grade and step, whole dollars a year: what a promotion must reach.

    Beyond step 10 the grade's last increase counts again. For steps 9 and 10 of GS-1 and GS-2 the regulation
    has a sentence of its own, which was not seen.
    """
    top = schedule.rate(grade, STEPS).base
    last = top - schedule.rate(grade, STEPS - 1).base
    beyond = step + STEP_INCREASES - STEPS
    return top + beyond * last if beyond > 0 else schedule.rate(grade, step + STEP_INCREASES).base

"""Today, in the one place that reads it; EHRPAY_TODAY sets another day."""

from __future__ import annotations

import os
from datetime import date

from ehrpay.errors import UsageError, shown

TODAY = "EHRPAY_TODAY"


def today() -> str:
    """The user's own day as an ISO date, or the day in EHRPAY_TODAY. UsageError unless that is a date."""
    named = os.environ.get(TODAY, "").strip()
    if not named:
        return date.today().isoformat()  # noqa: DTZ011 - the user's own day
    try:
        return date.fromisoformat(named).isoformat()
    except ValueError:
        raise UsageError(f"{TODAY}: {shown(named)} is not a date; write YYYY-MM-DD") from None

"""What is asked of a roster, and the few things that both engines share for one head of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.batch.job.headings import CITY, HIRED, PAY, STATE
from ehrpay.batch.job.inputs import Inputs
from ehrpay.batch.job.results import names
from ehrpay.batch.tables.plan import Plan
from ehrpay.domain.profile import FIELDS, plain_key
from ehrpay.errors import UsageError, unknown
from ehrpay.named_tuple import NamedTuple
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.batch.job.head import Head
    from ehrpay.domain.estimate.rulebook import Rulebook


class Request(NamedTuple):
    """How a roster shall be priced.

    `ends` adds P10 and P90; `by` names the column of the groups whose gaps are counted; `mapped` gives columns a
    meaning; `raw` leaves cells that a spreadsheet takes for formulas as they are; `strict` stops at the first bad row.
    """

    method: str = "auto"
    apply_band: bool = False
    ends: bool = False
    by: str = ""
    mapped: Mapping[str, str] = {}
    encoding: str = "utf-8"
    raw: bool = False
    strict: bool = False


def plan_of(book: Rulebook, request: Request) -> Plan:
    """A plan without any tables yet."""
    return Plan(book, resolve, request.method, apply_band=request.apply_band)


class Job:
    """A request for one head of columns: the plan, the cells it takes, the columns it adds."""

    def __init__(self, book: Rulebook, head: Head, request: Request, plan: Plan | None = None) -> None:
        """Take the rules, the columns and the request, and a plan of these that has tables already.

        UsageError for a group column that isn't there.
        """
        self.book, self.head, self.request = book, head, request
        self.plan = plan_of(book, request) if plan is None else plan
        self.inputs = Inputs(head, self.plan.reader, book.as_of)
        self.pay = head.places.get(PAY)
        self.added = names(head.names, ends=request.ends, pay=self.pay is not None)
        self.used = {
            name: place
            for name, place in head.places.items()
            if name in FIELDS or name in (HIRED, CITY, STATE)
        }
        self.group = self._group(request.by)

    def _group(self, by: str) -> int | None:
        if not by:
            return None
        names = self.head.names
        place = names.index(by) if by in names else self.head.place([plain_key(by)])
        if place is None:
            raise UsageError(unknown("column", by, [name.strip() for name in names]), field="by")
        if self.pay is None:
            msg = "--by compares the current pay of groups, and no column is 'pay'; use --map COLUMN=pay"
            raise UsageError(msg, field="by")
        return place

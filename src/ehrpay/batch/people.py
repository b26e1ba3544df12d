"""The people of a roster, one by one: for a comparison of rules, which prices everybody twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.batch.files.cells import cells
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.headings import PAY
from ehrpay.batch.job.inputs import Inputs
from ehrpay.batch.job.reasons import why
from ehrpay.batch.job.results import current_pay
from ehrpay.batch.tables.plan import Plan
from ehrpay.batch.tables.reading import typed
from ehrpay.domain.estimate.market import HOURS
from ehrpay.domain.review.moves import Answer, Person
from ehrpay.errors import DataError, EhrpayError, UsageError
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.batch.files.source import Input
    from ehrpay.domain.estimate.rulebook import Rulebook

NAMED_BY = ("id", "name", "employee", "employee_id", "person", "person_id")
"""Columns that name a person; others are named by their line."""


def people(source: Input, book: Rulebook) -> Iterator[Person]:
    """Everybody in a roster, with current pay in cents where it has such a column.

    Hiring dates count to the book's date. DataError (65) names the line of a row that can't be read.
    """
    rows = cells(source)
    first, names = next(rows)
    head = read_head(f"{source.name}:{first}", names, {})
    inputs = Inputs(head, Plan(book, resolve).reader, book.as_of)
    name = head.place(NAMED_BY)
    for number, row in rows:
        texts = {meaning: row[place].strip() or None for meaning, place in head.places.items()}
        try:
            pay = texts.get(PAY)
            yield Person(
                name=(row[name].strip() if name is not None else "") or f"line {number}",
                profile=typed(inputs.cells(texts)),
                pay=None if pay is None else current_pay(pay, HOURS) or None,
            )
        except UsageError as error:
            raise DataError(f"{source.name}:{number}: {error}") from error


def pricer(book: Rulebook) -> Callable[[Person], Answer]:
    """What prices people by a rulebook, each distinct part of them once."""
    plan = Plan(book, resolve)

    def price(person: Person) -> Answer:
        texts = {
            name: ";".join(value) if isinstance(value, tuple) else value
            for name, value in person.profile._asdict().items()
        }
        try:
            found = plan.one(texts)
        except EhrpayError as error:
            return Answer(error=str(error))
        if found is None:
            return Answer(error=why(texts, book, "auto", apply_band=False)[1])
        method, priced, _ = found
        p10, low, middle, high, p90 = priced.points
        return Answer(low=low, mid=middle, high=high, p10=p10, p90=p90, method=method)

    return price

"""Columns of codes and of numbers: what tables and arithmetic make of them."""

from __future__ import annotations

import numpy as np
import pytest

from ehrpay import load_rulebook
from ehrpay.batch.tables.columns import Columns
from ehrpay.batch.tables.grid import filled
from ehrpay.batch.tables.pieces import price
from ehrpay.batch.tables.plan import Plan
from ehrpay.places.resolve import resolve


def test_what_another_thread_has_filled_is_not_asked_again() -> None:
    def ask(left: object, right: object) -> list[int]:
        pytest.fail(f"asked {left} and {right}")

    left, right = np.array([1, 0, 1]), np.array([0, 2, 2])
    grid, _ = filled(None, left, right, (2, 3), lambda rows, columns: (rows * 10 + columns).tolist())
    again, found = filled(grid, left, right, (2, 3), ask)
    assert again is grid
    assert found.tolist() == [10, 2, 12]


def test_titles_and_places_are_worked_out_alike_by_rows_and_by_columns() -> None:
    """With a role and a place that are not known: their pairs are faults, and the others have their codes."""
    book = load_rulebook("2026-11-23")
    roles, places = (
        ["coder", None, "no such role", "manager"],
        ["Denver, CO", None, "no such place", "rural Ohio"],
    )
    pairs = [(role, place) for role in roles for place in places]
    one, many = Plan(book, resolve), Plan(book, resolve)
    by_row = [one.one({"role": role, "location": place}) for role, place in pairs]
    texts = {
        name: np.array([many.reader.texts[name].of(pair[side]) for pair in pairs])
        for side, name in enumerate(("role", "location"))
    }

    found = price(many, texts, len(pairs), Columns())
    assert [row is None for row in by_row] == found.fault.tolist()
    assert [row[1].points for row in by_row if row] == [
        tuple(points) for points, bad in zip(found.points.T.tolist(), found.fault, strict=True) if not bad
    ]
    assert found.fault.sum() == 7


def test_the_root_of_a_column_is_rounded_down_up_to_its_limit() -> None:
    """At a square and one below it; between squares a root that is right at both ends can't be wrong."""
    roots = np.append(np.arange(1, 2**16), np.arange(2**26 - 2**16, 2**26))
    assert (Columns.root(roots * roots) == roots).all()
    assert (Columns.root(roots * roots - 1) == roots - 1).all()
    assert Columns.root(10**12 - 1) == 10**6 - 1

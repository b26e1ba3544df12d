"""The shape that YAML and JSON share: a mapping with `offers`, and perhaps `person` and `home`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.offers.sheet import Cell, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.offers.sheet import Problems

    Place = Callable[[Sequence[Any]], str]

TOP = ("home", "person", "offers")


def rows_of(data: Any, place: Place, problems: Problems) -> Rows:
    """The rows of a file's data; `place` says where a path of keys stands; another shape is a problem."""
    at = place
    if isinstance(data, list):
        data = {"offers": data}

        def at(steps: Sequence[Any]) -> str:
            return place(steps[1:])

    for key in data:
        if key not in TOP:
            problems.unknown(at((key,)), key, TOP)
    listed = data.get("offers")
    if not isinstance(listed, list):
        problems.add(at(("offers",)), "offers: should be a list of offers")
        listed = []
    offers = [row for n, raw in enumerate(listed) if (row := _row(raw, ("offers", n), at, problems))]
    told = data.get("person")
    person = None if told is None else _row(told, ("person",), at, problems)
    home = None if data.get("home") is None else Cell(data["home"], at(("home",)))
    if person is not None and "home" in person.cells:
        cells = dict(person.cells)
        home, person = cells.pop("home"), person._replace(cells=cells)
    return Rows(tuple(offers), person, home)


def _row(raw: Any, steps: tuple[Any, ...], at: Place, problems: Problems) -> Row | None:
    if not isinstance(raw, dict):
        problems.add(at(steps), f"{_named(steps)}: should be a mapping of keys to values")
        return None
    return Row({key: Cell(value, at((*steps, key))) for key, value in raw.items()}, at(steps))


def _named(steps: tuple[Any, ...]) -> str:
    """`person`, or an offer as people count them: `offer 3`."""
    return f"offer {steps[1] + 1}" if len(steps) > 1 else str(steps[0])

"""Values within their bounds but outside their usual range, which the models state beside each bound."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.rules.finding import Finding
from ehrpay.rules.folder import AREAS
from ehrpay.rules.shape.fields import USUAL
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import Usual, walk
from ehrpay.rules.shape.wages import AREA_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files, Path

MEDIAN = AREA_COLUMNS.index("p50")
LOOK = "check it; nothing is wrong if it is intended"


def unusual(files: Files) -> Iterator[Finding]:
    """A W401 for every value outside the range its field calls usual."""
    for file, data in files.items():
        for path, value, layout in walk(data, layout_at(file)):
            yield from _judged(file, path, value, layout.mark(Usual))
        yield from _cells(file, data)


def _cells(file: str, data: dict[str, Any]) -> Iterator[Finding]:
    """Amounts of area and base tables, whose rows have no field of their own for each."""
    for i, table in enumerate(data.get("tables", [])):
        for j, row in enumerate(table["rows"]):
            # The top tenth of some areas earns more than people here usually do; the median tells a slip.
            for value in row[MEDIAN : MEDIAN + 1] if file.startswith(AREAS) else row[1:]:
                yield from _judged(file, ("tables", i, "rows", j), value, USUAL)


def _judged(file: str, path: Path, value: Any, usual: Usual | None) -> Iterator[Finding]:
    if usual is None or isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return
    if not Decimal(usual.least) <= value <= Decimal(usual.most):
        message = f"{value} is outside the usual {usual.least} to {usual.most}"
        yield Finding(file, path, "W401", message, help=LOOK)

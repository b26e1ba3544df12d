"""Names of places that begin as typed, for completion."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING

from ehrpay.places import gazetteer
from ehrpay.places.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 30


def beginning(text: str) -> Mapping[str, str]:
    """The largest places whose name begins like this, whatever its case, each with its kind; none for no text."""
    typed, key = text.casefold(), folded(text.partition(",")[0])
    if not key:
        return {}
    sizes: dict[tuple[str, str], int] = {}
    for _, kind, _, name, *_, population, _ in gazetteer.lines("names.tsv", key):
        if name.casefold().startswith(typed):
            sizes[name, kind] = int(population or 0)
    return dict(nlargest(MOST, sizes, key=sizes.__getitem__))

"""Why a row has no price: by the sentence that one person would get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.api.estimates import estimate
from ehrpay.batch.tables.reading import typed
from ehrpay.errors import EhrpayError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.rulebook import Rulebook


def why(cells: Mapping[str, str | None], book: Rulebook, method: str, *, apply_band: bool) -> tuple[str, str]:
    """The field at fault and the sentence that one person of these cells gets."""
    try:
        estimate(typed(cells), book, method=method, apply_band=apply_band)
    except EhrpayError as error:
        return (error.field if isinstance(error, UsageError) else ""), str(error)
    raise AssertionError(f"a row has a price for one person and none in a roster: {cells!r}")

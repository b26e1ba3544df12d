"""What is shown of a roster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.roster.summary import Summary


class ShownRoster(NamedTuple):
    """A roster's figures, by which rules and as of which day; `errors` is the file of rows without a price."""

    summary: Summary
    files: tuple[str, ...]
    rules_version: str
    as_of: str
    engine: str
    errors: str = ""
    warnings: tuple[str, ...] = ()

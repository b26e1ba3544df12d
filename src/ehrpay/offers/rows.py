"""Offers as written: cells by key, each with its place in the file, before any of them is interpreted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OFFERS = 200


class Cell(NamedTuple):
    """A value as written, a text or a list of them, and its place, as `offers.yaml:7`."""

    value: Any
    where: str


class Row(NamedTuple):
    """One offer, or the person: cells by key, and the place where it begins."""

    cells: Mapping[str, Cell]
    where: str


class Rows(NamedTuple):
    """The content of a file."""

    offers: tuple[Row, ...]
    person: Row | None = None
    home: Cell | None = None


def normalized(key: str) -> str:
    """A key as it is compared: `Sign-on`, `sign on` and `sign_on` are one."""
    return "_".join(key.casefold().replace("-", " ").replace("_", " ").split())

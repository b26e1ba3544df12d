"""What the shared arithmetic asks of numbers beside `+ - * //`; here those of one row, in columns.py those of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ehrpay.domain import money

if TYPE_CHECKING:
    from ehrpay.batch.codes import Codes


class Arithmetic(Protocol):
    """Numbers, or columns of them; whichever it is, the same plan asks the same of them."""

    def clip(self, value: Any, low: Any, high: Any) -> Any:
        """The nearer bound where a value lies outside."""

    def root(self, value: Any) -> Any:
        """The whole square root, rounded down."""

    def largest(self, one: Any, other: Any) -> Any:
        """The larger of two."""

    def where(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """One of two."""

    def most(self, value: Any) -> int:
        """The largest of all rows."""

    def record(self, codes: Codes, code: Any) -> Any:
        """The numbers that a code stands for."""


class OneRow:
    """The numbers of one row."""

    clip = staticmethod(money.clip)
    root = staticmethod(money.root)
    largest = staticmethod(max)
    most = staticmethod(int)

    @staticmethod
    def where(condition: Any, then: Any, otherwise: Any) -> Any:
        """One of two."""
        return then if condition else otherwise

    @staticmethod
    def record(codes: Codes, code: Any) -> Any:
        """The value itself."""
        return codes.values[code]

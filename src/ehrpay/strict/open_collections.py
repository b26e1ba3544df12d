"""Lists and mappings while they are being filled: their data, and where each item stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ehrpay.strict.marks import Node, Spot


class OpenList:
    """A list being filled."""

    __slots__ = ("data", "items", "spot")
    wants_key = False

    def __init__(self, spot: Spot) -> None:
        """Begin at a spot."""
        self.spot = spot
        self.data: list[Any] = []
        self.items: list[Node] = []

    def add(self, value: Any, node: Node) -> None:
        """Append a value and its spots."""
        self.data.append(value)
        self.items.append(node)


class OpenMapping:
    """A mapping being filled: a key, then its value; under a refused key the value is dropped."""

    __slots__ = ("data", "items", "key", "key_spot", "spot", "wants_key")

    def __init__(self, spot: Spot) -> None:
        """Begin at a spot."""
        self.spot = self.key_spot = spot
        self.data: dict[str, Any] = {}
        self.items: dict[str, tuple[Spot, Node]] = {}
        self.key: str | None = None
        self.wants_key = True

    def name(self, key: str | None, spot: Spot) -> None:
        """Take the key of the next value; None drops that value."""
        self.key, self.key_spot, self.wants_key = key, spot, False

    def add(self, value: Any, node: Node) -> None:
        """Put a value under the key; instead of a key, it is a collection or alias, which no key may be."""
        if self.wants_key:
            self.name(None, self.spot)
            return
        if self.key is not None:
            self.data[self.key] = value
            self.items[self.key] = self.key_spot, node
        self.wants_key = True

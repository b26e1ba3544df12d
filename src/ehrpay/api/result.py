"""What every result of the library can do besides holding its figures: plain data, rows, and how notebooks show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.facts import Source


class Result:
    """A result that programs and notebooks can read; the formats do the work, when it is asked for."""

    def _view(self) -> Any:
        """The result as the formats see it."""
        raise NotImplementedError

    def _summary(self) -> str:
        """The result in one sentence."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data: what the command prints as JSON."""
        from ehrpay.formats.writers.json import as_data

        data: dict[str, Any] = as_data(self._view().record())
        return data

    def rows(self) -> list[dict[str, Any]]:
        """The result as rows, one dictionary each, for a data frame: the columns of the command's CSV."""
        from ehrpay.formats.writers.json import as_data

        head, *rows = as_data(list(self._view().rows()))
        return [dict(zip(head, row, strict=True)) for row in rows]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._summary()}>"

    def _repr_html_(self) -> str:
        """The answer as a notebook shows it: the text and the tables of the page."""
        from ehrpay.formats.writers.html import fragment

        return fragment(self._view())


class CitedResult(Result):
    """A result whose sources are spelled out by a rulebook."""

    _sources: Mapping[str, Source]

    def with_sources(self, sources: Mapping[str, Source]) -> Self:
        """The same, with every source by its id."""
        self._sources = sources
        return self

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled besides the figures: a rulebook decodes its sources when they are read."""
        state: Any = super().__getstate__()
        return {**state, "_sources": dict(self._sources)}

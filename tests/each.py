"""Many rows in one test: pytest's own work on a parametrised row is more than most rows'."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Test = Callable[..., None]


def each(names: str | tuple[str, ...], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Run the test with every row, as `pytest.mark.parametrize` would; then fail with each row that failed.

    For rows that leave nothing behind: they share the test's fixtures.
    """
    wanted, every = (names,) if isinstance(names, str) else names, list(rows)
    assert every, "no rows, so nothing would be tested"

    def with_rows(test: Test) -> Test:
        @wraps(test)
        def run(**fixtures: Any) -> None:
            failed = []
            for row in every:
                values = dict(zip(wanted, (row,) if isinstance(names, str) else row, strict=True))
                try:
                    test(**fixtures, **values)
                except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 - told below, with all others
                    error.add_note(f"with {values!r}"[:1_000])
                    failed.append(error)
            if failed:
                msg = f"{len(failed)} of {len(every)} rows"
                raise BaseExceptionGroup(msg, failed)

        signature = inspect.signature(test)
        rest = [one for one in signature.parameters.values() if one.name not in wanted]
        run.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]
        return run

    return with_rows

"""One rulebook for the tests of the library."""

from __future__ import annotations

import pytest

from ehrpay import Rulebook, load_rulebook


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook(as_of="2026-11-23")

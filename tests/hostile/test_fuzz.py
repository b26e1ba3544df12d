"""Hostile command lines, offers and overlays: no traceback, no hang, little memory, exit codes of the table only."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest
from tests.hostile.fuzz import KINDS, MOST_KIB, attack, peak

FEW = {"lines": 20, "offers": 40, "overlays": 1}
SOME = {"lines": 400, "offers": 500, "overlays": 20}
ALL = {"lines": 3_000, "offers": 3_500, "overlays": 4_000}
SHARDS = 10


def alone(kind: str, seed: int, count: int) -> int:
    """The peak of a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(peak, kind, seed, count).result()


@pytest.mark.parametrize("kind", ["lines", "offers"])
def test_a_few_hostile_questions(kind: str) -> None:
    assert len(attack(kind, 7, FEW[kind]).codes) > 1


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_some_hostile_questions(kind: str) -> None:
    assert alone(kind, 8, SOME[kind]) < MOST_KIB


@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("kind", KINDS)
def test_thousands_of_hostile_questions(kind: str, shard: int) -> None:
    assert alone(kind, 100 + shard, ALL[kind] // SHARDS) < MOST_KIB

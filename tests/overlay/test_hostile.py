"""Hostile overlays: whatever two of them hold, they are clean or have listed problems."""

from __future__ import annotations

import random

import pytest
from tests.hostile.mutate import hostile
from tests.overlay.folders import base, layer

from ehrpay.rules.folder import AREAS, File, Layer
from ehrpay.rules.pipeline import judged
from ehrpay.strict.problem import concise, full

SMALL = [file for file in base() if not file.path.startswith(AREAS)]
HEAD = layer("x", {}).files[0]


def lay(seed: int, count: int) -> tuple[int, set[str]]:
    """Judge so many pairs of overlays of one file each; how many were clean, and the codes met."""
    rng = random.Random(seed)
    clean, codes = 0, set[str]()
    for number in range(count):
        path, data = hostile(rng, SMALL)
        _, other = hostile(rng, [file for file in SMALL if file.path == path])
        overlays = [
            Layer("one", [File(path, data), HEAD]),
            Layer("two", [File(path, other), HEAD]),
        ]
        try:
            made, found, _ = judged("core", [Layer("rules", SMALL), *overlays])
            told = [(concise(problem), full(problem)) for problem in found]
        except BaseException as error:
            error.add_note(f"seed {seed}, pair {number} ({path}): {data[:2_000]!r} and {other[:2_000]!r}")
            raise
        assert len(told) == len(found)
        assert (made is None) == any(problem.severity == "error" for problem in found)
        clean += not found
        codes |= {problem.code for problem in found}
    return clean, codes


def test_some_hostile_overlays() -> None:
    _, codes = lay(7, 15)
    assert len(codes) > 5


@pytest.mark.parametrize(
    "shard", [pytest.param(n, marks=pytest.mark.slow if n < 3 else pytest.mark.long) for n in range(8)]
)
def test_many_hostile_overlays(shard: int) -> None:
    lay(100 + shard, 100)

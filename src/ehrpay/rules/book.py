"""Rule files to rules: read, judge, check and compile, or take what an earlier run compiled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.errors import RulesError
from ehrpay.rules import cache, decode
from ehrpay.rules.folder import AREAS, PARTS, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.rules.folder import File


def load(top: Path, files: Sequence[File], overlays: Sequence[Layer] = ()) -> Rules:
    """All rules of a folder with its overlays. RulesError lists every problem of every file.

    Area tables are judged when an area's wages are first used.
    """
    layers = layered(top, files, overlays)
    rules = decode.rules(_part("core", top, layers), lambda: _part("areas", top, layers))
    # Two overlays may differ on wages that no one asks about; a warning says so all the same.
    if sum(any(file.path.startswith(AREAS) for file in layer.files) for layer in overlays) > 1:
        rules.conflicts += rules.areas.conflicts
    return rules


def _part(part: str, top: Path, layers: Sequence[Layer]) -> dict[str, Any]:
    """The rows of a compiled part: `core` or `areas`."""
    cached: dict[str, Any] | None = cache.load(part, layers)
    if cached is not None:
        return cached
    body = compiled(part, top, layers)
    cache.store(part, layers, body)
    rows: dict[str, Any] = json.loads(body)
    return rows


def compiled(part: str, top: Path, layers: Sequence[Layer]) -> bytes:
    """A part judged and compiled, as JSON. RulesError lists every problem of every file."""
    from ehrpay.rules.finding import concise_list
    from ehrpay.rules.pipeline import judged

    made, problems, _ = judged(part, layers)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        folders = " and ".join([str(top), *(layer.prefix for layer in layers[1:])])
        raise RulesError(concise_list(f"the rules in {folders} have", errors))
    return json.dumps(made, separators=(",", ":")).encode()


def packed(top: Path, files: Sequence[File]) -> dict[str, bytes]:
    """Each part of a folder of rules as a wheel has it beside them."""
    layers = layered(top, files)
    return {part: cache.packed(part, compiled(part, top, layers), cache.hashed(layers)) for part in PARTS}


def layered(top: Path, files: Sequence[File], overlays: Sequence[Layer] = ()) -> list[Layer]:
    """A folder of rules, by the name it is shown by, with its overlays."""
    return [Layer(cache.SHIPPED if top == shipped.folder() else top.as_posix(), files), *overlays]

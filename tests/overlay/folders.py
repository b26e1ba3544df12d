"""Overlays for the tests: made in memory or on disk from plain data."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.rules import folder
from ehrpay.rules.folder import File, Layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEAD = {"title": "County hospital", "author": "HR", "reference": "Annex B"}
PLACE = re.compile(r"[^\s]*\.yaml:\d+")

RHIT = {"effective": "2021-05-01", "low": Decimal("1.00"), "high": Decimal("1.10"), "basis": "assumption"}
COUNTY: dict[str, Any] = {
    "agency": "county",
    "name": "Example County",
    "kind": "private",
    "setting": None,
    "pay_plan": None,
}


def base() -> list[File]:
    """Every rule file that ships."""
    return folder.files(shipped.folder())


def written(data: Any) -> str:
    """Plain data as YAML in flow style, on one line for each key at the top."""
    if isinstance(data, dict):
        return "".join(f"{key}: {_flow(value)}\n" for key, value in data.items())
    return _flow(data)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def layer(name: str, files: Mapping[str, Any], head: Mapping[str, Any] = HEAD) -> Layer:
    """An overlay in memory."""
    made = [File(path, written(data).encode()) for path, data in files.items()]
    return Layer(name, [*made, File("overlay.yaml", written(dict(head)).encode())])


def on_disk(top: Path, files: Mapping[str, Any], head: Mapping[str, Any] | None = HEAD) -> Path:
    """An overlay as a folder; a text is written as it is."""
    top.mkdir(exist_ok=True, parents=True)
    for path, data in {**files, **({"overlay.yaml": dict(head)} if head is not None else {})}.items():
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(data if isinstance(data, str) else written(data), "utf-8")
    return top


def rhit(factor: str) -> dict[str, Any]:
    """An overlay of one number: what an RHIT is worth."""
    value = RHIT | {"factor": Decimal(factor), "confidence": "low", "sources": ["synthesis"]}
    return {"adjustments/certification.yaml": {"levels": [{"id": "rhit", "values": [value]}]}}


def placeless(compiled: Any) -> Any:
    """A compiled part without the places its numbers stand at, and without what names the folders."""
    if isinstance(compiled, dict):
        kept = {
            key: value for key, value in compiled.items() if key not in ("version", "overlays", "conflicts")
        }
        return {key: placeless(value) for key, value in kept.items()}
    if isinstance(compiled, (list, tuple)):
        return [placeless(value) for value in compiled]
    return "" if isinstance(compiled, str) and PLACE.fullmatch(compiled) else compiled

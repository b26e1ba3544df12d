"""The files of a first overlay, as `first_overlay/` has them: commented, valid, with a case that passes."""

from __future__ import annotations

from pathlib import Path

from ehrpay.rules.shape.kinds import KINDS, modeline

SCHEMAS = ".schema"
"""Where the overlay keeps the JSON Schemas its files name; the loader skips folders with a dot."""
EXAMPLE = Path(__file__).parents[2] / "first_overlay"
"""Not below `ehrpay/rules`, where an installed copy has the shipped rules."""
FILES = (
    "overlay.yaml",
    "sources.yaml",
    "adjustments/certification.yaml",
    "agencies/example-health.yaml",
    "tests/example.yaml",
    "README.md",
)


def files(today: str) -> dict[str, str]:
    """Path to text of every file of the starter; `today` is an ISO date."""
    from ehrpay.rules.shape import json_schema

    texts = {path: modeline(path, SCHEMAS) + (EXAMPLE / path).read_text("utf-8") for path in FILES}
    made = {path: text.replace("{today}", today).replace("{year}", today[:4]) for path, text in texts.items()}
    schemas = {f"{SCHEMAS}/{kind.name}.schema.json": json_schema.text(kind.name, part=True) for kind in KINDS}
    return made | schemas

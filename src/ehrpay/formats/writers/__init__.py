"""The formats, one module each, found by name: to add a format, add a file.

A writer has `NEEDS`, the method of a view that it calls (`document`, `record`, `rows`, `charts` or `problems`), and
`write(view, screen)`, which gives text ending in a newline. `formats/document.py` says what views are.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from ehrpay.named_tuple import NamedTuple


class Screen(NamedTuple):
    """What is written to: its columns, whether it can show line drawing, whether colors, whether a person looks."""

    width: int = 80
    unicode: bool = True
    color: bool = False
    interactive: bool = False


def names() -> tuple[str, ...]:
    """Every format, by the names of the files here; none is imported."""
    files = Path(__file__).parent.glob("*.py")
    return tuple(sorted(file.stem for file in files if not file.stem.startswith("_")))


def suits(name: str, view: type) -> bool:
    """Whether a format can show such a view: the view has the method that the writer needs."""
    return hasattr(view, _writer(name).NEEDS)


def suiting(view: type) -> tuple[str, ...]:
    """The formats that can show such a view."""
    return tuple(name for name in names() if suits(name, view))


def write(view: object, name: str, screen: Screen) -> str:
    """A view as text ending in a newline."""
    text: str = _writer(name).write(view, screen)
    return text


def _writer(name: str) -> Any:
    return import_module(f"{__name__}.{name}")

"""Scripts find the warnings of every answer under one key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.overlay.folders import on_disk, rhit

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (
    "estimate",
    "whatif --top 1",
    "ladder --horizon 1",
    "list certs",
    "where Denver",
    "config",
    "rules path",
)
"""Of the others, the schema asks for warnings."""


def warned(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    run([*args, "--json"])
    return json.loads(capsys.readouterr().out)["warnings"]


@pytest.mark.parametrize("line", COMMANDS)
def test_warnings_are_a_list_in_every_json(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = warned(capsys, *line.split())
    assert isinstance(found, list)
    assert all(isinstance(text, str) for text in found)


@pytest.mark.parametrize("line", ["list certs", "where Denver", "rules show rhit"])
def test_a_list_warns_where_overlays_disagree(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [str(on_disk(tmp_path / name, rhit(f"1.0{name}"))) for name in ("1", "2")]
    (text,) = warned(capsys, *line.split(), "--quiet", "--rules", folders[0], "--rules", folders[1])
    assert text.startswith("overlays differ on rhit")

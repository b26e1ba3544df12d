"""What several tests of the rules start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def overlay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """An overlay to start from, called `mine`, in the working folder."""
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "init", "mine"]) == 0
    capsys.readouterr()
    return tmp_path / "mine"

"""The importer, and a copy of the rules for it to write to."""

from __future__ import annotations

import importlib
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from tests.tools.older import ROOT, files

from ehrpay.errors import BAD_DATA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


@pytest.fixture(scope="session")
def tool() -> Callable[[str], ModuleType]:
    """Import a script of `tools` as Python does when it runs one."""

    def find(name: str) -> ModuleType:
        sys.path.insert(0, str(ROOT / "tools"))
        try:
            return importlib.import_module(name)
        finally:
            sys.path.remove(str(ROOT / "tools"))

    return find


@pytest.fixture
def refresh(tool: Callable[[str], ModuleType]) -> ModuleType:
    return tool("refresh")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules."""
    return shutil.copytree(ROOT / "rules", tmp_path / "rules")


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped rules for imports that change nothing."""
    return shutil.copytree(ROOT / "rules", tmp_path_factory.mktemp("untouched") / "rules")


@pytest.fixture
def refused(
    refresh: ModuleType, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Run an import that must fail with 65 and change nothing, in the test's own rules if it has some; what it said."""
    rules: Path = request.getfixturevalue("rules" if "rules" in request.fixturenames else "untouched")

    def run(*command: object, code: int = BAD_DATA) -> str:
        before = files(rules)
        assert refresh.main([*map(str, command), "--rules", str(rules)]) == code
        assert files(rules) == before
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "written: " not in said.out
        return said.err

    return run

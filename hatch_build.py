"""Compile the rules into the wheel, so that the first run on a machine is as fast as the second.

An edited rule file is noticed by its bytes: what was compiled is used only for the files it was made from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface[Any]):
    """Adds a file for each part of the rules."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a folder that lasts until the wheel is made; a checkout in use needs none of it."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from ehrpay import shipped
        from ehrpay.rules import book, cache, folder

        self._folder = TemporaryDirectory()
        for part, data in book.packed(shipped.folder(), folder.files(shipped.folder())).items():
            file = Path(self._folder.name) / f"{part}.json"
            file.write_bytes(data)
            build_data["force_include"][str(file)] = f"ehrpay/{cache.WITH_PACKAGE}/{part}.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's form
        """Clear up."""
        if version != "editable":
            self._folder.cleanup()

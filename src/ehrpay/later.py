"""Modules of Python that Typer imports and most runs never use: here each is imported when something of it is used.

They are a tenth of what Typer takes to start. `importlib.util.LazyLoader` itself costs what it saves.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

SELDOM_USED = (
    "subprocess", "bz2", "lzma", "tokenize", "token", "textwrap", "ntpath", "ipaddress", "_compat_pickle",
)  # fmt: skip


class _Later(ModuleType):
    """Stands in `sys.modules` for a module until somebody asks anything of it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        module = __import__(self.__name__)
        self.__dict__.update(module.__dict__)
        return getattr(module, name)


def put_off() -> None:
    """Have the modules imported later, but for those that are here already."""
    for name in SELDOM_USED:
        sys.modules.setdefault(name, _Later(name))

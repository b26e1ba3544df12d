"""The rules that a command's parameters ask for, opened for reading."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.rules.show.shelf import Shelf


def opened(said: Mapping[str, object]) -> Shelf:
    """The shipped rules with the overlays in use: the configuration's, EHRPAY_RULES, then `--rules`."""
    from ehrpay.rules.folder import named, overlays
    from ehrpay.rules.show.shelf import open_shelf

    folders: Any = said.get("rules") or ()
    return open_shelf(overlays(named(folders)))


def leave(code: int) -> None:
    """End with an exit code, after what was written has gone out; a full disk is told as 74."""
    if code:
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.exit(code)

"""What the two arguments of `ehrpay rules diff` name: a folder, an overlay, a date, `shipped` or `now`."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.errors import InputError, UsageError, blamed_on, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.diff.sides import Side

NOW, SHIPPED = "now", "shipped"
WORDS = (SHIPPED, NOW)
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


def two(names: Sequence[str], as_of: str | None) -> tuple[Side, Side]:
    """The sides before and after. One name alone is compared with the rules in use, `--as-of` alone with today.

    UsageError (2) for what names no rules; RulesError (78) for rules that can't be used, all problems listed.
    """
    from ehrpay.rules.diff.sides import refuse_broken

    before, after = _names(names, as_of)
    day = as_of if names else None
    sides = _side(before, day), _side(after, day)
    refuse_broken(sides)
    return sides


def _names(names: Sequence[str], as_of: str | None) -> tuple[str, str]:
    if len(names) > 2:  # noqa: PLR2004 - a comparison has two sides
        raise UsageError(f"compare two sides, not {len(names)}")
    if not names and as_of is None:
        msg = "nothing to compare: give two of: a rules folder, an overlay, a date, shipped, now; or --as-of DATE"
        raise UsageError(msg)
    if not names:
        return str(as_of), NOW
    if len(names) == 1:
        return (names[0], NOW) if _DAY.fullmatch(names[0].strip()) else (NOW, names[0])
    return names[0], names[1]


def _side(name: str, as_of: str | None) -> Side:
    from ehrpay import shipped
    from ehrpay.api.rulebooks import read_date
    from ehrpay.rules import folder
    from ehrpay.rules.diff.sides import Side
    from ehrpay.rules.overlay.layers import HEAD

    text, top, laid = name.strip(), shipped.folder(), list[folder.Layer]()
    dated = _DAY.fullmatch(text) is not None
    # A date among the sides is an argument, and not the option whose name an error would get.
    with blamed_on("" if dated else "as_of"):
        day = read_date(text if dated else as_of)
    if dated or text == NOW:
        laid = folder.overlays(folder.named(()))
    elif text != SHIPPED:
        path = _folder(text)
        if (path / HEAD).is_file():
            laid = folder.overlays([path])
        elif not (path / shipped.MARK).is_file():
            raise UsageError(f"{shown(text)} has neither rules ({shipped.MARK}) nor an overlay ({HEAD})")
        # The shipped folder is the same rules by whichever path it is reached.
        elif path.resolve() != top.resolve():
            top = path
    return Side(text, top, laid, day)


def _folder(text: str) -> Path:
    path = Path(text)
    if "\0" in text or not text or not path.is_dir():
        near = did_you_mean(text, WORDS)
        if "/" in text or os.sep in text or not (near or path.exists()):
            raise InputError(f"{shown(text)} not found")
        hint = near or "; use one of these"
        msg = f"{shown(text)} is not a rules folder, overlay, date (YYYY-MM-DD), 'shipped' or 'now'{hint}"
        raise UsageError(msg)
    return path

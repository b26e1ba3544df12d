"""`ehrpay rules`: the commands of those who keep the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.cli.app import group as make_group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.show.shelf import Shelf

RULES = {
    "validate": "rules.validate",
    "show": "rules.show",
    "sources": "rules.sources",
    "schema": "rules.schema",
    "test": "rules.cases",
    "init": "rules.init",
    "diff": "rules.diff",
    "path": "rules.path",
}
"""Command below `ehrpay rules` to its module in `ehrpay.cli`."""


group = make_group(RULES, "rules")


@group.callback()
def rules() -> None:
    """Read, check and compare the rules every estimate rests on.

    \b
    ehrpay rules show rhit
    ehrpay rules sources
    ehrpay rules init my-rules
    ehrpay rules test my-rules
    ehrpay rules validate
    ehrpay rules diff --as-of 2025-01-01
    """


def rule_index(folders: Sequence[str] | None) -> Shelf:
    """The shipped rules with the overlays in use: the configuration's, EHRPAY_RULES, then `--rules`."""
    from ehrpay.rules.folder import named, overlays
    from ehrpay.rules.show.shelf import open_shelf

    return open_shelf(overlays(named(folders or ())))

"""The values an option or argument can take, each with its name, as far as they can be listed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ehrpay.domain.catalog import KINDS
from ehrpay.domain.profile import FIELDS
from ehrpay.formats import writers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.fields import Field

PLACE = "PLACE"
"""What a value that is a place is called in help."""


def of(command: str, parameter: Any, start: str) -> Mapping[str, str]:
    """The values of a command's parameter that may begin as typed; none where any text will do."""
    name, metavar = parameter.name, parameter.metavar or ""
    if metavar == PLACE:
        from ehrpay.places.beginnings import beginning

        return beginning(start)
    if name in FIELDS:
        return _of_field(FIELDS[name])
    if "|" in metavar:
        return dict.fromkeys(metavar.split("|"), "")
    if name == "format":
        return dict.fromkeys(writers.names(), "")
    return dict.fromkeys(KINDS, "") if (command, name) == ("list", "kind") else {}


def _of_field(field: Field) -> Mapping[str, str]:
    if field.kind == "agency":
        return {id_: rule.name for id_, rule in _book().rules.agencies.items()}
    if field.kind == "level":
        return {id_: level.name for id_, level in _book().levels(field.name).items()}
    if field.kind == "locality":
        return {code: area.name for code, area in _book().rules.federal.localities.items()}
    return {str(number): "" for number in range(1, field.most + 1)}


@cache
def _book() -> Rulebook:
    """The rules with your overlays, as of today."""
    from ehrpay.api import load_rulebook
    from ehrpay.rules.folder import named

    return load_rulebook(overlays=named(()))

"""`ehrpay rules validate`: every problem of rule files at once, each with its place."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write
from ehrpay.errors import DONE, FINDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.folder import Layer
    from ehrpay.strict.problem import Problem

FORMATS = ("full", "concise", "json", "github", "sarif")


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...", help="Folders of rules, overlays, or files; none: the rules in use."
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings too.")] = False,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
    format: Annotated[
        str | None, typer.Option(metavar="NAME", help="full, concise, json, github or sarif.")
    ] = None,
    json: options.Json = False,
) -> None:
    """Check rule files: YAML, shape and meaning. Exit 0 clean, 1 with errors, 66 or 78 where there are no rules.

    \b
    Examples:
      ehrpay rules validate
      ehrpay rules validate my-rules
      ehrpay rules validate my-rules/agencies/mine.yaml --format concise
      ehrpay rules validate --format github
    """
    chosen = options.chosen_format(format or "full", json=False, known=FORMATS, interactive=False)
    if json:
        chosen = options.chosen_format(format, json=True, known=FORMATS, interactive=False)

    from ehrpay.api import read_date
    from ehrpay.cli.rules.opened import leave
    from ehrpay.formats.review import problems as told
    from ehrpay.rules.advice.examine import examine
    from ehrpay.rules.folder import named, overlays

    day = read_date(as_of)
    layers: Sequence[Layer] = overlays(named(rules or ()))
    looked = [examine(path, layers, day) for path in paths or (None,)]
    count = sum(one.files for one in looked)
    found = list(dict.fromkeys(problem for one in looked for problem in one.problems))
    write(_text(chosen, found, count, day))
    sys.stderr.write(told.summary(found, count))
    bad = {"error", "warning"} if strict else {"error"}
    leave(FINDINGS if any(one.severity in bad for one in found) else DONE)


def _text(chosen: str, found: Sequence[Problem], count: int, day: str) -> str:
    from ehrpay.formats.review import problems as told

    if chosen == "json":
        return told.as_json(found, count, day)
    if chosen == "sarif":
        from ehrpay import __version__
        from ehrpay.rules.codes import CODES

        return told.as_sarif(found, CODES, __version__)
    plain: dict[str, Any] = {"full": told.as_full, "concise": told.as_concise, "github": told.as_github}
    text: str = plain[chosen](found)
    return text

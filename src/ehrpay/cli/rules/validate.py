"""`ehrpay rules validate`: every problem of rule files at once, each with its place."""

from __future__ import annotations

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.main import note, tell, write
from ehrpay.errors import FINDINGS


def command(
    paths: list[str] | None = typer.Argument(
        None, metavar="[PATH]...", help="Rules folders, overlays or files; omit for the rules in use."
    ),
    strict: bool = options.flag("--strict", "Exit 1 on warnings too."),
    rules: list[str] | None = options.RULES,
    as_of: str | None = options.AS_OF,
    format: str | None = options.text("NAME", "full, concise, json, github or sarif."),
    json: bool = options.JSON,
) -> None:
    """Check rule files: YAML, structure and meaning. Exits 0 clean, 1 with errors, 66 or 78 if there are no rules.

    \b
    Examples:
      ehrpay rules validate
      ehrpay rules validate my-rules
      ehrpay rules validate my-rules/agencies/mine.yaml --format concise
      ehrpay rules validate --format github
    """
    from ehrpay import __version__
    from ehrpay.api.rulebooks import read_date
    from ehrpay.formats import writers
    from ehrpay.formats.review import Problems
    from ehrpay.rules.advice.examine import examine
    from ehrpay.rules.codes import CODES
    from ehrpay.rules.folder import named, overlays

    if sentence := kept.sentence():
        tell(sentence)
    name = format or ("json" if json else "full")
    chosen = options.chosen_format(name, Problems, json=json, interactive=False)
    day, layers = read_date(as_of), overlays(named(rules or ()))
    looked = [examine(path, layers, day) for path in paths or (None,)]
    found = list(dict.fromkeys(problem for one in looked for problem in one.problems))
    view = Problems(found, sum(one.files for one in looked), day, CODES, __version__)
    write(writers.write(view, chosen, writers.Screen()))
    note(view.summary)
    bad = {"error", "warning"} if strict else {"error"}
    if any(one.severity in bad for one in found):
        raise typer.Exit(FINDINGS)

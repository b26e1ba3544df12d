"""`ehrpay rules sources`: every citation and what rests on it."""

from __future__ import annotations

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.errors import FINDINGS, RulesError, UsageError


@grouped
def command(
    *,
    id: str | None = typer.Argument(  # noqa: A002 - the argument's name
        None, metavar="[ID]", help="Show one source in full."
    ),
    unused: bool = options.flag("--unused", "Only sources nothing cites."),
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """List every source with the rules that cite it. A number without a source is an error (exit 1).

    \b
    Examples:
      ehrpay rules sources
      ehrpay rules sources usaj
      ehrpay rules sources --unused
      ehrpay rules sources --json
    """
    from ehrpay.cli.rules import rule_index
    from ehrpay.formats import review as views

    chosen = output.choose(views.SourceList)
    if id is not None and unused:
        raise UsageError("--unused lists sources and conflicts with ID")
    if id is not None:
        book = rules.load()
        # A source by its id alone: other rules with the same name are not meant here.
        story = rule_index(rules.rules).story(f"source.{id.strip().removeprefix('source.')}", book.as_of)
        chosen.write(views.RulePage(story, book.as_of, book.version, book.rules.conflicts))
        return
    found = rule_index(rules.rules).bibliography()
    if unused:
        found = found._replace(sources=tuple(source for source in found.sources if not source.uses))
    chosen.write(views.SourceList(found, *_version(rules)))
    if found.uncited or found.unknown:
        raise typer.Exit(FINDINGS)


def _version(rules: options.RulesOptions) -> tuple[str, tuple[str, ...]]:
    """The rules' version and where overlays disagree; empty where they don't compile, for the listing says why."""
    try:
        book = rules.load()
    except RulesError:
        return "", ()
    return book.version, book.rules.conflicts

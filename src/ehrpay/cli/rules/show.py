"""`ehrpay rules show`: one rule whole, or what there is to show."""

from __future__ import annotations

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped


@grouped
def command(
    *,
    id: list[str] | None = typer.Argument(  # noqa: A002 - the argument's name
        None, metavar="[ID]", help="A rule's id, the end of one, or an alias; omit to list them."
    ),
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Show a rule: its dated values, their sources, what uses it.

    \b
    Examples:
      ehrpay rules show rhit
      ehrpay rules show experience --as-of 2023-06-01
      ehrpay rules show va.band
      ehrpay rules show metro 19740
      ehrpay rules show gs-locality DEN --json
      ehrpay rules show usaj
      ehrpay rules show
    """
    from ehrpay.cli.rules import rule_index
    from ehrpay.formats import review as views

    chosen = output.choose(views.RulePage)
    book = rules.load()
    index = rule_index(rules.rules)
    if id:
        typed = " ".join(id)
        if index.of_areas(typed):
            book.rules.areas  # noqa: B018 - loads and judges them
        story = index.story(typed, book.as_of)
        chosen.write(views.RulePage(story, book.as_of, book.version, book.rules.conflicts))
    else:
        chosen.write(views.RuleList(index.groups(), book.version, book.rules.conflicts))

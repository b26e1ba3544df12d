"""`ehrpay rules sources`: every citation and what rests on it."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write
from ehrpay.errors import DONE, FINDINGS, RulesError, UsageError

FORMATS = ("table", "plain", "json")


def command(
    id: Annotated[  # noqa: A002 - the argument's name
        str | None, typer.Argument(metavar="[ID]", help="One source, shown whole.")
    ] = None,
    unused: Annotated[bool, typer.Option("--unused", help="Only those that nothing rests on.")] = False,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """List every source with the rules that rest on it. A number without a source is an error (exit 1).

    \b
    Examples:
      ehrpay rules sources
      ehrpay rules sources usaj
      ehrpay rules sources --unused
      ehrpay rules sources --json
    """
    said = dict(locals())
    from ehrpay.cli.rules.opened import leave, opened
    from ehrpay.cli.screen import detect_screen
    from ehrpay.formats.review import sources

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    if id is not None and unused:
        msg = "--unused lists sources and conflicts with an ID"
        raise UsageError(msg)
    look: dict[str, Any] = {
        "width": screen.width,
        "unicode": screen.unicode,
        "color": "standard" if screen.color else None,
    }
    if id is not None:
        _one(id, said, chosen, look)
        return
    found = opened(said).bibliography()
    if unused:
        found = found._replace(sources=tuple(source for source in found.sources if not source.uses))
    if chosen == "json":
        write(sources.as_json(found, _version(said)))
    elif chosen == "plain":
        write(sources.plain(found))
    else:
        write(sources.table(found, **look))
    leave(FINDINGS if found.uncited or found.unknown else DONE)


def _one(id_: str, said: dict[str, Any], chosen: str, look: dict[str, Any]) -> None:
    """A source by its id alone: other rules with the same name are not meant here."""
    from ehrpay.cli.rules.opened import opened
    from ehrpay.formats.review import story as page

    book = options.RulesOptions(said["as_of"], said["rules"]).load()
    word = id_.strip()
    story = opened(said).story(word if word.startswith("source.") else f"source.{word}", book.as_of)
    if chosen == "json":
        write(page.as_json(story, book.as_of, book.version))
    elif chosen == "plain":
        write(page.plain(story))
    else:
        from ehrpay.formats.review.story_table import table

        write(table(story, book.as_of, **look))


def _version(said: dict[str, Any]) -> str:
    """The rules' version; empty while they can't be compiled, for what they lack is told here."""
    try:
        return options.RulesOptions(said["as_of"], said["rules"]).load().version
    except RulesError:
        return ""

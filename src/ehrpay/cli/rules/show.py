"""`ehrpay rules show`: one rule whole, or what there is to show."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write

FORMATS = ("table", "plain", "json")


def command(
    id: Annotated[  # noqa: A002 - the argument's name
        list[str] | None,
        typer.Argument(metavar="[ID]", help="A rule's id, the end of one, or an alias; none lists them."),
    ] = None,
    rules: options.Rules = None,
    as_of: options.AsOf = None,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """Show a rule: what it is, every dated value with its source and place, and who uses it.

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
    said = dict(locals())
    from ehrpay.cli.screen import detect_screen
    from ehrpay.formats.review import story as page

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    book = options.RulesOptions(said["as_of"], said["rules"]).load()
    from ehrpay.cli.rules.opened import opened

    shelf = opened(said)
    look: dict[str, Any] = {
        "width": screen.width,
        "unicode": screen.unicode,
        "color": "standard" if screen.color else None,
    }
    if not id:
        groups = shelf.groups()
        if chosen == "json":
            write(page.kinds_json(groups, book.version))
        elif chosen == "plain":
            write(page.kinds_plain(groups))
        else:
            from ehrpay.formats.review.story_table import kinds_table

            write(kinds_table(groups, **look))
        return
    story = shelf.story(" ".join(id), book.as_of)
    if chosen == "json":
        write(page.as_json(story, book.as_of, book.version))
    elif chosen == "plain":
        write(page.plain(story))
    else:
        from ehrpay.formats.review.story_table import table

        write(table(story, book.as_of, **look))

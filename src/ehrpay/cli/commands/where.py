"""`ehrpay where`: what a place resolves to."""

from __future__ import annotations

from typing import Annotated

import typer

from ehrpay.cli import options
from ehrpay.cli.main import write

FORMATS = ("table", "plain", "json")


def command(
    place: Annotated[
        str, typer.Argument(help="State, city, county, ZIP, CBSA code or title.", metavar="PLACE")
    ],
    as_of: options.AsOf = None,
    rules: options.Rules = None,
    format: options.Format = None,
    json: options.Json = False,
    color: options.Color = "auto",
) -> None:
    """Show the wage area, state, locality pay area and price parity of a place.

    \b
    Examples:
      ehrpay where "Denver, CO"
      ehrpay where 80202 --json
      ehrpay where "rural Colorado"
    """
    said = dict(locals())
    from ehrpay.cli.screen import detect_screen
    from ehrpay.domain.numerals import fixed
    from ehrpay.formats import listing
    from ehrpay.places.parity import price_parity
    from ehrpay.places.resolve import resolve

    screen = detect_screen(color)
    chosen = options.chosen_format(format, json=json, known=FORMATS, interactive=screen.interactive)
    found = resolve(place)
    book = options.rulebook(said)
    used = book.wages.at("29-2072", found)
    parity = price_parity(found)
    told = found._asdict() | {
        "price_parity": None if parity is None else fixed(parity, 3),
        "notes": list(found.notes),
        "wage_area": {
            "kind": used.kind,
            "code": used.code,
            "name": used.name,
            "fell_back": list(used.fell_back),
        },
    }
    if chosen == "json":
        write(listing.as_json("where", [told], book.as_of, book.version))
        return
    rows = [{"what": key.replace("_", " "), "answer": _shown(value)} for key, value in told.items()]
    rows = [row for row in rows if row["answer"]]
    if chosen == "plain":
        write(listing.as_plain("where", rows))
    else:
        colors = "standard" if screen.color else None
        write(listing.as_table("where", rows, width=screen.width, unicode=screen.unicode, color=colors))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        back = value["fell_back"]
        after = f", after {', '.join(back)} had no figure" if back else ""
        return f"{value['name']} ({value['kind']}){after}"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

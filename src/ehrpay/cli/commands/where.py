"""`ehrpay where`: what a place resolves to."""

from __future__ import annotations

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped


@grouped
def command(
    *,
    place: str = typer.Argument(help="State, city, county, ZIP, CBSA code or title.", metavar="PLACE"),
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Show the wage area, locality pay area and prices of a place.

    \b
    Examples:
      ehrpay where "Denver, CO"
      ehrpay where 80202 --json
      ehrpay where "rural Colorado"
    """
    from ehrpay.domain.market.wages import REFERENCE
    from ehrpay.domain.numerals import fixed
    from ehrpay.formats import fields, listing
    from ehrpay.places.gazetteer import price_parity
    from ehrpay.places.resolve import resolve

    chosen = output.choose(listing.Place)
    resolved = resolve(place)
    book = rules.load()
    used = book.wages.at(REFERENCE, resolved.wage_place)
    parity = price_parity(resolved)
    record = resolved._asdict() | {
        "price_parity": None if parity is None else fixed(parity, 3),
        "notes": list(resolved.notes),
        "wage_area": fields(used, "kind code name fell_back"),
    }
    shown = ((name.replace("_", " "), _shown(value)) for name, value in record.items())
    answers = {name: text for name, text in shown if text}
    chosen.write(listing.Place(record, answers, book.as_of, book.version, book.rules.conflicts))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        back = value["fell_back"]
        after = f", after {', '.join(back)} had no figure" if back else ""
        return f"{value['name']} ({value['kind']}){after}"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

"""A what-if, or a scenario, to text in one of five formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.gains import notes
from ehrpay.domain.whatif.scenario import notes as on_the_way

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Here
    from ehrpay.domain.whatif.gains import WhatIf
    from ehrpay.domain.whatif.scenario import Scenario
    from ehrpay.formats.estimate.render import Options


def ranking(found: WhatIf, here: Here, name: str, options: Options, most: int | None) -> str:
    """The ranked changes as text ending in a newline, at most so many; `name` is a format."""
    said = notes(found, here)
    if name in ("json", "csv"):
        from ehrpay.formats.whatif.record import record

        return _machine(record(found, here.profile, said, most, here.book.sources), name)
    from ehrpay.formats.whatif import text
    from ehrpay.formats.whatif.view import write_out

    sheet = write_out(found, said, most, options.tidy(name))
    if name == "table":
        from ehrpay.formats.whatif.table import table

        return table(sheet, options.pen())
    return text.plain(sheet) if name == "plain" else text.markdown(sheet)


def route(found: Scenario, profile: Profile, name: str, options: Options, book: Rulebook) -> str:
    """One scenario as text ending in a newline."""
    said = on_the_way(found)
    if name in ("json", "csv"):
        from ehrpay.formats.whatif.record import route_record

        return _machine(route_record(found, profile, said, book.sources), name)
    from ehrpay.formats.whatif import text
    from ehrpay.formats.whatif.view import write_route

    sheet = write_route(found, said, options.tidy(name))
    if name == "table":
        from ehrpay.formats.whatif.table import drawn_route

        return drawn_route(sheet, options.pen())
    return text.plain_route(sheet) if name == "plain" else text.markdown_route(sheet)


def _machine(told: dict[str, object], name: str) -> str:
    if name == "csv":
        from ehrpay.formats.whatif.record import as_csv

        return as_csv(told)
    from ehrpay.formats.estimate.record import as_json

    return as_json(told)

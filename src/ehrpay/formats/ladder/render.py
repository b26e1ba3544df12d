"""A ladder, or two, to text in one of five formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.ladder.result import Ladder
    from ehrpay.domain.ladder.versus import Versus
    from ehrpay.domain.profile import Profile
    from ehrpay.formats.estimate.render import Options


def one(found: Ladder, name: str, options: Options, book: Rulebook) -> str:
    """A ladder as text ending in a newline; `name` is a format."""
    if name in ("json", "csv"):
        from ehrpay.formats.ladder.record import record

        return _machine(record(found, book.sources), name)
    from ehrpay.formats.ladder import text
    from ehrpay.formats.ladder.view import write_out

    sheet = write_out(found, options.tidy(name))
    if name == "table":
        from ehrpay.formats.ladder.table import table

        return table(sheet, options.pen())
    return text.plain(sheet) if name == "plain" else text.markdown(sheet)


def two(found: Versus, profiles: tuple[Profile, Profile], name: str, options: Options, book: Rulebook) -> str:
    """Two ladders as text ending in a newline; the profiles as said tell what the second changes."""
    if name in ("json", "csv"):
        from ehrpay.formats.ladder.record import pair_record

        return _machine(pair_record(found, profiles, book.sources), name)
    from ehrpay.formats.ladder import text
    from ehrpay.formats.ladder.view import write_pair

    pair = write_pair(found, options.tidy(name))
    if name == "table":
        from ehrpay.formats.ladder.table import pair_table

        return pair_table(pair, options.pen())
    return text.plain_pair(pair) if name == "plain" else text.markdown_pair(pair)


def _machine(told: dict[str, object], name: str) -> str:
    if name == "csv":
        from ehrpay.formats.ladder.record import as_csv

        return as_csv(told)
    from ehrpay.formats.estimate.record import as_json

    return as_json(told)

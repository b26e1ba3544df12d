"""A ladder, or two, to text in one of five formats. Rich is loaded only to draw a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ehrpay.domain.ladder import Ladder
    from ehrpay.domain.ladder_versus import Versus
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.rulebook import Rulebook
    from ehrpay.formats.render import Options


def one(found: Ladder, name: str, options: Options, book: Rulebook) -> str:
    """A ladder as text ending in a newline; `name` is a format."""
    if name in ("json", "csv"):
        from ehrpay.formats.ladder_record import record

        return _machine(record(found, book.sources), name)
    from ehrpay.formats import ladder_lines
    from ehrpay.formats.ladder import write_out

    sheet = write_out(found, options.tidy(name))
    if name == "table":
        from ehrpay.formats.ladder_table import table

        return table(sheet, options.pen())
    return ladder_lines.plain(sheet) if name == "plain" else ladder_lines.markdown(sheet)


def two(found: Versus, profiles: tuple[Profile, Profile], name: str, options: Options, book: Rulebook) -> str:
    """Two ladders as text ending in a newline; the profiles as said tell what the second changes."""
    if name in ("json", "csv"):
        from ehrpay.formats.ladder_record import pair_record

        return _machine(pair_record(found, profiles, book.sources), name)
    from ehrpay.formats import ladder_lines
    from ehrpay.formats.ladder import write_pair

    pair = write_pair(found, options.tidy(name))
    if name == "table":
        from ehrpay.formats.ladder_table import pair_table

        return pair_table(pair, options.pen())
    return ladder_lines.plain_pair(pair) if name == "plain" else ladder_lines.markdown_pair(pair)


def _machine(told: dict[str, object], name: str) -> str:
    if name == "csv":
        from ehrpay.formats.ladder_record import as_csv

        return as_csv(told)
    from ehrpay.formats.record import as_json

    return as_json(told)

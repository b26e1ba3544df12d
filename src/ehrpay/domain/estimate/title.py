"""A job title that says a role and a level: `Coder III` is a coder at the senior level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.names import folded
from ehrpay.errors import UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile

MOST_WORDS = 2
"""The longest name of a level in a title, as in `entry level`."""


def without_title(book: Rulebook, profile: Profile) -> Profile:
    """The profile with the level of a title such as `Coder III` apart from its role.

    A name of a role is never taken apart. UsageError where the title says two levels, or another than `level` does.
    """
    title = profile.role
    if title is None or book.names("role").find(title) is not None:
        return profile
    role, levels = _read(book, folded(title).split("-"))
    if role is None or not levels:
        return profile
    if len({*levels}) > 1:
        msg = f"{shown(title)} names two levels, '{levels[0]}' and '{levels[-1]}'; give one with --level"
        raise UsageError(msg, field="role")
    if profile.level is not None and book.names("level").read(profile.level) != levels[0]:
        msg = f"{shown(profile.level)} conflicts with the title {shown(title)}, whose level is '{levels[0]}'"
        raise UsageError(msg, field="level")
    return profile._replace(role=role, level=levels[0])


def _read(book: Rulebook, words: list[str]) -> tuple[str | None, list[str]]:
    """The role that is left once words for a level are taken from either end, and the levels they name."""
    levels: list[str] = []
    while (role := book.names("role").find("-".join(words))) is None:
        end = next(_ends(book, words), None)
        if end is None:
            break
        level, words = end
        levels.append(level)
    return role, levels


def _ends(book: Rulebook, words: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each level named by the last or the first words, with the other words; longer names first."""
    names = book.names("level")
    for count in range(min(MOST_WORDS, len(words) - 1), 0, -1):
        for taken, rest in ((words[-count:], words[:-count]), (words[:count], words[count:])):
            level = names.find("-".join(taken))
            if level is not None:
                yield level, rest

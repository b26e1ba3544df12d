"""The words that can follow on a command line, each with its help, from what is typed so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer
from typer._click import Parameter

# Typer carries click inside, and what is typed so far is best read as it will be read in the end.
from typer._click.shell_completion import _resolve_context, _resolve_incomplete

from ehrpay.cli.app import Lazy, app
from ehrpay.cli.shell import values
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HELP = "help"
_UNSAFE = re.compile(r"^[=+]|[^\w .,()/'=+-]")
_NOT_PLAIN = re.compile(r"[^\w .,;:/+&%()<>'|=-]")
"""What no shell is given in a word, and in a help text: it could end a quotation or start a command."""


def candidates(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word that can stand in place of the last one, and its help; both of plain characters only."""
    *before, last = _whole(words) or [""]
    start = _unquoted(last)
    option, equals, value = start.partition("=")
    if equals and option.startswith("--"):
        prefix, found = f"{option}=", _following([*before, option], value)
    else:
        prefix, value, found = "", start, _following(before, start)
    # Bash splits at an equals sign and gives it as a word of its own: only the last part is replaced.
    there = start.rpartition("=")[0] + "=" if "=" in words[-2:] else ""
    for word, help_ in found.items():
        ends_quotation = last[:1] == "'" and "'" in word
        if word.casefold().startswith(value.casefold()) and not (_UNSAFE.search(word) or ends_quotation):
            yield (prefix + word)[len(there) :], _NOT_PLAIN.sub("", " ".join(help_.split()))


def _whole(words: Sequence[str]) -> list[str]:
    """The words as they were typed, put together again around an equals sign of their own."""
    whole: list[str] = []
    for n, word in enumerate(words):
        if whole and "=" in (word, words[n - 1]):
            whole[-1] += word
        else:
            whole.append(word)
    return whole


def _unquoted(word: str) -> str:
    """A word as the shell will read it, whose quotation may still be open."""
    return word[1:] if word[:1] in {'"', "'"} else re.sub(r"\\(.)", r"\1", word)


def _following(words: Sequence[str], start: str) -> Mapping[str, str]:
    """What can follow words and begin as typed: values, commands or options; nothing after a wrong command."""
    words = list(words[words[:1] == [HELP] :])
    try:
        context = _resolve_context(typer.main.get_command(app), {}, "ehrpay", words)
    except UsageError:
        return {}
    found, _ = _resolve_incomplete(context, words, start)
    if isinstance(found, Parameter):
        return values.of(context.command.name or "", found, start)
    if isinstance(found, Lazy) and not start.startswith("-"):
        return found.summaries(context)
    return {item.value: item.help or "" for item in found.shell_complete(context, start or "--")}

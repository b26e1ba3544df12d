"""The words that can follow on a command line, each with its help, from what is typed so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer._click import Context

from ehrpay.cli.app import Lazy, app, first_sentence
from ehrpay.cli.shell import values
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    # What a command takes, by typer's own classes of it.
    Parameter = Any

HELP = "help"
_UNSAFE = re.compile(r"^[=+]|[^\w .,()/'=+-]")
_NOT_PLAIN = re.compile(r"[^\w .,;:/+&%()<>'|=-]")
"""What no shell is given in a word, and in a help text: it could end a quotation or start a command."""


class Typed(NamedTuple):
    """A command line so far: the command, its words, those that are no options, and the option that waits."""

    command: Any
    words: tuple[str, ...]
    arguments: int
    waiting: Parameter


def candidates(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word that can stand in place of the last one, and its help; both of plain characters only."""
    *before, last = _whole(words) or [""]
    typed, start = _typed(before), _unquoted(last)
    option, equals, value = start.partition("=")
    if equals and option.startswith("--"):
        prefix, found = f"{option}=", _values(typed, _option(typed.command, option), value)
    else:
        prefix, value, found = "", start, _next(typed, start)
    # Of a word that came in parts, only the last part is replaced.
    there = start.rpartition("=")[0] + "=" if _in_parts(words) else ""
    for word, help_ in found.items():
        ends_quotation = last[:1] == "'" and "'" in word
        if word.casefold().startswith(value.casefold()) and not (_UNSAFE.search(word) or ends_quotation):
            yield (prefix + word)[len(there) :], _NOT_PLAIN.sub("", " ".join(help_.split()))


def _in_parts(words: Sequence[str]) -> bool:
    """Whether the last word came in parts: bash splits at an equals sign and gives it as a word of its own."""
    return "=" in words[-2:]


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


def _typed(words: Sequence[str]) -> Typed:
    command: Any = typer.main.get_command(app)
    arguments, waiting = 0, None
    own: list[str] = []
    for word in words[words[:1] == [HELP] :]:
        if waiting is not None:
            waiting = None
        elif word.startswith("-"):
            option = None if "=" in word else _option(command, word)
            waiting = None if option is None or option.is_flag else option
        elif isinstance(command, Lazy):
            command, own = command.get_command(Context(command), word), []
            continue
        else:
            arguments += 1
        own.append(word)
    return Typed(command, tuple(own), arguments, waiting)


def _option(command: Any, name: str) -> Parameter:
    return next((one for one in getattr(command, "params", ()) if name in one.opts), None)


def _next(typed: Typed, start: str) -> Mapping[str, str]:
    """What can follow where no option has its value in the same word."""
    if typed.waiting is not None:
        return _values(typed, typed.waiting, start)
    if start.startswith("-"):
        return _options(typed, start)
    if isinstance(typed.command, Lazy):
        return _commands(typed.command)
    taken = [one for one in getattr(typed.command, "params", ()) if one.param_type_name == "argument"]
    if typed.arguments < len(taken):
        return _values(typed, taken[typed.arguments], start)
    return {} if start else _options(typed, "--")


def _values(typed: Typed, parameter: Parameter, start: str) -> Mapping[str, str]:
    return {} if parameter is None else values.of(typed.command.name, parameter, start)


def _commands(group: Lazy) -> Mapping[str, str]:
    context = Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: first_sentence(command.help or "") for name, command in found.items()}


def _options(typed: Typed, start: str) -> Mapping[str, str]:
    """The options that may still be given."""
    params = [one for one in getattr(typed.command, "params", ()) if one.param_type_name == "option"]
    given = {word.partition("=")[0] for word in typed.words}
    free = [one for one in params if getattr(one, "multiple", False) or not given & {*one.opts}]
    return {name: one.help or "" for one in free for name in one.opts if name.startswith(start)}

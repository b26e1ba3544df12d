"""The words that can follow on a command line, each with its help, from what is typed so far."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import typer
from typer._click import Parameter

# Typer carries click inside, and what is typed so far is best read as it will be read in the end.
from typer._click.shell_completion import _resolve_context, _resolve_incomplete

from ehrpay.cli.app import Lazy, app
from ehrpay.domain.catalog import KINDS
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UsageError
from ehrpay.formats import writers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Field

HELP = "help"
PLACE, CHANGE = "PLACE", "NAME=VALUE"
"""What a value that is a place, or a change of a field, is called in help."""

RULES = {("show", "id"): "", ("sources", "id"): "source."}
"""Commands whose argument is the id of a rule, and what such an id begins with and may leave out."""

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
        return _values(context.command.name or "", found, start)
    if isinstance(found, Lazy) and not start.startswith("-"):
        return found.summaries(context)
    return {item.value: item.help or "" for item in found.shell_complete(context, start or "--")}


def _values(command: str, parameter: Any, start: str) -> Mapping[str, str]:
    """The values of a command's parameter that may begin as typed; none where any text will do."""
    name, metavar = parameter.name, parameter.metavar or ""
    by_metavar = {PLACE: _places, CHANGE: _changes}
    if metavar in by_metavar:
        return by_metavar[metavar](start)
    if (command, name) in RULES:
        return _rules(start, RULES[command, name])
    if name in FIELDS:
        return _of_field(FIELDS[name])
    words = {"format": writers.names(), "kind": KINDS if command == "list" else ()}
    return dict.fromkeys(metavar.split("|") if "|" in metavar else words.get(name, ()), "")


def _places(start: str) -> Mapping[str, str]:
    from ehrpay.places.gazetteer import beginning

    return beginning(start)


def _changes(start: str) -> Mapping[str, str]:
    """Every field that may be typed here, with each of its values: `agency=va`, and `cert+=rhit` where one adds."""
    typed, equals, value = start.casefold().partition("=")
    found: dict[str, str] = {}
    for field in FIELDS.values():
        for name in (field.word, *([f"{field.word}+"] if field.several else [])):
            if name == typed or (not equals and name.startswith(typed)):
                place = field.kind == "place"
                values = (_places(value) if equals else {}) if place else _of_field(field)
                found |= {f"{name}={one}": help_ for one, help_ in values.items()}
    return found


def _rules(start: str, prefix: str) -> Mapping[str, str]:
    """The ids of rules; the last part of an id is enough, so that is offered where no whole id begins as typed."""
    named = {id_.removeprefix(prefix): name for id_, name in _every_rule() if id_.startswith(prefix)}
    if any(id_.casefold().startswith(start.casefold()) for id_ in named):
        return named
    return {id_.rpartition(".")[2]: name for id_, name in named.items()}


def _every_rule() -> Iterator[tuple[str, str]]:
    """The ids that the compiled rules know, with names: files of rules are not read for a tab."""
    rules = _book().rules
    yield from ((f"agency.{id_}", one.name) for id_, one in rules.agencies.items())
    for adjustment, rule in rules.adjustments.items():
        yield adjustment, ""
        yield from ((f"{adjustment}.{id_}", one.name) for id_, one in rule.levels.items())
    yield from ((f"gs-locality.{code}", one.name) for code, one in rules.federal.localities.items())
    yield from ((f"source.{id_}", one.title) for id_, one in rules.sources.items())


def _of_field(field: Field) -> Mapping[str, str]:
    if field.kind == "agency":
        return {id_: rule.name for id_, rule in _book().rules.agencies.items()}
    if field.kind == "level":
        return {id_: level.name for id_, level in _book().levels(field.name).items()}
    if field.kind == "locality":
        return {code: area.name for code, area in _book().rules.federal.localities.items()}
    return {str(number): "" for number in range(1, field.most + 1)}


@cache
def _book() -> Rulebook:
    """The rules with your overlays, as of today."""
    from ehrpay.api.rulebooks import load_rulebook
    from ehrpay.rules.folder import named

    return load_rulebook(overlays=named(()))

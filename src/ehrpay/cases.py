"""Rule tests as YAML cases: a sentence, a profile, and what the JSON answer must contain.

A case is `name`, `as_of`, `profile` (the fields of `Profile`), perhaps `method`, and either `expect` (dotted
paths into the JSON answer; a step goes by its id, as in `steps.certification.factor`) or `error` (the
exit code and words its sentence must contain). `says` lists words the plain answer must contain. With `ladder`
(`horizon`, `raised`, `to_grade`, `promotions`) `ehrpay ladder` answers.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.api.estimates import estimate
from ehrpay.api.ladders import ladder
from ehrpay.api.rulebooks import load_rulebook
from ehrpay.domain.profile import from_texts
from ehrpay.domain.review.story import Mismatch
from ehrpay.errors import EhrpayError, RulesError, nearest
from ehrpay.formats import writers
from ehrpay.formats.estimate import Answer
from ehrpay.formats.ladder import Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.strict.marks import Marks
    from ehrpay.strict.problem import Problem

MOST_NAMES = 12
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Case(NamedTuple):
    """One case: its file, its place there, and its data."""

    file: str
    name: str
    raw: dict[str, Any]
    marks: Marks
    number: int

    def where(self, *path: Any) -> str:
        """`file:line` of the case's sentence, or of a value below it."""
        return self.marks.place(("cases", self.number, *(path or ("name",))))


def read(files: Iterable[tuple[Path, str]]) -> list[Case]:
    """The cases of files, each with its name as shown. RulesError lists every problem of every file."""
    from ehrpay.rules.case_files import read_named
    from ehrpay.rules.finding import concise_list
    from ehrpay.rules.shape.kinds import CASES

    cases: list[Case] = []
    problems: list[Problem] = []
    for path, shown in files:
        (_, data, marks), wrong = read_named(path, shown, CASES)
        problems += wrong
        if not problems:
            cases += [Case(shown, raw["name"], raw, marks, n) for n, raw in enumerate(data["cases"])]
    if problems:
        raise RulesError(concise_list("the cases have", problems))
    return cases


def mismatches(
    case: Case, books: dict[str, Rulebook], load: Callable[[str], Rulebook] = load_rulebook
) -> list[Mismatch]:
    """What is wrong with a case's answer; empty when it passes. `books` keeps what `load` gave by date.

    RulesError for rules that can't be loaded: that is no case's failure.
    """
    day = case.raw["as_of"]
    if day not in books:
        books[day] = load(day)
    try:
        record, plain = _answer(case.raw, books[day])
    except RulesError:
        raise
    except EhrpayError as error:
        return list(_wrong_error(case, error))
    return list(_wrong_answer(case, json.loads(record, parse_float=Decimal), plain))


def _answer(raw: dict[str, Any], book: Rulebook) -> tuple[str, str]:
    """The answer as JSON and as plain text."""
    screen = writers.Screen(width=100, unicode=False)
    profile, method = from_texts(raw.get("profile") or {}), raw.get("method", "auto")
    view: Answer | Years
    if raw.get("ladder") is not None:
        view = Years(ladder(profile, book, method=method, **raw["ladder"]), book.sources)
    else:
        view = Answer(estimate(profile, book, method=method), book.sources, explain=True)
    return writers.write(view, "json", screen), writers.write(view, "plain", screen)


def _wrong_answer(case: Case, answer: dict[str, Any], plain: str) -> Iterator[Mismatch]:
    if wanted := case.raw.get("error"):
        sentence = f"expected exit code {wanted['code']}, got an answer: mid {answer['mid']:,}"
        yield Mismatch(sentence, case.where("error"), "error", wanted["code"])
        return
    for path, value in (case.raw.get("expect") or {}).items():
        yield from _wrong_value(case, answer, path, value)
    yield from _not_contained(case, ("says",), case.raw.get("says"), "the answer does not contain {}", plain)


def _wrong_error(case: Case, error: EhrpayError) -> Iterator[Mismatch]:
    wanted = case.raw.get("error")
    if wanted is None:
        yield Mismatch(f"failed: {error} (exit code {error.code})", case.where())
        return
    if error.code != wanted["code"]:
        sentence = f"exit code is {error.code}, expected {wanted['code']}: {error}"
        yield Mismatch(sentence, case.where("error", "code"), "error.code", wanted["code"], error.code)
    sentence = f"the error does not contain {{}}: {error}"
    yield from _not_contained(case, ("error", "says"), wanted.get("says"), sentence, str(error))


def _not_contained(
    case: Case, path: tuple[str, ...], wanted: list[str] | None, sentence: str, text: str
) -> Iterator[Mismatch]:
    for n, words in enumerate(wanted or []):
        if words not in text:
            yield Mismatch(
                sentence.replace("{}", repr(words), 1), case.where(*path, n), ".".join(path), words
            )


def _wrong_value(case: Case, answer: Any, path: str, value: Any) -> Iterator[Mismatch]:
    where, wanted = case.where("expect", path), _plain(value)
    got, done = answer, ""
    for key in path.split("."):
        below = _below(got)
        if key not in below:
            yield Mismatch(f"expect {path}: {_missing(key, done, below)}", where, path, wanted)
            return
        got, done = below[key], f"{done}.{key}" if done else key
    if not _same(got, value):
        yield Mismatch(f"{path} is {_shown(got)}, expected {_shown(value)}", where, path, wanted, _plain(got))


def _same(got: Any, value: Any) -> bool:
    """Whether an answer is what was expected; a decimal may be in quotes, too."""
    if isinstance(got, Decimal) and isinstance(value, str):
        return DECIMAL.fullmatch(value) is not None and Decimal(value) == got
    return bool(got == value) and isinstance(got, bool) == isinstance(value, bool)


def _below(value: Any) -> dict[str, Any]:
    """What a step of a path may name: keys of an object, ids and positions in a list."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return {}
    places = {str(i): item for i, item in enumerate(value)}
    ids = {str(item["id"]): item for item in reversed(value) if isinstance(item, dict) and "id" in item}
    return places | ids


def _missing(key: str, done: str, below: dict[str, Any]) -> str:
    """A sentence on a key that isn't there, with the nearest or all of those that are."""
    inside = f"'{done}'" if done else "the answer"
    if not below:
        return f"{inside} has no keys below it"
    names = [name for name in below if not name.isdigit()]
    if not names:
        return f"{inside} has no '{key}'; its items are 0 to {len(below) - 1}"
    near = nearest(key, names, most=2)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    hint = f"did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    return f"{inside} has no '{key}'; {hint or 'it has ' + ', '.join(names[:MOST_NAMES]) + more}"


def _plain(value: Any) -> Any:
    """A value of a case as JSON has it."""
    return str(value) if isinstance(value, Decimal) else value


def _shown(value: Any) -> str:
    """A value in a sentence: whole numbers grouped, the rest as JSON writes it, long ones cut."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    text = str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else f"{text[:200]}..."  # noqa: PLR2004 - a line or two

"""Rule tests as YAML cases: a sentence, a profile, and what the JSON answer must say.

A case is `name`, `as_of`, `profile` (the fields of `Profile`), perhaps `method`, and either `expect` (dotted
paths into the JSON answer; a step is found by its id, as in `steps.certification.factor`) or `error` (the
exit code and words its sentence must hold). `says` lists words the plain answer must hold. With `ladder`
(`horizon`, `raised`, `to_grade`, `promotions`) it is the answer of `ehrpay ladder` that is asked.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ehrpay.api import estimate, ladder, load_rulebook
from ehrpay.domain.profile import Profile
from ehrpay.errors import EhrpayError, RulesError
from ehrpay.formats import ladder_render
from ehrpay.formats.render import Options, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ehrpay.domain.rulebook import Rulebook

KEYS = {"name", "as_of", "profile", "method", "expect", "error", "says", "ladder"}
SEVERAL = ("certs", "ehr")


class Case(NamedTuple):
    """One case and the file it stands in."""

    file: str
    name: str
    raw: dict[str, Any]


def cases(folder: Path) -> Iterator[Case]:
    """Every case of the YAML files in a folder. RulesError for a file that can't be read or has unknown keys."""
    from ehrpay.strict.problem import concise
    from ehrpay.strict.source import read_bytes

    for path in sorted(folder.glob("*.yaml")):
        data, _, problems = read_bytes(path.read_bytes(), path.name)
        if problems:
            raise RulesError("\n".join(concise(problem) for problem in problems))
        for raw in data["cases"]:
            if unknown := set(raw) - KEYS:
                msg = f"{path.name}: case {raw.get('name')!r} has unknown keys {sorted(unknown)}"
                raise RulesError(msg)
            yield Case(path.name, raw["name"], raw)


def differences(case: Case, books: dict[str, Rulebook]) -> list[str]:
    """What a case's answer has wrong, a sentence each; empty when it passes. `books` keeps rulebooks by date."""
    raw = case.raw
    day = raw["as_of"]
    wrong = raw.get("error")
    try:
        if day not in books:
            books[day] = load_rulebook(day)
        record, plain = _answer(raw, books[day])
    except EhrpayError as error:
        return _error(error, wrong)
    told = json.loads(record)
    if wrong:
        return [f"expected the error {wrong}, got {told['mid']}"]
    found = [
        text for path, value in (raw.get("expect") or {}).items() if (text := _differs(told, path, value))
    ]
    return found + [f"does not say {words!r}" for words in raw.get("says") or [] if words not in plain]


def _answer(raw: dict[str, Any], book: Rulebook) -> tuple[str, str]:
    """The answer as JSON and as plain text."""
    shape = Options(width=100, unicode=False, color=None, explain=True)
    profile, method = _profile(raw.get("profile") or {}), raw.get("method", "auto")
    if "ladder" in raw:
        found = ladder(profile, book, method=method, **raw["ladder"])
        return ladder_render.one(found, "json", shape, book), ladder_render.one(found, "plain", shape, book)
    answer = estimate(profile, book, method=method)
    return render(answer, "json", shape, book.sources), render(answer, "plain", shape, book.sources)


def _profile(raw: dict[str, Any]) -> Profile:
    said: dict[str, Any] = {key: tuple(value) if key in SEVERAL else str(value) for key, value in raw.items()}
    return Profile(**said)


def _error(error: EhrpayError, wanted: dict[str, Any] | None) -> list[str]:
    if wanted is None:
        return [f"failed: {error}"]
    found = [] if error.code == wanted["code"] else [f"exit code {error.code}, expected {wanted['code']}"]
    return found + [
        f"the error does not say {w!r}: {error}" for w in wanted.get("says", []) if w not in str(error)
    ]


def _differs(told: Any, path: str, value: Any) -> str:
    got = told
    for key in path.split("."):
        if isinstance(got, list) and key.isdigit():
            got = got[int(key)] if int(key) < len(got) else None
        elif isinstance(got, list):
            got = next((item for item in got if item["id"] == key), None)
        else:
            got = got.get(key) if isinstance(got, dict) else None
    return "" if got == value else f"{path} is {got!r}, expected {value!r}"

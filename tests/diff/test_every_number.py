"""Any one number of the rules, changed: the comparison names it with its file and line."""

from __future__ import annotations

import random
import re
import shutil
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from ehrpay import shipped
from ehrpay.cli.rules.diff import difference, two
from ehrpay.errors import RulesError
from ehrpay.formats import writers
from ehrpay.formats.diff import Comparison
from ehrpay.formats.writers.markdown import escaped
from ehrpay.rules import folder
from ehrpay.rules.case_files import people
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ehrpay.domain.review.changes import Change

AS_OF = "2026-11-23"
READING = re.compile(r"\d{2,3}(\.\d{1,3})?")


class Number(NamedTuple):
    """A number of a rule file: where it stands, and its text there."""

    file: str
    path: tuple[Any, ...]
    line: int
    column: int
    text: str


@cache
def numbers(top: Path) -> dict[str, list[Number]]:
    """Every number of every rule file, by file."""
    found: dict[str, list[Number]] = {}
    for file in folder.files(top):
        data, marks, problems = read_bytes(file.data, file.path)
        assert not problems
        lines = file.data.decode().split("\n")
        for path, value in leaves(data, ()):
            reading = path[-1] == "value" and isinstance(value, str)
            if isinstance(value, bool) or not (isinstance(value, (int, Decimal)) or reading):
                continue
            at = marks.mark(path)
            line, first, end = at.line, at.column, at.end_column
            text = lines[line - 1][first - 1 : end - 1].strip('"')
            column = lines[line - 1].index(text, first - 1)
            found.setdefault(file.path, []).append(Number(file.path, path, line, column, text))
    return found


def leaves(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from leaves(one, (*path, n))
    else:
        yield path, value


FILES = [file.path for file in folder.files(shipped.folder())]


def nudged(text: str) -> Iterator[str]:
    """A number a little larger, then a little smaller; more for one that is large."""
    step = Decimal(1).scaleb(-len(text.partition(".")[2])) if "." in text else Decimal(1)
    for size in (7 * step, step, -step, -7 * step, 100 * step, -100 * step):
        yield str(Decimal(text) + size)


def changed(top: Path, number: Number) -> Iterator[str]:
    """The folder's file with the number replaced, once for each value tried."""
    path = top / number.file
    lines = (shipped.folder() / number.file).read_text(encoding="utf-8").split("\n")
    line = lines[number.line - 1]
    for text in nudged(number.text):
        lines[number.line - 1] = line[: number.column] + text + line[number.column + len(number.text) :]
        path.write_text("\n".join(lines), encoding="utf-8")
        yield text


def check(top: Path, number: Number) -> list[Change]:
    """The changes of a number's first new value that the rules allow; none if they allow no other."""
    for text in changed(top, number):
        try:
            sides = two(["shipped", str(top)], AS_OF)
        except RulesError:
            continue
        found = difference(*sides, people())
        here = f"{number.file}:{number.line}"
        told = [one for one in found.changes if any(w.where.endswith(f"/{here}") for w in (one.old, one.new))]
        assert told, f"{number} -> {text}: {found.changes}"
        wide = writers.Screen(400)
        for form in ("table", "plain", "markdown"):
            shown = writers.write(Comparison(found), form, wide)
            if form == "table":
                # A table wraps at 120 columns, whatever the screen.
                assert squeezed(f"{top.as_posix()}/{here}") in squeezed(shown)
                continue
            spot = f"{top.as_posix()}/{here}"
            assert (escaped(spot) if form == "markdown" else spot) in shown
        return told
    return []


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("EHRPAY_RULES", raising=False)
    top = tmp_path / "rules"
    shutil.copytree(shipped.folder(), top)
    return top


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_a_number_of_each_file(file: str, copy: Path) -> None:
    every = numbers(shipped.folder()).get(file, [])
    picked = random.Random(file).sample(every, min(3, len(every)))
    assert not picked or any(check(copy, number) for number in picked)


@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=pytest.mark.slow if n < 2 else pytest.mark.long) for n in range(8)]
)
def test_any_number(seed: int, copy: Path) -> None:
    """Each file is as likely as the next, so that the three large tables do not take all the turns."""
    chance, every = random.Random(seed), numbers(shipped.folder())
    seen = 0
    for _ in range(12):
        number = chance.choice(every[chance.choice(list(every))])
        seen += bool(check(copy, number))
        (copy / number.file).write_bytes((shipped.folder() / number.file).read_bytes())
    assert seen > 7

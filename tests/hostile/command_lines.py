"""Command lines drawn from what the program declares: each command, its options and the kinds of value they take."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import typer

from ehrpay import load_rulebook
from ehrpay.cli.app import app
from ehrpay.domain.catalog import KINDS
from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

FILES = {
    "o.yaml": "offers:\n  - {name: VA, agency: va, grade: 9, step: 1}\n  - {name: Mercy, base: 66500, pto: 20 days}\n",
    "o.csv": "name,base,location\nA,61000,Denver\nB,29.50/h,80202\n",
    "r.csv": "id,role,years,certs,location,pay\n1,coder,5,rhit,Denver,61000\n2,,x,,Nowhere,\n",
    "s.csv": "job,pay,year,location\nMedical Coder,61000,2025,Denver\n",
    "c.yaml": "cases:\n  - name: one\n    as_of: 2026-01-01\n    given: {years: 5}\n    expect: {mid: 1}\n",
}
"""What a command may be given to read."""
SAMPLES = {
    "CODE": ["DEN", "CO", "0001"],
    "COLUMN": ["role", "id"],
    "COLUMN=FIELD": ["id=years", "role=role", "pay="],
    "DATE": ["2026-01-01", "2025-06-30", "1999-01-01", "2026-02-30"],
    "DIR": ["new", ".", "new/inside", "o.yaml"],
    "DOLLARS": ["61000", "29.50/h", "75k"],
    "FILE": [*FILES, "-", "out.html", "out.csv", "out.svg", "out.parquet", "out"],
    "GLOB": ["certification*", "*", "[a-"],
    "ID": ["rhit", "certification", "oews-2025", "agencies"],
    "KIND": [*KINDS, "areas", "agency"],
    "KINDS": ["certs", "move", "degree,certs"],
    "LIST": ["mid,low", "cash=2,time=1", "name"],
    "N": ["1", "3", "9", "15", "0", "99", "all", "-2"],
    "NAME": [
        "csv",
        "html",
        "json",
        "markdown",
        "plain",
        "svg",
        "table",
        "rows",
        "package",
        "utf-8",
        "concise",
        "sarif",
    ],
    "NAME=VALUE": ["years=9", "certs=rhit", "location=Boise, ID"],
    "OFFER": ["VA GS-9/1 Denver", "Mercy 66,500 Boise, ID", "61000"],
    "PART=VALUE": ["match=4 %", "leave=20", "package=3"],
    "PATH": [*FILES, ".", "new"],
    "PERCENT": ["3", "2.5", "50 %", "101"],
    "PLACE": ["Denver", "Boise, ID", "80202", "CO", "Springfield"],
    "TEXT": ["VA GS-9/1 Denver", "Mercy 66,500 Boise, ID; leave=20"],
    "WORDS": ["second core", "one"],
    "YEAR": ["2024", "24"],
    "YEARS": ["5", "3-5", "2.5", "60"],
    "A] [B": ["shipped", "new", "."],
    "-- WORD": ["estimate", "--agency", ""],
}
"""Values of each kind, most of them good."""
BAD = [
    "", " ", "-1", "61", "1e400", "nan", "٥", "1_0", "9" * 5_000, "1E+99999999", "2026-02-30", "/dev/null", "no/such",
    ".", "\0", "\x1b[2J", "\u202eabc", "\u200b", "[red]x[/]", "é" * 200, "x" * 10_000, "a b " * 3_000, "\udce9",
    "$(id)", "'; x", "{}", "=cmd()", "%s", "{0}", "-", "--", "=", "a=b=c", "none", "None", "true", "0x10", "½", "Ⅳ",
    "🩺", "\ufffd",
]  # fmt: skip
"""What no option means, and a few that some do."""
ANYWHERE = [
    "--help",
    "-h",
    "--json",
    "--version",
    "--no-config",
    "--install-completion",
    "--",
    "-",
    "",
    "help",
    "-qy",
    "--x",
]
ELSEWHERE = {"--scheduler", "--scheduler-file"}
"""Not tried: they would call other machines."""


def _leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    if not hasattr(command, "list_commands"):
        yield path, [param for param in command.params if not ELSEWHERE & {*param.opts}]
        return
    for name in command.list_commands(None):
        yield from _leaves(command.get_command(None, name), (*path, name))


@cache
def commands() -> list[tuple[tuple[str, ...], list[Any]]]:
    """Every command that does something, with its options and arguments."""
    return list(_leaves(typer.main.get_command(app)))


@cache
def ids() -> dict[str, list[str]]:
    """Every name that a field of a profile knows."""
    names = load_rulebook().rules.names
    return {field.name: list(names.get(field.adjustment or field.name, {})) for field in FIELDS.values()}


def line(rng: Random, folder: Path) -> list[str]:
    """A command line; what it writes is in the folder it runs in."""
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    path, params = rng.choice(commands())
    words = list(path)
    if rng.random() < 0.03:
        words[-1] = near(rng, words[-1])
    needed = [param for param in params if param.required or param.param_type_name == "argument"]
    asked = [param for param in needed if rng.random() < 0.9]
    options = [param for param in params if param not in needed]
    asked += rng.sample(options, min(rng.choice((0, 1, 1, 2, 2, 3, 5)), len(options)))
    if rng.random() < 0.1:
        asked += [rng.choice(asked or params), rng.choice(rng.choice(commands())[1])]
    for param in asked:
        words += given(rng, param)
    if rng.random() < 0.1:
        words.insert(rng.randrange(len(words) + 1), rng.choice(ANYWHERE))
    return words


def given(rng: Random, param: Any) -> list[str]:
    """An option as it may be given: by any of its names, or nearly; joined, apart, or without its value."""
    if param.param_type_name == "argument":
        return [value(rng, param) for _ in range(1 if param.nargs == 1 else rng.randrange(4))]
    name = rng.choice(param.opts)
    if rng.random() < 0.05:
        name = near(rng, name)
    if param.is_flag:
        return [name if rng.random() < 0.97 else f"{name}=1"]
    text, form = value(rng, param), rng.random()
    return [f"{name}={text}"] if form < 0.2 else [name, text] if form < 0.98 else [name]


def value(rng: Random, param: Any) -> str:
    """A value of the kind that an option asks for, or nearly, or anything."""
    if (draw := rng.random()) < 0.06:
        return rng.choice(BAD)
    kind = (param.metavar or "").strip("[].")
    choices = kind.split("|") if "|" in kind else ids().get(param.name) or SAMPLES[kind]
    text = rng.choice(choices)
    return near(rng, text) if draw < 0.1 else text


def near(rng: Random, text: str) -> str:
    """What a hurried hand makes of a text: cut, doubled, swapped, in capitals, with a letter too many."""
    at = rng.randrange(len(text) + 1)
    before, here, after = text[:at], text[at : at + 1], text[at + 1 :]
    return rng.choice(
        (
            before,
            before + after,
            before + here * 2 + after,
            before[:-1] + here + before[-1:] + after,
            text.upper(),
            before + rng.choice("éß٣\u200b -_=,") + here + after,
            f" {text} ",
            f"{text},{text}",
        )
    )

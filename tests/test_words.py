"""Plain American English in everything a reader can see: the words and turns below are in none of it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
BANNED = {
    "says, shows, reports": [r"told"],
    "not specified": [r"unsaid", r"not said", r"was said", r"were said", r"nothing said"],
    "unknown X, X isn't Y, X not found": [
        r"is no such", r"no such (?!file)", r"is none of", r"is nothing to",
        r"(?<!there )is no (?!longer|more|less)\w+",
    ],
    "no one; others share this name": [r"nobody (?!in particular)", r"bears? the name"],
    "available; unusable; contradicts": [
        r"at hand", r"won't do", r"so many", r"slip of the pen", r"speaks? against",
    ],
    "applied on top of; listed separately": [
        r"is laid over", r"are laid over", r"lays over", r"stands? beside", r"beside the package",
        r"stands in its place",
    ],
    "assumptions; notes; not included": [r"taken for granted", r"to read the numbers", r"gaps? in the sum"],
    "employer health premium; adjusted for cost of living": [r"health money", r"prices at home"],
    "rounded": [r"half up to the dollar"],
    "an EHR": [r"a EHR"],
    "American spelling": [
        r"colours?", r"neighbours?", r"favours?", r"behaviours?", r"labour", r"judgement", r"programmes?\b", r"centred",
        r"neutralised", r"recognised", r"licences?(?=[ .,;])",
    ],
    "the singular or the plural": [r"\w+\(s\)"],
}  # fmt: skip
MATCH = [(re.compile(rf"\b(?:{'|'.join(words)})", re.IGNORECASE), better) for better, words in BANNED.items()]
ANY = re.compile(rf"\b(?:{'|'.join(word for words in BANNED.values() for word in words)})", re.IGNORECASE)


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """The texts with a space in a module's code: what it may print. A docstring is one where it is help."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    commands = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == "command"]
    helps = {node.body[0] for node in commands if "cli" in path.parts}
    docs = {node.value for node in nodes if isinstance(node, ast.Expr) and node not in helps}
    for node in nodes:
        if (
            isinstance(node, ast.Constant)
            and node not in docs
            and isinstance(node.value, str)
            and " " in node.value
        ):
            yield node.lineno, node.value


def lines(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text("utf-8").splitlines(), 1)


PLACES = {
    "pages": ["*.md", "docs/**/*.md", "rules/**/*.md", ".github/**/*.*"],
    "rules": ["rules/**/*.yaml", "src/ehrpay/**/*.yaml", "src/ehrpay/**/*.md"],
    "screens": ["tests/*/snapshots/*", "tests/rules/checks/*/message.txt"],
    "program": ["src/ehrpay/**/*.py"],
}


def banned(path: Path) -> Iterator[str]:
    for line, text in sentences(path) if path.suffix == ".py" else lines(path):
        for pattern, better in MATCH if ANY.search(text) else ():
            # A title is its author's.
            if (found := pattern.search(text)) and not text.lstrip().startswith("title:"):
                yield f"{path.relative_to(ROOT)}:{line}: {found[0]!r} ({better}) in {text.strip()[:100]!r}"


@pytest.mark.parametrize("place", PLACES)
def test_no_dialect(place: str) -> None:
    paths = sorted(path for pattern in PLACES[place] for path in ROOT.glob(pattern) if path.is_file())
    assert paths
    assert not [problem for path in paths for problem in banned(path)]

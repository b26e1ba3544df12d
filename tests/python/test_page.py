"""The examples in docs/python.md print what the page shows; `pytest --update-snapshots` writes them anew."""

from __future__ import annotations

import doctest
import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
BLOCK = re.compile(r"```pycon\n(.*?)```", re.DOTALL)
FILE = re.compile(r"```yaml\n# (\S+)\n(.*?)```", re.DOTALL)


def renewed(block: str, names: dict[str, Any]) -> str:
    """The examples of a block with what they print now."""
    parts = []
    for example in doctest.DocTestParser().get_examples(block):
        first, *others = example.source.splitlines()
        parts += [f">>> {first}", *(f"... {line}" for line in others)]
        out = StringIO()
        with redirect_stdout(out):
            exec(compile(example.source, str(PAGE), "single"), names)  # noqa: S102 - our page
        parts += out.getvalue().splitlines()
    return "".join(f"{line}\n" for line in parts)


def test_the_page_prints_what_it_shows(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, names = PAGE.read_text("utf-8"), dict[str, Any]()
    for name, content in FILE.findall(text):
        Path(name).write_text(content, "utf-8")
    fresh = BLOCK.sub(lambda found: f"```pycon\n{renewed(found[1], names)}```", text)
    if request.config.getoption("--update-snapshots"):
        PAGE.write_text(fresh, "utf-8")
    assert PAGE.read_text("utf-8") == fresh
    assert text.count(">>> ") > 20

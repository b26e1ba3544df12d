"""The rules that docs/overlays.md shows are rules: each passes in an overlay of its own, and is in use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.program import clean, ehrpay

PAGE = (Path(__file__).parents[2] / "docs" / "overlays.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n# my-rules/(\S+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("file", "text"), BLOCKS, ids=[file for file, _ in BLOCKS])
def test_an_example_of_the_page_is_valid(file: str, text: str, tmp_path: Path) -> None:
    place = tmp_path / "my-rules" / file
    place.parent.mkdir(parents=True)
    place.write_text(text, "utf-8")
    (tmp_path / "my-rules/overlay.yaml").write_text("title: T\nauthor: A\nreference: R\n", "utf-8")
    found = ehrpay("rules", "validate", "my-rules", env=clean(), cwd=tmp_path)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_page_has_examples() -> None:
    assert len(BLOCKS) == 4

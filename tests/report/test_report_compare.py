"""The report of a comparison says what the comparison says, stands alone, and takes any name for what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from tests.each import each
from tests.examples import swept
from tests.report.reports import AS_OF, made, offers
from tests.report.test_report import MOST_BYTES, Page, cells

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).parents[1] / "compare" / "files" / "offers.yaml"


def record(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    assert run(["compare", *args, *AS_OF, "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_the_tables_hold_the_figures_of_the_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = record(capsys, str(FILE))
    found = {row[0]: row[1:] for row in cells(made(tmp_path, str(FILE)).read_text("ascii"))}
    figures = [one["figures"] for one in told["offers"]]

    def dollars(name: str) -> list[str]:
        return [f"{one[name]['value']:,}" for one in figures]

    assert [found[one["name"]][-1] for one in told["offers"]] == dollars("base")
    assert found["like for like"] == dollars("adjusted")
    page = Page(made(tmp_path, str(FILE)).read_text("ascii"))
    assert told["flip"]["sentence"] in page.text
    for text in told["warnings"]:
        assert text in page.text


@pytest.mark.parametrize("count", swept([1, 2, 3, 5, 12]))
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
def test_the_page_stands_alone(tmp_path: Path, count: int, hostile: bool) -> None:  # noqa: FBT001 - a parameter
    file = made(tmp_path, str(offers(tmp_path, count, hostile=hostile)))
    page = Page(file.read_text("ascii"))
    assert file.stat().st_size < MOST_BYTES
    assert page.count("h1") == page.count("main") == 1
    assert {"script", "link", "img", "iframe", "form"}.isdisjoint(tag for tag, _ in page.tags)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert page.count("caption") == page.count("table")
    assert sum(attrs.get("role") == "img" for _, attrs in page.tags) == 2
    if hostile:
        assert "alert(1)" in page.text
        assert "\\u202e" in page.text or count < 4


@pytest.mark.parametrize("name", ["report.html", "report.svg", "report.md"])
def test_the_same_offers_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "other").mkdir()
    first, second = (made(folder, str(FILE), name=name) for folder in (tmp_path, tmp_path / "other"))
    assert first.read_bytes() == second.read_bytes()
    if name.endswith("svg"):
        assert ET.fromstring(first.read_bytes()).findtext("{http://www.w3.org/2000/svg}desc")  # noqa: S314 - our own


def test_it_says_how_it_was_made_without_folders(tmp_path: Path) -> None:
    text = Page(made(tmp_path, str(FILE), "--horizon", "3").read_text("ascii")).text
    assert "ehrpay report offers.yaml --as-of 2026-11-23 --horizon 3 --output report.html" in text
    assert "total for 3 years" in text
    assert str(FILE.parent) not in text


@each(
    ("args", "code", "words"),
    [
        ([str(FILE), "--agency", "va"], 2, ["--agency", "without a file of offers"]),
        ([str(FILE), "--offer", "61000"], 2, ["--offer", "without a file of offers"]),
        (["--home", "Denver"], 2, ["--home", "file of offers"]),
        ([str(FILE), "--horizon", "41"], 2, ["--horizon", "1 to 40"]),
        ([str(FILE), "--sort", "pakage"], 2, ["--sort", "'package'"]),
        ([str(FILE), "--home", "Denvre"], 2, ["--home", "Denver"]),
        ([str(FILE), "--years", "99"], 2, ["--years", "0 to 60"]),
        (["nowhere.yaml"], 66, ["'nowhere.yaml'"]),
    ],
)
def test_wrong_use(
    args: Sequence[str], code: int, words: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", *args, *AS_OF, "-o", "-"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert not [word for word in words if word not in told.err]

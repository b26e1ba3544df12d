"""The report says what the estimate says, holds nothing foreign, and is well formed."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from tests.each import each
from tests.report.reports import AS_OF, PEOPLE, made

from ehrpay.cli.main import run
from ehrpay.formats.document import Citation
from ehrpay.formats.page.style import COLORS
from ehrpay.formats.page.tables import sources

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 200_000
VOID = {"meta", "link", "br", "hr", "img", "input"}
SVG = "{http://www.w3.org/2000/svg}"


class Page(HTMLParser):
    """A page read strictly: every element closed in order; its tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.fixture(params=list(PEOPLE.values()), ids=list(PEOPLE))
def person(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The options of one person."""
    found: tuple[str, ...] = request.param
    return found


def record(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, object]:
    """The same person's estimate as JSON."""
    assert run(["estimate", *args, *AS_OF, "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def cells(page: str) -> list[list[str]]:
    """The cells of every table row, in order."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page)
    return [[Page(cell).text for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)] for row in rows]


def test_the_tables_hold_the_figures_of_the_record(
    person: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Percentiles, band, cross-check and every total are the JSON's own."""
    page = made(tmp_path, *person).read_text("ascii")
    told = record(capsys, *person)
    found = {row[0]: row[1:] for row in cells(page)}
    percentiles = told["percentiles"]
    assert isinstance(percentiles, dict)
    if "--period" not in person:
        names = ("P10", "low (P25)", "middle (P50)", "high (P75)", "P90")
        assert [found[name] for name in names] == [[f"{amount:,}"] for amount in percentiles.values()]
        band = told["band"]
        if isinstance(band, dict):
            assert found["band, minimum"] == [f"{band['min']:,}"]
            assert found["band, maximum"] == [f"{band['max']:,}"]
    assert found["middle a year"][1] == f"{told['mid']:,}"
    if "--period" not in person:
        assert str(told["sentence"]) in Page(page).text
    steps = told["steps"]
    assert isinstance(steps, list)
    for step in steps:
        if step["change_cents"] and step["kind"] != "round":
            assert found[step["label"]][1] == f"{(step['total_cents'] + 50) // 100:,}"


def test_the_page_stands_alone(person: tuple[str, ...], tmp_path: Path) -> None:
    """No script, nothing fetched, one h1, every id once, every reference met, every svg named."""
    file = made(tmp_path, *person)
    page = Page(file.read_text("ascii"))
    assert file.stat().st_size < MOST_BYTES
    assert page.count("h1") == page.count("main") == page.count("header") == page.count("footer") == 1
    assert {"script", "link", "img", "iframe", "object", "embed", "form", "base"}.isdisjoint(
        tag for tag, _ in page.tags
    )
    attributes = [(name, value or "") for _, attrs in page.tags for name, value in attrs.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in {"src", "srcset"}]
    assert {tag for tag, attrs in page.tags if "href" in attrs} <= {"a"}
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    asked = {one for name, value in attributes if name == "aria-labelledby" for one in value.split()}
    assert asked <= set(ids)
    assert sum(attrs.get("role") == "img" for _, attrs in page.tags) == 2
    assert page.count("caption") == page.count("table") == 2
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    policy = next(attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs)
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "url(" not in file.read_text("ascii")
    assert "@import" not in file.read_text("ascii")


def test_it_says_how_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Versions and the command line, typed or taken from a variable; a folder's name stays at home."""
    monkeypatch.setenv("EHRPAY_ROLE", "coder")
    text = Page(made(tmp_path, "--years", "5", "--location", "Denver, CO").read_text("ascii")).text
    wanted = (
        "EHRPAY_ROLE=coder ehrpay report --years 5 --location 'Denver, CO' --as-of 2026-11-23 "
        "--output report.html"
    )
    assert wanted in text
    assert str(tmp_path) not in text
    assert re.search(r"Made by ehrpay \S+ with rules [0-9a-f]{12}, as of 2026-11-23", text)


def test_the_same_question_gives_the_same_bytes(person: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for name in ("report.html", "report.svg", "report.md"):
        first, second = (made(folder, *person, name=name) for folder in (tmp_path, tmp_path / "other"))
        assert first.read_bytes() == second.read_bytes()


def test_the_picture_is_an_svg_file(person: tuple[str, ...], tmp_path: Path) -> None:
    """It is XML, names and describes itself, and every mark lies within its width."""
    root = ET.fromstring(made(tmp_path, *person, name="report.svg").read_bytes())  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    for mark in root.iter():
        for name in ("x", "x1", "x2", "cx", "width"):
            value = mark.get(name, "0%")
            assert not value.endswith("%") or 0 <= float(value[:-1]) <= 100


def test_what_people_type_is_text_and_nothing_else(tmp_path: Path) -> None:
    """A file's name with tags and quotes comes out as it went in."""
    name = "a'\"><b onload=x>&amp;.html"
    page = Page(made(tmp_path, "--years", "5", name=name).read_text("ascii"))
    assert page.count("b") == 0
    assert "a'" in page.text
    assert '"><b onload=x>&amp;.html' in page.text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host", ""]
)
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    """A rule file of someone else's may name any address; it is shown, never followed."""
    shown = sources([Citation("a", "<i>title</i>", url), Citation("b", "", 'https://x/?a=1&b="2"')])
    page = Page(shown)
    assert [attrs["href"] for tag, attrs in page.tags if tag == "a"] == ['https://x/?a=1&b="2"']
    assert page.count("i") == 0
    assert url in page.text


def test_one_exact_amount_is_not_shown_as_a_range(tmp_path: Path) -> None:
    page = made(tmp_path, *PEOPLE["one exact cell"]).read_text("ascii")
    assert page.count('<dl class="ends">\n<div class="main">') == 1
    assert not re.search(r"([0-9,]+) to \1\b", Page(page).text)


def test_markdown_is_the_whole_story(tmp_path: Path) -> None:
    text = made(tmp_path, "--years", "5", "--cert", "rhit", name="report.md").read_text("ascii")
    assert text.startswith("## ")
    assert "    ehrpay report --years 5 --cert rhit" in text
    assert "formula: " in text


def test_standard_output_holds_the_same_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    args = ["report", "--years", "5", *AS_OF]
    assert run([*args, "-o", "-"]) == 0
    whole = capsys.readouterr().out
    file = made(tmp_path, "--years", "5")
    assert whole.replace("--output -", "--output report.html") == file.read_text("ascii")


@each(
    ("args", "code", "words"),
    [
        (["--years", "5", "-o", "no/such/report.html"], 73, ["report.html", "folder does not exist"]),
        (["--years", "abc", "-o", "-"], 2, ["--years", "'abc'"]),
        (["--years", "5", "--format", "htm", "-o", "-"], 2, ["--format", "'html'"]),
        (["--years", "5", "--period", "week", "-o", "-"], 2, ["--period", "'week'"]),
        (["--years", "5", "-o", ""], 2, ["--output", "empty"]),
        (["--years", "5", "--offer", "5", "-o", "-"], 2, ["--offer"]),
    ],
)
def test_wrong_use_names_the_option(
    args: list[str], code: int, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", *args, *AS_OF]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert not [word for word in words if word not in told.err]


def test_a_file_that_is_there_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The place is looked at before the rules are: a profile that can't be priced is not yet known."""
    file = tmp_path / "report.html"
    file.write_text("old")
    assert run(["report", "--agency", "nowhere", "-o", str(file)]) == 73
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "old"


PAIRS = [("ink", "page", 7), ("quiet", "page", 4.5), ("link", "page", 4.5), ("ink", "card", 7),
         ("quiet", "card", 4.5), ("warn", "warn-card", 4.5), ("ink", "warn-card", 7),
         ("pay", "page", 3), ("band", "page", 3), ("span", "page", 3), ("offer", "page", 3),
         ("up", "page", 3), ("down", "page", 3), ("pay", "box", 2)]  # fmt: skip


@each("scheme", [0, 1, 2])
@each(("front", "back", "least"), PAIRS)
def test_colours_contrast(scheme: int, front: str, back: str, least: float) -> None:
    """WCAG 2.2: text at least 4.5 to 1, marks 3 to 1. Chromium can't judge text that stands in a drawing."""
    palette = re.findall(r":root\{(.*?)\}", COLORS, re.DOTALL)[scheme]
    tones = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]+)", palette))
    lighter, darker = sorted((_luminance(tones[front]), _luminance(tones[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def _luminance(tone: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb`, as WCAG defines it."""
    digits = tone[1:] if len(tone) == 7 else "".join(2 * digit for digit in tone[1:])
    shares = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""The report in a real Chromium: nothing asked for, nothing complained of, nothing inaccessible, seen as meant.

Needs the Debian package `chromium` and the dependency group `browser`. Chromium runs without its sandbox only for
root, for whom it has none. Screenshots are left in the folder EHRPAY_SHOTS names, for people to look at.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.reports import PEOPLE, made, offers

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (1280, 390, 320)
SHORT, CLOSE = 1_000, 4
"""Bytes no screenshot of a page is below, and pixels by which a label may reach past a drawing."""
SHOTS = 3
"""Screenshots that may fail before one that must not."""


BROKEN_WORDS = """[...document.querySelectorAll('th, td, li, p, dd')].flatMap(cell => {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
    for (let node; (node = walker.nextNode());) {
        for (const word of node.data.matchAll(/[A-Za-z]{3,20}/g)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const tops = [...range.getClientRects()].map(r => Math.round(r.top));
            if (new Set(tops).size > 1 && !node.parentElement.closest('code, a, footer')) broken.push(word[0]);
        }
    }
    return broken;
})"""
"""Words that a page breaks, addresses aside."""


class Seen:
    """One page in one browser: what it asked for, and what the console said."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page, self.file = page, file
        self.requests: list[str] = []
        self.console: list[str] = []
        self.passed = 0
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.goto(file.as_uri())

    def violations(self) -> list[str]:
        """What axe-core finds, each with the element."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={}).response
        self.passed = len(found["passes"])
        return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]

    def overflow(self) -> list[str]:
        """Elements of the text that reach past the window; what is in a wide table scrolls within its frame."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('body *')].filter(e => !e.parentElement.closest('.scroll') && "
            f"e.getBoundingClientRect().right > innerWidth + {CLOSE}).map(e => e.outerHTML.slice(0, 80))"
        )
        return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium with a profile of its own, which goes with it."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium here: apt-get install chromium")
    assert CHROMIUM is not None, "CI must install the Debian package chromium"
    from playwright.sync_api import sync_playwright

    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, *(["--no-sandbox"] if root else [])]
        )
        yield browser
        browser.close()


def kept(tmp_path: Path, name: str) -> Path:
    """Where a screenshot goes."""
    folder = Path(os.environ.get("EHRPAY_SHOTS") or tmp_path)
    return folder / name


def shot_of(page: Any, path: Path) -> Any:
    """A screenshot of a whole page; a slow machine may lose the frame that it is taken of, and draws another."""
    from playwright.sync_api import Error

    for _ in range(SHOTS):
        with suppress(Error):
            return page.screenshot(path=path, full_page=True)
    return page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_silent_and_accessible(
    chromium: Any, tmp_path: Path, person: tuple[str, ...], scheme: str, request: pytest.FixtureRequest
) -> None:
    file = made(tmp_path, *person)
    context = chromium.new_context(color_scheme=scheme)
    for width in WIDTHS:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        seen = Seen(page, file)
        shot = shot_of(page, kept(tmp_path, f"{request.node.callspec.id}-{width}.png"))
        assert len(shot) > SHORT
        assert seen.overflow() == []
        assert seen.violations() == []
        assert seen.passed > 20
        assert seen.requests == [file.as_uri()]
        assert seen.console == []
    context.close()


@pytest.mark.parametrize("count", [1, 3, 12])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_comparison_is_silent_and_accessible(
    chromium: Any, tmp_path: Path, count: int, scheme: str
) -> None:
    file = made(tmp_path, str(offers(tmp_path, count, hostile=True)))
    context = chromium.new_context(color_scheme=scheme)
    for width in WIDTHS:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        seen = Seen(page, file)
        shot_of(page, kept(tmp_path, f"offers-{count}-{scheme}-{width}.png"))
        assert seen.overflow() == []
        assert seen.violations() == []
        assert seen.requests == [file.as_uri()]
        assert seen.console == []
    context.close()


ALIKE = {
    "compare": ("compare", "--offer", "VA GS-9/1 Denver", "--offer", "Mercy Hospital 66,500 Boise, ID"),
    "whatif": ("whatif", "--years", "4", "--role", "coder", "--location", "Denver"),
    "scenario": ("whatif", "--years", "4", "--set", "degree=bachelor"),
    "ladder": ("ladder", "--agency", "va", "--years", "2", "--role", "coder", "--location", "Denver"),
    "two-ladders": ("ladder", "--years", "4", "--vs", "degree=bachelor"),
    "backtest": ("backtest",),
    "report": ("report", "--years", "5", "--cert", "rhit", "--location", "Denver", "--offer", "61000"),
}


@pytest.mark.parametrize("command", ALIKE)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_every_command_are_accessible_and_break_no_word(
    chromium: Any, tmp_path: Path, command: str, scheme: str
) -> None:
    """At the widths of a phone, a tablet and a screen; a wide table scrolls in its own frame."""
    file = tmp_path / "page.html"
    assert run([*ALIKE[command], "--as-of", "2026-11-23", "-o", str(file)]) == 0
    context = chromium.new_context(color_scheme=scheme)
    for width in (390, 768, 1200):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        seen = Seen(page, file)
        shot_of(page, kept(tmp_path, f"{command}-{scheme}-{width}.png"))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.violations() == []
        assert seen.console == []
        assert page.evaluate(BROKEN_WORDS) == []
    context.close()


def test_the_scheme_is_the_readers(chromium: Any, tmp_path: Path) -> None:
    """Dark on a dark screen, light on paper whatever the screen."""
    file = made(tmp_path, "--years", "5")
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(file.as_uri())
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(20, 23, 27)"
    page.emulate_media(media="print")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")
    assert page.evaluate(background) == "rgb(255, 255, 255)"
    context.close()


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE)
def test_on_paper_nothing_is_lost(chromium: Any, tmp_path: Path, person: tuple[str, ...]) -> None:
    """It prints on a few sheets."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(made(tmp_path, *person).as_uri())
    paper = page.pdf(path=kept(tmp_path, "report.pdf"), format="A4")
    assert 1 <= paper.count(b"/Type /Page\n") <= 8
    context.close()


def test_the_words_in_a_drawing_do_not_run_into_each_other(chromium: Any, tmp_path: Path) -> None:
    """At any width, every label ends before the amount on its line."""
    for person, width in product(PEOPLE.values(), (320, 370, 1280)):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto(made(tmp_path, *person).as_uri())
        crossed = page.evaluate(
            """[...document.querySelectorAll('svg.chart')].flatMap(svg => {
                const boxes = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
                return boxes.flatMap(([a, p]) => boxes.filter(([b, q]) => a !== b && p.left < q.left &&
                    Math.abs(p.bottom - q.bottom) < 6 && p.right > q.left).map(
                    ([b]) => a.textContent + ' | ' + b.textContent));
            })"""
        )
        assert crossed == []
        context.close()


def test_the_guards_can_fail(chromium: Any, tmp_path: Path) -> None:
    """A page with a script, a picture from outside, a bad contrast and no language is seen as such."""
    file = tmp_path / "bad.html"
    file.write_text(
        "<title>x</title><p style='color:#999;background:#fff'>faint</p><img src='missing.png'>"
        "<script>console.log('hello')</script>"
    )
    context = chromium.new_context()
    seen = Seen(context.new_page(), file)
    found = {line.split(":")[0] for line in seen.violations()}
    assert {"color-contrast", "html-has-lang", "image-alt"} <= found
    assert len(seen.requests) == 2
    assert "hello" in seen.console
    context.close()


def test_a_picture_draws_in_a_page(chromium: Any, tmp_path: Path) -> None:
    """The SVG file is an image of its stated size."""
    made(tmp_path, "--years", "5", "--cert", "rhit", name="report.svg")
    frame = tmp_path / "frame.html"
    frame.write_text("<!doctype html><html lang=en><title>x</title><img src=report.svg alt=x>")
    context = chromium.new_context()
    seen = Seen(context.new_page(), frame)
    size = seen.page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    assert size[0] == 720
    assert size[1] > 300
    assert seen.console == []
    shot_of(seen.page, kept(tmp_path, "svg.png"))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_a_roster_is_silent_and_accessible(chromium: Any, tmp_path: Path, scheme: str) -> None:
    groups = ("Coding", "Release of information", "Clinical documentation")
    rows = [f"{'codr' if n == 7 else 'coder'},{45_000 + 997 * n},{groups[n % 3]}" for n in range(36)]
    roster, file = tmp_path / "a.csv", tmp_path / "page.html"
    roster.write_text("role,pay,department\n" + "\n".join(rows) + "\n", "utf-8")
    args = ["batch", str(roster), "-o", str(tmp_path / "b.csv"), "--by", "department", "--report", str(file)]
    assert run([*args, "--summary", "none"]) == 1
    context = chromium.new_context(color_scheme=scheme)
    for width in (*WIDTHS, 768):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        seen = Seen(page, file)
        shot_of(page, kept(tmp_path, f"roster-{scheme}-{width}.png"))
        assert seen.overflow() == []
        assert seen.violations() == []
        assert seen.console == []
    context.close()


def test_the_five_points_of_a_roster_stand_in_one_row_in_their_order(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a wide screen, none broken; the template of three tiles put the last two below, and the second widest."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("role,years\ncoder,5\nmanager,9\n", "utf-8")
    assert run(["batch", "people.csv", "-o", "pay.csv", "--report", "pay.html", "--summary", "none"]) == 0
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto((tmp_path / "pay.html").as_uri())
    boxes = page.evaluate(
        "[...document.querySelectorAll('.ends > div')].map(e => [e, e.querySelector('dd')].flatMap("
        "b => [b.getBoundingClientRect()].map(r => [r.left, r.top, r.width, r.height].map(Math.round))))"
    )
    tiles, amounts = ([pair[i] for pair in boxes] for i in (0, 1))
    assert len(tiles) == 5
    assert len({tile[1] for tile in tiles}) == len({tile[2] for tile in tiles}) == 1
    assert len({amount[3] for amount in amounts}) == 1
    assert [tile[0] for tile in tiles] == sorted(tile[0] for tile in tiles)
    page.close()

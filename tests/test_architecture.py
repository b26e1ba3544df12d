"""The picture in docs/architecture.md is the one that the imports draw; `pytest --update-snapshots` draws it anew."""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

import grimp
import pytest
from tests.each import each

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PICTURE = re.compile(r"<!-- imports of (\S+) -->\n```mermaid\n(.*?)```\n", re.DOTALL)
NAMED = re.compile(r"`((?:src/|tests/|rules/|docs/|tools/|benchmarks/|schema/)[\w./-]*|[\w/-]+/[\w-]+\.\w+)`")

Arrows = set[tuple[str, str]]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("ehrpay", cache_dir=None)


def arrows(graph: grimp.ImportGraph, package: str) -> Arrows:
    """Which room of a package imports which, from any of its modules."""
    rooms = sorted(graph.find_children(package))
    return {
        (above.rpartition(".")[2], below.rpartition(".")[2])
        for above, below in permutations(rooms, 2)
        if graph.direct_import_exists(importer=above, imported=below, as_packages=True)
    }


def below(found: Arrows) -> dict[str, set[str]]:
    """What can be reached from each room along the arrows."""
    following: dict[str, set[str]] = {room: set() for arrow in found for room in arrow}
    for before, after in found:
        following[before].add(after)
    reached: dict[str, set[str]] = {}
    for start in following:
        todo = [start]
        reached[start] = set()
        while todo:
            new = following[todo.pop()] - reached[start]
            reached[start] |= new
            todo += new
    return reached


def drawn(found: Arrows) -> str:
    """The arrows that no longer way stands for, as a flow chart from top to bottom."""
    reached = below(found)
    needed = sorted(
        (above, room)
        for above, room in found
        if not any((above, other) in found and room in reached[other] for other in reached if other != room)
    )
    return "flowchart TD\n" + "".join(f"  {above} --> {room}\n" for above, room in needed)


def test_the_picture_is_what_the_imports_draw(graph: grimp.ImportGraph, pytestconfig: pytest.Config) -> None:
    text = PAGE.read_text("utf-8")
    fresh = PICTURE.sub(
        lambda block: f"<!-- imports of {block[1]} -->\n```mermaid\n{drawn(arrows(graph, block[1]))}```\n",
        text,
    )
    if pytestconfig.getoption("--update-snapshots"):
        PAGE.write_text(fresh, "utf-8")
    assert PAGE.read_text("utf-8") == fresh


def test_every_floor_with_rooms_has_a_picture(graph: grimp.ImportGraph) -> None:
    floors = {
        name
        for name in graph.find_children("ehrpay")
        if any(map(graph.find_children, graph.find_children(name)))
    }
    assert {block[1] for block in PICTURE.finditer(PAGE.read_text("utf-8"))} == {"ehrpay", *floors}


@pytest.mark.parametrize(
    "package", ["ehrpay", "ehrpay.cli", "ehrpay.domain", "ehrpay.formats", "ehrpay.rules"]
)
def test_no_room_is_in_a_circle(graph: grimp.ImportGraph, package: str) -> None:
    assert not [room for room, reached in below(arrows(graph, package)).items() if room in reached]


def test_no_module_is_in_a_circle(graph: grimp.ImportGraph) -> None:
    """Not even for types: what two modules both need stands below them."""
    imports = {
        (name, other) for name in graph.modules for other in graph.find_modules_directly_imported_by(name)
    }
    assert not [name for name, reached in below(imports).items() if name in reached]


@each("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
def test_every_file_a_page_names_is_there(page: Path) -> None:
    places = (ROOT, ROOT / "src/ehrpay", page.parent)
    missing = {
        name
        for name in NAMED.findall(page.read_text("utf-8"))
        if not any((place / name).exists() for place in places)
    }
    assert not missing

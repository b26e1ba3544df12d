"""An overlay does what editing a copy of the rules would do, and nothing else."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.overlay.folders import COUNTY, base, layer, placeless, rhit, written

from ehrpay.domain.facts import Fact, Factor
from ehrpay.rules.folder import AREAS, File, Layer
from ehrpay.rules.overlay.merge import identity
from ehrpay.rules.pipeline import judged
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

BASE = base()
DATA = {file.path: read_bytes(file.data, file.path).data for file in BASE}
SHIPPED = Layer("rules", BASE)
UNTOUCHED = placeless(judged("core", [SHIPPED]).compiled)

Path = tuple[Any, ...]


def dated(value: Any, path: Path) -> Iterator[Path]:
    """The paths of all dated values that an overlay can reach by ids."""
    if isinstance(value, dict):
        if "effective" in value:
            yield path
            return
        for key, below in value.items():
            yield from dated(below, (*path, key))
    elif isinstance(value, list) and value and all(map(identity, value)):
        for i, below in enumerate(value):
            yield from dated(below, (*path, i))


PATHS = [
    (file, path) for file, data in DATA.items() if not file.startswith(AREAS) for path in dated(data, ())
]
EDIT = st.tuples(st.sampled_from(PATHS), st.sampled_from(["a note of ours", "another note"]))


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def changed(value: dict[str, Any], note: str) -> dict[str, Any]:
    """The same dated value with a note and, where it is a factor, another number."""
    # What has no pay evidence may only be 1.
    moved = {"factor": value["low"]} if value.get("factor", 1) != 1 else {}
    return value | moved | {"note": note}


def partial(data: Any, path: Path, value: Any) -> Any:
    """The least an overlay must hold to put a value at a path."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    below = partial(data[step], rest, value)
    if not isinstance(step, int):
        return {step: below}
    names = {key: data[step][key] for key in ("id", "code", "roles") if key in data[step]}
    return [(names if rest else {}) | below]


def core(files: Sequence[File], overlays: Sequence[Layer] = ()) -> dict[str, Any]:
    made, problems, _ = judged("core", [Layer("rules", files), *overlays])
    assert problems == []
    found: dict[str, Any] = made
    return found


@examples(10)
@given(st.lists(EDIT, min_size=1, max_size=3))
def test_overlays_are_edits_made_one_after_the_other(edits: list[tuple[tuple[str, Path], str]]) -> None:
    """Each edit is an overlay of its own; the last one wins, and only real differences are reported."""
    data = copy.deepcopy(DATA)
    overlays: list[Layer] = []
    notes: dict[tuple[str, Path], str] = {}
    differ = False
    for number, ((file, path), note) in enumerate(edits):
        value = changed(at(DATA[file], path), note)
        overlays.append(layer(f"o{number}", {file: partial(DATA[file], path, value)}))
        at(data[file], path[:-1])[path[-1]] = value
        differ |= notes.setdefault((file, path), note) != note
        notes[file, path] = note
    touched = {file for (file, _), _ in edits}
    edited = [
        File(file.path, written(data[file.path]).encode()) if file.path in touched else file for file in BASE
    ]
    made = core(BASE, overlays)
    assert placeless(made) == placeless(core(edited))
    assert placeless(made) != UNTOUCHED
    assert bool(made["conflicts"]) == differ
    assert [one.path for one in made["overlays"]] == [one.prefix for one in overlays]


def test_an_overlay_of_nothing_changes_nothing_but_the_version() -> None:
    made = core(BASE, [layer("mine", {})])
    assert placeless(made) == UNTOUCHED
    assert made["version"] != core(BASE)["version"]
    assert made["overlays"] == [("County hospital", "HR", "Annex B", "mine")]


def test_a_dated_value_is_replaced_whole_and_its_neighbours_stay() -> None:
    """The name, aliases and other facts of the credential stay; the number comes with its own source."""
    levels = core(BASE, [layer("mine", rhit("1.01"))])["adjustments"]["certification"].levels
    plain = core(BASE)["adjustments"]["certification"].levels
    assert levels["rhit"].values[0] == Fact(
        effective="2021-05-01",
        value=Factor(10100, 10000, 11000),
        basis="assumption",
        confidence="low",
        sources=("synthesis",),
        where="mine/adjustments/certification.yaml:1",
    )
    assert levels["rhit"]._replace(values=()) == plain["rhit"]._replace(values=())
    assert {**levels, "rhit": 0} == {**plain, "rhit": 0}


def test_a_newer_date_is_put_in_its_order() -> None:
    """An overlay adds one dated value; the older ones stay in front of it."""
    wages = [
        {
            "effective": "2022-01-15",
            "sources": ["synthesis"],
            "basis": "assumption",
            "employment": None,
            **{f"p{p}": 30_000 + 400 * p for p in (10, 25, 50, 75, 90)},
        }
    ]
    made = core(
        BASE, [layer("mine", {"occupations.yaml": {"occupations": [{"id": "29-2072", "wages": wages}]}})]
    )
    rows = made["occupations"]["29-2072"].wages
    assert [row.effective for row in rows][:3] == ["2021-05-01", "2022-01-15", "2022-05-01"]
    assert [row.where.startswith("mine/") for row in rows][:3] == [False, True, False]


def test_a_new_file_adds_an_employer_and_a_list_without_ids_is_replaced() -> None:
    made = core(
        BASE,
        [layer("mine", {"agencies/county.yaml": COUNTY, "agencies/va.yaml": {"notes": ["Ours."]}})],
    )
    assert made["agencies"]["county"].where == "mine/agencies/county.yaml:1"
    assert made["agencies"]["va"].notes == ("Ours.",)
    assert made["agencies"]["va"].bands == core(BASE)["agencies"]["va"].bands


def test_a_new_credential_needs_everything_a_credential_needs() -> None:
    """A slip in an id is an addition, and an addition that isn't whole is refused where it stands."""
    files = {"adjustments/certification.yaml": {"levels": [{"id": "rhitt", "values": []}]}}
    problems = judged("core", [SHIPPED, layer("mine", files)]).problems
    assert {problem.code for problem in problems} >= {"E202"}
    assert {problem.path for problem in problems} == {"mine/adjustments/certification.yaml"}


def test_two_overlays_that_agree_are_silent_and_two_that_fight_are_named() -> None:
    first, same, other = (
        layer(name, rhit(factor)) for name, factor in (("a", "1.01"), ("b", "1.01"), ("c", "1.02"))
    )
    assert core(BASE, [first, same])["conflicts"] == []
    (told,) = core(BASE, [first, other])["conflicts"]
    assert told == (
        "overlays differ on rhit 2021-05-01 factor: 1.02 (c/adjustments/certification.yaml:1) is used, "
        "not 1.01 (a/adjustments/certification.yaml:1)"
    )
    (told,) = core(BASE, [other, first])["conflicts"]
    assert "1.01 (a/adjustments/certification.yaml:1) is used" in told


def test_two_overlays_may_fight_over_what_only_they_have() -> None:
    one, two = (layer(name, {"agencies/county.yaml": COUNTY | {"name": name}}) for name in ("a", "b"))
    (told,) = core(BASE, [one, two])["conflicts"]
    assert "b (b/agencies/county.yaml:2) is used, not a (a/agencies/county.yaml:2)" in told
    three = layer("c", {"agencies/county.yaml": {"notes": ["More."]}})
    made = core(BASE, [one, three])
    assert made["conflicts"] == []
    assert (made["agencies"]["county"].name, made["agencies"]["county"].notes) == ("a", ("More.",))


def test_what_an_overlay_breaks_is_told_where_it_stands() -> None:
    """A level without pay evidence may not move pay; the level is the base's, the factor the overlay's."""
    value = rhit("1.01")["adjustments/certification.yaml"]["levels"][0]["values"][0]
    files = {"adjustments/work.yaml": {"title": "Place", "levels": [{"id": "remote", "values": [value]}]}}
    (problem,) = judged("core", [SHIPPED, layer("mine", files)]).problems
    assert "without pay evidence" in problem.message
    assert (problem.path, problem.line, problem.column) == ("mine/adjustments/work.yaml", 2, 38)


def area_table(*rows: list[Any], effective: str = "2025-05-01") -> dict[str, Any]:
    columns = ["area", "occupation", "employment", "p10", "p25", "p50", "p75", "p90"]
    about = {"effective": effective, "sources": ["synthesis"], "basis": "assumption"}
    return {"areas/states.yaml": {"tables": [about | {"columns": columns, "rows": list(rows)}]}}


COLORADO = ["CO", "29-2072", 100, 40_000, 50_000, 60_000, 70_000, 80_000]


def test_an_area_row_hides_the_row_below_and_brings_its_own_source() -> None:
    made, problems, _ = judged("areas", [SHIPPED, layer("mine", area_table(COLORADO))])
    plain = judged("areas", [SHIPPED]).compiled
    assert problems == []
    mine = [table for table in made["tables"] if table.file == "mine/areas/states.yaml"]
    assert [table.cells for table in mine] == ["\n29-2072 CO 1 100 40000 50000 60000 70000 80000\n"]
    assert mine[0].sources == ("synthesis",)
    assert made["names"] == plain["names"]
    before = {line for table in plain["tables"] for line in table.cells.split("\n")}
    after = {line for table in made["tables"] if table not in mine for line in table.cells.split("\n")}
    (hidden,) = before - after
    assert hidden.startswith("29-2072 CO ")
    assert after <= before


def test_area_rows_that_fight() -> None:
    other = [*COLORADO[:5], 61_000, *COLORADO[6:]]
    one, two, three = (layer(n, area_table(row)) for n, row in (("a", COLORADO), ("b", other), ("c", other)))
    made = judged("areas", [SHIPPED, one, two, three]).compiled
    about = "the wages of 29-2072 in state CO, 2025-05-01"
    told = f"overlays differ on {about}: c/areas/states.yaml:1 is used, not a/areas/states.yaml:1"
    assert made["conflicts"] == [told]
    assert judged("areas", [SHIPPED, two, three]).compiled["conflicts"] == []


REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    ({"agencies/mine.yaml": COUNTY | {"agency": "va"}}, "E304", "already has a file", "agencies/va.yaml"),
    ({"agencies/va.yaml": {"agency": "vaa"}}, "E304", "is about the agency 'va', not 'vaa'", ""),
    ({"areas/mine.yaml": {"kind": "state"}}, "E204", "area wages belong in one of areas/metros.yaml", ""),
    ({"plan.yaml": {"market": ["base", "aging"]}}, "E303", "unknown step 'aging'", "'ageing'"),
    ({"adjustments/degree.yaml": {"levls": []}}, "E201", "unknown key 'levls'", "'levels'"),
    ({"mine.yaml": {"a": 1}}, "E204", "no rule file belongs here", ""),
    ({"agencies/county.yaml": COUNTY | {"setting": "hospitl"}}, "E303", "unknown setting", "'hospital'"),
    (
        {"agencies/county.yaml": COUNTY | {"setting": "clinic"}},
        "E303",
        "unknown setting",
        "'physician-office'",
    ),
    ({"agencies/county.yaml": COUNTY | {"setting": "remote"}}, "E303", "unknown setting", "use hospital, "),
]


@pytest.mark.parametrize(("files", "code", "words", "hint"), REFUSED)
def test_what_an_overlay_may_not_say(files: dict[str, Any], code: str, words: str, hint: str) -> None:
    part = "areas" if next(iter(files)).startswith(AREAS) else "core"
    made, problems, _ = judged(part, [SHIPPED, layer("mine", files)])
    assert made is None
    (problem,) = problems
    assert (problem.code, problem.path) == (code, f"mine/{next(iter(files))}")
    assert words in problem.message
    assert hint in problem.help


def test_a_thing_or_date_that_stands_twice_in_one_overlay() -> None:
    value = rhit("1.01")["adjustments/certification.yaml"]["levels"][0]["values"][0]
    twice = {"levels": [{"id": "rhit", "values": [value, value | {"factor": Decimal("1.02")}]}]}
    ids = {"levels": [{"id": "rhit", "note": "a"}, {"id": "rhit", "note": "b"}]}
    for data, code, word in ((twice, "E301", "2021-05-01"), (ids, "E304", "rhit")):
        problems = judged("core", [SHIPPED, layer("mine", {"adjustments/certification.yaml": data})]).problems
        assert (problems[0].code, problems[0].path) == (code, "mine/adjustments/certification.yaml")
        assert f"'{word}' appears twice" in problems[0].message

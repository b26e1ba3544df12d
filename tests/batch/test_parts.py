"""A part of a roster, as a worker of a cluster prices it; and what is refused before any work is sent to one."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.batch.people import people
from tests.program import Ran, clean, ehrpay

from ehrpay import load_rulebook
from ehrpay.batch.engines import parts
from ehrpay.batch.engines.parts import Order, Part, order_of, price_part
from ehrpay.batch.files.source import Input
from ehrpay.batch.job.request import Request, plan_of
from ehrpay.cli.roster import parts as roster_parts
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import DataError, InputError, OutputError, RulesError
from ehrpay.rules.folder import overlays

if TYPE_CHECKING:
    from ehrpay.batch.tables.plan import Plan
    from ehrpay.domain.estimate.rulebook import Rulebook

DAY = "2026-11-23"
ASKED = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:1")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(DAY)


@pytest.fixture
def roster(tmp_path: Path, book: Rulebook) -> Path:
    """A folder with a roster in it and a hidden folder."""
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "a.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(people(book, 11, 60, wrong=0.02))
    (tmp_path / "stage").mkdir()
    return tmp_path


def part_of(folder: Path, form: str = "csv") -> Part:
    return Part(
        source=Input(str(folder / "in" / "a.csv"), "csv"),
        output=str(folder / f"a.{form}"),
        errors=str(folder / "a.errors.csv"),
        form=form,
    )


def order(folder: Path, book: Rulebook, **other: Any) -> Order:
    made = order_of(Request(), book, (), part_of(folder).source, str(folder / "stage"))
    return made._replace(**other)


def run(folder: Path, *args: str) -> Ran:
    return ehrpay("batch", *args, env=clean(), cwd=folder)


def test_a_part_is_what_the_command_line_writes_however_often_it_is_done(
    roster: Path, book: Rulebook
) -> None:
    ran = run(
        roster,
        str(roster / "in" / "a.csv"),
        "-o",
        "here.csv",
        "--engine",
        "polars",
        "--as-of",
        DAY,
    )
    assert ran.returncode == 1, ran.stderr
    for _ in range(2):
        done = price_part(part_of(roster), order(roster, book))
        for mine, theirs in (("a.csv", "here.csv"), ("a.errors.csv", "here.errors.csv")):
            assert (roster / mine).read_bytes() == (roster / theirs).read_bytes()
    assert done.tally.rows == 60
    assert 0 < done.tally.faults == len(done.faults) < 60
    assert ": ".join(done.faults[0]) in ran.stderr
    assert list((roster / "stage").iterdir()) == []


@pytest.mark.parametrize(("most", "made"), [(1_000_000, 1), (10, 2)])
def test_a_worker_keeps_its_tables_for_the_next_part_unless_they_are_large(
    roster: Path, book: Rulebook, monkeypatch: pytest.MonkeyPatch, most: int, made: int
) -> None:
    plans = []

    def kept(*asked: Any) -> Plan:
        plans.append(plan_of(*asked))
        return plans[-1]

    monkeypatch.setattr(parts, "plan_of", kept)
    monkeypatch.setattr(parts, "MOST_TEXTS", most)
    monkeypatch.setattr(parts, "_plans", {})
    for _ in range(2):
        price_part(part_of(roster), order(roster, book))
    assert len(plans) == made


def test_bad_rows_of_an_earlier_run_go_away(roster: Path, book: Rulebook) -> None:
    asked = order(roster, book)
    price_part(part_of(roster), asked)
    source = roster / "in" / "a.csv"
    source.write_text(source.read_text().split("\n", 1)[0] + "\n")
    price_part(part_of(roster), asked)
    assert not (roster / "a.errors.csv").exists()


@pytest.mark.parametrize(
    ("other", "error", "sentence"),
    [
        ({"version": "0.0.1"}, RulesError, r"and you have 0\.0\.1; install the same version there"),
        ({"rules_version": "abc"}, RulesError, r"has other rules .* than you \(abc\)"),
        ({"columns": ("role",)}, DataError, "columns differ from those of the first file"),
        ({"stage": "/nowhere"}, InputError, "workers need the same paths as you"),
    ],
)
def test_a_worker_that_would_answer_otherwise_refuses(
    other: dict[str, Any], error: type[Exception], sentence: str, roster: Path, book: Rulebook
) -> None:
    with pytest.raises(error, match=sentence):
        price_part(part_of(roster), order(roster, book, **other))
    assert not (roster / "a.csv").exists()


def test_a_worker_lays_the_overlays_of_whoever_asks_over_its_own_rules(
    roster: Path, book: Rulebook, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "adjustments").mkdir(parents=True)
    (own / "overlay.yaml").write_text("title: ours\nauthor: us\nreference: none\n", "utf-8")
    shipped = (Path(__file__).parents[2] / "rules" / "adjustments" / "degree.yaml").read_text("utf-8")
    (own / "adjustments" / "degree.yaml").write_text(shipped, "utf-8")
    mine = load_rulebook(DAY, overlays=[tmp_path / "own"])
    with pytest.raises(RulesError, match="has other rules"):
        price_part(part_of(roster), order(roster, mine))
    asked = order_of(Request(), mine, overlays([own]), part_of(roster).source, str(roster / "stage"))
    assert price_part(part_of(roster), asked).tally.rows == 60
    assert mine.version != book.version


def test_a_place_that_takes_no_file_is_an_error_of_ours(roster: Path, book: Rulebook) -> None:
    with pytest.raises(OutputError, match="cannot create") as found:
        price_part(part_of(roster)._replace(output=str(roster / "none" / "a.csv")), order(roster, book))
    assert found.value.code == 73


@pytest.mark.parametrize(
    ("args", "code", "sentence"),
    [
        (("in/a.csv", "-o", "out", "--engine", "dask"), 2, "needs its scheduler: --scheduler tcp://HOST:8786"),
        (("in/a.csv", "-o", "-", *ASKED), 2, "reads files and writes a folder"),
        (("in/a.csv", "-o", "in/a.csv", *ASKED), 73, "writes a folder, and this is a file"),
        (("in/a.csv", "-o", "in", *ASKED), 2, "is an input; write to another folder"),
        (("in/a.csv", "in/a.csv", "-o", "out", *ASKED), 2, "two files would be written to"),
        (("in/a.csv", "-o", "done", *ASKED), 73, "use --force to replace parts, or --append"),
        (("in/a.csv", "-o", "out", "--threads", "2", *ASKED), 2, "--threads does nothing with --engine dask"),
        (("in/a.csv", "-o", "x.csv", "--scheduler", "x"), 2, "--scheduler does nothing with --engine auto"),
        (("in/a.csv", "-o", "out", "--engine", "dask", "--scheduler-file", "s.json"), 66, "file not found"),
        (("in/a.csv", "-o", "out", "--engine", "dask", "--scheduler-file", "in/a.csv"), 65, "is not the file of"),
        (("in/a.csv", "-o", "out", "--encoding", "cp1252", *ASKED), 2, "reads UTF-8 only"),
    ],
)  # fmt: skip
def test_what_a_cluster_can_not_do_is_refused_before_any_work(
    args: tuple[str, ...], code: int, sentence: str, roster: Path
) -> None:
    (roster / "done").mkdir()
    (roster / "done" / "a.csv").touch()
    ran = run(roster, *args)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert sentence in ran.stderr.replace("No such file or directory", "file not found")
    assert not (roster / "out").exists()


def test_parts_that_are_all_there_need_no_cluster(roster: Path) -> None:
    (roster / "done").mkdir()
    (roster / "done" / "a.csv").touch()
    ran = run(roster, "in/a.csv", "-o", "done", "--append", *ASKED)
    assert ran.returncode == 0
    assert "every file has its part already" in ran.stderr


def test_parts_lie_as_their_files_do(roster: Path) -> None:
    files = ["x/a.csv.gz", "x/b.parquet", "y/a.jsonl"]
    sources = [
        Input(str(roster / name), form) for name, form in zip(files, ("csv", "parquet", "jsonl"), strict=True)
    ]
    for form, expected in (
        (None, ["x/a.csv.gz", "x/b.parquet", "y/a.jsonl"]),
        ("parquet", ["x/a.parquet", "x/b.parquet", "y/a.parquet"]),
    ):
        places = roster_parts.PartPlaces(sources, str(roster / "out"), form, force=False, append=False)
        assert [str(Path(part.output).relative_to(roster / "out")) for part in places.parts] == expected
        assert [part.gzipped for part in places.parts] == [form is None, False, False]
    assert places.parts[0].errors == str(roster / "out" / "x" / "a.errors.csv")


def test_without_the_extra_its_name_is_given(roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(roster_parts, "find_spec", lambda name: None if name == "distributed" else real(name))
    ran = run(roster, "in/a.csv", "-o", "out", *ASKED)
    assert ran.returncode == 2
    assert "pip install 'ehrpay[dask]' (no distributed)" in ran.stderr

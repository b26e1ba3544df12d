"""What whole runs of the command cost, side by side with an empty Python and a hello-world Typer command.

    python benchmarks/startup.py [--rounds 40] [--no-write]
    python benchmarks/startup.py --check

What is measured is the time of the processor, of which a busy machine takes little away. Rounds are interleaved and
each shuffles its order. What counts is the median of the rounds' ratios, not the milliseconds. Writes
results/startup.json and results/startup.md. `--check` fails where `estimate --json` costs more of hello than they say.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from machine import machine
from processes import spent

HERE = Path(__file__).parent
RESULTS = HERE / "results"
PACKAGES = ("ehrpay", "typer", "rich", "yaml", "pydantic", "platformdirs")
ESTIMATE = ("estimate", "--agency", "va", "--years", "5", "--cert", "rhit")
WRONG_USE = 2
WARM_UP = 2
HELLO, ESTIMATED = "hello-world Typer", "estimate --json"
WORSE = 1.15
"""How many times the ratio that is written down is too much."""
ATTEMPTS, ENOUGH = 3, 25
"""How often a ratio that is too high is measured again, and the rounds of each time."""


class Case(NamedTuple):
    """A command line, the ratios aimed for (to an empty Python, to hello), and what makes it special."""

    name: str
    command: tuple[str, ...]
    empty: float | None = None
    hello: float | None = None
    code: int = 0
    fresh_cache: bool = False


def from_wheel(folder: Path) -> str:
    """The command of a wheel of this tree that is installed into an environment of its own."""
    made = folder / "environment"
    _uv("build", "-q", "--wheel", "-o", str(folder), str(HERE.parent))
    _uv("venv", "-q", "--python", sys.executable, str(made))
    [wheel] = map(str, folder.glob("*.whl"))
    _uv("pip", "install", "-q", "--compile-bytecode", "--python", str(made / "bin" / "python"), wheel)
    return str(made / "bin" / "ehrpay")


def _uv(*command: str) -> None:
    subprocess.run(("uv", *command), check=True)  # noqa: S607 - what runs this very script


def cases() -> list[Case]:
    """What is measured; the first two are the yardsticks."""
    found = shutil.which("ehrpay", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit("ehrpay is not installed beside this Python; run with `uv run python benchmarks/startup.py`")
    json_run = (found, *ESTIMATE, "--json")
    return [
        Case("python -c pass", (sys.executable, "-c", "pass")),
        Case(HELLO, (sys.executable, str(HERE / "hello.py"))),
        Case(ESTIMATED, json_run, 6.3, 1.08),
        Case("estimate --json, with a location", (*json_run, "--location", "Denver, CO")),
        Case("estimate, as a table", (found, *ESTIMATE, "--format", "table", "--color", "always"), hello=1.5),
        Case("estimate --help", (found, "estimate", "--help"), 6.3),
        Case("an option given twice", (found, *ESTIMATE, "--years", "6"), 6.5, code=WRONG_USE),
        Case("an unknown agency", (found, "estimate", "--agency", "vaa"), 6.5, code=WRONG_USE),
        Case("estimate --json, rules not cached", json_run, 17.0, fresh_cache=True),
    ]


def environment(cache: str) -> dict[str, str]:
    """The environment of a run: ours, without what would change the program or keep bytecode from being used."""
    dropped = ("EHRPAY_", "PYTHON", "COLUMNS", "NO_COLOR", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"EHRPAY_CACHE": cache}


def compiled() -> None:
    """See to it that no run compiles bytecode."""
    for name in PACKAGES:
        spec = find_spec(name)
        for folder in (spec and spec.submodule_search_locations) or ():
            compileall.compile_dir(folder, quiet=1)


def timed(case: Case, cache: str) -> float:
    """Seconds of the processor that one whole process takes, from its start to its end."""
    with tempfile.TemporaryDirectory() as fresh:
        env = environment(fresh if case.fresh_cache else cache)
        return spent(case.command, env, code=case.code).cpu


def measured(todo: list[Case], rounds: int) -> dict[str, list[float]]:
    """Seconds by case, a number a round; runs that fill caches come first and are thrown away."""
    seconds: dict[str, list[float]] = {case.name: [] for case in todo}
    with tempfile.TemporaryDirectory() as cache:
        for case in todo * WARM_UP:
            timed(case, cache)
        for _ in range(rounds):
            for case in random.sample(todo, len(todo)):
                seconds[case.name].append(timed(case, cache))
    return seconds


def paired(seconds: list[float], yardstick: list[float]) -> float:
    """The median of the ratios of each round: on a busy machine it varies by a third of what other ratios do."""
    return statistics.median(own / other for own, other in zip(seconds, yardstick, strict=True))


def record(case: Case, seconds: dict[str, list[float]], yardsticks: tuple[str, str]) -> dict[str, object]:
    """One line of the result: milliseconds, ratios to the two yardsticks, aims, and whether they are met."""
    middle = statistics.median(seconds[case.name])
    empty, hello = (paired(seconds[case.name], seconds[name]) for name in yardsticks)
    met = all(aim is None or ratio <= aim for ratio, aim in ((empty, case.empty), (hello, case.hello)))
    return {
        "case": case.name,
        "median_ms": round(middle * 1000, 1),
        "fastest_ms": round(min(seconds[case.name]) * 1000, 1),
        "to_empty": round(empty, 2),
        "aim_to_empty": case.empty,
        "to_hello": round(hello, 2),
        "aim_to_hello": case.hello,
        "met": met if case.empty or case.hello else None,
    }


def markdown(records: list[dict[str, object]], rounds: int) -> str:
    """The records as a table people read."""
    lines = [
        f"The processor's time, medians of {rounds} interleaved rounds. {machine()}.",
        "",
        "| run | ms | x `python -c pass` | aim | x hello-world Typer | aim | met |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for row in records:
        aims = ["" if row[key] is None else f"<= {row[key]}" for key in ("aim_to_empty", "aim_to_hello")]
        met = {True: "yes", False: "no", None: ""}[row["met"]]  # type: ignore[index]
        ratios = (row["to_empty"], row["to_hello"])
        lines.append(
            f"| {row['case']} | {row['median_ms']} | {ratios[0]} | {aims[0]} | {ratios[1]} | {aims[1]} | {met} |"
        )
    return "\n".join(lines) + "\n"


def check(todo: list[Case]) -> None:
    """End with 1 if `estimate --json` costs much more of hello than is written down, each time it is measured."""
    runs = json.loads((RESULTS / "startup.json").read_text("utf-8"))["runs"]
    [known] = (row["to_hello"] for row in runs if row["case"] == ESTIMATED)
    for _ in range(ATTEMPTS):
        seconds = measured([case for case in todo if case.name in (HELLO, ESTIMATED)], ENOUGH)
        ratio = paired(seconds[ESTIMATED], seconds[HELLO])
        print(
            f"{ESTIMATED}: {ratio:.2f} x hello; {known:.2f} x is written down, {known * WORSE:.2f} x is too much"
        )
        if ratio <= known * WORSE:
            return
    sys.exit("the start has become slower; benchmarks/README.md tells how to look")


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--no-write", action="store_true", help="print only")
    parser.add_argument("--check", action="store_true", help="only compare with what is written down")
    said = parser.parse_args()
    compiled()
    todo = cases()
    if said.check:
        check(todo)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = (from_wheel(Path(folder)), *ESTIMATE, "--json")
        todo.append(Case("estimate --json, first run of a wheel", command, hello=1.08, fresh_cache=True))
        seconds = measured(todo, said.rounds)
    records = [record(case, seconds, (todo[0].name, todo[1].name)) for case in todo]
    table = markdown(records, said.rounds)
    print(table, end="")
    if not said.no_write:
        RESULTS.mkdir(exist_ok=True)
        told = {"machine": machine(), "rounds": said.rounds, "runs": records}
        (RESULTS / "startup.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
        (RESULTS / "startup.md").write_text(table, "utf-8")


if __name__ == "__main__":
    main()

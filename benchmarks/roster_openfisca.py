"""OpenFisca-Core prices a market roster: one person entity, a variable for each input and each step.

    python benchmarks/roster_openfisca.py IN OUT TABLES parameters|texts|codes

Polars reads and writes. With `parameters` the numbers of degree and setting are OpenFisca's own parameters, looked up
as its manual has it; all other formulas, and with `texts` those too, gather from arrays of the rules' numbers, for
OpenFisca would take long to load 500,000 parameters. It numbers the texts of its enumerations itself; with `codes`
Polars does, which is quicker than OpenFisca can.
A simulation holds every row in memory, so that large rosters go through in pieces.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from ehrpay.batch.tables.columns import Columns
from ehrpay.domain import running
from ehrpay.domain.money import dollars, times
from ehrpay.domain.running import Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

PERIOD = "2026"
PIECE = 1_000_000
SCHEMA = {"id": pl.Int64, "years": pl.Float64, "pay": pl.Int64}
PARAMETERS = ("degree", "setting")
TEXTS = ("role", "location", "degree", "certs", "setting")
STEPS = ("years", "degree", "certs", "setting")
PERSON = Entity("person", "persons", "A person", "")


class Rules:
    """The tables of numbers as arrays by role and by what the other column holds."""

    def __init__(self, folder: str) -> None:
        """Read them all."""
        frames = {name: pl.read_parquet(f"{folder}/{name}.parquet") for name in ("start", *STEPS)}
        self.texts = {name: frames[name][name].unique(maintain_order=True).to_list() for name in STEPS[1:]}
        self.texts |= {
            name: frames["start"][name].unique(maintain_order=True).to_list() for name in TEXTS[:2]
        }
        roles = len(self.texts["role"])
        # `start` is sorted by role, the others by the column they are named after.
        self.start = {
            name: frames["start"][name].to_numpy().reshape(roles, -1) for name in frames["start"].columns[2:]
        }
        self.steps = {
            name: {
                part: frames[name][part].to_numpy().reshape(-1, roles).T for part in frames[name].columns[2:]
            }
            for name in STEPS
        }


def variable(name: str, value_type: Any, formula: Callable[..., Any] | None = None, **more: Any) -> Any:
    """A variable of a person."""
    own = {"value_type": value_type, "entity": PERSON, "definition_period": DateUnit.YEAR, **more}
    return type(name, (Variable,), own if formula is None else own | {"formula": formula})


def wide(person: Any, name: str, period: Any) -> Any:
    """A variable's numbers in 64 bits: OpenFisca keeps whole numbers in 32, where a product would wrap."""
    return np.asarray(person(name, period)).astype(np.int64)


def gathered(table: Ints, role: Any, other: Any) -> Ints:
    """What a table has for each person's role and something else, which OpenFisca has as numbers."""
    return np.asarray(table[np.asarray(role), np.asarray(other)])


def inputs(rules: Rules) -> Iterator[Any]:
    """What is known of a person; texts are enumerations."""
    yield variable("years", int)
    for name, texts in rules.texts.items():
        members = Enum(name, [(text, text) for text in texts])
        yield variable(name, Enum, possible_values=members, default_value=next(iter(members)))


def from_start(rules: Rules, name: str) -> Callable[..., Ints]:
    """A formula: a number that role and location decide."""

    def formula(person: Any, period: Any) -> Ints:
        return gathered(rules.start[name], person("role", period), person("location", period))

    return formula


def from_step(rules: Rules, step: str, part: str) -> Callable[..., Ints]:
    """A formula: a number that role and one fact about a person decide."""

    def formula(person: Any, period: Any) -> Ints:
        return gathered(rules.steps[step][part], person("role", period), person(step, period))

    return formula


def from_parameters(step: str, part: str) -> Callable[..., Any]:
    """A formula: the same from OpenFisca's parameters."""

    def formula(person: Any, period: Any, parameters: Any) -> Any:
        return parameters(period)[step][part][person("role", period)][person(step, period)]

    return formula


def parameters(rules: Rules) -> Any:
    """The numbers of some steps as OpenFisca's parameters: step, part, role, text."""

    def node(table: Ints, texts: list[str]) -> dict[str, Any]:
        return {
            role: {
                text: {"values": {f"{PERIOD}-01-01": int(number)}}
                for text, number in zip(texts, row, strict=True)
            }
            for role, row in zip(rules.texts["role"], table, strict=True)
        }

    data = {
        step: {part: node(table, rules.texts[step]) for part, table in rules.steps[step].items()}
        for step in PARAMETERS
    }
    return ParameterNode("", data=data)


def product(start: str, part: str) -> Callable[..., Any]:
    """A formula: what the steps leave, rounded at each."""

    def formula(person: Any, period: Any) -> Any:
        left = wide(person, start, period)
        for step in STEPS:
            left = times(left, wide(person, f"{step}_{part}", period))
        return left

    return formula


def squares(part: str) -> Callable[..., Any]:
    """A formula: independent uncertainties add by their squares."""

    def formula(person: Any, period: Any) -> Any:
        found = wide(person, part, period)
        for step in STEPS:
            found = found + wide(person, f"{step}_{part}", period) ** 2
        return found

    return formula


def total(person: Any, period: Any) -> Any:
    """The middle in cents, inside the cap."""
    low, high = wide(person, "cap_low", period), wide(person, "cap_high", period)
    return np.clip(wide(person, "free", period), low, high)


def width_left(person: Any, period: Any) -> Any:
    """What is left of the range's width after levels fallen back."""
    width = wide(person, "known_width", period)
    for name in ("fall0", "fall1", "fall2"):
        width = times(width, wide(person, name, period))
    return width


def middle(person: Any, period: Any) -> Any:
    """Whole dollars, at least the minimum wage."""
    return np.maximum(dollars(wide(person, "total", period)), wide(person, "least", period) // 100)


def quartile(shape: str, side: int) -> Callable[..., Any]:
    """A formula: P25 or P75 in whole dollars."""
    by = Columns()
    place = running.below if side < 0 else running.above

    def formula(person: Any, period: Any) -> Any:
        names = (
            "free",
            "total",
            "cap_low",
            "cap_high",
            "pull_down" if side < 0 else "pull_up",
            "width_left",
            shape,
        )
        free, capped, low, high, pull, width, own = (wide(person, name, period) for name in names)
        pull = Bounds(free, capped, low, high).cut(pull, by.root(pull), side, by.clip)
        centre = dollars(capped)
        point = dollars(place(centre * 100, own, width, pull, by.clip, by.root))
        point = np.minimum(point, centre) if side < 0 else np.maximum(point, centre)
        return np.maximum(point, wide(person, "least", period) // 100)

    return formula


def system(rules: Rules, how: str) -> Any:
    """Everything OpenFisca knows."""
    found = TaxBenefitSystem([PERSON])
    own = PARAMETERS if how == "parameters" else ()
    if own:
        found.parameters = parameters(rules)
    found.add_variables(
        *inputs(rules),
        *(variable(name, int, from_start(rules, name)) for name in rules.start if name != "most"),
        *(
            variable(
                f"{step}_{part}",
                int,
                from_parameters(step, part) if step in own else from_step(rules, step, part),
            )
            for step in STEPS
            for part in rules.steps[step]
        ),
        variable("free", int, product("total_there", "factor")),
        variable("known_width", int, product("width", "narrow")),
        variable("pull_down", int, squares("down")),
        variable("pull_up", int, squares("up")),
        variable("total", int, total),
        variable("width_left", int, width_left),
        variable("low", int, quartile("p25", -1)),
        variable("mid", int, middle),
        variable("high", int, quartile("p75", 1)),
    )
    return found


def told(frame: pl.DataFrame, texts: dict[str, list[str]], name: str, *, codes: bool) -> NDArray[Any]:
    """A column as OpenFisca takes it."""
    if name == "years":
        return np.asarray(np.rint(frame[name].to_numpy() * 10), np.int32)
    if codes:
        return np.asarray(frame[name].cast(pl.Enum(texts[name])).to_physical(), np.int16)
    return np.asarray(frame[name].to_numpy(), str)


def priced(frame: pl.DataFrame, rules: Rules, known: Any, *, codes: bool) -> pl.DataFrame:
    """Some rows with their range."""
    simulation = SimulationBuilder().build_default_simulation(known, count=frame.height)
    for name in ("years", *TEXTS):
        simulation.set_input(name, PERIOD, told(frame, rules.texts, name, codes=codes))
    return frame.with_columns(
        pl.Series(name, simulation.calculate(name, PERIOD)) for name in ("low", "mid", "high")
    )


def price(source: str, target: str, tables: str, how: str) -> None:
    """From a file into one of the same form, a piece at a time."""
    rules = Rules(tables)
    rules.start["total_there"] = rules.start.pop("total")
    known = system(rules, how)
    parquet = Path(source).suffix == ".parquet"
    scan = pl.scan_parquet(source) if parquet else pl.scan_csv(source, schema_overrides=SCHEMA)
    pieces = scan.collect_batches(chunk_size=PIECE, maintain_order=True)
    done = (priced(frame, rules, known, codes=how == "codes") for frame in pieces)
    if parquet:
        pl.concat(list(done)).write_parquet(target)
        return
    with Path(target).open("wb") as file:
        for number, frame in enumerate(done):
            frame.write_csv(file, include_header=number == 0)


if __name__ == "__main__":
    price(*sys.argv[1:])

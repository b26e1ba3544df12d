"""How far the stacked factors can carry a person: the smallest and the largest product, beside P10 and P90."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.advice.unreached import RURAL, WORKERS
from ehrpay.rules.checks.ids import adjustments
from ehrpay.rules.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.finding import Files


class Factor(NamedTuple):
    """A factor and the level that gives it."""

    value: Decimal
    name: str


def extremes(files: Files, as_of: str) -> Iterator[Finding]:
    """One note: both products, where they come from, and the shares of the median that P10 and P90 are."""
    plan = files.get("plan.yaml", {}).get("market", [])
    made = adjustments(files)
    reached = [list(_reached(made[step][1], as_of)) for step in plan if step in made]
    reached = [found for found in reached if found]
    if not reached:
        return
    least, most = ([pick(found, key=lambda one: one.value) for found in reached] for pick in (min, max))
    note = f"smallest: {_listed(least)}. Largest: {_listed(most)}."
    message = f"factors range from {_product(least):.2f} to {_product(most):.2f} of the median worker's pay"
    shares = _shares(files, as_of)
    if shares is not None:
        message += (
            f"; P10 is {shares[0]:.2f} of the median, P90 {shares[1]:.2f}, where the cap keeps the middle"
        )
    yield Finding("plan.yaml", ("market",), "N501", message, note=note)


def _product(factors: Iterable[Factor]) -> Decimal:
    product = Decimal(1)
    for one in factors:
        product *= one.value
    return product


def _listed(factors: list[Factor]) -> str:
    return " x ".join(f"{one.name} {one.value}" for one in factors if one.value != 1)


def _reached(data: dict[str, Any], as_of: str) -> Iterator[Factor]:
    """Every factor an adjustment can give alone on a day, and 1 for what is not said."""
    yield Factor(Decimal(1), "unsaid")
    for curve in _in_force(data.get("curve") or [], as_of):
        yield from (Factor(Decimal(row[1]), f"{data['adjustment']} {row[0]}") for row in curve["points"])
    best = Decimal(1)
    for level in data.get("levels") or []:
        if data["input"] == "fallback" and level["id"] != RURAL:
            continue
        # A role of another occupation has a base of its own; its factor is relative to that.
        values = level["values"] if level.get("occupation") is None else []
        for value in _in_force(values, as_of):
            best = max(best, Decimal(value["factor"]))
            yield Factor(Decimal(value["factor"]), level["id"])
    for value in _in_force((data.get("none") or {}).get("values") or [], as_of):
        yield Factor(Decimal(value["factor"]), "none")
    yield from _ranked(data, best, as_of)


def _ranked(data: dict[str, Any], best: Decimal, as_of: str) -> Iterator[Factor]:
    """The best credential with a second and a third."""
    ranks = data.get("ranks") or {}
    product = best
    for rank in ("second", "third"):
        for value in _in_force(ranks.get(rank, {}).get("values") or [], as_of):
            product *= Decimal(value["factor"])
    if ranks:
        yield Factor(product.quantize(Decimal("0.0001")), "three credentials")


def _in_force(values: list[dict[str, Any]], as_of: str) -> list[dict[str, Any]]:
    return [value for value in values if value["effective"] <= as_of][-1:]


def _shares(files: Files, as_of: str) -> tuple[Decimal, Decimal] | None:
    """P10 and P90 over the median of the nation's workers."""
    for raw in files.get("occupations.yaml", {}).get("occupations", []):
        for wage in _in_force(raw["wages"], as_of) if raw["id"] == WORKERS else []:
            if wage["p10"] is not None and wage["p90"] is not None:
                return Decimal(wage["p10"]) / wage["p50"], Decimal(wage["p90"]) / wage["p50"]
    return None

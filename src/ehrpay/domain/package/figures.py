"""A figure of a comparison and where it comes from: the file, a rule, or other figures by a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.outcome import Outcome
    from ehrpay.domain.package.benefits import Benefit
    from ehrpay.domain.package.terms import Said

NOT_SAID = "not said"


class Origin(NamedTuple):
    """One of three: `file` (`offers.yaml:7`), a `rule` with its place, or a formula with what went into it."""

    file: str = ""
    text: str = ""
    rule: str = ""
    where: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    computed: str = ""
    of: tuple[Origin, ...] = ()


class Figure(NamedTuple):
    """A whole number of its field's unit, and its origin; a gap has no value, and `why` says why."""

    value: int | None
    origin: Origin = Origin()
    why: str = ""


def gap(why: str = NOT_SAID) -> Figure:
    """A thing not known: shown by a word and counted as nothing."""
    return Figure(None, Origin(), why)


def said(one: Said[Any], value: int | None = None) -> Figure:
    """A figure as the file says it, or what its value was turned into."""
    return Figure(one.value if value is None else value, of_file(one))


def of_file(one: Said[Any]) -> Origin:
    """The place in a file."""
    return Origin(file=one.where, text=one.text)


def of_rule(benefit: Benefit) -> Origin:
    """A benefit's rule."""
    return of_fact(benefit.id, benefit.fact)


def of_fact(id_: str, fact: Fact) -> Origin:
    """A dated number of the rules."""
    return Origin(rule=id_, where=fact.where, basis=fact.basis, sources=fact.sources)


def of_step(outcome: Outcome) -> Origin:
    """A step of an estimate that rests on a rule."""
    return Origin(rule=outcome.id, where=outcome.where, basis=outcome.basis, sources=tuple(outcome.sources))


def computed(value: int, formula: str, *of: Origin) -> Figure:
    """A figure made of others: the formula in words, and the origins of what it names."""
    return Figure(value, Origin(computed=formula, of=tuple(dict.fromkeys(of))))


def cited(origin: Origin) -> tuple[str, ...]:
    """The ids of the sources of an origin and of all it is made of, each once."""
    below = [id_ for one in origin.of for id_ in cited(one)]
    return tuple(dict.fromkeys((*origin.sources, *below)))

"""What a rule keeper is shown of a rule: its dated values, who refers to it, what rests on a source.

Amounts are text, written out where the rule's unit is known; places are `file:line`.
"""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple

Row = tuple[str, ...]


class Amount(NamedTuple):
    """What a value says: its figure, its bounds, its unit, and rows (a head first) where it is more than one."""

    figure: str
    low: str = ""
    high: str = ""
    unit: str = ""
    rows: tuple[Row, ...] = ()


class Value(NamedTuple):
    """One dated value with its story; `state` is `in force`, `past` or `future` on the day asked for."""

    effective: str
    amount: Amount
    state: str
    basis: str
    confidence: str
    sources: tuple[str, ...]
    review_by: str
    note: str
    where: str


class Series(NamedTuple):
    """Dated values of one thing, oldest first; the title tells several of a rule apart."""

    title: str
    values: tuple[Value, ...]


class Use(NamedTuple):
    """One reference: the rule referred to, the rule that refers, how, and its place."""

    of: str
    by: str
    how: str
    where: str


class Uncited(NamedTuple):
    """A number without a source: the rule it belongs to, its key, the number, its place."""

    rule: str
    key: str
    number: str
    where: str


class Story(NamedTuple):
    """A rule whole: id, kind, name, place, other names, facts in words, dated values, who refers to it.

    `cited` are the sources its values name: id, title, address.
    """

    id: str
    kind: str
    name: str
    where: str
    aliases: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    series: tuple[Series, ...]
    uses: tuple[Use, ...]
    cited: tuple[tuple[str, str, str], ...]


class Group(NamedTuple):
    """Rules of one kind, by id, for a list of what can be shown."""

    kind: str
    ids: tuple[str, ...]


class Citation(NamedTuple):
    """A source and what rests on it, a reference each; its place in the file of sources."""

    id: str
    title: str
    publisher: str
    published: str
    where: str
    uses: tuple[Use, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that rest on it, each once."""
        return tuple(dict.fromkeys(use.by for use in self.uses))


class Bibliography(NamedTuple):
    """Every source, the numbers that rest on none, and references to sources that are not listed."""

    sources: tuple[Citation, ...]
    uncited: tuple[Uncited, ...]
    unknown: tuple[Use, ...]


class Mismatch(NamedTuple):
    """What a case's answer has wrong: a sentence, its place, and for a value the path, what was expected and came."""

    sentence: str
    where: str
    path: str = ""
    expected: object = None
    got: object = None


class CaseResult(NamedTuple):
    """A case that was run: its sentence, its place, and what was wrong (nothing when it passed)."""

    name: str
    where: str
    missed: tuple[Mismatch, ...]

"""What rule keepers read: rules, sources, cases and problems, as people and programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.review.story import Bibliography, CaseResult, Group, Story
    from ehrpay.formats.document import Document
    from ehrpay.strict.problem import Problem


class RulePage(NamedTuple):
    """One rule whole."""

    story: Story
    as_of: str
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.rules import page

        return page(self.story, self.as_of)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.review.record import rule

        return rule(self.story, self.as_of, self.version, self.warnings)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a value."""
        from ehrpay.formats.review.record import VALUE, rows

        return rows(VALUE, self.record()["values"])


class RuleList(NamedTuple):
    """What can be shown, by kind."""

    groups: Sequence[Group]
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.rules import listing

        return listing(self.groups)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.review.record import kinds

        return kinds(self.groups, self.version, self.warnings)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a rule."""
        return [("kind", "id"), *((group.kind, id_) for group in self.groups for id_ in group.ids)]


class SourceList(NamedTuple):
    """Every source with what rests on it."""

    bibliography: Bibliography
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.sources import document

        return document(self.bibliography)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.review.record import sources

        return sources(self.bibliography, self.version, self.warnings)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a source."""
        from ehrpay.formats.review.record import SOURCE, rows

        found = self.record()["sources"]
        used = ({"used_by": list(dict.fromkeys(use["rule"] for use in one["used_by"]))} for one in found)
        return rows(SOURCE, [one | more for one, more in zip(found, used, strict=True)])


class CaseReport(NamedTuple):
    """What a run of cases found."""

    outcomes: Sequence[CaseResult]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.cases import document

        return document(self.outcomes)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.review.record import cases

        return cases(self.outcomes)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row for each thing that is wrong, one for each case that passed."""
        from ehrpay.formats.review.record import CASE, rows

        found = self.record()["results"]
        return rows(
            CASE,
            [
                {"name": one["name"], "passed": str(one["passed"]).lower(), "where": one["where"], **missed}
                for one in found
                for missed in (one["problems"] or [{}])
            ],
        )


class Problems(NamedTuple):
    """What a version of this program finds wrong with rule files on a day, and what each code means."""

    found: Sequence[Problem]
    files: int
    as_of: str
    meanings: Mapping[str, str]
    version: str

    def problems(self) -> Sequence[Problem]:
        """For people, editors and code hosts."""
        return self.found

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.review.problems import record

        return record(self.found, self.files, self.as_of)

    @property
    def summary(self) -> str:
        """How many files, errors, warnings and notes, in one line."""
        from ehrpay.formats.review.problems import summary

        return summary(self.found, self.files)

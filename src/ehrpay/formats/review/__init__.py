"""What rule keepers read: rules, sources, cases and problems, as people and programs read them.

The JSON contracts are `ehrpay/rules-show/1`, `-sources/1`, `-test/1` and `-validate/1`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import Decimal
from ehrpay.formats import Record, fields, table
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.review.story import Bibliography, CaseResult, Citation, Group, Series, Story, Value
    from ehrpay.formats.document import Document
    from ehrpay.strict.problem import Mark, Problem

SHOW, SOURCES = "ehrpay/rules-show/1", "ehrpay/rules-sources/1"
TEST, VALIDATE = "ehrpay/rules-test/1", "ehrpay/rules-validate/1"
VALUE = (
    "series", "effective", "in_force", "value", "low", "high", "unit", "basis", "confidence", "sources",
    "review_by", "note", "where",
)  # fmt: skip
SOURCE = ("id", "title", "publisher", "published", "count", "used_by", "where")
CASE = ("name", "passed", "where", "path", "expected", "got", "sentence")
_WHOLE = re.compile(r"[0-9]{1,3}(,[0-9]{3})*|[1-9][0-9]*")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


class RulePage(NamedTuple):
    """One rule whole."""

    story: Story
    as_of: str
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.document import page

        return page(self.story, self.as_of)

    def record(self) -> Record:
        """For JSON; whole dollars are integers, factors and percents decimals, as everywhere."""
        story = self.story
        return {
            "schema": SHOW,
            "rules_version": self.version,
            "as_of": self.as_of,
            **fields(story, "id kind name where aliases"),
            "facts": [{"label": label, "text": text} for label, text in story.facts],
            "values": [_value(series, value) for series in story.series for value in series.values],
            "used_by": [{"rule": use.by, "how": use.how, "where": use.where} for use in story.uses],
            "sources": [{"id": id_, "title": title, "url": url or None} for id_, title, url in story.cited],
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a value."""
        return table(VALUE, map(_flat, self.record()["values"]))


class RuleList(NamedTuple):
    """What can be shown, by kind."""

    groups: Sequence[Group]
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.document import listing

        return listing(self.groups)

    def record(self) -> Record:
        """For JSON: every id by kind."""
        return {
            "schema": SHOW,
            "rules_version": self.version,
            "kinds": {group.kind: list(group.ids) for group in self.groups},
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a rule."""
        return [("kind", "id"), *((group.kind, id_) for group in self.groups for id_ in group.ids)]


class SourceList(NamedTuple):
    """Every source with what rests on it, the unused ones, and what is wrong."""

    bibliography: Bibliography
    version: str
    warnings: Sequence[str] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.document import sources

        return sources(self.bibliography)

    def record(self) -> Record:
        """For JSON."""
        found = self.bibliography
        return {
            "schema": SOURCES,
            "rules_version": self.version or None,
            "sources": [_source(source) for source in found.sources],
            "uncited": list(map(fields, found.uncited)),
            "unknown": [{"source": use.of, "rule": use.by, "where": use.where} for use in found.unknown],
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a source."""
        found = self.record()["sources"]
        used = ({"used_by": list(dict.fromkeys(use["rule"] for use in one["used_by"]))} for one in found)
        return table(SOURCE, [one | more for one, more in zip(found, used, strict=True)])


class CaseReport(NamedTuple):
    """What a run of cases found."""

    outcomes: Sequence[CaseResult]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.review.document import cases

        return cases(self.outcomes)

    def record(self) -> Record:
        """For JSON: counts, and every case with what it missed."""
        failed = sum(bool(one.missed) for one in self.outcomes)
        return {
            "schema": TEST,
            "cases": len(self.outcomes),
            "passed": len(self.outcomes) - failed,
            "failed": failed,
            "results": [
                {
                    "name": one.name,
                    "where": one.where,
                    "passed": not one.missed,
                    "problems": [missed._asdict() | {"path": missed.path or None} for missed in one.missed],
                }
                for one in self.outcomes
            ],
            "warnings": [],
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row for each thing that is wrong, one for each case that passed."""
        found = self.record()["results"]
        return table(CASE, (_flat(one | missed) for one in found for missed in (one["problems"] or [{}])))


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

    def record(self) -> Record:
        """For JSON: counts, and the problems with their places."""
        return {
            "schema": VALIDATE,
            "as_of": self.as_of,
            "files": self.files,
            **self._counts(),
            "problems": [_problem(one) for one in self.found],
        }

    def _counts(self) -> dict[str, int]:
        severities = [one.severity for one in self.found]
        return {f"{name}s": severities.count(name) for name in ("error", "warning", "note")}

    @property
    def summary(self) -> str:
        """One line: `28 files: no errors, 10 warnings, 1 note`."""
        parts = [
            f"{count or 'no'} {name if count != 1 else name[:-1]}" for name, count in self._counts().items()
        ]
        return f"{self.files} {'file' if self.files == 1 else 'files'}: {', '.join(parts)}\n"


def _flat(record: Record) -> Record:
    """A record as CSV has it, with `true` and `false` in words."""
    return {name: str(one).lower() if isinstance(one, bool) else one for name, one in record.items()}


def _value(series: Series, value: Value) -> Record:
    amount = value.amount
    return {
        "series": series.title,
        "effective": value.effective,
        "in_force": value.state == "in force",
        "value": _cell(amount.figure),
        "low": _cell(amount.low) if amount.low else None,
        "high": _cell(amount.high) if amount.high else None,
        "unit": amount.unit,
        "rows": [[_cell(cell) for cell in row] for row in amount.rows],
        **fields(value, "basis confidence sources review_by"),
        "note": value.note,
        "where": value.where,
    }


def _cell(text: str) -> str | int | None:
    """A number as one, a figure that was not published as null, other text as it is."""
    if text == "-":
        return None
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return int(text.replace(",", "")) if _WHOLE.fullmatch(text) else text


def _source(source: Citation) -> Record:
    return {
        **fields(source, "id title publisher published where"),
        "count": len(source.uses),
        "used_by": [{"rule": use.by, "where": use.where} for use in source.uses],
    }


def _problem(one: Problem) -> Record:
    return {
        **fields(one, "code severity message"),
        **_place(one),
        "help": one.help,
        "note": one.note,
        "others": [_place(other) | {"label": other.label} for other in one.others],
    }


def _place(mark: Mark) -> Record:
    return {"file": mark.path, **fields(mark, "line column end_column")}

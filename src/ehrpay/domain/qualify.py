"""The qualification ladder: role, years, degree and credentials give the grades a person qualifies for.

A ladder has entries (a grade with what it asks for) and then one more grade for each year at the grade below.
Each grade keeps the sentence of the standard that grants it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.profile import Known

DEGREES = ("high-school", "certificate", "diploma", "associate", "bachelor", "master")
"""From least to most; a requirement is met by its own degree or a higher one."""


class Reached(NamedTuple):
    """Where a ladder takes a person: grades lowest and highest, years since each was reached, and why."""

    grades: tuple[int, int]
    tenths_since: dict[int, int]
    reasons: tuple[str, ...]
    sources: tuple[str, ...]
    met: bool


def pick(ladders: list[dict[str, Any]], agency: str, role: str | None, as_of: str) -> dict[str, Any] | None:
    """The ladder an agency's rules give a role; its default one when the role was not said."""
    for ladder in ladders:
        fits = ladder["default"] if role is None else role in ladder["roles"]
        if fits and agency in ladder["agencies"] and ladder["effective"] <= as_of:
            return ladder
    return None


def climb(ladder: dict[str, Any], known: Known) -> Reached:
    """The grades a person may be placed at: the highest qualified for, and the one below it.

    The one below stays possible where the highest was reached by years at lower grades, for a board may not
    credit every year. With years unsaid the whole ladder from the best entry up is possible.
    """
    ways = [way for entry in ladder["entries"] if (way := _way(ladder, entry, known)) is not None]
    if not ways:
        first = ladder["grades"][0]
        asked = "; or ".join(entry["text"] for entry in ladder["entries"])
        why = f"what was said does not meet the entry requirement: {asked}"
        return Reached((first, first), {first: 0}, (why,), tuple(ladder["sources"]), met=False)
    return max(ways, key=lambda way: (way.grades[1], way.tenths_since.get(way.grades[1], 0), -way.grades[0]))


def _met(entry: dict[str, Any], known: Known) -> bool:
    """Whether what was said meets an entry; years unsaid count as met, a degree or credential must be said."""
    degree = entry["degree"]
    if degree and (known.degree not in DEGREES or DEGREES.index(known.degree) < DEGREES.index(degree)):
        return False
    if entry["certs"] and not set(entry["certs"]) & set(known.certs or ()):
        return False
    return known.years is None or known.years.high >= entry["tenths"]


def _way(ladder: dict[str, Any], entry: dict[str, Any], known: Known) -> Reached | None:
    if not _met(entry, known):
        return None
    grades = [grade for grade in ladder["grades"] if grade >= entry["grade"]]
    sources = tuple(dict.fromkeys((*entry["sources"], *ladder["advance"]["sources"])))
    reasons = [f"GS-{entry['grade']}: {entry['text']}"]
    if known.years is None:
        if len(grades) > 1:
            reasons.append(
                f"up to GS-{grades[-1]} with years that were not said: {ladder['advance']['text']}"
            )
        return Reached((grades[0], grades[-1]), {}, tuple(reasons), sources, met=True)
    left = max(0, known.years.high - entry["tenths"])
    since = {grade: left - 10 * n for n, grade in enumerate(grades) if left >= 10 * n}
    top = max(since)
    if top > entry["grade"]:
        reasons.append(f"GS-{top}: {ladder['advance']['text']}")
    low = max((grade for grade in since if grade < top), default=top)
    return Reached((low, top), since, tuple(reasons), sources, met=True)

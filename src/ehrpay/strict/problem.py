"""A problem in a file, where it stands, and its two forms in text: one line, or the lines with a caret.

The text forms are safe to print: what comes from a file or a name is cleaned, and long lines are cut
around the caret. Lines and columns count from 1, columns in characters; `end_column` is the first after it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES: dict[str, str] = {
    "E101": "A key is given twice in one mapping.",
    "E102": "The file is not UTF-8.",
    "E103": "A control or invisible character in the file or in an escape.",
    "E104": "A tab in the file; only spaces are allowed.",
    "E105": "The file is not valid YAML.",
    "E106": "The file is empty or has only comments.",
    "E107": "The top level of the file is not a mapping.",
    "E108": "The file has a second document.",
    "E109": "A key is missing, or isn't plain or quoted text.",
    "E110": "A bare word that some YAML readers read as true, false or null, such as NO.",
    "E111": "A bare number with a leading zero, which YAML 1.1 reads as octal.",
    "E112": "A bare number with colons, which YAML 1.1 reads in base 60.",
    "E113": "A bare number with underscores.",
    "E114": "A bare hexadecimal, octal or binary number.",
    "E115": "A bare number with an exponent.",
    "E116": "A number that is infinite or not a number.",
    "E117": "A bare number with more than 15 digits before or after the point.",
    "E118": "A bare number with a plus sign, or without a digit on one side of its point.",
    "E120": "An anchor or alias.",
    "E121": "A tag.",
    "E122": "A merge key.",
    "E123": "A YAML or TAG directive.",
    "E130": "Collections are nested too deeply.",
    "E131": "The file, or the overlay, has too many values.",
    "E132": "Text is too long.",
    "E133": "The file is too large.",
    "E134": "The file can't be read, or isn't a regular file.",
    "E135": "The file has more problems than are listed.",
}
"""What each code of the reader means, in one sentence; those of the rules are in `rules.codes`."""

LONGEST = 120
BEFORE = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A stretch of one line: the file as shown, the place, the line's text, and perhaps a label."""

    path: str
    line: int
    column: int
    end_column: int
    source: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem(Mark):
    """Something wrong at a mark: its code, a sentence, what helps, and other marks that belong to it."""

    code: str
    message: str
    note: str = ""
    help: str = ""
    others: tuple[Mark, ...] = ()

    @property
    def severity(self) -> Literal["error", "warning", "note"]:
        """A warning or a note if the code says so (W..., N...), else an error."""
        return "warning" if self.code.startswith("W") else "note" if self.code.startswith("N") else "error"

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By what problems are put in order: the file and the place in it first."""
        return self.path, self.line, self.column, self.code, self.message

    @property
    def sentences(self) -> str:
        """What is wrong, what helps and why, in one line."""
        return "; ".join(text.rstrip(".") for text in (self.message, self.help, self.note) if text)


def concise(problem: Problem) -> str:
    """One line: `file:line:column: E101 sentence (hint)`."""
    hint = f" ({problem.help})" if problem.help else ""
    return clean(f"{_where(problem)}: {problem.code} {problem.message}{hint}")


def full(problem: Problem) -> str:
    """Several lines, without a line end at the last: the sentence, the place, the marked lines, what helps."""
    marks: list[Mark] = [*problem.others, problem]
    pad = 1 + len(str(max(mark.line for mark in marks)))
    lines = [f"{problem.severity}[{problem.code}]: {clean(problem.message)}"]
    lines.append(f"{'':{pad}}--> {clean(_where(problem))}")
    lines += _echo([mark for mark in marks if mark.path == problem.path], problem, pad)
    for path in dict.fromkeys(mark.path for mark in marks if mark.path != problem.path):
        elsewhere = [mark for mark in marks if mark.path == path]
        lines.append(f"{'':{pad}}::: {clean(_where(elsewhere[0]))}")
        lines += _echo(elsewhere, problem, pad)
    lines += [f"{'':{pad}} = note: {clean(problem.note)}"] * bool(problem.note)
    lines += [f"{'':{pad}} = help: {clean(problem.help)}"] * bool(problem.help)
    return "\n".join(lines)


def _where(mark: Mark) -> str:
    return f"{mark.path}:{mark.line}:{mark.column}"


def _echo(marks: list[Mark], primary: Mark, pad: int) -> Iterator[str]:
    """The marked lines of one file, each followed by its carets (dashes for a mark that only belongs to it)."""
    marks = sorted((mark for mark in marks if mark.source), key=lambda mark: (mark.line, mark is primary))
    last = 0
    for mark in marks:
        if not last:
            yield f"{'':{pad}} |"
        elif mark.line > last + 1:
            yield "..."
        text, indent, width = _cut(mark)
        # Two marks on a long line may be cut differently, so such a line is shown again.
        if mark.line != last or len(mark.source) > LONGEST:
            yield f"{mark.line:>{pad}} | {text}"
        carets = ("^" if mark is primary else "-") * width
        yield f"{'':{pad}} | {'':{indent}}{carets} {clean(mark.label)}".rstrip()
        last = mark.line


def _cut(mark: Mark) -> tuple[str, int, int]:
    """The line as shown, and the cells before and under the mark."""
    first = max(0, mark.column - 1 - BEFORE) if len(mark.source) > LONGEST else 0
    last = first + LONGEST
    start = "..." if first else ""
    end = "..." if last < len(mark.source) else ""
    before = start + clean(mark.source[first : mark.column - 1])
    under = clean(mark.source[mark.column - 1 : min(mark.end_column - 1, last)])
    return start + clean(mark.source[first:last]).rstrip() + end, _cells(before), max(1, _cells(under))


def _cells(text: str) -> int:
    """How many cells a terminal gives to a cleaned text."""
    seen = [char for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf")]
    return len(seen) + sum(unicodedata.east_asian_width(char) in "WF" for char in seen)

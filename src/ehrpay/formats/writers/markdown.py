"""Markdown with GitHub's tables: nothing is cut, and text from rules or people is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.formats import document as doc
from ehrpay.formats.bars import Chart
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


NEEDS = "document"
FOLDED_FROM = 10
"""Longer lists are folded away."""
_MARKS = re.compile(r"([\\`*_\[\]~|#$])")


def write(view: Any, _screen: object) -> str:
    """The parts with a blank line between two."""
    found = (_block(part) for part in doc.parts(view.document(), doc.PAGE))
    return "\n".join(block for block in found if block)


def escaped(text: str) -> str:
    """Text on one line that Markdown and HTML leave as it is."""
    safe = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKS.sub(r"\\\1", safe)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[bool]) -> str:
    """A table of cells that are escaped already."""
    rule = ["---:" if side else "---" for side in right]
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, rule, *rows))


def _block(part: doc.Part) -> str:  # noqa: C901, PLR0911 - a case a part
    match part:
        case doc.Heading():
            return _heading(part)
        case doc.Prose():
            return f"{_styled(part.text, part.style)}\n"
        case doc.Figures():
            return table(part.labels, [part.values], [True] * len(part.labels))
        case doc.Made():
            command = part.command.replace("`", "'")
            return f"{escaped(part.sentence)}\n\n    {command}\n"
        case doc.Grid():
            return _grid(part)
        case doc.Facts():
            return _listed(
                escaped(fact.text) if fact.bare else f"**{fact.label}**: {escaped(fact.text)}"
                for fact in part.facts
            )
        case doc.Items():
            return f"### {part.title}\n\n{_listed(map(escaped, part.texts))}"
        case doc.Notes():
            return _listed(_styled(text, part.style) for text in part.texts)
        case doc.More():
            return f"And {part.size:,} more{part.page}.\n"
        case doc.Sources():
            return _listed(
                f"**{escaped(one.id)}**: {escaped(one.text)} {escaped(one.url)}".rstrip()
                for one in part.citations
            )
        case doc.Section():
            return _section(part)
        case Chart() | doc.Lines():
            return ""


def _section(part: doc.Section) -> str:
    """Title and parts; behind the title alone where a list is long."""
    body = "\n".join(filter(None, map(_block, doc.parts(part.parts, doc.PAGE))))
    if part.size is not None and part.size > FOLDED_FROM:
        return f"<details>\n<summary>{escaped(part.head)}</summary>\n\n{body}\n</details>\n"
    return f"### {escaped(part.title)}\n\n{body}"


def _styled(text: str, style: str) -> str:
    return f"**{escaped(text)}**" if style else escaped(text)


def _heading(part: doc.Heading) -> str:
    origin = f"From {escaped(part.origin)}. " if part.origin else ""
    method = f", {part.method} method" if part.method else ""
    under = f"\n{origin}{escaped(part.under)}{method}.\n" if part.under else ""
    return f"## {escaped(part.title)}\n{under}"


def _listed(texts: Iterable[str]) -> str:
    return "".join(f"- {text}\n" for text in texts)


def _grid(part: doc.Grid) -> str:
    # A single sign, such as #, is no mark that Markdown would read.
    heads = [head if len(head) == 1 else escaped(head) for head in (column.head for column in part.columns)]
    heads += [part.under] if part.under else []
    rows: list[list[str]] = []
    for row in part.rows:
        cells = _cells(row)
        if part.under:
            rows.append([*cells, escaped(doc.sentence(row.under))])
            continue
        rows.append(cells)
        blank = [""] * (len(cells) - 1)
        rows += [[f"{name}: {escaped(' '.join(text))}", *blank] for name, *text in row.under]
    right = [column.right for column in part.columns] + ([False] if part.under else [])
    return table(heads, rows, right)


def _cells(row: doc.Row) -> list[str]:
    cells = list(map(escaped, row.cells))
    if not row.strong:
        return cells
    return [
        f"**{text}**" if text and (row.bold is None or n < row.bold) else text for n, text in enumerate(cells)
    ]

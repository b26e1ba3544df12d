"""Plain text for pipes and screen readers, and Markdown: no boxes, no bars, no colour, nothing cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ehrpay.formats.estimate.view import Sheet

FIGURES = ("p10", "low", "middle", "high", "p90")
_MARKDOWN = re.compile(r"([\\`*_\[\]~|#$])")


def plain(sheet: Sheet) -> str:
    """One fact a line: a label, a tab, its values. Steps are label, change, total, basis, rule."""
    rows = [("who", sheet.headline), ("unit", sheet.when), ("method", sheet.method)]
    rows += [(label, fact.text) for label, fact in zip(FIGURES, sheet.figures, strict=True)]
    for line in sheet.lines:
        rows.append(("step", "\t".join(line[:5])))
        rows += line.story
    rows += [("total", f"{fact.label}\t{fact.text}") for fact in sheet.totals]
    rows += [(fact.label.lower(), fact.text) for fact in sheet.facts]
    rows += [("source", "\t".join(source)) for source in sheet.sources]
    return "".join(f"{label}\t{text}\n" for label, text in rows)


def markdown(sheet: Sheet) -> str:
    """GitHub tables for the range and the steps, a list for the rest; text from rules or people is escaped."""
    parts = [
        f"## {escaped(sheet.headline)}\n\n{escaped(sheet.when)}, {sheet.method} method.\n",
        _rows([[f.label for f in sheet.figures], [f.text for f in sheet.figures]], "r" * len(sheet.figures)),
        _rows(_steps(sheet), "lrrll"),
        "".join(f"- **{fact.label}**: {escaped(fact.text)}\n" for fact in sheet.facts),
        "".join(
            f"- **{escaped(s.id)}**: {escaped(s.text)} {escaped(s.url)}".rstrip() + "\n"
            for s in sheet.sources
        ),
    ]
    return "\n".join(part for part in parts if part)


def escaped(text: str) -> str:
    """Text that Markdown and HTML leave as it is."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", safe)


def _steps(sheet: Sheet) -> list[list[str]]:
    rows = [["How the middle adds up", "change", "total", "basis", "rule"]]
    for line in sheet.lines:
        rows.append([escaped(line.label), line.change, line.total, line.basis, escaped(line.where)])
        rows += [[f"{name}: {escaped(text)}", "", "", "", ""] for name, text in line.story]
    rows += [[f"**= {fact.label}**", "", f"**{fact.text}**", "", ""] for fact in sheet.totals]
    return rows


def _rows(rows: list[list[str]], align: str) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| " + " | ".join("---:" if side == "r" else "---" for side in align) + " |"
    return "\n".join([head, rule, *body]) + "\n"

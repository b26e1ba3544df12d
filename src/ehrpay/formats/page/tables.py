"""The parts of a page that are words and figures: tables, lists of facts, sources. All text is escaped here."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from ehrpay.formats.document import Column, Row, sentence
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.document import Citation, Grid

LINKED = ("https://", "http://")
NARROW = 2
"""So few columns leave the rest of the page's width free."""

LONG = 20
"""No word that people read has more letters."""

IDS = frozenset({"id", "code", "rule", "file", "source", "setting"})
"""Heads of columns whose cells are typed as they stand, so that none gets a capital letter."""

_WHOLE = re.compile(r"\w{1,4}-[\w/]{1,6}")
"""A short code, such as GS-7/1, which must not end a line at its hyphen."""


def grid(content: Grid) -> str:
    """A grid as a table; one that compares more things than fit side by side as a table each."""
    things = len(content.columns) - 1
    if not content.abreast or things <= content.abreast:
        return table(content)
    label = content.columns[0]
    return "\n".join(
        table(
            content._replace(
                columns=(label, Column("offer", right=True)),
                rows=tuple(row._replace(cells=(row.cells[0], row.cells[n])) for row in content.rows),
                caption=f"{content.columns[n].head}: {content.caption}",
            )
        )
        for n in range(1, things + 1)
    )


def table(content: Grid) -> str:
    """A table with a caption, and a scope on every head; sums at the end are its foot. Empty columns are left out."""
    content = _filled(content)
    rows = list(content.rows)
    foot: list[Row] = []
    while rows and rows[-1].strong:
        foot.insert(0, rows.pop())
    heads = [_cell(column.head, "th", column, "col") for column in content.columns]
    kinds = " ".join(["narrow"] * (len(content.columns) <= NARROW) + ["side"] * bool(content.abreast))
    kind = f' class="{kinds}"' if kinds else ""
    foots = f"<tfoot>\n{_rows(foot, content)}\n</tfoot>\n" if foot else ""
    return (
        f"<table{kind}>\n<caption>{safe(content.caption or content.columns[0].head)}</caption>\n"
        f"<thead>\n<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>\n{_rows(rows, content)}\n</tbody>\n{foots}</table>"
    )


def _filled(content: Grid) -> Grid:
    """A grid without the columns that no row fills."""
    kept = [n for n in range(len(content.columns)) if n == 0 or any(row.cells[n] for row in content.rows)]
    rows = tuple(row._replace(cells=tuple(row.cells[n] for n in kept)) for row in content.rows)
    return content._replace(columns=tuple(content.columns[n] for n in kept), rows=rows)


def _rows(rows: Iterable[Row], content: Grid) -> str:
    return "\n".join(_row(row, content) for row in rows)


def _row(row: Row, content: Grid) -> str:
    head, *rest = zip(row.cells, content.columns, strict=True)
    cells = [_cell(head[0], "th", head[1], "row"), *(_cell(text, "td", column) for text, column in rest)]
    kind = ' class="strong"' if row.strong else ""
    return f"<tr{kind}>{''.join(cells)}</tr>{_under(row, content)}"


def _under(row: Row, content: Grid) -> str:
    """What stands under a row, over the width of the table but its first column."""
    if not content.under or not row.under:
        return ""
    return (
        f'<tr class="under"><td></td><td colspan="{len(row.cells) - 1}">{safe(sentence(row.under))}</td></tr>'
    )


def _cell(text: str, tag: str, column: Column, scope: str = "") -> str:
    typed = "id" if scope == "row" and column.head in IDS else ""
    kinds = "number" if column.right else " ".join(filter(None, (typed, _words(text))))
    kind = f' class="{kinds}"' if kinds else ""
    heads = f' scope="{scope}"' if scope else ""
    return f"<{tag}{heads}{kind}>{safe(text.removeprefix('= '))}</{tag}>"


def _words(text: str) -> str:
    """The class of a cell whose words must not be broken, or may be anywhere, for a name may have no blanks."""
    if _WHOLE.fullmatch(text):
        return "whole"
    return "long" if any(len(word) > LONG for word in text.split()) else ""


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Labelled sentences; nothing for none."""
    items = "\n".join(f"<dt>{safe(label)}</dt><dd>{safe(text)}</dd>" for label, text in pairs)
    return f'<dl class="facts">\n{items}\n</dl>' if items else ""


def ends(pairs: Sequence[tuple[str, str]], main: int) -> str:
    """The figures people came for, large; the one at `main` larger."""
    kinds = [' class="main"' if n == main else "" for n in range(len(pairs))]
    items = "\n".join(
        f"<div{kind}><dt>{safe(label)}</dt><dd>{safe(text)}</dd></div>"
        for kind, (label, text) in zip(kinds, pairs, strict=True)
    )
    return f'<dl class="ends">\n{items}\n</dl>'


def warnings(texts: Sequence[str]) -> str:
    """The warnings in a box of their own; nothing for none."""
    if not texts:
        return ""
    heading = "Warning" if len(texts) == 1 else "Warnings"
    return (
        f'<section class="warnings" aria-labelledby="warnings">\n<h2 id="warnings">{heading}</h2>\n'
        f"{items(texts)}\n</section>"
    )


def items(texts: Iterable[str]) -> str:
    """A list of sentences; nothing for none."""
    items = "\n".join(f"<li>{safe(text)}</li>" for text in texts)
    return f"<ul>\n{items}\n</ul>" if items else ""


def sources(citations: Iterable[Citation]) -> str:
    """Every source by its id, linked where its address is one of the web."""
    items = "\n".join(f"<li><code>{safe(c.id)}</code>: {_cited(c)}</li>" for c in citations)
    return f'<ul class="sources">\n{items}\n</ul>'


def _cited(source: Citation) -> str:
    text, url = safe(source.text), safe(source.url)
    if source.url.startswith(LINKED):
        return f'<a rel="noreferrer" href="{url}">{text or url}</a>'
    # Any other scheme could be a script.
    return " ".join(part for part in (text, url) if part)


def safe(text: str) -> str:
    """Text on one line, escaped."""
    return escape(one_line(text))

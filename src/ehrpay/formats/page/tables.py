"""The parts of a page that are words and figures: tables, lists of facts, sources. All text is escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.document import Citation

LINKED = ("https://", "http://")


class Table(NamedTuple):
    """A table: its caption, its column heads, rows whose first cell heads them, rows of totals.

    `numbers` are the columns to align right; `strong` is the row to stand out; a `narrow` table leaves the rest
    of the page's width free; in one that sets things `side` by side, words may wrap and no column is ever hidden.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: Sequence[int] = ()
    totals: Sequence[Sequence[str]] = ()
    strong: int | None = None
    narrow: bool = False
    side: bool = False


def table(told: Table) -> str:
    """A table with a caption, and a scope on every head."""
    heads = "".join(_cell(name, "th", told, n, "col") for n, name in enumerate(told.heads))
    body = "\n".join(_row(row, told, strong=n == told.strong) for n, row in enumerate(told.rows))
    foot = "\n".join(_row(row, told) for row in told.totals)
    kinds = " ".join(["narrow"] * told.narrow + ["side"] * told.side)
    kind = f' class="{kinds}"' if kinds else ""
    foot = f"<tfoot>\n{foot}\n</tfoot>\n" if foot else ""
    return (
        f"<table{kind}>\n<caption>{escape(told.caption)}</caption>\n<thead>\n<tr>{heads}</tr>\n</thead>\n"
        f"<tbody>\n{body}\n</tbody>\n{foot}</table>"
    )


def _row(row: Sequence[str], told: Table, *, strong: bool = False) -> str:
    head, *cells = row
    cells = [_cell(text, "td", told, n) for n, text in enumerate(cells, 1)]
    kind = ' class="strong"' if strong else ""
    return f"<tr{kind}>{_cell(head, 'th', told, 0, 'row')}{''.join(cells)}</tr>"


def _cell(text: str, tag: str, told: Table, column: int, scope: str = "") -> str:
    kind = ' class="number"' if column in told.numbers else ""
    heads = f' scope="{scope}"' if scope else ""
    return f"<{tag}{heads}{kind}>{escape(text)}</{tag}>"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Labelled sentences; nothing for none."""
    told = "\n".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in pairs)
    return f'<dl class="facts">\n{told}\n</dl>' if told else ""


def ends(pairs: Sequence[tuple[str, str]], main: int = 1) -> str:
    """The figures people came for, large; the one at `main` larger."""
    told = "\n".join(
        f"<div{_main(n == main)}><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>"
        for n, (label, text) in enumerate(pairs)
    )
    return f'<dl class="ends">\n{told}\n</dl>'


def _main(is_main: bool) -> str:  # noqa: FBT001 - one caller
    return ' class="main"' if is_main else ""


def warnings(texts: Sequence[str]) -> str:
    """The warnings in a box of their own; nothing for none."""
    if not texts:
        return ""
    heading = "Warning" if len(texts) == 1 else "Warnings"
    told = "\n".join(f"<li>{escape(text)}</li>" for text in texts)
    return (
        f'<section class="warnings" aria-labelledby="warnings">\n<h2 id="warnings">{heading}</h2>\n'
        f"<ul>\n{told}\n</ul>\n</section>"
    )


def sources(citations: Iterable[Citation]) -> str:
    """Every source by its id, linked where its address is one of the web."""
    told = "\n".join(f"<li><code>{escape(c.id)}</code>: {_cited(c)}</li>" for c in citations)
    return f'<ul class="sources">\n{told}\n</ul>'


def _cited(source: Citation) -> str:
    text = escape(source.text)
    if source.url.startswith(LINKED):
        return f'<a rel="noreferrer" href="{escape(source.url)}">{text or escape(source.url)}</a>'
    # Any other scheme could be a script.
    return " ".join(part for part in (text, escape(source.url)) if part)


def items(texts: Iterable[str]) -> str:
    """A list of sentences; nothing for none."""
    told = "\n".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>\n{told}\n</ul>" if told else ""

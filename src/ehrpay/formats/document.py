"""A result as a document: parts in the order people read them, which one writer a format turns into text.

A result that can be shown has a view in its room (`formats/whatif/`), a small class with some of these methods:

- `document()` gives the parts below, for people: screens, pages and lines for pipes.
- `record()` gives one dictionary, for JSON; `rows()` the header, then a row of values each, for CSV.
- `charts()` gives charts, for a picture; `problems()` those of files, for editors and code hosts.

A format is one module in `formats/writers/`, found by its name. It says which of these methods it needs and has
`write(view, screen)`. A new format is one file, a new result is one room, neither knows the other.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ehrpay.domain.facts import Overlay, Source
    from ehrpay.formats.bars import Chart

SCREEN, PAGE, LINES = "screen", "page", "lines"
"""Who reads: a person at a terminal; a person with a page that has room for all; a pipe or a screen reader."""

Line: TypeAlias = "tuple[str, ...]"
"""A line for pipes: a label, then its cells."""


class Heading(NamedTuple):
    """Who and where, then unit and date, then the method; `origin` is where a change starts from."""

    title: str
    under: str = ""
    method: str = ""
    origin: str = ""
    label: str = "who"
    tight: bool = False


class Prose(NamedTuple):
    """A paragraph. Without a `label` it is no line for pipes; a `tight` part follows without a blank line."""

    text: str
    label: str = ""
    style: str = ""
    tight: bool = False


class Figures(NamedTuple):
    """The few amounts people came for, one of them `strong`; `lines` are their names for pipes."""

    labels: tuple[str, ...]
    values: tuple[str, ...]
    lines: tuple[str, ...]
    strong: int


class Column(NamedTuple):
    """A column of a grid.

    `right` holds amounts, which are never cut. A column that `wraps` takes more lines on a narrow screen, down to
    `least` columns of room (0: its longest word), and at most `most` lines. `gives_way` orders the columns that are
    left out where the others would have too little room, the highest first; before that its cells are replaced by
    `short` ones. A cell that is left out `joins` the facts under its row. `screen` is the head on a screen, `line` in
    a line for pipes, where they differ.
    """

    head: str
    right: bool = False
    style: str = ""
    wraps: bool = False
    least: int = 12
    most: int | None = None
    gives_way: int = 0
    short: tuple[str, ...] = ()
    joins: bool = False
    screen: str = ""
    line: str = ""


class Row(NamedTuple):
    """Cells, facts under them (each a label, then texts), and the lines for pipes where they are not just these.

    A page shows the first `bold` cells of a `strong` row in bold, without it all of them.
    """

    cells: tuple[str, ...]
    under: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    strong: bool = False
    bold: int | None = None
    ruled: bool = False


class Grid(NamedTuple):
    """A table. `label` names its lines for pipes; without it the first cell does.

    If it is `headed`, its heads are a line for pipes, too. The `caption` stands over it on a web page.
    With an `under` head the facts under a row are one sentence, and a column of a page; without it a line each.
    Of one that compares things in its columns, `abreast` is the most shown side by side on a screen; more are shown
    one after another. A `chart` has a bar a row but the last, which is a sum; a screen with room for it has it beside
    the rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    under: str = ""
    chart: Chart | None = None
    caption: str = ""
    tight: bool = False
    headed: bool = False
    abreast: int = 0


class Fact(NamedTuple):
    """A labelled sentence, on a screen of at most `most` lines, of whole `clauses`; `bare` needs no label on a page."""

    label: str
    text: str
    style: str = "bold"
    most: int | None = None
    bare: bool = False
    clauses: bool = False


class Facts(NamedTuple):
    """Labelled sentences, one under another; the title stands on a web page only."""

    facts: tuple[Fact, ...]
    title: str = ""
    tight: bool = False


class Items(NamedTuple):
    """A list under a title with its size. `lines` are its lines for pipes."""

    title: str
    texts: tuple[str, ...]
    size: int
    lines: tuple[Line, ...]


class Notes(NamedTuple):
    """Sentences; the title stands on a screen only."""

    title: str
    texts: tuple[str, ...]
    label: str = "note"
    style: str = ""


class More(NamedTuple):
    """How many more there are: on a screen with the option that shows them, on a page with what they are."""

    size: int
    screen: str
    page: str
    label: str = "more"


class Citation(NamedTuple):
    """A source: its id, who published what and when it was read, its address."""

    id: str
    text: str
    url: str


class Sources(NamedTuple):
    """The sources in full."""

    citations: tuple[Citation, ...]


class Section(NamedTuple):
    """Parts under a title, with the size of a list; a page folds a long list away behind both."""

    title: str
    parts: Document
    size: int | None = None

    @property
    def head(self) -> str:
        """The title, and the size in brackets where there is one."""
        return self.title if self.size is None else f"{self.title} ({self.size:,})"


class Lines(NamedTuple):
    """Lines for pipes that no other part has."""

    lines: tuple[Line, ...]


class Made(NamedTuple):
    """How a page came to be: versions, the rules' day, and the command line if it is known."""

    version: str
    rules_version: str
    as_of: str
    command: str = ""

    @property
    def sentence(self) -> str:
        """All of it but the command."""
        end = ", by:" if self.command else ""
        rules = f" with rules {self.rules_version}" if self.rules_version else ""
        day = f", as of {self.as_of}" if self.as_of else ""
        return f"Made by ehrpay {self.version}{rules}{day}{end}"


Part: TypeAlias = (
    "Heading | Prose | Figures | Chart | Grid | Facts | Items | Notes | More | Sources | Section | Lines"
    " | Made"
)


class For(NamedTuple):
    """A part for some readers only."""

    readers: tuple[str, ...]
    part: Part


Document: TypeAlias = "tuple[Part | For, ...]"


on_screen = partial(For, (SCREEN,))
on_page = partial(For, (PAGE,))
in_lines = partial(For, (LINES,))
for_people = partial(For, (SCREEN, PAGE))
off_screen = partial(For, (PAGE, LINES))
off_page = partial(For, (SCREEN, LINES))
"""A part for these readers only; people read screens and pages."""


def parts(document: Document, reader: str) -> tuple[Part, ...]:
    """The parts for a reader, in order, without those that hold nothing."""
    kept = (part for part in document if not isinstance(part, For) or reader in part.readers)
    return tuple(filter(holds_something, (one.part if isinstance(one, For) else one for one in kept)))


def holds_something(part: Part | For) -> bool:
    """Whether there is anything in a part to be written."""
    match part:
        case For():
            return holds_something(part.part)
        case Section():
            return any(map(holds_something, part.parts))
        case Prose(text="") | Grid(rows=()) | Facts(facts=()) | Items(texts=()) | Notes(texts=()):
            return False
        case More(size=0) | Sources(citations=()) | Lines(lines=()):
            return False
    return True


def amounts(*heads: str) -> tuple[Column, ...]:
    """Columns that hold amounts."""
    return tuple(Column(head, right=True) for head in heads)


def facts(label: str, texts: Iterable[str], style: str = "bold") -> tuple[Fact, ...]:
    """A fact for each text, all with one label."""
    return tuple(Fact(label, text, style) for text in texts)


def warnings(texts: Iterable[str]) -> tuple[Fact, ...]:
    """What to look at before anything else."""
    return facts("Warning", texts, "bold yellow")


def sentence(facts: tuple[Line, ...]) -> str:
    """The facts under a row as one sentence; a note needs no label."""
    return "; ".join(text if label == "note" else f"{label}: {text}" for label, text in facts)


def cited(ids: Iterable[str], spelled: Mapping[str, Source]) -> Sources:
    """The sources of an answer, those that the rules have spelled out."""
    return Sources(tuple(_citation(id_, spelled.get(id_)) for id_ in ids))


def _citation(id_: str, source: Source | None) -> Citation:
    if source is None:
        return Citation(id_, "", "")
    text = f"{source.title}. {source.publisher}, {source.published} (read {source.retrieved})"
    return Citation(id_, text, source.url or "")


def with_rules(overlays: Iterable[Overlay]) -> tuple[str, ...]:
    """A sentence for each overlay that an answer rests on."""
    return tuple(f"with the rules of {overlay.title} ({overlay.path})" for overlay in overlays)

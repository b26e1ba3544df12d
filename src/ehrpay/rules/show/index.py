"""Every rule by its full id: what kind it is, its names, and where it stands; and the one that a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.errors import UsageError, nearest, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.layout import Rule, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.rules.finding import Passage, RuleFile

STEPS = {
    "base": "the occupation's national median",
    "area": "the area's published wage against the nation's",
    "location": "when the area has no wage of its own",
    "ageing": "from the wage's month to the requested date, by the wage index",
    "cap": "the middle stays within the area's P10 to P90",
}
PARTS = {
    "none": "none held",
    "core": "a core credential",
    "second": "a second credential",
    "third": "a third credential",
}
GRADES = 15
MOST = 12


class Entry(NamedTuple):
    """A rule: its full id, kind, name, other names, its file and its passage there.

    `more` are further passages of the same rule: the later bands of one series.
    """

    id: str
    kind: str
    name: str
    file: RuleFile
    here: Passage
    aliases: tuple[str, ...] = ()
    more: tuple[Passage, ...] = ()

    @property
    def data(self) -> Any:
        """The rule's data as it stands in its file."""
        return self.here.data

    @property
    def where(self) -> str:
        """`file:line` where the rule begins."""
        name = self.here.layout.name
        named = name and isinstance(self.data, dict) and name in self.data
        return (self.here.at(name) if named else self.here).where


def entries(files: Iterable[RuleFile]) -> list[Entry]:
    """Every rule of the files, in a fixed order. Tolerant of files whose shape was not judged."""
    found = [entry for file in files for entry in _entries(file)]
    known = {entry.id for entry in found if entry.kind in ("adjustment", "index")}
    # Areas of an overlay have a file of their own, with the names below them.
    once = {entry.id: entry for entry in found}.values()
    return [entry for entry in once if entry.kind != "step" or entry.id.removeprefix("step.") not in known]


def _entries(file: RuleFile) -> Iterator[Entry]:
    folder = file.path.rpartition("/")[0]
    if folder in _FOLDERS:
        yield from _FOLDERS[folder](file, file.passage)
        return
    for key in file.passage.layout.keys:
        if key in file.data:
            yield from _marked(file, file.passage.at(key))
    if file.path in _FURTHER:
        yield from _FURTHER[file.path](file, file.passage)


def _marked(file: RuleFile, here: Passage) -> Iterator[Entry]:
    """The rules that the mark of a field says."""
    rule, rules, data = here.layout.mark(Rule), here.layout.mark(Rules), here.data
    if rule and rule.name:
        yield Entry(rule.id, rule.kind, rule.name, file, here, rule.aliases)
    elif rule and isinstance(data, dict):
        yield Entry(rule.id, rule.kind, _text(data, "title"), file, here, (_text(data, "index"),))
    if rules:
        for row in _rows(here):
            id_ = f"{rules.prefix or rules.kind}.{row.data.get(row.layout.name)}"
            yield Entry(id_, rules.kind, _text(row.data, rules.title), file, row, _aliases(row.data))


def _rows(here: Passage) -> list[Passage]:
    """The mappings of a list; none of anything else."""
    return [row for row in here.each() if isinstance(here.data, list) and isinstance(row.data, dict)]


def _text(raw: dict[str, Any], key: str) -> str:
    return str(raw.get(key) or "")


def _aliases(raw: dict[str, Any]) -> tuple[str, ...]:
    found = raw.get("aliases")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _adjustment(file: RuleFile, here: Passage) -> Iterator[Entry]:
    top = _text(file.data, "adjustment")
    yield Entry(top, "adjustment", _text(file.data, "title"), file, here)
    for row in _rows(here.at("levels")):
        id_ = f"{top}.{row.data.get('id')}"
        yield Entry(id_, "level", _text(row.data, "name"), file, row, _aliases(row.data))
    ranks = here.at("ranks")
    for part, words in PARTS.items():
        around = here if part in file.data else ranks
        if isinstance(around.data, dict) and part in around.data:
            yield Entry(f"{top}.{part}", "level", words, file, around.at(part))


def _agency(file: RuleFile, here: Passage) -> Iterator[Entry]:
    id_, name = f"agency.{file.data.get('agency')}", _text(file.data, "name")
    yield Entry(id_, "agency", name, file, here, _aliases(file.data))
    bands: dict[str, list[Passage]] = {}
    for row in _rows(here.at("bands")):
        bands.setdefault(_text(row.data, "series"), []).append(row)
    for series, (first, *more) in bands.items():
        band = f"{id_}.band-{series}" if series else f"{id_}.band"
        words = f"band of series {series}" if series else "band"
        yield Entry(band, "band", f"{name}, {words}", file, first, more=tuple(more))


def _areas(file: RuleFile, here: Passage) -> Iterator[Entry]:
    kind, names = _text(file.data, "kind"), here.at("names")
    name = "Wages by state" if kind == "state" else f"Wages by {kind} area"
    yield Entry(f"{kind}s", "table", name, file, here)
    for area in names.each() if isinstance(names.data, dict) else ():
        yield Entry(f"{kind}.{area.path[-1]}", "area", str(area.data), file, area)


def _grades(file: RuleFile, here: Passage) -> Iterator[Entry]:
    for grade in range(1, GRADES + 1):
        name = f"General Schedule base pay, GS-{grade}"
        yield Entry(f"gs-base.{grade}", "table", name, file, here.at("tables"))


def _steps(file: RuleFile, here: Passage) -> Iterator[Entry]:
    for step in here.at("market").each():
        if isinstance(step.data, str) and step.data in STEPS:
            yield Entry(f"step.{step.data}", "step", STEPS[step.data], file, step)


_FOLDERS: dict[str, Callable[[RuleFile, Passage], Iterator[Entry]]] = {
    "adjustments": _adjustment,
    "agencies": _agency,
    "areas": _areas,
}
_FURTHER = {"federal/gs-base.yaml": _grades, "plan.yaml": _steps}
"""Rules that no single field is: the grades of a table, the built-in steps of the plan."""


def find(typed: str, entries: Sequence[Entry]) -> Entry:
    """The rule of a full id, the end of one, or an alias, case and blanks ignored (but `VA` may be Virginia).

    UsageError names the full ids that a word may mean, or the nearest names of an unknown one.
    """
    word = _plain(typed)
    if not word:
        raise UsageError("ID is empty; give a rule's id, such as rhit or agency.va")
    for names in (_full, _ends, _others, _loose):
        found = list({entry.id: entry for entry in entries if word in names(entry, typed)}.values())
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(_several(typed, found))
    raise UsageError(_unknown(typed, word, entries))


def _plain(text: str) -> str:
    """A name as it is compared: case folded, blanks and colons between its parts made dots."""
    parts = text.replace(":", " ").replace(".", " ").split()
    return ".".join(folded(part) for part in parts)


def _full(entry: Entry, _: str) -> Iterator[str]:
    yield _plain(entry.id)


def _ends(entry: Entry, typed: str) -> Iterator[str]:
    """The ends of a full id; an area's code only as it is written, for `va` is an agency and `VA` a state."""
    parts = entry.id.split(".")
    if entry.kind == "area" and typed.strip() != parts[-1]:
        return
    # What is known of an occupation's demand is found under the occupation.
    if entry.kind == "level" and entry.file.data.get("input") == "occupation":
        return
    for first in range(1, len(parts)):
        yield _plain(".".join(parts[first:]))


def _others(entry: Entry, _: str) -> Iterator[str]:
    """Aliases; and the alias of a level or an agency behind the first part of its id."""
    first = entry.id.partition(".")[0]
    for alias in entry.aliases:
        yield _plain(alias)
        yield _plain(f"{first}.{alias}")


def _loose(entry: Entry, _: str) -> Iterator[str]:
    """Whole names, and an area's code in any case."""
    yield _plain(entry.name)
    if entry.kind == "area":
        yield _plain(entry.id.partition(".")[2])


def _several(typed: str, found: Sequence[Entry]) -> str:
    names = ", ".join(f"{entry.id} ({entry.name})" for entry in found[:MOST])
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return f"{shown(typed)} could be {len(found)} rules; use one of {names}{more}"


def _unknown(typed: str, word: str, entries: Sequence[Entry]) -> str:
    known: dict[str, str] = {}
    for entry in entries:
        end = entry.id.rpartition(".")[2]
        for name in (*_full(entry, end), *_ends(entry, end), *_others(entry, end)):
            known.setdefault(name, entry.id)
    near = list(dict.fromkeys(known[name] for name in nearest(word, known)))
    hint = f"; did you mean {' or '.join(near)}?" if near else ";"
    return f"unknown rule or source {shown(typed)}{hint} 'ehrpay rules show' without an ID lists them by kind"

"""Every rule by its full id: what kind it is, its names, and where it stands; and the one that a person means."""

from __future__ import annotations

from functools import reduce
from operator import getitem
from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.errors import UsageError, nearest, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import Rule, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.shape.layout import Layout, Path

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
    """A rule: its full id, kind, name, other names, and the file and path it stands at.

    `more` are further places of the same rule: the later bands of one series.
    """

    id: str
    kind: str
    name: str
    file: RuleFile
    path: Path
    aliases: tuple[str, ...] = ()
    more: tuple[Path, ...] = ()

    @property
    def data(self) -> Any:
        """The rule's data as it stands in its file."""
        return reduce(getitem, self.path, self.file.data)

    @property
    def layout(self) -> Layout:
        """What is known of the rule's values."""
        return layout_at(self.file.path).at(self.path)

    @property
    def where(self) -> str:
        """`file:line` where the rule begins."""
        name = self.layout.name
        named = name and isinstance(self.data, dict) and name in self.data
        return self.file.where(*self.path, *([name] if named else []))


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
        yield from _FOLDERS[folder](file)
        return
    for key, layout in layout_at(file.path).keys.items():
        if key in file.data:
            yield from _marked(file, key, layout)
    if file.path in _FURTHER:
        yield from _FURTHER[file.path](file)


def _marked(file: RuleFile, key: str, layout: Layout) -> Iterator[Entry]:
    """The rules that the mark of a field says."""
    rule, rules = layout.mark(Rule), layout.mark(Rules)
    data = file.data[key]
    if rule and rule.name:
        yield Entry(rule.id, rule.kind, rule.name, file, (key,), rule.aliases)
    elif rule and isinstance(data, dict):
        yield Entry(rule.id, rule.kind, _text(data, "title"), file, (key,), (_text(data, "index"),))
    if rules and layout.each:
        for path, raw in _rows(file, key):
            id_ = f"{rules.prefix or rules.kind}.{raw.get(layout.each.name)}"
            yield Entry(id_, rules.kind, _text(raw, rules.title), file, path, _aliases(raw))


def _rows(file: RuleFile, key: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The mappings of the list under a key."""
    rows = file.data.get(key)
    for i, raw in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(raw, dict):
            yield (key, i), raw


def _text(raw: dict[str, Any], key: str) -> str:
    return str(raw.get(key) or "")


def _aliases(raw: dict[str, Any]) -> tuple[str, ...]:
    found = raw.get("aliases")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _adjustment(file: RuleFile) -> Iterator[Entry]:
    data = file.data
    top = _text(data, "adjustment")
    yield Entry(top, "adjustment", _text(data, "title"), file, ())
    for path, raw in _rows(file, "levels"):
        yield Entry(f"{top}.{raw.get('id')}", "level", _text(raw, "name"), file, path, _aliases(raw))
    ranks = data.get("ranks")
    for part, words in PARTS.items():
        if part in data:
            yield Entry(f"{top}.{part}", "level", words, file, (part,))
        elif isinstance(ranks, dict) and part in ranks:
            yield Entry(f"{top}.{part}", "level", words, file, ("ranks", part))


def _agency(file: RuleFile) -> Iterator[Entry]:
    id_, name = f"agency.{file.data.get('agency')}", _text(file.data, "name")
    yield Entry(id_, "agency", name, file, (), _aliases(file.data))
    bands: dict[str, list[Path]] = {}
    for path, raw in _rows(file, "bands"):
        bands.setdefault(_text(raw, "series"), []).append(path)
    for series, (first, *more) in bands.items():
        band = f"{id_}.band-{series}" if series else f"{id_}.band"
        words = f"band of series {series}" if series else "band"
        yield Entry(band, "band", f"{name}, {words}", file, first, more=tuple(more))


def _areas(file: RuleFile) -> Iterator[Entry]:
    kind = _text(file.data, "kind")
    name = "Wages by state" if kind == "state" else f"Wages by {kind} area"
    yield Entry(f"{kind}s", "table", name, file, ())
    names = file.data.get("names")
    for code, area in names.items() if isinstance(names, dict) else ():
        yield Entry(f"{kind}.{code}", "area", str(area), file, ("names", code))


def _grades(file: RuleFile) -> Iterator[Entry]:
    for grade in range(1, GRADES + 1):
        name = f"General Schedule base pay, GS-{grade}"
        yield Entry(f"gs-base.{grade}", "table", name, file, ("tables",))


def _steps(file: RuleFile) -> Iterator[Entry]:
    steps = file.data.get("market")
    for i, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, str) and step in STEPS:
            yield Entry(f"step.{step}", "step", STEPS[step], file, ("market", i))


_FOLDERS: dict[str, Callable[[RuleFile], Iterator[Entry]]] = {
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

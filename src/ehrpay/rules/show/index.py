"""Every rule by its full id: what kind it is, its names, and where it stands in which file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.rule_file import RuleFile

Path = tuple[Any, ...]

STEPS = {
    "base": "the occupation's national median",
    "area": "what the area publishes, against the nation",
    "location": "where the area's own wage is missing",
    "ageing": "from the wage's month to the day asked for, by the wage index",
    "cap": "the middle stays within the area's P10 to P90",
}
PARTS = {
    "none": "holding nothing of the kind",
    "core": "a core credential",
    "second": "a second credential",
    "third": "a third credential",
}


class Entry(NamedTuple):
    """A rule: its full id, kind, name, other names, and the sheet and path it stands at.

    `more` are further places of the same rule: the later bands of one series.
    """

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    sheet: RuleFile
    path: Path
    more: tuple[Path, ...] = ()

    @property
    def data(self) -> Any:
        """The rule's data as it stands in its file."""
        found: Any = self.sheet.data
        for key in self.path:
            found = found[key]
        return found

    @property
    def where(self) -> str:
        """`file:line` where the rule begins."""
        key = next((k for k in ("id", "agency", "adjustment", "code") if _has(self.data, k)), None)
        return self.sheet.where(*self.path) if key is None else self.sheet.where(*self.path, key)


def _has(data: Any, key: str) -> bool:
    return isinstance(data, dict) and key in data


def entries(sheets: Iterable[RuleFile]) -> list[Entry]:
    """Every rule of the files, in a fixed order. Tolerant of files whose shape was not judged."""
    found: list[Entry] = []
    for sheet in sheets:
        folder = sheet.path.rpartition("/")[0] + "/"
        make = _FILES.get(sheet.path) or _FILES.get(folder)
        found += make(sheet) if make else ()
    known = {entry.id for entry in found if entry.kind in ("adjustment", "index")}
    # Areas of an overlay have a sheet of their own, with the names below them.
    once = {entry.id: entry for entry in found}.values()
    return [entry for entry in once if entry.kind != "step" or entry.id.removeprefix("step.") not in known]


def _rows(sheet: RuleFile, *path: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The mappings of the list at a path."""
    rows: Any = sheet.data
    for key in path:
        rows = rows.get(key) if isinstance(rows, dict) else None
    for i, raw in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(raw, dict):
            yield (*path, i), raw


def _text(raw: dict[str, Any], key: str) -> str:
    return str(raw.get(key) or "")


def _aliases(raw: dict[str, Any]) -> tuple[str, ...]:
    found = raw.get("aliases")
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _listed(kind: str, key: str, name: str) -> Any:
    """A maker for files that are one list of rules with an id each."""

    def make(sheet: RuleFile) -> Iterator[Entry]:
        for path, raw in _rows(sheet, key):
            yield Entry(f"{kind}.{raw.get('id')}", kind, _text(raw, name), _aliases(raw), sheet, path)

    return make


def _adjustment(sheet: RuleFile) -> Iterator[Entry]:
    data = sheet.data
    top = _text(data, "adjustment")
    yield Entry(top, "adjustment", _text(data, "title"), (), sheet, ())
    for path, raw in _rows(sheet, "levels"):
        yield Entry(f"{top}.{raw.get('id')}", "level", _text(raw, "name"), _aliases(raw), sheet, path)
    ranks = data.get("ranks")
    for part, words in PARTS.items():
        if part in data:
            yield Entry(f"{top}.{part}", "level", words, (), sheet, (part,))
        elif isinstance(ranks, dict) and part in ranks:
            yield Entry(f"{top}.{part}", "level", words, (), sheet, ("ranks", part))


def _agency(sheet: RuleFile) -> Iterator[Entry]:
    id_ = f"agency.{sheet.data.get('agency')}"
    yield Entry(id_, "agency", _text(sheet.data, "name"), _aliases(sheet.data), sheet, ())
    bands: dict[str, list[Path]] = {}
    for path, raw in _rows(sheet, "bands"):
        bands.setdefault(_text(raw, "series"), []).append(path)
    for series, (first, *more) in bands.items():
        band = f"{id_}.band-{series}" if series else f"{id_}.band"
        words = f"band of series {series}" if series else "band"
        yield Entry(band, "band", f"{_text(sheet.data, 'name')}, {words}", (), sheet, first, tuple(more))


def _areas(sheet: RuleFile) -> Iterator[Entry]:
    kind = _text(sheet.data, "kind")
    yield Entry(
        f"{kind}s", "table", f"Wages by {kind} area" if kind != "state" else "Wages by state", (), sheet, ()
    )
    names = sheet.data.get("names")
    for code, name in names.items() if isinstance(names, dict) else ():
        yield Entry(f"{kind}.{code}", "area", str(name), (), sheet, ("names", code))


def _gs_base(sheet: RuleFile) -> Iterator[Entry]:
    yield Entry("gs-base", "table", "General Schedule base pay", ("base pay",), sheet, ("tables",))
    for grade in range(1, 16):
        yield Entry(
            f"gs-base.{grade}", "table", f"General Schedule base pay, GS-{grade}", (), sheet, ("tables",)
        )


def _gs_locality(sheet: RuleFile) -> Iterator[Entry]:
    about = "General Schedule locality payments"
    yield Entry("gs-locality", "table", about, ("locality pay",), sheet, ("localities",))
    for path, raw in _rows(sheet, "localities"):
        yield Entry(f"gs-locality.{raw.get('code')}", "locality", _text(raw, "name"), (), sheet, path)


def _gs_rules(sheet: RuleFile) -> Iterator[Entry]:
    told = (
        ("cap", "caps", "Cap on locality rates (Executive Schedule level IV)", ("pay cap", "caps")),
        ("within-grade", "within_grade", "Weeks at steps 1 to 9 before the next", ("waiting periods",)),
        ("hourly-divisor", "hourly_divisor", "Hours an annual rate is divided by", ("divisor",)),
    )
    for id_, key, name, aliases in told:
        yield Entry(id_, "table", name, aliases, sheet, (key,))


def _plan(sheet: RuleFile) -> Iterator[Entry]:
    yield Entry("plan", "plan", "The market method's steps in order", (), sheet, ("market",))
    steps = sheet.data.get("market")
    for i, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, str) and step in STEPS:
            yield Entry(f"step.{step}", "step", STEPS[step], (), sheet, ("market", i))


def _ageing(sheet: RuleFile) -> Iterator[Entry]:
    data = sheet.data.get("ageing")
    if isinstance(data, dict):
        yield Entry("ageing", "index", _text(data, "title"), (_text(data, "index"),), sheet, ("ageing",))


def _spread(sheet: RuleFile) -> Iterator[Entry]:
    yield Entry("spread", "table", "How what is known narrows the range", (), sheet, ("spread",))


_FILES: dict[str, Any] = {
    "adjustments/": _adjustment,
    "agencies/": _agency,
    "areas/": _areas,
    "occupations.yaml": _listed("occupation", "occupations", "title"),
    "sources.yaml": _listed("source", "sources", "title"),
    "benefits.yaml": _listed("benefit", "benefits", "title"),
    "federal/ladders.yaml": _listed("ladder", "ladders", "title"),
    "federal/gs-base.yaml": _gs_base,
    "federal/gs-locality.yaml": _gs_locality,
    "federal/gs-rules.yaml": _gs_rules,
    "ageing.yaml": _ageing,
    "spread.yaml": _spread,
    "plan.yaml": _plan,
}

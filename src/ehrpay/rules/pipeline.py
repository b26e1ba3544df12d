"""Files of one part to the compiled form and every problem found on the way: syntax, shape, then meaning."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.checks import loading as checks
from ehrpay.rules.compiling import rules as compiling
from ehrpay.rules.compiling.benefits import benefits
from ehrpay.rules.folder import AREAS, LAYER, Layer
from ehrpay.rules.overlay.layers import HEAD, hide, lay
from ehrpay.rules.shape import files as shape
from ehrpay.strict.marks import Marks, Page
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ehrpay.rules.checks.finding import Files, Finding
    from ehrpay.rules.folder import File
    from ehrpay.rules.overlay.merge import Fight
    from ehrpay.rules.shape.fields import Model
    from ehrpay.strict.problem import Problem

Compiler = Callable[[dict[str, Any], Callable[..., str]], Any]

PLAIN = {
    "extra_forbidden": "E201",
    "missing": "E202",
}
WRONG_VALUE = "E203"


class Read(NamedTuple):
    """A file that was read: its data, and where each value stands."""

    data: dict[str, Any]
    marks: Marks


class Shaped(NamedTuple):
    """Files whose shape is right, and those whose YAML alone is."""

    read: dict[str, Read]
    odd: dict[str, Read]


class Laid(NamedTuple):
    """What is laid over the files of a part, and where two overlays differ."""

    part: str
    overlays: Sequence[Layer]
    fights: list[Fight]


def judged(
    part: str, files: Sequence[File], prefix: str, overlays: Sequence[Layer] = ()
) -> tuple[Any, list[Problem]]:
    """A part's compiled form (None when there are errors) and every problem of its files.

    The parts are `core` and `areas`; area tables refer to ids of the core, whose problems are the core's.
    """
    problems: list[Problem] = []
    areas = [file for file in files if file.path.startswith(AREAS)]
    others = [file for file in files if not file.path.startswith(AREAS)]
    fights: list[Fight] = []
    laid = Laid(part, overlays, fights)
    read, odd = _shaped(others if part == "core" else areas, prefix, problems, laid)
    known: Files = {}
    if part == "areas":
        elsewhere: list[Problem] = []
        ids = _shaped(others, prefix, elsewhere, Laid("core", overlays, []))
        known = _known(ids.read, elsewhere, [Layer(prefix, files), *overlays])
    known |= _known(read, problems, [Layer(prefix, files), *overlays])
    data = {file: one.data for file, one in read.items()}
    problems += placed(checks.check(part, data, known), read, prefix)
    left = {file: one.data for file, one in odd.items()}
    problems += placed(checks.check_odd(left, known), odd, prefix)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    made = _core(read, files, overlays) if part == "core" else _areas(read)
    made["fights"] = [*(fight.sentence for fight in fights), *made.get("fights", ())]
    return made, problems


def placed(findings: Iterable[Finding], read: Mapping[str, Read], prefix: str) -> Iterator[Problem]:
    """Findings as problems, each with its place, and the other place that belongs to it."""
    for one in findings:
        marks = read[one.file].marks if one.file in read else Marks(Page(f"{prefix}/{one.file}"))
        others = []
        if one.other is not None and one.other[0] in read:
            others.append(read[one.other[0]].marks.mark(one.other[1], "the other"))
        yield marks.problem(one.code, one.path, one.message, help=one.help, note=one.note, others=others)


def shaped(files: Sequence[File], prefix: str, overlays: Sequence[Layer] = ()) -> dict[str, Read]:
    """The files of both parts whose syntax and shape are right, overlays laid over them."""
    found: dict[str, Read] = {}
    for part in ("core", "areas"):
        mine = [file for file in files if file.path.startswith(AREAS) == (part == "areas")]
        found |= _shaped(mine, prefix, [], Laid(part, overlays, [])).read
    return found


def _known(read: Mapping[str, Read], problems: Iterable[Problem], layers: Iterable[Layer]) -> Files:
    """All files that ids may refer to; a file with errors is there but empty, for its ids are not known."""
    wrong = {problem.path for problem in problems if problem.severity == "error"}
    broken = (file.path for layer in layers for file in layer.files if f"{layer.prefix}/{file.path}" in wrong)
    return {file: one.data for file, one in read.items()} | {path: {} for path in broken}


def _read(files: Sequence[File], prefix: str, problems: list[Problem]) -> Iterator[tuple[str, Read]]:
    for file in files:
        data, marks, found = read_bytes(file.data, f"{prefix}/{file.path}")
        problems += found
        if not any(problem.severity == "error" for problem in found):
            yield file.path, Read(data, marks)


def _shaped(files: Sequence[File], prefix: str, problems: list[Problem], laid: Laid) -> Shaped:
    kept = Shaped({}, {})
    read = dict(_read(files, prefix, problems))
    if laid.overlays and not problems:
        stack = lay(read, laid.overlays, laid.part)
        read = {file: Read(*one) for file, one in stack.files.items()}
        problems += stack.problems
        laid.fights.extend(stack.fights)
    for file, (data, marks) in read.items():
        model = None if file == HEAD else shape.model_for(file.partition(LAYER)[0])
        if model is None:
            problems.append(
                marks.problem("E204", (), "no rule file belongs here; rules/README.md shows the folders")
            )
            continue
        try:
            model.model_validate(data)
        except ValidationError as error:
            problems += _told(error, data, marks)
            problems += _beyond(model, error, data, marks)
            kept.odd[file] = Read(data, marks)
        else:
            kept.read[file] = Read(data, marks)
    return kept


def _beyond(
    model: type[Model], error: ValidationError, data: dict[str, Any], marks: Marks
) -> Iterator[Problem]:
    """What is wrong besides unknown keys, which keep a mapping from being judged as a whole."""
    extra = [one["loc"] for one in error.errors(include_url=False) if one["type"] == "extra_forbidden"]
    if not extra:
        return
    rest = copy.deepcopy(data)
    for loc in extra:
        *path, key = _in_file(data, loc)
        here: Any = rest
        for step in path:
            here = here[step]
        here.pop(key, None)
    told = set(_told(error, data, marks))
    try:
        model.model_validate(rest)
    except ValidationError as again:
        yield from (one for one in _told(again, data, marks) if one not in told)


def _told(error: ValidationError, data: Any, marks: Marks) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        path = _in_file(data, one["loc"])
        code = PLAIN.get(one["type"], WRONG_VALUE)
        if code == "E201":
            name = str(one["loc"][-1])
            yield marks.problem(
                code, path, f"unknown key '{name}'", key=True, help=_near(error.title, one["loc"], name)
            )
        elif code == "E202":
            yield marks.problem(code, path[:-1], f"key '{one['loc'][-1]}' is missing", key=True)
        else:
            yield marks.problem(code, path, _sentence(one))


def _sentence(one: Any) -> str:
    bounds = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}
    if one["type"] in bounds:
        words, key = bounds[one["type"]]
        bound = str(one["ctx"][key]).removeprefix("Decimal('").removesuffix("')")
        return f"must be {words} {bound}"
    message = str(one["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
    return message[0].lower() + message[1:]


def _in_file(data: Any, loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The part of a model's path that stands in the file (tags and validator names do not)."""
    path: list[Any] = []
    for key in loc:
        inside = isinstance(data, dict) and key in data
        if inside or (isinstance(data, list) and isinstance(key, int) and key < len(data)):
            data = data[key]
            path.append(key)
        elif key == loc[-1]:
            path.append(key)
    return tuple(path)


def _near(title: str, loc: tuple[Any, ...], name: str) -> str:
    from difflib import get_close_matches

    keys = _keys(getattr(shape, title), loc[:-1])
    near = get_close_matches(name, keys, n=1)
    return f"did you mean '{near[0]}'?" if near else f"keys allowed here: {', '.join(keys)}"


def _keys(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """The keys of the model at a path, found in its JSON Schema."""
    whole = model.model_json_schema()
    here = whole
    for key in loc:
        here = _resolved(here, whole)
        here = (
            here.get("items", {})
            if isinstance(key, int)
            else here.get("properties", {}).get(key) or here.get("additionalProperties") or {}
        )
    return list(_resolved(here, whole).get("properties", {}))


def _resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    for option in [node, *node.get("anyOf", [])]:
        if "$ref" in option:
            return dict(whole["$defs"][option["$ref"].rpartition("/")[2]])
        if "items" in option:
            return dict(option)
    return node


def _core(read: dict[str, Read], files: Sequence[File], overlays: Sequence[Layer]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "version": _version(files, overlays),
        "overlays": [],
        "adjustments": {},
        "agencies": {},
        "federal": {"ladders": []},
    }
    for file, (data, marks) in read.items():
        where = _where(marks)
        if file.startswith(HEAD):
            layer = overlays[int(file.partition(LAYER)[2]) - 1]
            made["overlays"].append([*(data[key] for key in ("title", "author", "reference")), layer.prefix])
        elif file.startswith("adjustments/"):
            made["adjustments"][data["adjustment"]] = compiling.adjustment(data, where)
        elif file.startswith("agencies/"):
            made["agencies"][data["agency"]] = compiling.agency(data, where)
        elif file.startswith("federal/"):
            made["federal"] |= _FEDERAL[file](data, where)
        else:
            made[file.removesuffix(".yaml")] = _TOP[file](data, where)
    return made


def _sources(data: dict[str, Any], where: compiling.Where) -> dict[str, Any]:  # noqa: ARG001 - the compilers' common form
    keys = ("id", "title", "publisher", "url", "published", "retrieved", "licence")
    return {raw["id"]: [*(raw[key] for key in keys), raw.get("note") or ""] for raw in data["sources"]}


_TOP: dict[str, Compiler] = {
    "sources.yaml": _sources,
    "occupations.yaml": compiling.occupations,
    "ageing.yaml": compiling.ageing,
    "spread.yaml": compiling.spread,
    "plan.yaml": lambda data, _: data,
    "benefits.yaml": benefits,
}
_FEDERAL: dict[str, Compiler] = {
    "federal/gs-base.yaml": lambda data, where: {"base": compiling.base_tables(data, where)},
    "federal/gs-locality.yaml": lambda data, where: {"localities": compiling.localities(data, where)},
    "federal/gs-rules.yaml": compiling.gs_rules,
    "federal/ladders.yaml": lambda data, where: {"ladders": compiling.ladders(data, where)},
}


def _areas(read: dict[str, Read]) -> dict[str, Any]:
    made: dict[str, Any] = {"tables": [], "names": {}}
    above: set[str] = set()
    for file, (data, marks) in read.items():
        path = marks.place(("tables", 0, "rows", 0)).rpartition(":")[0]
        above |= {path} if LAYER in file else set()
        made["tables"] += compiling.area_tables(data, path, _where(marks))
        made["names"][data["kind"]] = data["names"]
    if above:
        made["tables"], made["fights"] = hide(made["tables"], above)
    return made


def _where(marks: Marks) -> compiling.Where:
    return lambda *steps: marks.place(steps)


def _version(files: Sequence[File], overlays: Sequence[Layer]) -> str:
    """A short fingerprint of the rules' bytes: the same files give the same answer, and say so."""
    digest = hashlib.sha256()
    for number, layer in enumerate((files, *(layer.files for layer in overlays))):
        for file in layer:
            path = f"{number}/{file.path}" if number else file.path
            digest.update(f"{path}\0{len(file.data)}\0".encode(errors="surrogateescape"))
            digest.update(file.data)
    return digest.hexdigest()[:12]

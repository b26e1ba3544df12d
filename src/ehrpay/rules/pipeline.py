"""Files of one part to the compiled form and every problem found on the way: syntax, shape, then meaning."""

from __future__ import annotations

import hashlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.rules import Rules
from ehrpay.domain.facts import Overlay
from ehrpay.domain.names import index
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.checks import loading as checks
from ehrpay.rules.checks.ids import adjustments as by_id
from ehrpay.rules.compiling import makers
from ehrpay.rules.compiling.parts import value
from ehrpay.rules.finding import Files, Finding, Passage, placed
from ehrpay.rules.folder import LAYER, MISNAMED, PARTS, SUFFIX
from ehrpay.rules.judging import judge
from ehrpay.rules.overlay.layers import HEAD, hide, lay
from ehrpay.rules.shape.kinds import OVERLAY, kind_of
from ehrpay.rules.shape.layout import NOTHING
from ehrpay.rules.shape.market import GRADE_STEPS
from ehrpay.strict.marks import Marks, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.compiled.adjustments import Adjustment
    from ehrpay.domain.compiled.employers import Agency
    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.folder import Layer
    from ehrpay.rules.overlay.layers import Stack
    from ehrpay.strict.problem import Problem


OF_ONE_FILE = (
    "sources", "occupations", "occupation_rules", "ageing", "spread", "benefits", "typical_benefits", "minimum_wages",
)  # fmt: skip
"""The parts of the rules that have a file of their name, and stand in it under that name, if it has others too."""


class Judged(NamedTuple):
    """A part: its compiled form (None when there are errors), every problem, the files whose shape is right."""

    compiled: Any
    problems: list[Problem]
    files: dict[str, RuleFile]


class _Shaped(NamedTuple):
    """A part's files: those whose shape is right, those whose YAML alone is, and what is wrong with their shape."""

    stack: Stack
    right: dict[str, RuleFile]
    odd: dict[str, RuleFile]
    findings: list[Finding]

    def known(self, layers: Sequence[Layer]) -> Files:
        """All files that ids may refer to; a file with errors is there but empty, for its ids are not known."""
        wrong = {problem.path for problem in self.stack.problems}
        broken = [
            file.path for layer in layers for file in layer.files if f"{layer.prefix}/{file.path}" in wrong
        ]
        broken += [file.path for file in self.odd.values()]
        empty = Passage({}, NOTHING, Marks(SourceFile("").start))
        return Files("", {**_passages(self.right), **dict.fromkeys(broken, empty)})


def judged(part: str, layers: Sequence[Layer]) -> Judged:
    """One of the parts, `core` or `areas`; the layers are the base and the overlays over it.

    Area tables refer to ids of the core, whose problems are the core's.
    """
    known = _shaped(layers, "core").known(layers) if part == "areas" else Files("", {})
    return _judged(part, _shaped(layers, part), known, layers)


def judged_all(layers: Sequence[Layer]) -> tuple[Judged, Judged]:
    """Both parts, each file read once."""
    core, areas = (_shaped(layers, part) for part in PARTS)
    none = Files("", {})
    return _judged("core", core, none, layers), _judged("areas", areas, core.known(layers), layers)


def _judged(part: str, shaped: _Shaped, known: Files, layers: Sequence[Layer]) -> Judged:
    prefix = layers[0].prefix
    known = Files(prefix, {**known, **shaped.known(layers)})
    findings = [
        *shaped.findings,
        *checks.check(part, Files(prefix, _passages(shaped.right)), known),
        *checks.check_odd(Files(prefix, _passages(shaped.odd)), known),
    ]
    problems = [*shaped.stack.problems, *placed(findings)]
    problems.sort(key=attrgetter("order"))
    if any(problem.severity == "error" for problem in problems):
        return Judged(None, problems, shaped.right)
    made = _core(shaped.right, layers) if part == "core" else _areas(shaped.right)
    made["conflicts"] = [*(one.sentence for one in shaped.stack.conflicts), *made.get("conflicts", ())]
    return Judged(made, problems, shaped.right)


def _shaped(layers: Sequence[Layer], part: str) -> _Shaped:
    made = _Shaped(lay(layers, part), {}, {}, [])
    for name, file in made.stack.files.items():
        kind = kind_of(name)
        if not file.path.endswith(SUFFIX):
            made.findings.append(Finding(file.passage, "E204", MISNAMED))
            continue
        if kind is None or (kind is OVERLAY and LAYER not in name):
            message = "no rule file belongs here; rules/README.md lists the folders"
            made.findings.append(Finding(file.passage, "E204", message))
            continue
        wrong = judge(file, kind)
        made.findings.extend(wrong)
        (made.odd if wrong else made.right)[name] = file
    return made


def _passages(files: dict[str, RuleFile]) -> dict[str, Passage]:
    return {name: file.passage for name, file in files.items()}


def _core(files: dict[str, RuleFile], layers: Sequence[Layer]) -> dict[str, Any]:
    read = Files("", _passages(files))
    heads = (
        (layers[int(name.partition(LAYER)[2])], here) for name, here in read.items() if name.startswith(HEAD)
    )
    adjustments = {id_: value("Adjustment", here) for id_, here in by_id(read).items()}
    agencies = {here.data["agency"]: value("Agency", here) for here in read.within("agencies/")}
    made: dict[str, Any] = {
        "version": _version(layers),
        "overlays": [Overlay(**here.data, path=layer.prefix) for layer, here in heads],
        "plan": {"grade": GRADE_STEPS, **read["plan.yaml"].data},
        "adjustments": adjustments,
        "agencies": agencies,
        "federal": makers.federal(read.within("federal/")),
        "names": _names(agencies.values(), adjustments.values()),
    }
    for name in OF_ONE_FILE:
        here = read[f"{name.replace('_', '-')}.yaml"]
        made[name] = value(Rules.__annotations__[name], here.at(name) if name in (here.data or ()) else here)
    return made


def _names(agencies: Iterable[Agency], adjustments: Iterable[Adjustment]) -> dict[str, dict[str, str]]:
    """Every name people type, folded, to its id: of agencies, and of the levels of each adjustment."""
    levels = {
        rule.id: index((one.id, one.name, (*one.aliases, *one.titles)) for one in rule.levels.values())
        for rule in adjustments
    }
    return levels | {"agency": index((one.id, one.name, one.aliases) for one in agencies)}


def _areas(files: dict[str, RuleFile]) -> dict[str, Any]:
    made: dict[str, Any] = {"tables": [], "names": {}}
    above: set[str] = set()
    for file, rules in files.items():
        path = rules.marks.place(("tables", 0, "rows", 0)).rpartition(":")[0]
        above |= {path} if LAYER in file else set()
        made["tables"] += makers.area_tables(rules.passage, path)
        made["names"][rules.data["kind"]] = rules.data["names"]
    if above:
        made["tables"], made["conflicts"] = hide(made["tables"], above)
    return made


def _version(layers: Sequence[Layer]) -> str:
    """A short fingerprint of the rules' bytes: the same files give the same answer, and say so."""
    digest = hashlib.sha256()
    for number, layer in enumerate(layers):
        for file in layer.files:
            path = f"{number}/{file.path}" if number else file.path
            digest.update(f"{path}\0{len(file.data)}\0".encode(errors="surrogateescape"))
            digest.update(file.data)
    return digest.hexdigest()[:12]

"""`ehrpay rules test`: the rules' own cases, run."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.errors import FINDINGS, InputError, RulesError, UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.cases import Case
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.review.story import CaseResult
    from ehrpay.rules.folder import Named


@grouped
def command(
    *,
    path: str | None = typer.Argument(
        None, metavar="[PATH]", help="A file or folder of cases, an overlay, or a rules folder."
    ),
    words: str | None = options.text(
        "WORDS", "Only cases whose sentence contains all of them.", "-k", "--only"
    ),
    rules: list[str] | None = options.RULES,
    output: options.OutputWanted,
) -> None:
    """Run the cases of the rules in use, or of a file or folder.

    \b
    Examples:
      ehrpay rules test
      ehrpay rules test my-rules
      ehrpay rules test rules/tests/federal.yaml
      ehrpay rules test -k "second core"
      ehrpay rules test --json

    A folder with an overlay.yaml is applied on top of the rules in use while its cases run. Shipped cases run
    with the shipped rules alone, an overlay's own cases with everything in use. Exits with 1 if one fails.
    """
    from ehrpay.cases import read
    from ehrpay.formats import review as views

    chosen = output.choose(views.CaseReport, path)
    groups = _groups(path, rules or ())
    cases = [read((file, shown) for file, shown in group.files) for group in groups]
    wanted = _chosen(cases, words)
    outcomes = [outcome for group, some in zip(groups, wanted, strict=True) for outcome in _run(some, group)]
    chosen.write(views.CaseReport(outcomes))
    if any(one.missed for one in outcomes):
        raise typer.Exit(FINDINGS)


class Group(NamedTuple):
    """Files of cases with their names as shown, and the rules they are run by (the shipped ones as a base: None)."""

    files: list[tuple[Path, str]]
    base: Path | None
    overlays: list[Named]


def _groups(path: str | None, flags: Sequence[str]) -> list[Group]:
    """What a PATH means: a file, a folder of cases, an overlay or a folder of rules with its own.

    Without one, the shipped cases by the shipped rules, then each overlay's by all rules in use.
    """
    from ehrpay import shipped
    from ehrpay.rules.case_files import TESTS
    from ehrpay.rules.folder import named, overlays

    used = named(flags)
    if path is None:
        overlays(used)
        mine = [file for one in used for file in _in(Path(one.path) / TESTS)]
        return [Group(_in(shipped.folder() / TESTS, f"rules/{TESTS}"), None, []), Group(mine, None, used)]
    top = Path(path)
    if "\0" in path or not top.exists():
        raise InputError(f"{shown(path)}: no such file or directory")
    if top.is_file():
        return [Group([(top, top.as_posix())], None, used)]
    return [_folder(top, used)]


def _folder(top: Path, used: list[Named]) -> Group:
    """The cases of a folder; an overlay is laid over the rules in use, a whole folder of rules stands for them."""
    from ehrpay.rules.case_files import TESTS
    from ehrpay.rules.folder import Named

    overlay = (top / "overlay.yaml").is_file()
    if overlay and top.resolve() not in [Path(one.path).resolve() for one in used]:
        used = [*used, Named(str(top), "PATH")]
    whole = not overlay and (top / "plan.yaml").is_file()
    files = _in(top / TESTS if overlay or whole or (top / TESTS).is_dir() else top)
    if not files:
        what, where = ("is an overlay without", "its") if overlay else ("has no", "it or in its")
        raise UsageError(f"PATH: {shown(top)} {what} cases; cases are YAML files in {where} folder '{TESTS}'")
    return Group(files, top if whole else None, used)


def _in(folder: Path, prefix: str = "") -> list[tuple[Path, str]]:
    """The files of cases in a folder. RulesError for another ending, and a link that leaves the rules it is part of."""
    from ehrpay.rules.case_files import TESTS
    from ehrpay.rules.folder import MISNAMED

    if odd := sorted(folder.glob("*.yml")):
        raise RulesError(f"{shown(odd[0].as_posix())}: {MISNAMED}")
    files = sorted(folder.glob("*.yaml"))
    home = (folder.parent if folder.name == TESTS else folder).resolve()
    for file in files:
        if not file.resolve().is_relative_to(home):
            raise RulesError(f"{shown(file.as_posix())} leads out of the rules folder: it is a link")
    return [(file, f"{prefix or folder.as_posix()}/{file.name}") for file in files]


def _chosen(groups: list[list[Case]], words: str | None) -> list[list[Case]]:
    """The cases whose sentence has every word; UsageError where none has."""
    wanted = (words or "").casefold().split()
    kept = [
        [case for case in cases if all(word in case.name.casefold() for word in wanted)] for cases in groups
    ]
    if not any(kept):
        msg = f"-k: no case's sentence contains {shown(words)}; there are {sum(map(len, groups))} cases"
        raise UsageError(msg)
    return kept


def _run(cases: Sequence[Case], group: Group) -> list[CaseResult]:
    from ehrpay.api.rulebooks import load_rulebook
    from ehrpay.cases import mismatches
    from ehrpay.domain.review.story import CaseResult

    books: dict[str, Rulebook] = {}
    load = partial(load_rulebook, rules=group.base, overlays=group.overlays)
    return [CaseResult(case.name, case.where(), tuple(mismatches(case, books, load))) for case in cases]

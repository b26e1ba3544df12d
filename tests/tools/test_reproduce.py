"""The newest excerpts in, the shipped rule files out: byte for byte, and the second time nothing changes."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.tools.older import (
    ECI_QUARTER,
    EXCERPTS,
    GS_YEAR,
    OEWS_YEAR,
    PARITY_YEAR,
    ROOT,
    files,
    without_eci,
    without_gs_base,
    without_gs_locality,
    without_oews,
    without_parities,
)
from tests.tools.shapes import locality

from ehrpay.errors import DONE, FINDINGS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.slow

BEA = [str(EXCERPTS / "bea" / f"{name}.csv") for name in ("SARPP", "MARPP", "PARPP")]
IMPORTS: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "oews": (
        without_oews,
        ["oews", str(EXCERPTS / f"all_data_M_{OEWS_YEAR}.xlsx"), "--year", str(OEWS_YEAR)],
    ),
    "gs-base": (without_gs_base, ["gs-base", str(EXCERPTS / "opm" / "GS.xml"), "--year", str(GS_YEAR)]),
    "gs-locality": (without_gs_locality, ["gs-locality", "LOCALITIES", "--year", str(GS_YEAR)]),
    "parities": (without_parities, ["parities", *BEA, "--year", str(PARITY_YEAR)]),
    "eci": (without_eci, ["eci", str(EXCERPTS / "ci.data.1.AllData"), "--quarter", ECI_QUARTER]),
}
CHANGED = {
    "oews": {"occupations.yaml", "areas/states.yaml", "areas/metros.yaml", "areas/nonmetros.yaml"},
    "gs-base": {"federal/gs-base.yaml"},
    "gs-locality": {"federal/gs-locality.yaml", "federal/gs-rules.yaml"},
    "parities": {"places/parities.tsv"},
    "eci": {"ageing.yaml"},
}


@pytest.fixture(scope="session")
def localities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OPM's 58 files of the year: San Francisco's as it was downloaded, the others written from their percentage."""
    folder = tmp_path_factory.mktemp("xml")
    newest = yaml.safe_load((ROOT / "rules/federal/gs-base.yaml").read_text(encoding="utf-8"))["tables"][-1]
    assert str(newest["effective"]) == f"{GS_YEAR}-01-01"
    for line in (EXCERPTS / "opm" / f"localities-{GS_YEAR}.tsv").read_text(encoding="utf-8").splitlines():
        code, percent, area = line.split("\t")
        about = {"code": code, "year": GS_YEAR, "percent": percent, "area": area, "cap": 197200}
        locality(folder / f"{code}.xml", [row[1:] for row in newest["rows"]], about)
    shutil.copy(EXCERPTS / "opm" / "SF.xml", folder)
    return folder


@pytest.mark.parametrize("name", IMPORTS)
def test_the_newest_excerpts_give_the_shipped_files_byte_for_byte(
    refresh: ModuleType, rules: Path, localities: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = files(ROOT / "rules")
    take_out, command = IMPORTS[name]
    take_out(rules)
    older = files(rules)
    assert {path for path in shipped if older[path] != shipped[path]} == CHANGED[name]
    arguments = [str(localities) if one == "LOCALITIES" else one for one in command] + ["--rules", str(rules)]

    assert refresh.main([*arguments, "--check"]) == FINDINGS
    assert files(rules) == older
    assert refresh.main(arguments) == DONE
    assert files(rules) == shipped
    assert f"written: {', '.join(sorted(CHANGED[name]))}" in _sorted_written(capsys.readouterr().out)

    assert refresh.main(arguments) == DONE
    assert "nothing changes" in capsys.readouterr().out
    assert files(rules) == shipped


def _sorted_written(out: str) -> str:
    """The output with the files of its `written:` line in order."""
    lines = []
    for line in out.splitlines():
        start, _, names = line.partition("written: ")
        lines.append(f"written: {', '.join(sorted(names.split(', ')))}" if not start and names else line)
    return "\n".join(lines)


def test_localities_need_the_base_table_of_their_year(
    refresh: ModuleType, rules: Path, localities: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without_gs_locality(rules)
    without_gs_base(rules)
    older = files(rules)
    assert refresh.main(["gs-locality", str(localities), "--year", str(GS_YEAR), "--rules", str(rules)]) == 65
    assert (
        f"has no table of {GS_YEAR}: import the base table first, or put GS.xml with"
        in capsys.readouterr().err
    )
    assert files(rules) == older


def test_base_and_localities_in_one_folder(refresh: ModuleType, rules: Path, localities: Path) -> None:
    shipped = files(ROOT / "rules")
    without_gs_locality(rules)
    without_gs_base(rules)
    command = [
        str(localities),
        str(EXCERPTS / "opm" / "GS.xml"),
        "--year",
        str(GS_YEAR),
        "--rules",
        str(rules),
    ]
    assert refresh.main(["gs-locality", *command]) == DONE
    assert files(rules) == shipped


def test_who_moves_is_shown(refresh: ModuleType, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without_eci(rules)
    refresh.main([*IMPORTS["eci"][1], "--rules", str(rules), "--dry-run"])
    out = capsys.readouterr().out
    assert f"29 readings held equal the download; 1 new: {ECI_QUARTER}" in out
    assert "who moves is not known" not in out
    assert "ageing" in out


def test_the_excerpts_are_of_the_newest_values_the_rules_have() -> None:
    """When a year is added the excerpts are made anew, or the reproduction proves an old year only."""
    newest = {
        name: max(re.findall(pattern, (ROOT / "rules" / name).read_text("utf-8")))
        for name, pattern in DATED.items()
    }
    assert newest == {
        "areas/states.yaml": str(OEWS_YEAR),
        "federal/gs-base.yaml": str(GS_YEAR),
        "ageing.yaml": ECI_QUARTER,
        "sources.yaml": str(PARITY_YEAR),
    }


DATED = {
    "areas/states.yaml": r"  - effective: (\d{4})-05-01",
    "federal/gs-base.yaml": r"  - effective: (\d{4})-01-01",
    "ageing.yaml": r'quarter: "(\d{4}Q\d)"',
    "sources.yaml": r"- id: bea-rpp-(\d{4})",
}
COMMAND = re.compile(r"^ *python (tools/refresh\.py .*)$", re.MULTILINE)


def test_the_commands_in_the_guide_are_read(refresh: ModuleType) -> None:
    guide = (ROOT / "docs" / "refresh.md").read_text("utf-8")
    parser = refresh.make_parser()
    commands = {parser.parse_args(shlex.split(line)[1:]).command for line in COMMAND.findall(guide)}
    assert commands == set(refresh.COMMANDS)

"""Write the bulk rule files (wages, price index, General Schedule) from CSV copies of published tables.

This is how the files began. A year that has come out since is added by tools/refresh.py from the publisher's own file;
a rule file that has such a year is not written over from CSVs that lack it.

    python tools/tables.py DATA_DIR RULES_DIR            # write
    python tools/tables.py DATA_DIR RULES_DIR --check    # compare, write nothing

DATA_DIR has the folders oews, federal and places. The same CSVs give the same bytes. Exit codes: 0 done, 1 --check
found differences, 65 or 66 a CSV is unusable or unreadable, 74 a file can't be written.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from _ageing import ageing
from _gs import gs_base, gs_locality, gs_rules
from _oews import METROS, NONMETROS, STATES, areas, occupations
from _table_check import compare_cells
from ehrpay.errors import CANNOT_WRITE, DONE, FINDINGS, DataError, EhrpayError
from ehrpay.rules.shape.kinds import modeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MAKERS: Mapping[str, Callable[[Path], str]] = {
    "occupations.yaml": occupations,
    "ageing.yaml": ageing,
    "areas/states.yaml": partial(areas, kind=STATES),
    "areas/metros.yaml": partial(areas, kind=METROS),
    "areas/nonmetros.yaml": partial(areas, kind=NONMETROS),
    "federal/gs-base.yaml": gs_base,
    "federal/gs-locality.yaml": gs_locality,
    "federal/gs-rules.yaml": gs_rules,
}


def _with_modeline(data: Path, name: str, make: Callable[[Path], str]) -> str:
    return modeline(name) + make(data)


FILES: Mapping[str, Callable[[Path], str]] = {
    name: partial(_with_modeline, name=name, make=make) for name, make in _MAKERS.items()
}
"""Each rule file's maker, by path below the rules folder: a data folder in, the whole text out."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; return the exit code."""
    parser = argparse.ArgumentParser(description="Write the bulk rule files from CSVs of published tables.")
    parser.add_argument("data", type=Path, metavar="DATA_DIR", help="folder with oews, federal and places")
    parser.add_argument("rules", type=Path, metavar="RULES_DIR", help="folder of the rule files")
    parser.add_argument("--check", action="store_true", help="compare each figure; write nothing")
    options = parser.parse_args(arguments)
    try:
        # Every file is made before the first is written: a broken CSV leaves the rules as they were.
        made = {name: make(options.data) for name, make in FILES.items()}
        return _check(options.data, options.rules, made) if options.check else _write(options.rules, made)
    except EhrpayError as error:
        print(error, file=sys.stderr)
        return error.code
    except OSError as error:
        print(f"{options.rules}: cannot be written: {error}", file=sys.stderr)
        return CANNOT_WRITE


def _write(rules: Path, made: Mapping[str, str]) -> int:
    for name, text in made.items():
        path = rules / name
        lost = _dates(path.read_text(encoding="utf-8")) - _dates(text) if path.is_file() else set()
        if lost:
            raise DataError(
                f"{name}: has {', '.join(sorted(lost))}, which the CSVs lack; they are older than the rules"
            )
    for name, text in made.items():
        path = rules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.encode()):,} bytes")
    return DONE


def _dates(text: str) -> set[str]:
    """The days and quarters that a rule file has values of."""
    return set(re.findall(r'(?:effective|quarter): "?(\d{4}[-\dQ]+)', text))


def _check(data: Path, rules: Path, made: Mapping[str, str]) -> int:
    """Compare the files with what would be written, then each of their figures with the CSVs."""
    stale = [name for name, text in made.items() if not _same(rules / name, text)]
    for name in stale:
        print(f"{name}: is not what the CSVs give; run without --check")
    wrong = 0
    for result in compare_cells(data, rules):
        print(f"{result.file}: {result.cells:,} cells compared, {len(result.wrong)} differ")
        for difference in result.wrong[:20]:
            print(f"  {difference}")
        wrong += len(result.wrong)
    return FINDINGS if stale or wrong else DONE


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


if __name__ == "__main__":
    sys.exit(main())

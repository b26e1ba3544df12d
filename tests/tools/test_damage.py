"""Downloads with bytes changed, cut or repeated: read, or refused with a sentence, and never a traceback."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.tools.older import ECI_QUARTER, EXCERPTS, GS_YEAR, OEWS_YEAR, PARITY_YEAR, ROOT
from tests.tools.shapes import rows_of, workbook

from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes with one to eight of them changed, a piece cut out or doubled, or the end missing."""
    chance = random.Random(seed)
    made = bytearray(data)
    start, length = chance.randrange(len(made)), chance.randrange(1, 400)
    match seed % 4:
        case 0:
            for _ in range(chance.randrange(1, 9)):
                made[chance.randrange(len(made))] = chance.randrange(256)
        case 1:
            del made[start : start + length]
        case 2:
            made[start:start] = made[start : start + length]
        case _:
            del made[start:]
    return bytes(made)


def readers(
    tool: Callable[[str], ModuleType], folder: Path
) -> dict[str, tuple[bytes, Callable[[bytes], object]]]:
    """By name: a whole download, and what reads one."""
    one = tool("_download").Download
    bea = [tool("_download").read(EXCERPTS / "bea" / f"{name}.csv") for name in ("MARPP", "PARPP")]
    rows = rows_of(EXCERPTS / f"all_data_M_{OEWS_YEAR}.xlsx")[:40]
    small = workbook(folder / "small.xlsx", rows, year=OEWS_YEAR).read_bytes()

    def parities(data: bytes) -> object:
        return tool("_bea").take_parities(
            ROOT / "rules", [one("SARPP.csv", data), *bea], PARITY_YEAR, PARITY_YEAR
        )

    return {
        "oews": (small, lambda data: tool("_oews_download").oews(one("m.xlsx", data), OEWS_YEAR)),
        "gs": (
            (EXCERPTS / "opm/GS.xml").read_bytes(),
            lambda data: tool("_opm").pay_table(one("GS.xml", data), GS_YEAR),
        ),
        "parities": ((EXCERPTS / "bea/SARPP.csv").read_bytes(), parities),
        "eci": (
            (EXCERPTS / "ci.data.1.AllData").read_bytes(),
            lambda data: tool("_eci").take_eci(ROOT / "rules", one("ci", data), ECI_QUARTER),
        ),
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["oews", "gs", "parities", "eci"])
def test_a_damaged_download_is_read_or_refused(
    tool: Callable[[str], ModuleType], tmp_path: Path, name: str
) -> None:
    whole, read = readers(tool, tmp_path)[name]
    read(whole)
    refused = 0
    for seed in range(120):
        try:
            read(damaged(whole, seed))
        except DataError:
            refused += 1
    assert refused > 40

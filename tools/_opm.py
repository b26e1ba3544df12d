"""OPM's salary tables: XML as its site gives them (`GS.xml`, `DEN.xml`), or a CSV of grades and steps."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from _download import columns, csv_lines
from ehrpay.errors import DataError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _download import Download

GRADES, STEPS = range(1, 16), range(1, 11)
_SPACE = "{http://schemas.datacontract.org/2004/07/PayTables.Business}"
_TITLE = re.compile(r"Salary Table (20\d\d)-(\w+)")
_PERCENT = re.compile(r"Locality Payment of (\S+)%")

Rates = tuple[tuple[int, ...], ...]


class PayTable(NamedTuple):
    """One table: OPM's code, its year (None where a CSV says none), rates by grade and step."""

    name: str
    code: str
    year: int | None
    rates: Rates
    description: str = ""
    area: str = ""
    cap: str = ""
    capped: tuple[tuple[bool, ...], ...] = ()


class _NoDoctype(ET.TreeBuilder):
    """Builds the tree; refuses a document type, the only place entities can be declared."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:  # noqa: ARG002 - expat's signature
        raise DataError("has a DOCTYPE, which no table of OPM's has")


def pay_table(download: Download, year: int) -> PayTable:
    """The file as a table of 15 grades and 10 steps. DataError if it isn't one, or is of another year."""
    is_xml = download.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    table = _from_xml(download) if is_xml else _from_csv(download)
    if table.year is not None and table.year != year:
        raise DataError(f"{download.name}: is the table of {table.year}, and --year says {year}")
    for grade, steps in enumerate(table.rates, start=1):
        capped = table.capped[grade - 1] if table.capped else (False,) * len(steps)
        if any(
            one > two or (one == two and not cap)
            for (one, two), cap in zip(pairwise(steps), capped[1:], strict=True)
        ):
            raise DataError(f"{download.name}: GS-{grade} does not rise from step to step: {steps}")
    return table


def _from_xml(download: Download) -> PayTable:
    try:
        root = ET.fromstring(download.data, ET.XMLParser(target=_NoDoctype()))  # noqa: S314 - a DOCTYPE is refused
    except DataError as error:
        raise DataError(f"{download.name}: {error}") from None
    except (ET.ParseError, ValueError, LookupError) as error:
        raise DataError(f"{download.name}: not XML: {error}") from error
    if root.tag != f"{_SPACE}PayTable":
        raise DataError(
            f"{download.name}: the shape changed: it begins with {shown(root.tag)} and not with a PayTable"
        )
    description = _inside(root, "Description", download)
    title = _TITLE.search(description)
    if title is None:
        raise DataError(f"{download.name}: the description names no salary table: {shown(description)}")
    cells = list(_steps(root, download))
    rates = _square(download, [(grade, step, rate) for grade, step, rate, _ in cells])
    flags = {(grade, step): flag for grade, step, _, flag in cells}
    return PayTable(
        download.name,
        _inside(root, "Abbreviation", download),
        int(title[1]),
        rates,
        description,
        (root.findtext(f"{_SPACE}LocalityPayArea") or "").strip(),
        (root.findtext(f"{_SPACE}SalaryCap") or "").strip(),
        tuple(tuple(flags[grade, step] for step in STEPS) for grade in GRADES),
    )


def _inside(node: ET.Element, name: str, download: Download) -> str:
    found = (node.findtext(f"{_SPACE}{name}") or "").strip()
    if not found:
        raise DataError(f"{download.name}: the shape changed: no {name} in {node.tag.removeprefix(_SPACE)}")
    return found


def _steps(root: ET.Element, download: Download) -> Iterable[tuple[int, int, int, bool]]:
    """Grade, step, rate, and whether the cap cut it."""
    for grade in root.iterfind(f"{_SPACE}Grades/{_SPACE}Grade"):
        number = _whole(_inside(grade, "Value", download), f"{download.name}: grade")
        for step in grade.iterfind(f"{_SPACE}Steps/{_SPACE}Step"):
            where = f"{download.name}: GS-{number}"
            place = _whole(_inside(step, "Value", download), f"{where}: step")
            rate = _whole(_inside(step, "Annual", download), f"{where} step {place}: annual rate")
            yield number, place, rate, _inside(step, "Statutory_Cap_Applies", download) == "true"


def _from_csv(download: Download) -> PayTable:
    """A CSV with a column a step (`Grade, Step 1 ... Step 10`) or a row a step (`grade, step, annual`)."""
    lines = csv_lines(download)
    start = next((i for i, line in enumerate(lines) if any(c.strip().upper() == "GRADE" for c in line)), None)
    if start is None:
        raise DataError(f"{download.name}: the shape changed: no column GRADE, and not XML")
    title = _TITLE.search(" ".join(cell for line in lines[:start] for cell in line))
    header, body = lines[start], [line for line in lines[start + 1 :] if any(cell.strip() for cell in line)]
    is_long = any(cell.strip().upper() == "ANNUAL" for cell in header)
    cells = _long(download, header, body) if is_long else _wide(download, header, body)
    year = int(title[1]) if title else None
    return PayTable(download.name, title[2] if title else "GS", year, _square(download, cells))


def _long(
    download: Download, header: Sequence[str], body: Iterable[Sequence[str]]
) -> list[tuple[int, int, int]]:
    at = columns(header, ("GRADE", "STEP", "ANNUAL"), download.name)
    return [
        tuple(_cell(line, at[name], name, download) for name in ("GRADE", "STEP", "ANNUAL"))  # type: ignore[misc]
        for line in body
    ]


def _wide(
    download: Download, header: Sequence[str], body: Iterable[Sequence[str]]
) -> list[tuple[int, int, int]]:
    named = [re.sub(r"(?i)^\s*step\s*", "", cell).strip() for cell in header]
    at = columns(named, ("GRADE", *map(str, STEPS)), download.name)
    return [
        (
            _cell(line, at["GRADE"], "GRADE", download),
            step,
            _cell(line, at[str(step)], f"step {step}", download),
        )
        for line in body
        for step in STEPS
    ]


def _cell(line: Sequence[str], index: int, name: str, download: Download) -> int:
    return _whole(line[index] if index < len(line) else "", f"{download.name}: {name}")


def _whole(text: str, where: str) -> int:
    plain = text.strip().removeprefix("GS-").removeprefix("$").replace(",", "")
    if not (plain.isascii() and plain.isdigit()):
        raise DataError(f"{where} must be a whole number, not {shown(text)}")
    return int(plain)


def _square(download: Download, cells: Sequence[tuple[int, int, int]]) -> Rates:
    """The cells as 15 grades of 10 steps, each there once."""
    found = {(grade, step): rate for grade, step, rate in cells}
    wanted = {(grade, step) for grade in GRADES for step in STEPS}
    if len(found) != len(cells) or set(found) != wanted:
        grades = len({grade for grade, _ in found})
        steps = len({step for _, step in found})
        raise DataError(
            f"{download.name}: must have grades 1 to 15 with steps 1 to 10, once each; it has {len(cells)} rates in "
            f"{grades} grades and {steps} steps"
        )
    return tuple(tuple(found[grade, step] for step in STEPS) for grade in GRADES)


def percent(table: PayTable) -> Decimal:
    """A locality table's percentage, two decimals. DataError if its description has none."""
    found = _PERCENT.search(table.description)
    if found is None:
        raise DataError(
            f"{table.name}: the description gives no `Locality Payment of ...%`: {shown(table.description)}"
        )
    if not re.fullmatch(r"\d{1,2}\.\d\d", found[1]):
        raise DataError(
            f"{table.name}: the locality payment must be a percentage with two decimals, not {shown(found[1])}"
        )
    return Decimal(found[1])

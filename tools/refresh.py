"""Put a publisher's newest download into the rule files, and show what changes and who moves.

    python tools/refresh.py oews all_data_M_2026.xlsx --year 2026
    python tools/refresh.py gs-locality folder-of-xml --year 2027
    python tools/refresh.py gs-base GS.xml --year 2027
    python tools/refresh.py parities SARPP.csv MARPP.csv PARPP.csv --year 2025
    python tools/refresh.py eci ci.data.1.AllData --quarter 2026Q2

New values go beside the old ones, which are never edited; the same download twice changes nothing. `--dry-run` writes
nothing, `--check` neither and exits with 1 if anything would change. The steps of a year are in docs/refresh.md.

Exit codes: 0 done, 1 --check found changes, 2 wrong use, 65 a download is unusable, 66 unreadable, 74 a rule file can't
be written, 78 the rules would be broken. Nothing is written unless all of it is.
"""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

import _bea
import _eci
import _oews_download
import _opm
import _take_gs
import _take_oews
from _ageing import BLS_SERIES
from _cite import FILE, Source, cite
from _download import read
from _stage import problems, put_in_place, read_rules
from ehrpay.clock import today
from ehrpay.errors import DONE, FINDINGS, DataError, EhrpayError, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from _download import Download

BLS, OPM, BEA = (
    "U.S. Bureau of Labor Statistics",
    "U.S. Office of Personnel Management",
    "U.S. Bureau of Economic Analysis",
)
_OPM_XML = (
    "https://www.opm.gov/policy-data-oversight/pay-leave/salaries-wages/salary-tables/xml/{year}/{name}.xml"
)
_BEA_URL = "https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area"
_ECI_URL = "https://download.bls.gov/pub/time.series/ci/"
_TABLE_BYTES = 5_000_000


class Taken(NamedTuple):
    """What a command made of a download: files by name, what to tell, their sources, the day they are in force from."""

    files: Mapping[str, str]
    told: list[str]
    sources: list[Source]
    effective: str


def oews(options: argparse.Namespace) -> Taken:
    """BLS OEWS: wages of May."""
    download, year = read(options.files[0]), options.year
    found = _oews_download.oews(download, year)
    made, told = _take_oews.take(options.rules, found, year)
    sources = []
    for kind, wages in found.wages.items():
        if wages:
            place = _take_oews.PLACES[kind]
            title = f"Occupational Employment and Wage Statistics, May {year}, {place.title}"
            like = rf"{place.source}-\d{{4}}"
            url, published = f"https://www.bls.gov/oes/{year}/may/oes_stru.htm", str(year + 1)
            cells = (f"{place.source}-{year}", title, BLS, options.url or url, published)
            sources.append(Source(*cells, options.retrieved, (download,), like))
    return Taken(made, told, sources, f"{year}-05-01")


def gs_base(options: argparse.Namespace) -> Taken:
    """OPM: the base table of the General Schedule, alone."""
    download, year = read(options.files[0], most=_TABLE_BYTES), options.year
    made, told = _take_gs.take_base(options.rules, _opm.pay_table(download, year), year)
    return Taken(made, told, [_base_source(options, download)], f"{year}-01-01")


def gs_locality(options: argparse.Namespace) -> Taken:
    """OPM: the locality tables of the General Schedule, and its base table if GS.xml is with them."""
    year = options.year
    downloads = [read(path, most=_TABLE_BYTES) for path in _files(options.files, ".xml")]
    tables = [_opm.pay_table(one, year) for one in downloads]
    bases = [(table, one) for table, one in zip(tables, downloads, strict=True) if not table.area]
    if len(bases) > 1:
        raise DataError(f"{bases[1][0].name}: a second table without an area, beside {bases[0][0].name}")
    files, told, sources = {}, [], []
    for table, download in bases:
        made, said = _take_gs.take_base(options.rules, table, year)
        files, told, sources = {**made}, [said[0]], [_base_source(options, download)]
    base = bases[0][0].rates if bases else _take_gs.held_base(options.rules, year)
    made, said = _take_gs.take_localities(
        options.rules, [table for table in tables if table.area], base, year
    )
    title, url = f"General Schedule locality pay tables {year}", _OPM_XML.format(year=year, name="RUS")
    cells = (f"opm-locality-{year}", title, OPM, options.url or url, str(year), options.retrieved)
    areas = [one for table, one in zip(tables, downloads, strict=True) if table.area]
    sources.append(Source(*cells, areas, r"opm-locality-\d{4}"))
    return Taken({**files, **made}, [*told, *said], sources, f"{year}-01-01")


def _base_source(options: argparse.Namespace, download: Download) -> Source:
    year = options.year
    title, url = f"Salary Table {year}-GS (General Schedule base pay)", _OPM_XML.format(year=year, name="GS")
    cells = (f"opm-gs-{year}", title, OPM, options.url or url, str(year), options.retrieved)
    return Source(*cells, (download,), r"opm-gs-\d{4}")


def parities(options: argparse.Namespace) -> Taken:
    """BEA: regional price parities."""
    downloads, year = [read(path, most=20 * _TABLE_BYTES) for path in options.files], options.year
    held = max(map(int, re.findall(r"- id: bea-rpp-(\d{4})\n", read_rules(options.rules, FILE))), default=0)
    made, told = _bea.take_parities(options.rules, downloads, year, held)
    title = f"Regional price parities {year}: states, metropolitan areas, nonmetropolitan portions"
    cells = (
        f"bea-rpp-{year}",
        title,
        BEA,
        options.url or _BEA_URL,
        _bea.updated(downloads[0]),
        options.retrieved,
    )
    if year > held:
        told += [
            f"by hand: {name} names bea-rpp-{held}" for name in _naming(f"bea-rpp-{held}", options.rules)
        ]
    return Taken(made, told, [Source(*cells, downloads, r"bea-rpp-\d{4}")], f"{year}-12-31")


def eci(options: argparse.Namespace) -> Taken:
    """BLS: the Employment Cost Index."""
    download, quarter = read(options.files[0]), options.quarter
    made, told = _eci.take_eci(options.rules, download, quarter)
    month = ("March", "June", "September", "December")[int(quarter[5]) - 1]
    title = f"Employment Cost Index, {month} {quarter[:4]}, series {BLS_SERIES}"
    cells = (_eci.source_id(quarter), title, BLS, options.url or _ECI_URL, quarter[:4], options.retrieved)
    return Taken(made, told, [Source(*cells, (download,), r"eci-\d{4}q\d")], _eci.beyond(quarter).effective)


def _files(paths: Iterable[Path], suffix: str) -> list[Path]:
    """The files named, and those with the suffix in folders named."""
    found: list[Path] = []
    for path in paths:
        try:
            found += (
                sorted(one for one in path.iterdir() if one.suffix.lower() == suffix)
                if path.is_dir()
                else [path]
            )
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    if not found:
        raise DataError(f"{', '.join(map(str, paths))}: no {suffix} file in it")
    return found


def _naming(text: str, rules: Path) -> list[str]:
    """The files of the project that name a source: an id outside the rule files is amended by hand."""
    top = Path(__file__).resolve().parents[1]
    places = [rules / "places" / "README.md", *sorted((top / "src").rglob("*.py"))]
    return [path.name for path in places if path.is_file() and text in path.read_text("utf-8")]


COMMANDS: Mapping[str, Callable[[argparse.Namespace], Taken]] = {
    "oews": oews,
    "gs-base": gs_base,
    "gs-locality": gs_locality,
    "parities": parities,
    "eci": eci,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Import one download; return the exit code."""
    options = make_parser().parse_args(arguments)
    try:
        taken = COMMANDS[options.command](options)
        text, told = read_rules(options.rules, FILE), taken.told
        for source in taken.sources:
            text, did = cite(text, source)
            told.append(did)
        print("\n".join(told))
        dry = options.dry_run or options.check
        # Next year's pay is out before it is in force: who moves is asked for the day it is.
        day = max(taken.effective, today())
        changed = put_in_place(options.rules, {FILE: text, **taken.files}, day, dry=dry)
    except EhrpayError as error:
        print(error, file=sys.stderr)
        return error.code
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        # Rules that were broken before: their own problems say more than where we stumbled.
        broken = problems(options.rules)
        if broken is None:
            raise
        print(broken, file=sys.stderr)
        return broken.code
    if changed:
        print(f"{'would change' if dry else 'written'}: {', '.join(changed)}")
    return FINDINGS if options.check and changed else DONE


def make_parser() -> argparse.ArgumentParser:
    """The command line: one command a download."""
    parser = argparse.ArgumentParser(description="Put a publisher's newest download into the rule files.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, run in COMMANDS.items():
        one = commands.add_parser(name, help=run.__doc__, description=run.__doc__)
        files = _SEVERAL.get(name, "the publisher's file")
        nargs = "+" if name in _SEVERAL else 1
        one.add_argument("files", type=Path, nargs=nargs, metavar="DOWNLOAD", help=files)
        if name == "eci":
            newest = "the newest quarter in the download, such as 2026Q2"
            one.add_argument("--quarter", required=True, type=_quarter, help=newest)
        else:
            year = "the year of the figures, such as 2026; a download of another year is refused"
            one.add_argument("--year", required=True, type=_year, help=year)
        one.add_argument("--rules", type=Path, default=Path("rules"), help="folder of the rule files (rules)")
        day = "the day of the download, if not today"
        one.add_argument("--retrieved", type=_day, default=today(), metavar="YYYY-MM-DD", help=day)
        one.add_argument("--url", help="where the download came from, if not the usual address")
        one.add_argument("--dry-run", action="store_true", help="show what would change; write nothing")
        one.add_argument("--check", action="store_true", help="likewise, and exit with 1 if anything would")
    return parser


_SEVERAL = {
    "gs-locality": "OPM's XML files, or a folder of them",
    "parities": "BEA's three CSV files of one release",
}


def _year(text: str) -> int:
    if not re.fullmatch(r"20\d\d", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a year like 2027")
    return int(text)


def _quarter(text: str) -> str:
    if not re.fullmatch(r"20\d\dQ[1-4]", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a quarter like 2026Q2")
    return text


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date like 2027-01-15") from None


if __name__ == "__main__":
    sys.exit(main())

"""The rows of CSV, TSV and JSON Lines, one after the other in little memory, each with the number of its line."""

from __future__ import annotations

import codecs
import csv
import json
from itertools import chain
from math import isinf
from typing import IO, TYPE_CHECKING, Any, NoReturn, Protocol, cast

from ehrpay.csv_lines import ragged
from ehrpay.errors import DataError, UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.batch.files.source import Input

DELIMITERS = {"csv": ",", "tsv": "\t"}
MOST_CELL = 1_000_000
"""Characters in a cell."""

MOST_LINE = 64 * 2**20
"""Bytes in a line."""


class Line(NamedTuple):
    """A row: the number of its line, its cells as text, what is wrong with the row as such, and its own text.

    `text` is that of a JSON object, None for CSV.
    """

    number: int
    cells: Sequence[str]
    wrong: str = ""
    text: str | None = None


class Rows(NamedTuple):
    """The names of a file's columns, the number of the header's line, and its rows."""

    names: list[str]
    first: int
    rows: Iterator[Line]


def read(source: Input, file: IO[bytes], encoding: str) -> Rows:
    """A file's columns and rows. DataError (65) for bytes that aren't what the format says."""
    if source.format == "jsonl":
        return _json_rows(source, file)
    return _csv_rows(source, file, encoding)


def encoding_of(name: str) -> str:
    """The encoding of a name; UsageError for an unknown one, and for one whose line ends are not those of ASCII."""
    marks = 'a,"\t\r\n'
    try:
        found = codecs.lookup(name).name
        fits = marks.encode("ascii").decode(found) == marks
    except (LookupError, ValueError):
        msg = f"unknown encoding {shown(name)}; use utf-8, or the one the file was saved with, such as cp1252"
        raise UsageError(msg, field="encoding") from None
    if not fits:
        msg = f"can't read {shown(name)}; save the file as UTF-8 ('CSV UTF-8' in Excel)"
        raise UsageError(msg, field="encoding")
    return found


class ByLine(Protocol):
    """What bytes are read from, a line at a time."""

    def readline(self, most: int, /) -> bytes:
        """The next line with its end, or so many bytes of it; none at the end."""


def _text(source: Input, file: ByLine, encoding: str, before: int = 0) -> Iterator[str]:
    """The lines of a file with their ends, as text; DataError with the line and column of the first bad byte."""
    for number, line in enumerate(iter(lambda: file.readline(MOST_LINE), b""), before + 1):
        if len(line) == MOST_LINE:
            msg = f"{source.name}:{number}: the line is longer than {MOST_LINE:,} bytes; this is not a roster"
            raise DataError(msg)
        try:
            text = line.decode("utf-8-sig" if number == 1 and encoding == "utf-8" else encoding)
        except UnicodeDecodeError as error:
            hint = "save it as UTF-8, or try --encoding cp1252"
            if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                hint = "it is UTF-16; save it as UTF-8 ('CSV UTF-8' in Excel)"
            byte = line[error.start]
            msg = f"{source.name}:{number}: not {encoding.upper()} at column {error.start + 1} (0x{byte:02x}); {hint}"
            raise DataError(msg) from error
        if "\0" in text:
            msg = f"{source.name}:{number}: a NUL character at column {text.index(chr(0)) + 1}; this is not a text file"
            raise DataError(msg)
        yield text


def _csv_rows(source: Input, file: IO[bytes], encoding: str) -> Rows:
    numbered = _numbered(source, _text(source, file, encoding))
    first, names = next(numbered, (0, []))
    if not first:
        raise DataError(f"{shown(source.name)} is empty; it needs a header line, then a row for each person")
    return Rows(names, first, _checked(numbered, len(names)))


def block_rows(source: Input, file: ByLine, width: int, before: int) -> Iterator[Line]:
    """The rows from somewhere in the middle of a CSV file on; a row is read only once it is asked for."""
    return _checked(_numbered(source, _text(source, file, "utf-8", before), before), width)


def _checked(numbered: Iterable[tuple[int, list[str]]], width: int) -> Iterator[Line]:
    for number, cells in numbered:
        wrong = "" if len(cells) == width else ragged(len(cells), width)
        yield Line(number, cells, wrong)


def _numbered(source: Input, texts: Iterable[str], before: int = 0) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the number of its first line; `before` is how many lines came before."""
    csv.field_size_limit(MOST_CELL)
    reader = csv.reader(texts, delimiter=DELIMITERS[source.format], strict=True)
    begins = before + 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                yield begins, cells
            begins = before + reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"{source.name}:{begins}: {_csv_sentence(str(error))}") from error


def _csv_sentence(error: str) -> str:
    if "field larger" in error:
        return f"a cell is longer than {MOST_CELL:,} characters; is a quote opened here and never closed?"
    if "end of data" in error:
        return "a quote opened here never closes"
    if "new-line" in error:
        return "a carriage return ends the line without a line feed; save the file with Windows or Unix line ends"
    return f"not valid CSV: {error} (is a quote opened here and never closed?)"


def _json_rows(source: Input, file: IO[bytes]) -> Rows:
    lines = enumerate(_text(source, file, "utf-8"), 1)
    for number, text in lines:
        if text.strip():
            values = _object(source, number, text)
            if isinstance(values, str):
                raise DataError(f"{source.name}:{number}: {values}; the first line names the columns")
            names = list(values)
            rows = chain([_json_line(names, number, values, text.strip())], _json_lines(source, names, lines))
            return Rows(names, number - 1, rows)
    raise DataError(f"{shown(source.name)} is empty; it needs a JSON object a line")


def json_lines(source: Input, file: ByLine, names: list[str], before: int) -> Iterator[Line]:
    """The rows from somewhere in the middle of a JSON Lines file on; a row is read only once it is asked for."""
    return _json_lines(source, names, enumerate(_text(source, file, "utf-8", before), before + 1))


def _json_lines(source: Input, names: list[str], lines: Iterable[tuple[int, str]]) -> Iterator[Line]:
    for number, line in lines:
        if text := line.strip():
            values = _object(source, number, line)
            if isinstance(values, str):
                yield Line(number, [text], values)
            else:
                yield _json_line(names, number, values, text)


def _json_line(names: list[str], number: int, values: dict[str, Any], text: str) -> Line:
    cells = [_cell(values.get(name)) for name in names]
    known = set(names)
    more = {name: value for name, value in values.items() if name not in known}
    if not more and None not in cells:
        return Line(number, cast("list[str]", cells), "", text)
    texts = [_json(values[name]) if cell is None else cell for name, cell in zip(names, cells, strict=True)]
    if more:
        wrong = f"the first line has no {' or '.join(map(shown, more))}; give every line the same names"
        return Line(number, [*texts, _json(more)], wrong, text)
    return Line(number, texts, f"{shown(names[cells.index(None)])} holds an object; write a text", text)


def _object(source: Input, number: int, text: str) -> dict[str, Any] | str:
    """The object on a line, or what is wrong with the line. DataError for numbers that JSON does not have."""
    try:
        values = json.loads(
            text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_without_twins
        )
        if "\\u" in text:
            _json(values).encode()
    except json.JSONDecodeError as error:
        return f"not valid JSON at column {error.colno}"
    except _ConstantError as error:
        raise DataError(f"{source.name}:{number}: {error} is not JSON") from error
    except RecursionError as error:
        raise DataError(f"{source.name}:{number}: JSON is nested too deep") from error
    except _ObjectError as error:
        return str(error)
    except UnicodeEncodeError as error:
        return f"{shown(error.object[error.start])} is half a character and no text"
    except ValueError:
        return "a number has too many digits"
    return values if isinstance(values, dict) else "not a JSON object"


class _ConstantError(ValueError):
    pass


class _ObjectError(ValueError):
    pass


def _no_constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def _finite(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise _ObjectError(f"{shown(text)} is too large a number")
    return value


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        raise _ObjectError(f"{shown(next(name for name in names if names.count(name) > 1))} appears twice")
    return values


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cell(value: Any) -> str | None:
    """A JSON value as a cell has it; None for an object."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        cells = [_cell(one) for one in value]
        return None if None in cells else ";".join(map(str, cells))
    return None

"""Hostile rule files: shipped ones with bytes, lines and values changed, and YAML made from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay import shipped
from ehrpay.rules import folder

if TYPE_CHECKING:
    from random import Random

    from ehrpay.rules.folder import File

WHOLE = 6_000
"""Bytes of a shipped file that is used whole; of a longer one, its head and a stretch of lines."""

TOKENS = (
    b"&a", b"*a", b"<<: *a", b"!!python/object/apply:os.system [id]", b"!!bool ", b"!x ", b"\t", b"\x00",
    b"\x1b[2J", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x80\xae", b"---\n", b"...\n", b"%YAML 1.1\n", b"? ", b"- ",
    b": ", b", ", b"{", b"}", b"[", b"]", b"|", b">", b"|9", b"'", b'"', b"#", b"@", b"`", b"\n", b"\r", b"\n\n  ",
    b"\xc2\x85", b"0675", b"NO", b"on", b"~", b"null", b"7:30", b"1_0", b"0x1f", b"1e5", b".inf", b".nan", b"-5",
    b"+5", b"9" * 5_000, b"1e400", b"0.1" * 9, b"2026-02-30", b"2026-01-01", b"true", b"''", b"{}", b"[]",
    b"[[[[[[[[", b"[" * 2_000, b"{a: " * 500, b"- " * 300, b"x" * 3_000, "\u0645\u0661".encode(), b"\\x00",
    b'"\\u202e"', b'"\\U0010ffff"', b"=", b"<<", b"ids: ", b"values:\n",
)  # fmt: skip
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"99999999",
    b"0.0001",
    b"1.00001",
    b"100000000000000000000",
    b"5",
    b"60",
    b"2026",
)


def shipped_files() -> list[File]:
    """Every rule file that ships."""
    return folder.files(shipped.folder())


def hostile(rng: Random, files: list[File]) -> tuple[str, bytes]:
    """One file: the path of a shipped one, and bytes nobody would write on purpose."""
    file = rng.choice(files)
    if rng.random() < 0.1:
        return file.path, generated(rng, 0).encode("utf-8", "surrogatepass")
    data = bytearray(_part(rng, file.data))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        rng.choice(MUTATIONS)(rng, data)
    return file.path, bytes(data)


def _part(rng: Random, data: bytes) -> bytes:
    if len(data) <= WHOLE:
        return data
    lines = data.splitlines(keepends=True)
    head = rng.randrange(5, 40)
    start = rng.randrange(head, len(lines))
    return b"".join(lines[:head] + lines[start : start + rng.randrange(60)])


def _flip(rng: Random, data: bytearray) -> None:
    if data:
        data[rng.randrange(len(data))] = rng.randrange(256)


def _insert(rng: Random, data: bytearray) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(TOKENS)


def _cut(rng: Random, data: bytearray) -> None:
    start = rng.randrange(len(data) + 1)
    del data[start : start + rng.choice((1, 1, 4, 40, 4_000))]


def _double(rng: Random, data: bytearray) -> None:
    start = rng.randrange(len(data) + 1)
    part = data[start : start + rng.choice((4, 40, 400))]
    data[start:start] = part * rng.choice((1, 1, 2, 30))


def _lines(rng: Random, data: bytearray) -> None:
    lines = bytes(data).splitlines(keepends=True)
    if len(lines) > 1:
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        lines[a], lines[b] = rng.choice(
            ((lines[b], lines[a]), (lines[a] + lines[b], b""), (b" " + lines[a], lines[b]))
        )
        data[:] = b"".join(lines)


def _value(rng: Random, data: bytearray) -> None:
    """Another value after a key: a token, a number, or one from elsewhere in the file."""
    starts = [at + 2 for at in range(len(data) - 1) if data[at : at + 2] == b": "]
    if starts:
        at = rng.choice(starts)
        end = data.find(b"\n", at)
        data[at : end if end >= 0 else len(data)] = rng.choice((*TOKENS[-24:], *NUMBERS))


def _digit(rng: Random, data: bytearray) -> None:
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if places:
        data[rng.choice(places)] = 48 + rng.randrange(10)


MUTATIONS = (_flip, _insert, _cut, _double, _lines, _value, _value, _digit, _digit)


def generated(rng: Random, depth: int) -> str:
    """YAML-like text of any depth and odd scalars."""
    kind = rng.random()
    if depth > rng.choice((2, 4, 60)) or kind < 0.4:
        return rng.choice(SCALARS) if rng.random() < 0.8 else _letters(rng)
    items = [generated(rng, depth + 1) for _ in range(rng.randrange(4))]
    pad = "\n" + " " * (2 * depth)
    if kind < 0.6:
        return "[" + ", ".join(items) + "]"
    if kind < 0.75:
        return "".join(f"{pad}- {item}" for item in items)
    if kind < 0.85:
        return "{" + ", ".join(f"{rng.choice(KEYS)}: {item}" for item in items) + "}"
    return "".join(f"{pad}{rng.choice(KEYS)}: {item}" for item in items)


def _letters(rng: Random) -> str:
    reaches = (0x7F, 0x2500, 0x10FFFF)
    return "".join(chr(rng.randrange(32, rng.choice(reaches))) for _ in range(rng.randrange(12)))


SCALARS = (
    *(token.decode("utf-8", "replace") for token in TOKENS if len(token) < 60),
    *(n.decode() for n in NUMBERS),
)
KEYS = (
    "adjustment", "levels", "id", "values", "effective", "factor", "low", "high", "basis", "sources", "agency",
    "bands", "name", "aliases", "tables", "rows", "kind", "title", "points", "ranks", "exclusions", "plan", "steps",
    "note", "", "a",
)  # fmt: skip

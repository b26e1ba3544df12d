"""What a user keeps in `config.toml` of their configuration folder: the text of the file, read strictly."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

from ehrpay.errors import RulesError, shown, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NO_CONFIG = "EHRPAY_NO_CONFIG"
"""The variable that leaves out the file and the overlay of the configuration folder."""
NAME = "config.toml"
RULES = ("as_of", "overlays")
"""What may stand under `[rules]`."""
SEVERAL = ("overlays", "certs", "ehr")
"""Settings that take a list."""


class Setting(NamedTuple):
    """A setting: its value as one types it, a text or a list of texts, and where it stands as `file:line`."""

    value: Any
    where: str


def folder() -> str:
    """The user's configuration folder, whether it is there or not; empty where there is none or none is wanted."""
    return "" if os.environ.get(NO_CONFIG) else own_folder("config")


def own_folder(kind: str) -> str:
    """The user's folder for ehrpay, by its kind: `config` or `cache`; empty where there is no home."""
    if sys.platform.startswith(("win", "darwin")):
        import platformdirs

        return str(getattr(platformdirs, f"user_{kind}_dir")("ehrpay", appauthor=False))
    # The same answer on Linux without an import that costs a tenth of the whole run. A relative path has no effect.
    base = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    if not base.startswith("/"):
        base = os.environ.get("HOME", "") and f"{os.environ['HOME']}/.{kind}"
    return f"{base}/ehrpay" if base.startswith("/") else ""


def settings(me: Iterable[str]) -> Mapping[str, Setting]:
    """Every setting of the file by its name, those of a person by the names they may have; none without a file.

    RulesError names the file, the line and the nearest name.
    """
    own = folder()
    if not own:
        return {}
    path = f"{own}/{NAME}"
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - on every run's way
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise RulesError(f"{shown(path)} can't be read: {error.strerror}") from error
    return _read(path, data, {"me": tuple(me), "rules": RULES})


def _read(path: str, data: bytes, known: Mapping[str, tuple[str, ...]]) -> dict[str, Setting]:
    import tomllib

    try:
        text = data.decode()
        tables = tomllib.loads(text)
    except ValueError as error:  # of TOML, with its line, or of the encoding
        raise RulesError(f"{path}: {error}") from error
    found = {}
    for table, names in tables.items():
        if table not in known or not isinstance(names, dict):
            raise _refused(path, _line(text, "", table), unknown("table", table, known))
        for name, value in names.items():
            line = _line(text, table, name)
            if name not in known[table]:
                raise _refused(path, line, unknown("setting", name, known[table]))
            found[name] = Setting(_value(path, line, name, value), f"{path}:{line}")
    return found


def _value(path: str, line: int, name: str, value: Any) -> Any:
    values = value if isinstance(value, list) and name in SEVERAL else [value]
    if any(isinstance(one, (bool, list, dict)) for one in values):
        kinds = "a text, a number or a list of them" if name in SEVERAL else "a text, a number or a date"
        raise _refused(path, line, f"{name} isn't {kinds}")
    texts = [str(one) for one in values]
    return (texts or ["none"]) if name in SEVERAL else texts[0]


def _line(text: str, table: str, name: str) -> int:
    """The line on which a name is set in a table, or a table begins; 1 where it is written in a rarer way."""
    inside, head = "", re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
    key = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
    for number, line in enumerate(text.splitlines(), 1):
        if found := head.match(line):
            inside = found[1].strip("\"'")
            if not table and inside == name:
                return number
        elif inside == table and key.match(line):
            return number
    return 1


def _refused(path: str, line: int, message: str) -> RulesError:
    return RulesError(f"{path}:{line}: {message}")

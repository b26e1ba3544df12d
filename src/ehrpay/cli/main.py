"""The entry point: a clean environment, lazily loaded commands, one handler that turns errors to exit codes."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from errno import ENAMETOOLONG
from typing import TYPE_CHECKING, Any

from ehrpay import errors, later
from ehrpay.config import NO_CONFIG
from ehrpay.errors import EhrpayError, UsageError
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

OBJECTS = 50_000
"""Allocations between garbage collections."""

BAD_WIDTHS = ("TERMINAL_WIDTH", "COLUMNS", "LINES")


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    # Start-up objects live until exit; scanning them for garbage costs 5 % of a run.
    gc.set_threshold(OBJECTS)
    _quiet_pipe()
    code = run(sys.argv[1:])
    # To take everything apart costs a twentieth of a run; who has something to do at the end imports `atexit` for it.
    if "atexit" in sys.modules or "concurrent.futures" in sys.modules:
        sys.exit(code)
    os._exit(code)


def run(args: Sequence[str]) -> int:
    """One invocation; returns the exit code once everything is written, and lets no exception of ours out."""
    _clean_environment()
    return _written_out(_outcome(args))


def _outcome(args: Sequence[str]) -> int:
    """Run a command line; every way out of it becomes an exit code."""
    try:
        _refuse_broken_text(args)
        return _invoke([clean(arg) for arg in args])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else errors.BUG
    except EhrpayError as error:
        return _fail(str(error), error.code)
    except KeyboardInterrupt:
        return _fail("interrupted", errors.INTERRUPTED)
    except Exception as error:
        refused = _refused_by_system(error) if isinstance(error, OSError) else None
        if refused is None and "EHRPAY_DEBUG" in os.environ:
            raise
        return _fail(*(refused or (_bug(error), errors.BUG)))


def _refused_by_system(error: OSError) -> tuple[str, int] | None:
    """The sentence and code of what is no bug: a stream that can't be written, a name that no file can have."""
    if error.filename is None:
        return _unwritten(error), errors.CANNOT_WRITE
    if error.errno == ENAMETOOLONG:
        return f"cannot read {errors.shown(error.filename)}: {error.strerror}", errors.NO_INPUT
    return None


def _bug(error: Exception) -> str:
    what = f"{type(error).__name__}: {clean(str(error))[:200]}"
    if isinstance(error, (ImportError, OSError)):
        return f"a part of ehrpay is missing or broken ({what}); install it again"
    return f"a bug in ehrpay ({what}); EHRPAY_DEBUG=1 shows where"


def _written_out(code: int) -> int:
    """The exit code once both streams hold nothing any more: 74 where one can't take what was written to it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except OSError as error:
                if code != errors.CANNOT_WRITE:
                    code = _fail(_unwritten(error), errors.CANNOT_WRITE)
                # What it still holds is lost: keep the interpreter from trying again at exit.
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


def _unwritten(error: OSError) -> str:
    return f"cannot write the output: {error.strerror or error}"


def _invoke(args: list[str]) -> int:
    words = args[: args.index("--")] if "--" in args else args
    if "--no-config" in words:
        os.environ[NO_CONFIG] = "1"
        args = [word for word in words if word != "--no-config"] + args[len(words) :]
    # Before any command is imported: it is what scripts ask first.
    if "--version" in args and set(args) <= {"--version", "--json"}:
        write(_version(whole="--json" in args))
        return errors.DONE
    later.put_off()
    from ehrpay.cli.app import app

    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    elif args[:1] == ["--install-completion"]:
        args = ["completion", *args[1:], "--install"]
    if args[:1] == ["--json"]:
        end = args.index("--") if "--" in args else len(args)
        args = [*args[1:end], "--json", *args[end:]]
    if sys.stdout is None and {"-h", "--help"} & {*args}:
        # Typer's help would go nowhere, in silence.
        write("")
    result: Any = app(args=args, prog_name=_program())
    return int(result or 0)


def _version(*, whole: bool) -> str:
    from ehrpay import __version__

    if not whole:
        return f"ehrpay {__version__}\n"
    import json

    from ehrpay.api.rulebooks import load_rulebook

    record = {"schema": "ehrpay/version/1", "version": __version__, "rules_version": load_rulebook().version}
    return json.dumps(record | {"python": sys.version.split()[0], "platform": sys.platform}, indent=2) + "\n"


def _program() -> str:
    return "python -m ehrpay" if sys.argv[0].endswith("__main__.py") else "ehrpay"


def write(text: str) -> None:
    """Results to standard output; a character its encoding lacks is shown as an escape."""
    if sys.stdout is None:
        raise errors.OutputError("cannot write the output: standard output is closed")
    sys.stdout.write(text)


def note(text: str) -> None:
    """Lines to standard error, unless that is closed."""
    if sys.stderr is not None:
        # What it can't take comes up again when it is flushed at the end.
        with suppress(OSError):
            sys.stderr.write(text)


def warn(text: str) -> None:
    """A warning to standard error."""
    note(f"ehrpay: warning: {clean(text)}\n")


def tell(text: str) -> None:
    """What was done, to standard error."""
    note(f"ehrpay: {clean(text)}\n")


def _fail(message: str, code: int) -> int:
    note(f"ehrpay: {message}\n")
    return code


def _refuse_broken_text(args: Sequence[str]) -> None:
    for arg in args:
        if any("\ud800" <= char <= "\udfff" for char in arg):
            raise UsageError(f"{errors.shown(arg)} is not valid UTF-8 text")


def _quiet_pipe() -> None:
    """When the reader of a pipe goes away (`| head`), end silently, as other filters do."""
    # `signal` itself makes enumerations of what nobody asks for here.
    import _signal as signal  # type: ignore[import-not-found]

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _clean_environment() -> None:
    for name in BAD_WIDTHS:
        if not os.environ.get(name, "1").isdigit():
            del os.environ[name]
    # In CI the help writer would put escape codes into pipes.
    os.environ.pop("GITHUB_ACTIONS", None)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

"""The `ehrpay` command and `python -m ehrpay`: from here on Ctrl-C ends the program at once, without a traceback."""

from __future__ import annotations

import os
import sys

# `signal` itself imports `enum`: a millisecond more in which Ctrl-C would be Python's.
from _signal import SIG_IGN, SIGINT, getsignal, signal  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130


def _stop(_signum: int, _frame: FrameType | None) -> None:
    """Leave now: an exception could come up anywhere, in an import or a destructor, and get lost or wrapped there."""
    try:
        if sys.stderr is not None:
            os.write(2, b"ehrpay: interrupted\n")
    finally:
        os._exit(INTERRUPTED)


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    # A shell lets programs in the background ignore it.
    if getsignal(SIGINT) != SIG_IGN:
        signal(SIGINT, _stop)
    from ehrpay.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()

"""Modules that stand in for others until they are used, and the way out of a run, in processes of their own."""

from __future__ import annotations

import subprocess
import sys

USED = """
import sys, threading
from ehrpay.later import SELDOM_USED, put_off
put_off()
import subprocess, tokenize
from lzma import LZMAFile
from tokenize import *
assert sys.modules["subprocess"] is subprocess and "PIPE" not in vars(subprocess)
found = []
threads = [threading.Thread(target=lambda: found.append(subprocess.PIPE)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert found == [-1] * 4, found
assert subprocess.Popen is sys.modules["subprocess"].Popen and sys.modules["subprocess"] is not subprocess
assert subprocess.run([sys.executable, "-c", "pass"]).returncode == 0
assert LZMAFile and generate_tokens and NAME == 1
put_off()
assert sys.modules["subprocess"].Popen is subprocess.Popen
"""

UNUSED = """
import sys
from ehrpay.cli.main import run
from ehrpay.later import SELDOM_USED
assert run(["estimate", "--years", "5", "--json"]) == 0
sys.stderr.write(" ".join(name for name in SELDOM_USED if "__file__" in vars(sys.modules[name])))
"""

AT_EXIT = """
import atexit, sys
atexit.register(print, "the end")
sys.argv = ["ehrpay", "estimate", "--years", "5", "--brief"]
from ehrpay.__main__ import main
main()
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_a_module_that_was_put_off_is_the_real_one_once_it_is_used() -> None:
    assert not run(USED).stderr


def test_an_estimate_uses_none_of_them_once_the_rules_are_compiled() -> None:
    run(UNUSED)
    assert not run(UNUSED).stderr


def test_what_is_registered_for_the_end_of_a_process_is_done() -> None:
    lines = run(AT_EXIT).stdout.splitlines()
    assert len(lines) == 2
    assert lines[-1] == "the end"

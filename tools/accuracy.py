"""Write docs/accuracy.md: how well the rules meet the observed pay that ships with them.

`python tools/accuracy.py` writes the page; a test compares it, so that a change of the rules that makes estimates
better or worse shows as a difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ehrpay.api.backtests import backtest
from ehrpay.api.rulebooks import load_rulebook
from ehrpay.domain.backtest.measures import Limits
from ehrpay.formats.backtest import Accuracy
from ehrpay.formats.writers import Screen, write
from ehrpay.observed.read import path, read

PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"
AS_OF = "2026-01-15"
WORST = 10

HEAD = """\
# Accuracy

How well do the estimates meet pay that people were really offered or paid? This page is the answer of

```sh
ehrpay backtest --as-of {as_of} --worst {worst} --format markdown
```

It is written by `python tools/accuracy.py`, and a test fails when the rules have changed and the page has not. Where
the rows are from, and what is doubtful about them, is in [rules/observed/README.md](../rules/observed/README.md).
The rows were looked at while the rules were made, so expect somewhat larger errors for employers that are not here.

"""


def page() -> str:
    """The whole page, by the shipped rules."""
    file = path()
    observed = read(file.name, file.read_bytes())
    view = Accuracy(backtest(observed, load_rulebook(AS_OF)), observed.name, WORST, Limits(), observed.unread)
    return HEAD.format(as_of=AS_OF, worst=WORST) + write(view, "markdown", Screen())


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

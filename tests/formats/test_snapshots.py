"""Every format as it looks: golden files that people read when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.formats import samples
from tests.formats.samples import Options, render

from ehrpay.domain.estimate.verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

CHARSETS = {"unicode": True, "ascii": False}


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("sample", samples.ALL)
def test_table(sample: str, width: int, charset: str, golden: Golden) -> None:
    options = Options(width=width, unicode=CHARSETS[charset])
    golden(
        f"{sample}-table-{width}-{charset}.txt",
        render(samples.ALL[sample](), "table", options),
    )


@pytest.mark.parametrize("suffix", ["plain.txt", "json.json", "csv.csv", "markdown.md"])
@pytest.mark.parametrize("sample", samples.ALL)
def test_a_format_for_machines_does_not_depend_on_the_screen(
    sample: str, suffix: str, golden: Golden
) -> None:
    name = suffix.partition(".")[0]
    for width in (40, 80, 120):
        for unicode in (True, False):
            options = Options(width=width, unicode=unicode, color=True, version="1.2.3")
            golden(f"{sample}-{suffix}", render(samples.ALL[sample](), name, options))


@pytest.mark.parametrize(("width", "charset"), [(20, "ascii"), (80, "unicode"), (120, "unicode")])
@pytest.mark.parametrize("sample", ["market", "grade"])
def test_explain(sample: str, width: int, charset: str, golden: Golden) -> None:
    options = Options(width=width, unicode=CHARSETS[charset], explain=True)
    text = render(samples.ALL[sample](), "table", options)
    golden(f"{sample}-explain-{width}-{charset}.txt", text)


@pytest.mark.parametrize("name", ["plain", "markdown"])
def test_explain_for_pipes(name: str, golden: Golden) -> None:
    golden(f"market-explain-{name}.txt", render(samples.market(), name, Options(explain=True)))


@pytest.mark.parametrize("period", ["month", "biweekly", "hour"])
@pytest.mark.parametrize("sample", ["market", "grade"])
def test_an_offer_by_period(sample: str, period: str, golden: Golden) -> None:
    estimate = samples.ALL[sample]()
    options = Options(period=period, offer=verdict(61_000_00, estimate))
    golden(f"{sample}-offer-{period}.txt", render(estimate, "table", options))
    brief = samples.view(estimate, options).brief()
    golden(f"{sample}-brief-{period}.txt", brief)


@pytest.mark.parametrize("sample", samples.ALL)
def test_brief(sample: str, golden: Golden) -> None:
    text = samples.view(samples.ALL[sample](), Options()).brief()
    assert text.count("\n") == 1
    golden(f"{sample}-brief.txt", text)

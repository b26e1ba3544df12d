"""The table at every width: nothing too wide, no amount cut, no text that acts, sums that add up."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from tests.each import each
from tests.examples import examples, some, swept
from tests.formats import samples
from tests.formats.samples import Options, render

from ehrpay.domain.estimate.result import PLUS, TIMES, Percentiles
from ehrpay.domain.estimate.verdict import verdict

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate

ANSI = re.compile(r"\x1b\[[0-9;]*m")
ACTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
FOLDED = re.compile(r"\d steps:")
"""Neighboring steps as one row, where a screen has no room for each."""

SHAPES = st.builds(
    Options,
    width=st.integers(20, 200),
    unicode=st.booleans(),
    explain=st.booleans(),
    period=st.sampled_from(["year", "month", "biweekly", "hour"]),
)


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    """An estimate with random text and amounts up to ten million, whose steps sum to its middle."""
    text = draw(st.text(max_size=40))
    label = draw(st.text(st.sampled_from("a \u6771e\u0301[/]1,0\U0001f469\u200d\u2695"), max_size=60))
    base = samples.Sample(
        "base", PLUS, draw(st.integers(1_000_00, 5_000_000_00)), label, sources=("oews",), where=text
    )
    factors = [
        samples.Sample(f"f{n}", TIMES, factor, f"{label} {n}", note=text, low=9_000, high=11_000)
        for n, factor in enumerate(draw(st.lists(st.integers(5_000, 14_000), max_size=4)))
    ]
    steps = samples.told([base, *factors])
    middle = steps[-1].total_cents // 100
    low, high = sorted((middle * draw(st.integers(20, 100)) // 100, middle))
    points = Percentiles(low // 2, low, middle, high, high + draw(st.integers(0, 4_000_000)))
    whole = samples.ALL[draw(st.sampled_from(sorted(samples.ALL)))]()
    return whole._replace(
        headline=text, steps=steps, percentiles=points, warnings=(label, text), sources=("oews",)
    )


def amounts(estimate: Estimate, options: Options) -> list[str]:
    """Every amount the plain format shows in a column of its own."""
    rows = [line.split("\t") for line in render(estimate, "plain", options).splitlines()]
    figures = [row[1] for row in rows if row[0] in ("p10", "low", "middle", "high", "p90")]
    if not options.explain and FOLDED.search(render(estimate, "table", options)):
        return figures
    steps = [cell for row in rows if row[0] == "step" for cell in row[2:4]]
    return figures + steps + [row[2] for row in rows if row[0] == "total"]


@examples(300)
@given(estimates(), SHAPES)
def test_any_text_and_amount_at_any_width(estimate: Estimate, options: Options) -> None:
    text = render(estimate, "table", options)
    assert not ACTING.search(text)
    assert text.endswith("\n")
    assert max(map(cell_len, text.splitlines())) <= options.width
    if not options.unicode:
        assert text.isascii()
    words = re.split(r"[\s$\u2500-\u25ff]+", text)
    for amount in amounts(estimate, options):
        assert amount in words


@examples(200)
@given(estimates(), SHAPES)
def test_plain_and_markdown_keep_their_shape(estimate: Estimate, options: Options) -> None:
    plain = render(estimate, "plain", options)
    assert not ACTING.search(plain.replace("\t", ""))
    lines = plain[:-1].split("\n")
    assert all("\t" in line for line in lines)
    assert all(line.count("\t") == 5 for line in lines if line.startswith("step\t"))
    assert "…" not in plain.replace(estimate.headline, "")
    markdown = render(estimate, "markdown", options)
    table = [line for line in markdown.split("\n") if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table} == {6}


@examples(200)
@given(estimates())
def test_the_changes_shown_add_up_to_the_middle_shown(estimate: Estimate) -> None:
    for explain in (False, True):
        plain = render(estimate, "plain", Options(explain=explain))
        rows = [line.split("\t") for line in plain.split("\n")]
        cents = [round(float(row[2].replace(",", "")) * 100) for row in rows if row[0] == "step"]
        assert sum(cents) == estimate.mid * 100


@each("width", swept([20, 40, 60, 80, 120]))
@each("sample", samples.ALL)
def test_colour_only_doubles_what_is_said(sample: str, width: int) -> None:
    options = Options(width=width, color=True)
    colored = render(samples.ALL[sample](), "table", options)
    bare = render(samples.ALL[sample](), "table", options._replace(color=False))
    assert "\x1b[" in colored
    assert "\x1b" not in bare
    assert [line.rstrip() for line in ANSI.sub("", colored).splitlines()] == bare.splitlines()


def test_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    colored, bare = Options(width=100, color=True), Options(width=100)
    before = [render(samples.market(), "table", options) for options in (colored, bare)]
    for name, value in {
        "NO_COLOR": "1",
        "FORCE_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": "33",
        "LINES": "x",
    }.items():
        monkeypatch.setenv(name, value)
        after = [render(samples.market(), "table", options) for options in (colored, bare)]
        assert after == before, name


@pytest.mark.parametrize("sample", samples.ALL)
@pytest.mark.parametrize("offer", [None, 1_000_00, 61_000_00, 9_000_000_00])
def test_the_bars_stay_in_their_width_wherever_the_offer_is(sample: str, offer: int | None) -> None:
    estimate = samples.ALL[sample]()
    for width in some(range(20, 130)):
        options = Options(width=width, offer=None if offer is None else verdict(offer, estimate))
        lines = render(estimate, "table", options).splitlines()
        pay = next(line for line in lines if line.startswith("pay "))
        assert pay.count("◆") == 1
        assert max(map(cell_len, lines)) <= width
        assert sum(line.startswith("offer ") for line in lines) == (offer is not None)


@pytest.mark.parametrize(("offer", "drawn"), [(1_000_00, "<"), (9_000_000_00, ">"), (70_000_00, "▲")])
def test_an_offer_far_off_does_not_squeeze_the_range(offer: int, drawn: str) -> None:
    estimate = samples.plainest()._replace(percentiles=Percentiles(60_000, 61_000, 62_000, 63_000, 64_000))
    options = Options(offer=verdict(offer, estimate))
    lines = render(estimate, "table", options).splitlines()
    bars = {line[:6].strip(): line[6:].strip() for line in lines}
    assert bars["offer"] == drawn
    assert len(bars["pay"]) > 20


@each(
    ("text", "cut"),
    [("fits", "fits"), ("two words", "two…"), ("incomprehensible", "incompr…"), ("to 1,234", "to 1,234"),
     ("at 1,234.50", "at…"), ("1,234,567.00", "…"), ("東京東京東京", "東京東…")],
)  # fmt: skip
def test_a_cut_leaves_whole_words_and_whole_numbers(text: str, cut: str) -> None:
    from ehrpay.formats.pen import Pen

    assert Pen(80, unicode=True, color=None).cut(text, 8) == cut


@pytest.mark.parametrize("sample", ["grade", "plainest"])
def test_a_common_answer_fits_one_screen(sample: str) -> None:
    assert len(render(samples.ALL[sample](), "table", Options()).splitlines()) <= 23


def test_what_was_not_said_is_hidden_until_asked_for() -> None:
    short = render(samples.plainest(), "table", Options())
    long = render(samples.plainest(), "table", Options(explain=True))
    assert "Degree not specified" not in short
    assert "Rounded" not in short
    assert "Degree not specified" in long
    assert "51,140.00 x 1.0449 = 53,436.19" in long
    assert "https://www.bls.gov/oes/" in long


@each("width", range(20, 140, 7))
def test_a_number_is_left_out_of_a_cut_sentence_rather_than_cut(width: int) -> None:
    numbers = " ".join(f"{n},{n:03}" for n in range(100, 130))
    estimate = samples.plainest()._replace(warnings=(numbers,))
    text = render(estimate, "table", Options(width=width))
    told = text[text.index("Warning") :].split("More:")[0].replace("…", " ").split()[1:]
    assert told == numbers.split()[: len(told)]


def test_only_a_table_loads_rich() -> None:
    script = (
        "import sys\n"
        "from tests.formats import samples\n"
        "from tests.formats.samples import Options, render\n"
        "for name in ('json', 'csv', 'plain', 'markdown'):\n"
        "    render(samples.market(), name, Options(explain=True))\n"
        "samples.view(samples.market()).brief()\n"
        "heavy = {'rich', 'pydantic', 'yaml', 'typer', 'decimal', 'unicodedata'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "render(samples.market(), 'table')\n"
        "print('rich' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "True"]


def test_json_and_csv_load_no_part_of_a_document() -> None:
    script = (
        "import sys\n"
        "from tests.formats import samples\n"
        "for name in ('json', 'csv'): samples.render(samples.market(), name)\n"
        "print('ehrpay.formats.document' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

"""What a roster's run shows on terminals of all kinds, and on a page: OUT-14 to OUT-23 of the list of bad input."""

from __future__ import annotations

import io
import json
import re
from contextlib import chdir, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING
from unittest.mock import patch

import polars as pl
import pytest
from tests.program import Ran, clean, ehrpay, environment

from ehrpay.batch.engines.rows import RowEngine
from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

GROUPS = ("Coding", "Release of information", "revenue_cycle_management_and_integrity")
NUMBER = re.compile(r"[0-9][0-9,]*")


class Screen(io.TextIOWrapper):
    """A terminal of an encoding."""

    def isatty(self) -> bool:
        return True


def on_screen(folder: Path, *args: str, encoding: str = "utf-8", **env: str) -> Ran:
    """A run whose standard error is a terminal; its clock goes on by a second at each look, so that progress shows."""
    shown = io.BytesIO(), io.BytesIO()
    out, err = (Screen(one, encoding) for one in shown)
    clock = iter(range(1_000_000))
    with (
        environment(clean(**env)),
        patch("ehrpay.cli.roster.console.time.monotonic", lambda: float(next(clock))),
        redirect_stdout(out),
        redirect_stderr(err),
        chdir(folder),
    ):
        code = run(["batch", *args])
        out.flush()
        err.flush()
    return Ran(code, *(one.getvalue().decode(encoding) for one in shown))


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """People of three groups with current pay."""
    rows = [f"coder,{45_000 + 997 * n},{GROUPS[n % 3]}" for n in range(36)]
    (tmp_path / "a.csv").write_text("role,pay,department\n" + "\n".join(rows) + "\n", "utf-8")
    return tmp_path


ASKED = ("a.csv", "-o", "-", "--by", "department")


def test_out_14_without_color_words_still_tell(roster: Path) -> None:
    ran = on_screen(roster, *ASKED, NO_COLOR="1")
    assert ran.returncode == 0
    assert not re.search(r"\x1b\[[0-9;]*m", ran.stdout + ran.stderr)
    assert "below low" in ran.stderr
    assert "above high" in ran.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_out_15_a_screen_without_our_characters_gets_others(encoding: str, roster: Path) -> None:
    ran = on_screen(roster, *ASKED, encoding=encoding)
    assert ran.returncode == 0
    assert "below low" in ran.stderr
    assert ran.stderr.isascii()


def test_out_16_no_amount_is_cut_on_a_narrow_screen(roster: Path) -> None:
    wide, narrow = (on_screen(roster, *ASKED, COLUMNS=size, TERM="dumb") for size in ("120", "30"))
    assert narrow.returncode == 0
    assert "…" not in narrow.stderr
    own = {word for word in NUMBER.findall(narrow.stderr) if len(word) > 3}
    assert own <= set(NUMBER.findall(wide.stderr))
    mean = json.loads(on_screen(roster, *ASKED, "--summary", "json", TERM="dumb").stderr)["middle"]["p50"]
    assert f"{mean:,}" in own
    assert max(map(len, narrow.stderr.splitlines())) <= 30


def test_out_18_a_dumb_terminal_sees_no_cursor_move_and_no_color(roster: Path) -> None:
    assert "\x1b[K" in on_screen(roster, *ASKED).stderr
    ran = on_screen(roster, *ASKED, TERM="dumb")
    assert ran.returncode == 0
    assert not set("\x1b\r") & set(ran.stdout + ran.stderr)


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_out_19_no_output_has_a_number_that_is_none(form: str, tmp_path: Path) -> None:
    nan, inf = float("nan"), float("inf")
    frame = pl.DataFrame({"role": ["coder"] * 3, "note": [nan, inf, 1.5], "pay": [50_000.0, 60_000.0, nan]})
    frame.write_parquet(tmp_path / "a.parquet")
    args = ("batch", "a.parquet", "-o", "-", "--to", form, "--summary", "json")
    ran = ehrpay(*args, env=clean(), cwd=tmp_path)
    assert ran.returncode == 1
    assert "a.parquet:3: pay: 'NaN' is not an amount" in ran.stderr

    def refused(word: str) -> None:
        pytest.fail(f"{word} in JSON")

    for line in ran.stdout.splitlines() if form == "jsonl" else ():
        json.loads(line, parse_constant=refused)
    json.loads(ran.stderr[ran.stderr.index("{") :], parse_constant=refused)
    assert len(ran.stdout.splitlines()) == 2 + (form == "csv")


def test_out_23_an_error_of_ours_is_one_line_without_values(
    roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        name = "Ann Lee"
        raise RuntimeError(len(name))

    monkeypatch.setattr(RowEngine, "__call__", broken)
    ran = ehrpay("batch", "a.csv", "-o", "p.csv", "--engine", "rows", env=clean(), cwd=roster)
    assert (ran.returncode, ran.stdout) == (70, "")
    assert len(ran.stderr.splitlines()) == 1
    assert "a bug in ehrpay (RuntimeError: 7); EHRPAY_DEBUG=1 shows where" in ran.stderr
    assert "Ann Lee" not in ran.stderr
    assert sorted(path.name for path in roster.iterdir()) == ["a.csv"]


def test_a_page_has_the_interval_under_its_group(roster: Path) -> None:
    ran = on_screen(roster, *ASKED, "--report", "a.html", COLUMNS="100", TERM="dumb")
    page = (roster / "a.html").read_text("utf-8")
    table = page[page.index("Gaps by department") :].split("</table>")[0]
    assert table.count('<tr class="under">') == 3
    assert max(row.count("<t") for row in re.findall(r"<tr>(.*?)</tr>", table)) == 5
    intervals = re.findall(r"95 % interval: ([^<]+)<", table)
    assert all(interval in ran.stderr for interval in intervals)
    assert 'class="long">revenue_cycle' in table


def test_a_page_says_whole_sentences_and_reads_its_figures_out(roster: Path) -> None:
    ran = on_screen(roster, *ASKED, "--report", "a.html", COLUMNS="100", TERM="dumb")
    page = (roster / "a.html").read_text("utf-8")
    (answer,) = re.findall(r"<p><strong>(.*?)</strong></p>", page)
    middle, groups = re.findall(r"<desc [^>]*>(.*?)</desc>", page)
    shown = dict(re.findall(r"<dt>(P\d+)</dt><dd>([\d,]+)</dd>", page))
    assert "36 of 36 rows priced. The middle of their ranges is $" in answer
    assert answer.endswith(" a year.")
    assert middle.startswith("Middles of all rows: ")
    assert all(f"{name} {amount}" in middle for name, amount in shown.items())
    assert groups.count(": ") == 3
    assert "The middle of their ranges is $" in ran.stderr


def test_a_page_has_counts_of_rows_and_current_pay_each_under_its_heading(roster: Path) -> None:
    on_screen(roster, *ASKED, "--report", "a.html", COLUMNS="100", TERM="dumb")
    page = (roster / "a.html").read_text("utf-8")
    under = dict(re.findall(r"<h2[^>]*>([^<]+)</h2>\s*<dl class=\"facts\">(.*?)</dl>", page, re.DOTALL))
    assert re.findall("<dt>(.*?)</dt>", under["Rows"]) == ["Columns", "Methods", "Confidence"]
    assert re.findall("<dt>(.*?)</dt>", under["Current pay"]) == ["Current pay", "Out of band", "Cost a year"]


def test_bars_of_groups_begin_at_zero(roster: Path) -> None:
    on_screen(roster, *ASKED, "--report", "a.html", COLUMNS="100", TERM="dumb")
    page = (roster / "a.html").read_text("utf-8")
    chart = page[page.index("Mean pay by department") :].split("</svg>")[0]
    widths = [float(width) for width in re.findall(r'<rect class="part1"[^>]* width="([\d.]+)%"', chart)]
    pays = [int(pay.replace(",", "")) for pay in re.findall(r'<text class="amount"[^>]*>([\d,]+)<', chart)]
    assert len(widths) == len(pays) == 3
    assert [round(width / widths[0], 3) for width in widths] == [round(pay / pays[0], 3) for pay in pays]


@pytest.mark.parametrize(("priced", "said"), [(0, "0 of 1 row priced; 1 could not be"), (2, "P10 to P90")])
def test_a_page_of_few_rows_is_whole(priced: int, said: str, tmp_path: Path) -> None:
    rows = ["coder", "him-director"][:priced] or ["codr"]
    (tmp_path / "a.csv").write_text("role,note\n" + "".join(f"{role},x\n" for role in rows), "utf-8")
    on_screen(tmp_path, "a.csv", "-o", "b.csv", "--report", "a.html")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert said in page
    assert ("<svg" in page) == bool(priced)

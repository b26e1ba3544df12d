"""Results in Python: what the command prints as JSON and CSV, a sentence for the prompt, a page for a notebook."""

from __future__ import annotations

import json
import pickle
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.program import clean, ehrpay

from ehrpay import Profile, Rulebook, compare, estimate, ladder, whatif

if TYPE_CHECKING:
    from collections.abc import Callable

ME = Profile(role="coder", years=5, certs="rhit", location="Denver, CO")
OPTIONS = ("--role", "coder", "--years", "5", "--cert", "rhit", "--location", "Denver, CO")
OFFERS = ("VA GS-9/1 Denver", "Mercy 66,500 Boise; leave=20")
RESULTS: dict[str, tuple[Callable[[Rulebook], Any], tuple[str, ...]]] = {
    "estimate": (lambda book: estimate(ME, book), ("estimate", *OPTIONS)),
    "offer": (lambda book: estimate(ME, book, offer=52000), ("estimate", *OPTIONS, "--offer", "52000")),
    "grade": (
        lambda book: estimate(Profile(agency="va", grade=8, step=3, certs=()), book),
        ("estimate", "--agency", "va", "--grade", "8", "--step", "3", "--cert", "none"),
    ),
    "ladder": (lambda book: ladder(ME, book, horizon=3), ("ladder", *OPTIONS, "--horizon", "3")),
    "whatif": (
        lambda book: whatif(ME, book, only="certs,move", to="Boise, ID"),
        ("whatif", *OPTIONS, "--only", "certs,move", "--to", "Boise, ID"),
    ),
    "compare": (
        lambda book: compare(OFFERS, book, person=Profile(role="coder"), home="Boise", years=3),
        ("compare", *(f"--offer={text}" for text in OFFERS), "--role", "coder", "--home", "Boise", "--years", "3"),
    ),
}  # fmt: skip
each = pytest.mark.parametrize(("made", "command"), RESULTS.values(), ids=RESULTS)


@each
def test_the_dictionary_is_the_json_of_the_command(
    made: Callable[[Rulebook], Any], command: tuple[str, ...], book: Rulebook
) -> None:
    printed = ehrpay(*command, "--json", env=clean())
    assert made(book).to_dict() == json.loads(printed.stdout), printed.stderr


@each
def test_the_rows_have_the_columns_and_numbers_of_the_csv(
    made: Callable[[Rulebook], Any], command: tuple[str, ...], book: Rulebook
) -> None:
    printed = ehrpay(*command, "--format", "csv", env=clean()).stdout
    rows = made(book).rows()
    assert ",".join(rows[0]) == printed.partition("\n")[0]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    assert frame.height == len(rows)
    assert frame["mid" if "mid" in frame.columns else "package"].dtype == pl.Int64


@each
def test_the_prompt_shows_one_sentence_with_dollars(
    made: Callable[[Rulebook], Any], command: tuple[str, ...], book: Rulebook
) -> None:
    shown = repr(made(book))
    assert "\n" not in shown
    assert re.match(r"<[A-Z]\w+: .*\$\d\d,\d{3}\b", shown), command


class Tags(HTMLParser):
    """The elements of a page that are open, and all that were."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - overrides
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@each
def test_a_notebook_gets_tables_without_script_or_style(
    made: Callable[[Rulebook], Any], command: tuple[str, ...], book: Rulebook
) -> None:
    tags = Tags()
    tags.feed(made(book)._repr_html_())
    assert not tags.open
    assert {"h2", "table"} <= tags.seen, command
    assert not {"script", "style", "html", "body", "svg", "iframe", "link"} & tags.seen


def test_what_a_user_typed_is_safe_in_a_notebook(book: Rulebook) -> None:
    page = compare([{"employer": "<script>x</script>", "base": 66500}], book)._repr_html_()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_result_is_still_the_tuple_that_it_was(book: Rulebook) -> None:
    """Fields by name and by place, equality, and copies to other processes."""
    answer = estimate(ME, book)
    assert answer == tuple(answer)
    assert answer.low < answer.mid == answer.percentiles.p50
    again = pickle.loads(pickle.dumps(answer))  # noqa: S301 - our own
    assert again == answer
    assert again.to_dict() == answer.to_dict()


def test_an_offer_is_judged_by_the_range(book: Rulebook) -> None:
    judged = estimate(ME, book, offer="29.50/h").verdict
    assert judged is not None
    assert judged.offer_cents == 29_50 * 2080
    assert estimate(ME, book).verdict is None


def test_the_best_change_named_is_not_a_job_of_another_occupation(book: Rulebook) -> None:
    shown = repr(whatif(ME, book))
    assert "this year: " in shown
    assert "Director" not in shown

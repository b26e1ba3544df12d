"""What callers hand over in Python: one credential is a text, and a wrong type gets a sentence."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from tests.each import each

import ehrpay
from ehrpay import (
    EhrpayError,
    Profile,
    Rulebook,
    UsageError,
    compare,
    errors,
    estimate,
    ladder,
    load_rulebook,
    whatif,
)
from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_several_credentials_are_a_tuple_or_a_list_for_a_type_checker_too() -> None:
    book = load_rulebook("2026-11-23")
    listed, tupled = Profile(certs=["rhit", "ccs"]), Profile(certs=("rhit", "ccs"))
    assert estimate(listed, book).mid == estimate(tupled, book).mid


def test_a_rulebook_is_its_day_version_and_overlays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "init", str(tmp_path / "mine")]) == 0
    capsys.readouterr()
    book = load_rulebook("2026-11-23", overlays=tmp_path / "mine")
    overlay = f"with Pay rules of Example Health ({(tmp_path / 'mine').as_posix()})"
    assert repr(book) == f"<Rulebook: rules of 2026-11-23, version {book.version}, {overlay}>"
    assert "with" not in repr(load_rulebook("2026-11-23"))


def test_every_public_name_is_listed_and_there() -> None:
    assert dir(ehrpay) == sorted(dir(ehrpay))
    assert set(ehrpay.__all__) < set(dir(ehrpay))
    for name in dir(ehrpay):
        assert getattr(ehrpay, name) is not None
    with pytest.raises(AttributeError, match="'ehrpay' has no attribute 'salary'"):
        ehrpay.__getattr__("salary")


def test_all_errors_are_there_under_one() -> None:
    names = {name for name in dir(ehrpay) if name.endswith("Error")}
    assert names == {name for name in vars(errors) if name.endswith("Error")}
    assert all(issubclass(getattr(ehrpay, name), EhrpayError) for name in names)


def test_rosters_come_without_polars_until_they_are_used() -> None:
    code = "import sys, ehrpay; ehrpay.batch; assert 'polars' not in sys.modules; ehrpay.batch.price"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("certs", [("rhit",), ["rhit"], {"rhit"}, "RHIT"])
def test_a_text_is_one_credential(certs: Any, book: Rulebook) -> None:
    assert estimate(Profile(certs=certs), book).profile.certs == ("rhit",)


def test_one_text_is_one_wherever_several_may_be_given(book: Rulebook) -> None:
    assert estimate(Profile(ehr="epic"), book).profile.ehr == ("epic",)
    assert whatif(Profile(), book, only="degree").rows() == whatif(Profile(), book, only=["degree"]).rows()
    one, several = (
        compare(given, book, assume=given_up) for given, given_up in ((WORDS, "none"), ([WORDS], ["none"]))
    )
    assert one.rows() == several.rows()


@each(
    ("field", "value", "sentence"),
    [
        ("certs", 5, "certs: expected a text, or several, each one credential, not '5' (an int)"),
        ("certs", [5], "certs: expected a text, or several, each one credential, not '5' (an int)"),
        ("role", 3, "role: expected a text, not '3' (an int)"),
        ("location", 2139, "location: expected a text, not '2139' (an int)"),
        ("years", [5], "years: expected a number or its text, not '[5]' (a list)"),
        ("years", True, "years: expected a number or its text, not 'True' (a bool)"),
        ("agency", b"va", "agency: expected a text, not 'b'va'' (a bytes)"),
    ],
)
def test_a_value_of_a_wrong_type_gets_a_sentence(
    field: str, value: Any, sentence: str, book: Rulebook
) -> None:
    with pytest.raises(UsageError) as caught:
        estimate(Profile().with_value(field, value), book)
    assert str(caught.value) == sentence
    assert caught.value.field == field


WORDS = "Mercy 66,500"
ANY: Any = object()
WRONG: dict[str, Callable[[Rulebook], Any]] = {
    "profile": lambda book: estimate(ANY, book),
    "book": lambda _: estimate(Profile(), ANY),
    "offer": lambda book: estimate(Profile(), book, offer=ANY),
    "method": lambda book: estimate(Profile(), book, method=ANY),
    "horizon": lambda book: ladder(Profile(), book, horizon=ANY),
    "only": lambda book: whatif(Profile(), book, only=ANY),
    "to": lambda book: whatif(Profile(), book, to=[ANY]),
    "offers": lambda book: compare([ANY], book),
    "home": lambda book: compare(WORDS, book, home=ANY),
    "sort": lambda book: compare(WORDS, book, sort=ANY),
    "weights": lambda book: compare(WORDS, book, weights=ANY),
    "assume": lambda book: compare(WORDS, book, assume=ANY),
    "as_of": lambda _: load_rulebook(as_of=ANY),
    "rules": lambda _: load_rulebook(rules=ANY),
    "overlays": lambda _: load_rulebook(overlays=ANY),
    "path": lambda book: ehrpay.read_offers(ANY, book),
}


@each(("field", "call"), WRONG.items())
def test_an_argument_of_a_wrong_type_gets_a_sentence(
    field: str, call: Callable[[Rulebook], Any], book: Rulebook
) -> None:
    with pytest.raises(UsageError) as caught:
        call(book)
    assert caught.value.field == field


def test_a_roster_takes_no_rules_but_a_rulebook() -> None:
    with pytest.raises(UsageError, match="book: expected a Rulebook"):
        ehrpay.batch.price(pl.DataFrame({"years": [5]}), ANY)


def test_a_day_may_be_a_date() -> None:
    assert load_rulebook(as_of=date(2026, 11, 23)).as_of == "2026-11-23"


def test_the_same_credential_twice_counts_once_with_a_note(book: Rulebook) -> None:
    """By whichever names it is given, and however often."""
    once = estimate(Profile(certs=("rhit", "ccs")), book)
    for certs in (("rhit", "ccs", "RHIT"), ("rhit, ccs,RHIT",)):
        found = estimate(Profile(certs=certs), book)
        assert found.warnings == (*once.warnings, "'rhit' and 'RHIT': the same credential twice counts once")
        assert found._replace(warnings=()) == once._replace(warnings=())
    assert "twice" not in " ".join(once.warnings)
    [note] = set(estimate(Profile(ehr=("epic",) * 3), book).warnings) - set(
        estimate(Profile(ehr="epic"), book).warnings
    )
    assert note == "'epic': the same EHR system twice counts once"

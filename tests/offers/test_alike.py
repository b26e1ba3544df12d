"""The same offers in any of the three forms are the same terms, each at its own line; who says what; long files."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.counting import calls
from tests.each import each
from tests.examples import examples
from tests.offers.reading import AGENCIES, EMPLOYERS, NOBODY, offers_in, values

from ehrpay.domain.profile import Profile
from ehrpay.errors import DataError
from ehrpay.offers.build import Employers
from ehrpay.offers.read import read

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parent / "files"

NAMES = st.text(st.characters(codec="utf-8", categories=("L", "N", "S", "P")), min_size=1, max_size=12).map(
    "Co {}".format
)
VALUES: dict[str, st.SearchStrategy[str]] = {
    "base": st.sampled_from(
        ["61000", "61,000", "$61,000", "61k", "29.50/h", "5,100/month", "2,300/biweekly"]
    ),
    "hours": st.sampled_from(["40", "37.5", "20"]),
    "bonus": st.sampled_from(["5 %", "2.5%", "3k", "none"]),
    "sign_on": st.sampled_from(["2,500", "10000"]),
    "match": st.sampled_from(["4 %", "50 % of 6 %", "100 % of 3 % + 50 % of 2 %", "none"]),
    "premium": st.sampled_from(["700/month", "8,400"]),
    "premium_share": st.sampled_from(["72 %", "72.5%"]),
    "leave": st.sampled_from(["15", "3 weeks", "104 h", "15 days"]),
    "location": st.sampled_from(["Boise, ID", "83702", "Denver"]),
    "role": st.sampled_from(["coder", "auditor"]),
    "certs": st.sampled_from(["rhia", "rhia;ccs", "none"]),
    "remote": st.sampled_from(["true", "false"]),
}
BASE = VALUES.pop("base")
OFFERS = st.lists(
    st.fixed_dictionaries({"employer": NAMES, "base": BASE}, optional=VALUES), min_size=1, max_size=4
)


def as_yaml(offers: list[dict[str, str]]) -> str:
    lines = [
        f"{'    ' if number else '  - '}{key}: {json.dumps(value, ensure_ascii=False)}"
        for offer in offers
        for number, (key, value) in enumerate(offer.items())
    ]
    return "\n".join(["offers:", *lines, ""])


def as_json(offers: list[dict[str, str]]) -> str:
    return json.dumps({"offers": offers}, indent=1)


def as_csv(offers: list[dict[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, ["employer", "base", *VALUES])
    writer.writeheader()
    writer.writerows(offers)
    return file.getvalue()


FORMS: dict[str, Callable[[list[dict[str, str]]], str]] = {"yaml": as_yaml, "json": as_json, "csv": as_csv}


@examples(150)
@given(OFFERS)
def test_three_forms_of_the_same_offers(offers: list[dict[str, str]]) -> None:
    found = [[values(one) for one in offers_in(write(offers), f"o.{kind}")] for kind, write in FORMS.items()]
    assert found[0] == found[1] == found[2]
    assert [one["name"] for one in found[0]] == [offer["employer"] for offer in offers]


@examples(150)
@given(OFFERS)
def test_every_value_is_in_the_line_named(offers: list[dict[str, str]]) -> None:
    lines = as_yaml(offers).split("\n")
    for offer, terms in zip(offers, offers_in("\n".join(lines), "o.yaml"), strict=True):
        for key in offer:
            line = int(terms.marks[key].rpartition(":")[2])
            assert f'{key}":' in lines[line - 1] or f"{key}: " in lines[line - 1]


@each(
    ("person", "offer", "caller", "field", "value"),
    [
        ("agency: va", "employer: Acme", NOBODY, "agency", "private"),
        ("agency: va", "employer: Acme", Profile(agency="va"), "agency", "private"),
        ("agency: va", "role: coder", NOBODY, "agency", "va"),
        ("grade: 9", "employer: Acme", NOBODY, "grade", None),
        ("grade: 9", "employer: VA", NOBODY, "grade", "9"),
        ("role: coder", "employer: Acme", Profile(grade=9, step=3), "grade", None),
        ("work: onsite", "{employer: Acme, remote: true}", NOBODY, "work", "remote"),
        ("remote: true", "{employer: Acme, work: onsite}", NOBODY, "work", "onsite"),
        ("remote: true", "{employer: Acme, remote: false}", NOBODY, "work", None),
        ("work: hybrid", "{employer: Acme, remote: false}", NOBODY, "work", "hybrid"),
        ("role: coder", "{employer: Acme, remote: false}", Profile(work="remote"), "work", None),
        ("role: coder", "{employer: Acme, remote: false}", Profile(work="hybrid"), "work", "hybrid"),
        ("role: coder", "{employer: Acme, ehr: 'epic; oracle health'}", NOBODY, "ehr", ("epic", "oracle health")),
        ("role: coder", "{employer: Acme, certs: rhia ccs}", NOBODY, "certs", ("rhia", "ccs")),
        ("role: coder", "{employer: Acme, certs: []}", Profile(certs=("rhia",)), "certs", ()),
    ],
)  # fmt: skip
def test_who_says_what(person: str, offer: str, caller: Profile, field: str, value: object) -> None:
    offer = offer.strip("{}")
    found = offers_in(f"person: {{{person}}}\noffers:\n  - {{{offer}, base: 61000}}\n", person=caller)
    assert getattr(found[0].profile, field) == value


@each(
    ("agency", "base", "hours", "cents"),
    [
        ("private", "29.50/h", "40", 2_950 * 2_080),
        ("non-federal", "29.50/h", "40", 2_950 * 2_080),
        ("va", "29.50/h", "40", 2_950 * 2_087),
        ("va", "29.50/h", "20", 2_950 * 1_040),
        ("private", "29.50/h", "37.5", 2_950 * 1_950),
        ("private", "29.50/h", "36.25", 2_950 * 1_885),
        ("private", "2,000/biweekly", "37.5", 200_000 * 26),
        ("private", "5,000/month", "37.5", 500_000 * 12),
        ("private", "61k", "20", 6_100_000),
    ],
)
def test_hours_of_a_week_scale_an_hourly_rate_alone(agency: str, base: str, hours: str, cents: int) -> None:
    found = offers_in(f"offers:\n  - {{agency: {agency}, base: '{base}', hours: {hours}}}\n")[0].base
    assert found is not None
    assert found.value == cents


def test_only_a_pay_plan_has_grades_and_the_federal_year() -> None:
    """An overlay may add agencies on no pay plan; the caller says which are on one."""
    employers = Employers.named({**AGENCIES, "kaiser": "kaiser"}, {"va"})
    text = "name,base\nKaiser,29.50/h\nVA,29.50/h\n"
    found = read("o.csv", text.encode(), NOBODY, employers).offers
    assert [one.profile.agency for one in found] == ["kaiser", "va"]
    assert [one.base.value for one in found if one.base] == [2_950 * 2_080, 2_950 * 2_087]
    with pytest.raises(DataError, match="'Kaiser' isn't on a pay plan"):
        read("o.csv", b"name,grade\nKaiser,9\n", NOBODY, employers)


def test_names_of_files_are_shown() -> None:
    assert offers_in("name,base\nA,61000\n", "-")[0].where == "<stdin>:2"
    assert offers_in("name,base\nA,61000\n", "o\x1b[2J.csv")[0].where == "o\\x1b[2J.csv:2"


@pytest.mark.parametrize("kind", list(FORMS))
def test_the_messages(kind: str, golden: Callable[[str, str], None]) -> None:
    """Every mistake of a file at once, in the order of its lines."""
    name = f"wrong.{kind}"
    with pytest.raises(DataError) as error:
        read(name, (FILES / name).read_bytes(), NOBODY, EMPLOYERS)
    golden(f"{kind}.txt", f"{error.value}\n")


LARGE = {
    "keys.json": b'[{"name": "A"' + b"".join(b',"k%d":1' % number for number in range(6_000)) + b"}]",
    "columns.csv": b",".join(b"k%d" % number for number in range(10_000)) + b"\n1\n",
    "empty-columns.csv": b"," * 90_000 + b"\n1\n",
    "blanks.json": b"[" + b",".join([b'{"name":"A","match":"1' + b" " * 9_900 + b'1"}'] * 9) + b"]",
    "commas.json": b"[" + b",".join([b'{"name":"A","certs":"1' + b" " * 9_900 + b'1,"}'] * 9) + b"]",
    "numbers.json": b"[" + b"1," * 40_000 + b"1]",
    "deep.json": b"[" * 90_000,
    "digits.json": b'[{"name":"A","base":' + b"9" * 90_000 + b"}]",
    "quotes.csv": b"name,base\n" + b'"' * 90_000,
    "flow.yaml": b"offers:\n" + b"- {a: b, c: d}\n" * 6_000,
    "commas": b"," * 90_000,
    "tabs": b"a\t" * 40_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", list(LARGE))
def test_the_work_grows_with_a_files_size_not_its_square(name: str) -> None:
    """A hundred thousand bytes cost at most a million calls or so; their square would be ten billion."""
    with suppress(DataError), calls(at_most=2_000_000):
        read(name, LARGE[name], NOBODY, EMPLOYERS)

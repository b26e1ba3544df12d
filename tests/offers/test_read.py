"""Files of offers: the same offers from YAML, JSON and CSV; every mistake with file, line, key and nearest name."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.examples import examples
from tests.offers.reading import EMPLOYERS, NOBODY, offers_in, values

from ehrpay.domain.package.terms import OfferTerms, Stated, Tier
from ehrpay.domain.profile import Profile
from ehrpay.errors import DataError
from ehrpay.offers.read import read

FILE = Path(__file__).parents[1] / "compare" / "files" / "offers.yaml"

YAML = """\
home: Denver
person: {years: 5, certs: [rhit, ccs]}
offers:
  - employer: VA
    role: coder
    grade: 9
    step: 1
  - employer: Mercy
    location: Boise, ID
    base: 29.50/h
    hours: 37.5
    bonus: 5 %
    match: 100 % of 3 % + 50 % of 2 %
    sign-on: 2,500
    premium: 700/month
    remote: true
"""
JSON = {
    "home": "Denver",
    "person": {"years": 5, "certs": ["rhit", "ccs"]},
    "offers": [
        {"employer": "VA", "role": "coder", "grade": 9, "step": 1},
        {
            "employer": "Mercy",
            "location": "Boise, ID",
            "base": "29.50/h",
            "hours": 37.5,
            "bonus": "5 %",
            "match": "100 % of 3 % + 50 % of 2 %",
            "sign-on": "2,500",
            "premium": "700/month",
            "remote": True,
        },
    ],
}
CSV = """\
Employer, role ,grade,step,location,base,hours,bonus,match,sign on,premium,remote,years,certs
VA,coder,9,1,,,,,,,,,5,rhit;ccs
Mercy,,,,"Boise, ID",29.50/h,37.5,5 %,100 % of 3 % + 50 % of 2 %,"2,500",700/month,true,5,rhit ccs
"""


def refused(text: str, name: str = "offers.yaml") -> str:
    with pytest.raises(DataError) as error:
        offers_in(text, name)
    return str(error.value)


def one(line: str) -> OfferTerms:
    return offers_in(f"offers:\n  - name: A\n    {line}\n")[0]


def test_yaml_json_and_csv_say_the_same() -> None:
    from_yaml = [values(one) for one in offers_in(YAML)]
    assert from_yaml == [values(one) for one in offers_in(json.dumps(JSON, indent=2), "offers.json")]
    assert from_yaml == [values(one) for one in offers_in(json.dumps(JSON, indent="\t"), "o.json")]
    assert from_yaml == [values(one) for one in offers_in(CSV, "offers.csv")]
    va, mercy = from_yaml
    assert va["profile"] == Profile(
        agency="va", role="coder", years="5", certs=("rhit", "ccs"), grade="9", step="1"
    )
    assert mercy["base"] == 2_950 * 1_950
    assert mercy["bonus_share"] == 500
    assert mercy["match"] == (Tier(10_000, 300), Tier(5_000, 200))
    assert (mercy["sign_on"], mercy["premium"]) == (250_000, 840_000)
    assert mercy["profile"].work == "remote"
    assert mercy["bonus"] is mercy["leave"] is None


@pytest.mark.parametrize("text", [YAML, json.dumps(JSON), CSV])
def test_without_a_name_the_kind_shows(text: str) -> None:
    """Standard input has no ending."""
    assert len(offers_in(text, "standard input")) == 2


def test_an_agency_is_called_by_its_initials_and_nobody_else() -> None:
    rows = '[{"agency": "va", "grade": 9}, {"agency": "private", "base": 61000}, {"employer": "optum", "base": 61000}]'
    assert [one.name for one in offers_in(rows, "o.json")] == ["VA", "private", "optum"]


def test_a_list_alone_is_a_list_of_offers() -> None:
    found = offers_in('[{"employer": "A",\n "base": 61000}]', "o.json")
    assert found[0].base == Stated(6_100_000, "61000", "o.json:[0]")


def test_where_each_value_stands() -> None:
    va, mercy = offers_in(YAML)
    assert (va.where, mercy.where) == ("offers.yaml:4", "offers.yaml:8")
    assert mercy.base is not None
    assert mercy.base.where == "offers.yaml:10"
    assert mercy.marks["location"] == "offers.yaml:9"
    assert va.marks["years"] == "offers.yaml:2"
    _, mercy = offers_in(json.dumps(JSON, indent=2), "offers.json")
    assert mercy.base is not None
    assert (mercy.where, mercy.base.where) == ("offers.json:offers[1]", "offers.json:offers[1]")
    assert mercy.marks["years"] == "offers.json:person"


def test_who_says_what_wins() -> None:
    """The offer's own word, then the file's person, then the caller."""
    text = "person: {years: 5}\noffers:\n  - {name: A, years: 7}\n  - {name: B}\n"
    found = offers_in(text, person=Profile(years="9", role="coder"))
    assert [(one.profile.years, one.profile.role) for one in found] == [("7", "coder"), ("5", "coder")]


@each(
    ("text", "cents"),
    [
        ("61000", 6_100_000),
        ("61,000", 6_100_000),
        ("$61,000", 6_100_000),
        ("61k", 6_100_000),
        ("61.5k", 6_150_000),
        ("61000.50", 6_100_050),
        ("29.50/h", 6_136_000),
        ("29.5/hour", 6_136_000),
        ("5,100/month", 6_120_000),
        ("2,300/biweekly", 5_980_000),
    ],
)
def test_amounts_that_are_read(text: str, cents: int) -> None:
    base = one(f"base: {text}").base
    assert base is not None
    assert base.value == cents


@each(
    "text",
    ["75.000,00", "61 k", "6l000", "61K000", "61,00", "0x61", "61", "29.50", "-5", "1e5", "61000.005", "about 61k",
     "61k-65k", "٦١٠٠٠", "99,999,999", "61000 EUR", "29.50/fortnight", "$", "61k/h"],
)  # fmt: skip
def test_amounts_that_are_refused(text: str) -> None:
    assert "offers.yaml:3" in refused(f'offers:\n  - name: A\n    base: "{text}"\n')


@each(
    ("line", "field", "value"),
    [
        ("hours: 37.5", "hours", 3_750),
        ("leave: 3 weeks", "leave", 150),
        ("leave: 104 h", "leave", 130),
        ("leave: 15 days", "leave", 150),
        ("sick: 6.5", "sick", 65),
        ("match: 4 %", "match", (Tier(10_000, 400),)),
        ("match: none", "match", ()),
        ("match: 100% up to 4%", "match", (Tier(10_000, 400),)),
        ("match: 50 % match of the first 6 %", "match", (Tier(5_000, 600),)),
        ("match: 50 % of 6 %, 25 % of 2 %", "match", (Tier(5_000, 600), Tier(2_500, 200))),
        ("premium-share: 72.5 %", "premium_share", 7_250),
        ("premium: 361.54/biweekly", "premium", 940_004),
        ("bonus: none", "bonus", 0),
        ("bonus: 3k", "bonus", 300_000),
        ("save: 5%", "save", 500),
        ("retirement: FERS", "retirement", "fers"),
    ],
)
def test_what_stands_beside_base_pay(line: str, field: str, value: object) -> None:
    assert getattr(one(line), field).value == value


@each(
    ("line", "words"),
    [
        ("bse: 61000", ["unknown key 'bse'", "'base'"]),
        ("base: [61000]", ["base: should be one text"]),
        ("base: ''", ["base: is empty"]),
        ("base: 61", ["less than 1,000", "61/h"]),
        ("hours: 168", ["out of range"]),
        ("hours: 37.1", ["quarters"]),
        ("leave: 20 %", ["not a number of days"]),
        ("leave: 101 h", ["tenths of a day"]),
        ("match: half", ["not a match", "50 % of 6 %"]),
        ("match: 101 %", ["more than 100 %"]),
        ("premium: 5/h", ["by the hour"]),
        ("premium-share: 72", ["not a share"]),
        ("retirement: pension", ["'pension'", "fers or none"]),
        ("remote: perhaps", ["neither true nor false"]),
        ("remote: true\n    work: onsite", ["contradicts"]),
        ("sign-on: 500\n    sign_on: 600", ["given twice"]),
        ("bonus: 0.05", ["less than 100 dollars", "5 %"]),
        ("sign-on: 5", ["less than 100 dollars", "5k"]),
        ("premium: 700", ["less than 1,000", "700/month"]),
        ("grade: 9", ["'A'", "isn't on a pay plan"]),
        ("match: " + "1 % + " * 40 + "1 %", ["longer than any amount"]),
        ("base: 0675", ["E111"]),
    ],
)
def test_mistakes_name_file_line_and_key(line: str, words: list[str]) -> None:
    told = refused(f"offers:\n  - name: A\n    {line}\n")
    assert "offers.yaml:3" in told or "offers.yaml:4" in told
    assert not [word for word in words if word not in told]


def test_all_mistakes_at_once() -> None:
    told = refused("offers:\n  - name: A\n    base: x\n    leave: lots\n  - bonus: much\n    nme: B\n")
    assert told.splitlines()[0] == "offers.yaml has 5 problems:"
    assert sorted(line.split(":")[1] for line in told.splitlines()[1:]) == ["3", "4", "5", "5", "6"]


@each(
    ("name", "text", "words"),
    [
        ("o.yaml", "", ["empty"]),
        ("o.yaml", "offers: []\n", ["lists no offers"]),
        ("o.yaml", "offer: []\n", ["unknown key 'offer'", "'offers'"]),
        ("o.yaml", "offers: {a: 1}\n", ["a list of offers"]),
        ("o.yaml", "offers: [61000]\n", ["offer 1", "mapping"]),
        ("o.yaml", "a: &x 1\nb: *x\n", ["E120"]),
        ("o.yaml", "offers:\n" + "  - {name: A}\n" * 201, ["201 offers", "200"]),
        ("o.json", '{"offers": [}', ["o.json:1:13", "not valid JSON"]),
        ("o.yaml", "\ufeff", ["'o.yaml' is empty"]),
        ("o.yaml", "# none yet\n", ["lists no offers", "only comments"]),
        ("o.yaml", "- {name: A}\n", ["o.yaml:1:1", "write 'offers:'"]),
        ("o.json", '{"offers": [],\n "offers": []}', ["o.json: key 'offers' is given twice"]),
        ("o.json", '[{"name": "A",\n"base": -Infinity}]', ["o.json: -Infinity is not JSON"]),
        ("o.json", "[" * 50 + "]" * 50, ["o.json:[0]: offer 1: should be a mapping"]),
        ("o.csv", "name;base\nA;61000\n", ["o.csv:1", "not separated by commas"]),
        ("o.csv", "name,base,\nA,61000,\n", ["o.csv:1", "column 3 has no name"]),
        ("o.csv", "name,base\nA,61,000\nB,x\n", ["o.csv:2: 3 cells", "o.csv:3: base"]),
        ("o.json", '{"offers": [{"name": "A", "base": NaN}]}', ["NaN is not JSON"]),
        ("o.json", "[" * 100_000, ["o.json"]),
        ("o.json", '"offers"', ["list of offers"]),
        ("o.json", '[{"name": "A\\u0000", "base": 61000}]', ["o.json:[0]: name", "control character"]),
        ("o.csv", "name,base\n", ["lists no offers"]),
        ("o.csv", "name,base,base\nA,1,2\n", ["column 'base' appears twice"]),
        ("o.csv", "name,bsae\nA,61000\n", ["o.csv:1", "'bsae'", "'base'"]),
        ("o.csv", "name,base\nA,61000\nB,61000,5\n", ["o.csv:3", "3 cells", "2"]),
        ("o.csv", 'name,base\nA,61000\n"B,61000\n', ["o.csv:3", "quote"]),
        ("o.csv", "name,base\nA,six\nB,ten\n", ["o.csv:2", "o.csv:3"]),
    ],
)
def test_files_that_are_no_offers(name: str, text: str, words: list[str]) -> None:
    told = refused(text, name)
    assert not [word for word in words if word not in told]


def test_bytes_that_are_no_text() -> None:
    for name in ("o.yaml", "o.json", "o.csv"):
        with pytest.raises(DataError, match=r"o\."):
            read(name, b"name,base\n\xff\xfe,1\n", NOBODY, EMPLOYERS)
    with pytest.raises(DataError, match="larger"):
        read("o.yaml", b"#" * 1_000_001, NOBODY, EMPLOYERS)


def test_names_are_shown_letter_by_letter() -> None:
    found = offers_in('[{"employer": "[red]Acme[/] \\u001b[2J\\u202e", "base": 61000}]', "o.json")
    assert found[0].name == "[red]Acme[/] \\x1b[2J\\u202e"


def test_the_example_file_is_read() -> None:
    sheet = read("offers.yaml", FILE.read_bytes(), NOBODY, EMPLOYERS)
    assert [one.name for one in sheet.offers] == [
        "VA Denver",
        "Treasure Valley Hospital",
        "Granite Health Plan",
    ]
    assert sheet.home is not None
    assert sheet.home.value == "Denver"


BITS = st.sampled_from(
    [b"offers:\n", b"  - ", b"name: A\n", b"base: ", b"61k", b"{", b"}", b"[", b"]", b'"', b",", b"\n", b"\t", b"&a",
     b"\xff", b"\x00", b"person: ", b"match: ", b"50 % of 6 %", b"home", b": ", b"1e9"]
)  # fmt: skip
NAMES = st.sampled_from(["o.yaml", "o.json", "o.csv", "-"])


@examples(600)
@given(st.one_of(st.binary(max_size=300), st.lists(BITS, max_size=40).map(b"".join)), NAMES)
def test_any_bytes_are_offers_or_a_sentence(data: bytes, name: str) -> None:
    """Whatever else comes out of the reader fails the test."""
    with suppress(DataError):
        assert read(name, data, NOBODY, EMPLOYERS).offers

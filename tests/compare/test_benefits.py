"""benefits.yaml says what its sources say, and is refused where it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.compare.offers import AS_OF, HOSPITAL, VA, said

from ehrpay import compare, load_rulebook
from ehrpay.domain.package.filling import benefits_in_force
from ehrpay.errors import RulesError

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Path(__file__).parents[2] / "rules"

# What the sources say: id, the newest value, basis, sources.
FACTS: dict[str, tuple[Any, str, set[str]]] = {
    "fers-employee-share": (4.40, "official", {"bpa-retirement", "usps-22423"}),
    "fers-accrual": (1.00, "reported", {"fers-annuity"}),
    "fers-accrual-at-62": (1.10, "reported", {"fers-annuity"}),
    "tsp-automatic": (1.00, "official", {"tsp-match"}),
    "tsp-match": ([[100, 3], [50, 2]], "official", {"tsp-match"}),
    "fehb-share": (72.00, "official", {"usc-8906"}),
    "fehb-most": (75.00, "official", {"usc-8906"}),
    "federal-annual-leave": ([[0, 13], [3, 20], [15, 26]], "official", {"treasury-leave", "commerce-leave"}),
    "federal-sick-leave": (13, "official", {"treasury-leave"}),
    "federal-holidays": (11, "official", {"holidays-2023"}),
    "federal-week": (40, "official", {"cfr-531-607"}),
    "assumed-week": (40, "assumption", {"synthesis"}),
}
KEYS = ("percent", "tiers", "by_service", "days", "hours")


def shipped() -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load((RULES / "benefits.yaml").read_text(encoding="utf-8"))["benefits"]


def test_the_file_says_what_its_sources_say() -> None:
    found = {}
    for rule in shipped():
        newest = rule["values"][-1]
        value = next(newest[key] for key in KEYS if key in newest)
        found[rule["id"]] = (value, newest["basis"], set(newest["sources"]))
    assert found == FACTS


def test_private_employers_get_nothing_but_the_length_of_a_week() -> None:
    kinds = {rule["kind"] for rule in shipped() if "private" in rule["employers"]}
    assert kinds == {"week"}
    assert all(
        value["basis"] == "assumption"
        for rule in shipped()
        if "private" in rule["employers"]
        for value in rule["values"]
    )


@pytest.mark.parametrize(("day", "days"), [("2022-06-30", None), ("2023-01-01", 110)])
def test_a_day_before_the_rule_is_a_gap(day: str, days: int | None) -> None:
    found = benefits_in_force(load_rulebook(AS_OF).rules.benefits.values(), day).get(("federal", "holidays"))
    assert (None if found is None else found.value) == days
    paid = VA._replace(base=said(6_500_000), profile=VA.profile._replace(grade=None, step=None))
    package = compare([paid], load_rulebook(day)).offers[0].package
    assert package.time.holidays.value == days


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules to break, and a cache of its own."""
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "rules"
    shutil.copytree(RULES, copy, ignore=shutil.ignore_patterns("places", "tests"))
    return copy


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("percent: 4.40", "percnt: 4.40", "did you mean 'percent'?"),
        ("percent: 4.40", "percent: 104.40", "at most 100"),
        ("percent: 4.40", "days: 4", "a pension-share takes percent and nothing else"),
        ("[3, 20]", "[0, 20]", "must start at 0 years and rise"),
        ("kind: sick-leave", "kind: holidays", "holidays appears twice"),
        ("sources: [tsp-match]", "sources: [tsp-matsch]", "did you mean 'tsp-match'?"),
    ],
)
def test_a_broken_benefit_is_named(rules: Path, old: str, new: str, words: str) -> None:
    file = rules / "benefits.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_rulebook(AS_OF, rules)
    assert "benefits.yaml:" in str(caught.value)
    assert words in str(caught.value)


def test_rules_without_benefits_leave_gaps(rules: Path) -> None:
    (rules / "benefits.yaml").unlink()
    (rules / "typical-benefits.yaml").unlink()
    package = compare([VA], load_rulebook(AS_OF, rules)).offers[0].package
    assert package.gaps == ("bonus", "retirement", "health", "loan_repayment")
    assert package.pension is None
    assert package.hourly.value is None


def test_an_overlay_may_say_what_an_employer_gives(tmp_path: Path) -> None:
    head = "title: Valley hospitals\nauthor: HR\nreference: Plan summary of 2026\n"
    (tmp_path / "overlay.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "benefits.yaml").write_text(
        "benefits:\n"
        "  - id: valley-match\n"
        "    title: The hospitals' match\n"
        "    kind: savings-match\n"
        "    employers: [private]\n"
        "    values:\n"
        "      - effective: 2026-01-01\n"
        "        tiers: [[100, 4]]\n"
        "        basis: reported\n"
        "        sources: [synthesis]\n",
        encoding="utf-8",
    )
    bare = HOSPITAL._replace(match=None, save=None)
    found = compare([bare], load_rulebook(AS_OF, overlays=[tmp_path]))
    retirement = found.offers[0].package.cash.retirement
    assert retirement.value == 66_500 * 4 // 100
    assert retirement.origin.of[0].where == f"{tmp_path}/benefits.yaml:8"
    assert [overlay.title for overlay in found.overlays] == ["Valley hospitals"]

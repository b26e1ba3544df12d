"""Estimates made by hand. Amounts and rules are samples, not the ones that ship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ehrpay.domain.estimate.bands import Band
from ehrpay.domain.estimate.plan import Answer as Answered
from ehrpay.domain.estimate.plan import answered, explained, totals
from ehrpay.domain.estimate.result import (
    CLIP,
    PLUS,
    TIMES,
    AreaUsed,
    Confidence,
    CrossCheck,
    Estimate,
    GradeUsed,
    Percentiles,
)
from ehrpay.domain.facts import Source
from ehrpay.domain.federal.schedule import Rate
from ehrpay.domain.place import Place
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.domain.typed_numbers import Years
from ehrpay.formats.estimate import Answer
from ehrpay.formats.writers import Screen, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Step
    from ehrpay.domain.estimate.verdict import Verdict

AS_OF, VERSION = "2026-11-23", "0123456789ab"


class Sample(NamedTuple):
    """A step made by hand."""

    id: str
    kind: str
    value: Any
    label: str
    basis: str = "official"
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    where: str = ""
    low: int = 10_000
    high: int = 10_000
    said: bool = True
    review_by: str | None = None
    note: str = ""
    formula: str = ""

    @property
    def answer(self) -> Answered:
        """The step's numbers and words."""
        story = self._asdict()
        del story["id"], story["kind"], story["value"]
        terms = {PLUS: Term(plus=self.value), TIMES: Term(factor=self.value)}
        term = terms[self.kind] if self.kind in terms else Term(low=self.value[0], high=self.value[1])
        return answered(self.id, term, Story(**story))


def unsaid(id_: str, title: str) -> Sample:
    """A step for what was left out."""
    return Sample(id_, TIMES, 10_000, f"{title} not specified", said=False)


def told(samples: Sequence[Sample]) -> tuple[Step, ...]:
    """The steps that are shown."""
    answers = [one.answer for one in samples]
    return explained(answers, totals(answers))


SOURCES = {
    "oews": Source(
        "oews",
        "Occupational Employment and Wage Statistics, May 2025",
        "U.S. Bureau of Labor Statistics",
        "https://www.bls.gov/oes/",
        "2026",
        "2026-11-23",
        "public domain",
    ),
    "eci": Source(
        "eci",
        "Employment Cost Index, March 2026",
        "U.S. Bureau of Labor Statistics",
        "https://www.bls.gov/news.release/eci.t09.htm",
        "2026",
        "2026-11-23",
        "public domain",
    ),
    "survey": Source(
        "survey",
        "A salary survey | of [members] & others",
        "An association",
        None,
        "2019",
        "2026-11-23",
        "figures only",
        "Members choose to answer.",
    ),
    "opm": Source(
        "opm",
        "Salary Table 2026-GS",
        "U.S. Office of Personnel Management",
        "https://www.opm.gov/policy-data-oversight/pay-leave/salaries-wages/",
        "2026",
        "2026-11-23",
        "public domain",
    ),
}

BASE = Sample(
    "base",
    PLUS,
    51_140_00,
    "National median May 2025, Medical Records Specialists",
    sources=("oews",),
    where="rules/occupations.yaml:62",
    review_by="2027-04-30",
    note="occupation 29-2072",
)
AREA = Sample(
    "area",
    PLUS,
    10_100_00,
    "Area: Denver-Aurora-Centennial, CO",
    sources=("oews",),
    where="rules/areas/metros.yaml:310",
)
AGEING = Sample(
    "ageing",
    TIMES,
    10_449,
    "Ageing May 2025 to Nov 2026, 8 months extrapolated",
    "assumption",
    "medium",
    ("eci",),
    "rules/ageing.yaml:48",
    10_449,
    10_449,
    note="Employment Cost Index to 2026 Q1, then its last 12 months' pace of 3.36 % a year",
)
EXPERIENCE = Sample(
    "experience",
    TIMES,
    12_150,
    "Experience, 12-15 years",
    "survey",
    "medium",
    ("survey",),
    "rules/adjustments/experience.yaml:27",
    11_400,
    12_900,
    formula="the mean of 1.2000 and 1.2300",
)
CERTIFICATION = Sample(
    "certification",
    TIMES,
    10_609,
    "Certification: RHIA, CCS",
    "survey",
    "low",
    ("survey",),
    "rules/adjustments/certification.yaml:152",
    10_000,
    12_134,
    note="Two core credentials; the surveys ask members who choose to answer, so the low end may be no premium at all.",
)
CAP = Sample(
    "cap",
    CLIP,
    (46_000_00, 79_500_00),
    "Cap at P10 to P90 of Denver-Aurora-Centennial, CO",
    sources=("oews",),
    where="rules/areas/metros.yaml:310",
)
CLAMP = Sample(
    "band",
    CLIP,
    (50_000_00, 78_000_00),
    "Published band 50,000 to 78,000",
    "reported",
    sources=("survey",),
    where="rules/agencies/acme.yaml:8",
)


CONTRADICTED = (
    "the reported band 50,000 to 78,000 of 2023-06-01 is contradicted: announcements of 2025 show grades from 36,049"
    " to 79,443 in Rest of U.S. and up to 92,615 in Los Angeles, so it is too high at the bottom and too low at the top"
)


def _estimate(
    *values: object,
    band: Band | None = None,
    cross_check: CrossCheck | None = None,
    grade: GradeUsed | None = None,
    warnings: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
) -> Estimate:
    """One from the values of its first fields in their order, and some of the others."""
    return Estimate._make((*values, band, cross_check, grade, warnings, sources, (), (), False))


def market() -> Estimate:
    """A coder in Denver whose factors meet the cap, then the employer's band, which evidence contradicts."""
    outcomes = [
        BASE,
        AREA,
        AGEING,
        EXPERIENCE,
        CERTIFICATION,
        unsaid("degree", "Degree"),
        CAP,
        CLAMP,
    ]
    place = Place("denver", "metro", "Denver-Aurora-Centennial, CO", "CO", None, "19740")
    return _estimate(
        "market",
        ResolvedProfile(
            "acme", "coder", Years(120, 150), None, ("ccs", "rhia"), place, ehr=(), occupation="29-2072"
        ),
        "Acme Records, Medical coder, 12-15 years, RHIA, CCS, Denver-Aurora-Centennial, CO",
        AS_OF,
        Percentiles(58_120, 66_406, 78_000, 78_000, 78_000),
        told(outcomes),
        AreaUsed("metro", "19740", "Denver-Aurora-Centennial, CO", ("Denver County, CO",)),
        Confidence("low", "rests on Certification: RHIA, CCS; the cap acted"),
        2080,
        VERSION,
        band=Band(
            50_000,
            78_000,
            "50,000 to 78,000",
            "2023-06-01",
            "reported",
            ("survey",),
            "rules/agencies/acme.yaml:8",
            "2024-06-30",
            "announcements of 2025 reach 92,615",
        ),
        cross_check=CrossCheck("grade", skipped="no pay plan covers this employer and role"),
        warnings=(
            "Cap at P10 to P90 of Denver-Aurora-Centennial, CO acted: -2,982 dollars",
            "no figure for Denver County, CO: the metropolitan area stands in, and the range is wider",
            CONTRADICTED,
        ),
        sources=("oews", "eci", "survey"),
    )


def grade() -> Estimate:
    """A VA grade range in Denver."""
    base = Sample(
        "base-rate",
        PLUS,
        50_920_00,
        "Base pay 2026, GS-8 step 3",
        sources=("opm",),
        where="rules/federal/gs-base.yaml:116",
        note="GS-7: one year at GS-6; GS-8: one year at GS-7",
    )
    local = Sample(
        "locality-pay",
        PLUS,
        15_475_00,
        "Locality pay 30.39 %, Denver-Aurora, CO (DEN)",
        sources=("opm",),
        where="rules/federal/gs-locality.yaml:89",
        formula="50,920 x 1.3039 = 66,395, rounded to the dollar",
    )
    cap = Sample("pay-cap", CLIP, (0, 197_200_00), "Executive Schedule level IV cap, 197,200")
    place = Place("denver", "metro", "Denver-Aurora-Centennial, CO", "CO", None, "19740", locality="DEN")
    return _estimate(
        "grade",
        ResolvedProfile(
            "va", "coder", Years(50, 50), certs=("rhit",), place=place, locality="DEN", occupation="29-2072"
        ),
        "VA, Medical coder, GS-7 to 8, 5 years, RHIT, Denver-Aurora-Centennial, CO",
        AS_OF,
        Percentiles(55_882, 59_956, 66_395, 68_469, 70_543),
        told([base, local, cap]),
        AreaUsed("metro", "19740", "Denver-Aurora-Centennial, CO", (), "DEN", "Denver-Aurora, CO"),
        Confidence("medium", "the table is exact; which grade a board grants is its judgment"),
        2087,
        VERSION,
        band=Band(
            40_549,
            89_395,
            "GS-4 step 1 to GS-9 step 10, Denver-Aurora, CO",
            "2025-07-01",
            "official",
            ("opm",),
            "rules/agencies/va.yaml:20",
        ),
        cross_check=CrossCheck("market", 57_300, 65_912, 82_110, "Denver-Aurora-Centennial, CO"),
        grade=GradeUsed(
            (7, 8),
            (1, 5),
            Rate(8, 3, 50_920, 66_395, 66_395),
            "2026",
            "DEN",
            "Denver-Aurora, CO",
            3039,
            ("GS-7: one year at GS-6", "GS-8: one year at GS-7"),
            "GS-7 to 8",
            65_912,
            "step 4 after 52 weeks at step 3: 68,469 (+2,074)",
            met=True,
            basis="official",
            paid="",
            late=False,
        ),
        sources=("opm",),
    )


def plainest() -> Estimate:
    """Nothing said: the nation's own figures."""
    neutral = [
        unsaid(id_, id_.capitalize()) for id_ in ("area", "experience", "degree", "certification", "setting")
    ]
    return _estimate(
        "market",
        ResolvedProfile(occupation="29-2072"),
        "Medical Records Specialists, United States",
        AS_OF,
        Percentiles(38_661, 45_442, 53_436, 67_730, 84_792),
        told([BASE, AGEING, *neutral]),
        AreaUsed("nation", "us", "United States"),
        Confidence("medium", "rests on Ageing May 2025 to Nov 2026, 8 months extrapolated"),
        2080,
        VERSION,
        sources=("oews", "eci"),
    )


def hostile() -> Estimate:
    """Text that would style, move or break a terminal, a table, a sheet; wide and combining letters."""
    acme = "[red]Acme[/] \u6771\u4eac e\u0301cole | <b> :smile: \x1b[31m`x`"
    outcomes = [BASE._replace(label=acme), AGEING._replace(note="one\ntwo\tthree")]
    return plainest()._replace(
        headline=acme,
        steps=told(outcomes),
        warnings=("=1+1", "@acme said\r\nso", "line\u2028separator \u202egnp.exe"),
        confidence=Confidence("low", "[bold]rests[/bold] on *text*"),
    )


ALL = {"market": market, "grade": grade, "plainest": plainest, "hostile": hostile}


class Options(NamedTuple):
    """A screen and what is shown on it."""

    width: int = 80
    unicode: bool = True
    color: bool = False
    explain: bool = False
    period: str = "year"
    offer: Verdict | None = None
    version: str = ""


PLAINLY = Options()


def view(estimate: Estimate, options: Options = PLAINLY) -> Answer:
    """An estimate as the command line shows it."""
    return Answer(estimate, SOURCES, options.period, options.offer, options.explain, options.version)


def render(estimate: Estimate, name: str, options: Options = PLAINLY) -> str:
    """An estimate in a format."""
    screen = Screen(options.width, options.unicode, options.color)
    return write(view(estimate, options), name, screen)

"""The kinds of rule files: for each its name, where it lies, what it holds, and the model that judges it.

All that tools need to know of a kind is here and in the annotations of its model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape import adjustments, cases, employers, federal, market, wages
from ehrpay.rules.shape.layout import NOTHING, Layout, item_names, layout_of

if TYPE_CHECKING:
    from ehrpay.rules.shape.fields import Model


class Kind(NamedTuple):
    """A kind of rule file: its name, the path below the rules folder (or the folder it lies in), what it holds.

    `needed` is whether every estimate needs the file.
    """

    name: str
    path: str
    about: str
    model: type[Model]
    needed: bool = False

    @property
    def layout(self) -> Layout:
        """What the model says of the values."""
        return layout_of(self.model)


OVERLAY = Kind("overlay", "overlay.yaml", "an overlay's title, author and reference", market.Overlay)
CASES = Kind("cases", "tests/", "cases `ehrpay rules test` runs", cases.Cases)
PEOPLE = Kind("profiles", "tests/reference/", "the people `ehrpay rules diff` prices", cases.References)
KINDS = (
    Kind("sources", "sources.yaml", "every source, once", market.Citations, needed=True),
    Kind("occupations", "occupations.yaml", "national wages by occupation", wages.Occupations, needed=True),
    Kind(
        "occupation-rules",
        "occupation-rules.yaml",
        "how an occupation's wages are aged and blended",
        wages.OccupationRules,
    ),
    Kind("ageing", "ageing.yaml", "the wage index", wages.Ageing, needed=True),
    Kind("spread", "spread.yaml", "how wide a range is", market.Spreads, needed=True),
    Kind("plan", "plan.yaml", "the order of each method's steps", market.Plan, needed=True),
    Kind("benefits", "benefits.yaml", "default benefits for comparing offers", employers.Benefits),
    Kind(
        "typical-benefits",
        "typical-benefits.yaml",
        "what an offer's missing parts are usually worth, by kind of employer",
        employers.TypicalBenefits,
    ),
    Kind("minimum-wages", "minimum-wages.yaml", "minimum wages by state", wages.MinimumWages),
    Kind("gs-base", "federal/gs-base.yaml", "General Schedule base pay", federal.GsBase, needed=True),
    Kind(
        "gs-locality",
        "federal/gs-locality.yaml",
        "General Schedule locality percentages",
        federal.GsLocality,
        needed=True,
    ),
    Kind(
        "gs-rules",
        "federal/gs-rules.yaml",
        "cap, waiting periods, hourly divisor",
        federal.GsRules,
        needed=True,
    ),
    Kind("ladders", "federal/ladders.yaml", "who qualifies for which grade", federal.Ladders, needed=True),
    Kind("employment", "federal/employment.yaml", "people and average pay by grade", federal.Employment),
    Kind(
        "adjustment",
        "adjustments/",
        "one factor: experience, degree, certification ...",
        adjustments.Adjustment,
    ),
    Kind("agency", "agencies/", "one employer: bands, pay plan, benefits", employers.Agency),
    Kind("areas", "areas/", "wages by state or area", wages.Areas),
    OVERLAY,
    CASES,
    PEOPLE,
)
"""Every kind, in the order they are listed."""

ITEM_NAMES = tuple(dict.fromkeys(name for kind in KINDS for name in item_names(kind.layout)))
"""The keys that things in lists are found again by."""


def kind_of(path: str) -> Kind | None:
    """The kind of the file at a path below a rules folder; None where no rule file belongs."""
    own = path.partition(LAYER)[0]
    folder = own.rpartition("/")[0] + "/"
    return next((kind for kind in KINDS if kind.path in (own, folder)), None)


def layout_at(path: str) -> Layout:
    """What is known of the values in the file at a path."""
    kind = kind_of(path)
    return NOTHING if kind is None else kind.layout


def modeline(path: str, schemas: str = "../schema/rules") -> str:
    """The first line of a rule file, which editors read: where its JSON Schema is, from the file.

    `schemas` is the schemas' folder from the folder of rules. Nothing for other files.
    """
    kind = kind_of(path)
    if kind is None:
        return ""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{schemas}/{kind.name}.schema.json\n"

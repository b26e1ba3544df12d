"""The kinds of rule files: for each where it lies, what it holds, and the model that judges it.

All that tools need to know of a kind is here and in the annotations of its model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape import adjustments, cases, employers, federal, market
from ehrpay.rules.shape.layout import NOTHING, Layout, item_names, layout_of

if TYPE_CHECKING:
    from ehrpay.rules.shape.fields import Model


class Kind(NamedTuple):
    """A kind of rule file: the path below the rules folder (or the folder it lies in), what it holds, and its model.

    `needed` is whether every estimate needs the file; files of a folder are `called` by a name of their own.
    """

    path: str
    about: str
    model: type[Model]
    needed: bool = False
    called: str = ""

    @property
    def name(self) -> str:
        """What the kind is called: as its file, where there is one."""
        return self.called or self.path.rpartition("/")[2].removesuffix(".yaml")

    @property
    def layout(self) -> Layout:
        """What the model says of the values."""
        return layout_of(self.model)


OVERLAY = Kind("overlay.yaml", "an overlay's title, author and reference", market.Overlay)
CASES = Kind("tests/", "cases `ehrpay rules test` runs", cases.Cases, called="cases")
PEOPLE = Kind(
    "tests/reference/", "the people `ehrpay rules diff` prices", cases.References, called="profiles"
)
KINDS = (
    Kind("sources.yaml", "every source, once", market.Citations, needed=True),
    Kind("occupations.yaml", "national wages by occupation", market.Occupations, needed=True),
    Kind("occupation-rules.yaml", "how an occupation's wages are aged and blended", market.OccupationRules),
    Kind("ageing.yaml", "the wage index", market.Ageing, needed=True),
    Kind("spread.yaml", "how wide a range is", market.Spreads, needed=True),
    Kind("plan.yaml", "the order of each method's steps", market.Plan, needed=True),
    Kind("benefits.yaml", "default benefits for comparing offers", employers.Benefits),
    Kind(
        "typical-benefits.yaml",
        "what an offer's missing parts are usually worth, by kind of employer",
        employers.TypicalBenefits,
    ),
    Kind("minimum-wages.yaml", "minimum wages by state", market.MinimumWages),
    Kind("federal/gs-base.yaml", "General Schedule base pay", federal.GsBase, needed=True),
    Kind(
        "federal/gs-locality.yaml", "General Schedule locality percentages", federal.GsLocality, needed=True
    ),
    Kind("federal/gs-rules.yaml", "cap, waiting periods, hourly divisor", federal.GsRules, needed=True),
    Kind("federal/ladders.yaml", "who qualifies for which grade", federal.Ladders, needed=True),
    Kind("federal/employment.yaml", "people and average pay by grade", federal.Employment),
    Kind(
        "adjustments/",
        "one factor: experience, degree, certification ...",
        adjustments.Adjustment,
        called="adjustment",
    ),
    Kind("agencies/", "one employer: bands, pay plan, benefits", employers.Agency, called="agency"),
    Kind("areas/", "wages by state or area", market.Areas, called="areas"),
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

"""An offer ready to be valued, and its figures once it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.package.figures import Figure, Origin
    from ehrpay.domain.package.filling import Benefits, Filling
    from ehrpay.domain.package.parts import CashParts, Pension, TimeOff
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.place import Place


class Parity(NamedTuple):
    """Prices in a place in thousandths, the nation being 100,000."""

    place: str
    value: int
    origin: Origin


class Offer(NamedTuple):
    """One offer ready to be valued: its terms, and what rules and places add.

    `kind` is the employer's by law, `like` the kind of employer whose typical benefits it has; `plan` whether a pay
    plan sets its base; `cells` the plan's pay for each year of the horizon, empty where the base is stated, and `rate`
    names the first; `remote` work is done at home.
    """

    terms: OfferTerms
    kind: str
    plan: bool
    place: Place | None
    remote: bool
    cells: tuple[Figure, ...]
    parity: Parity | None
    market: Estimate | None
    no_market: str
    assumed: tuple[str, ...]
    warned: tuple[str, ...]
    rate: str
    like: str


class Settings(NamedTuple):
    """The settings of a comparison: benefits in force, prices at home, the horizon in years (None: one year).

    `filling` is what fills in the parts that an offer doesn't state.
    """

    benefits: Benefits
    filling: Filling
    home: Parity | None
    years: int | None


class PackageYear(NamedTuple):
    """One year of the horizon: its base and its sum without the sign-on bonus, dollars."""

    base: Figure
    package: Figure


class Package(NamedTuple):
    """An offer's figures, dollars a year but for `hourly` (cents) and `percent` (1/10,000 of the market's middle).

    `first` is the first year's sum, `total` that of all years with the sign-on bonus; `package` is `first`, or with
    a horizon the yearly average of `total`. `gaps` name the parts not included in it; `by_year` is what `total` is
    made of, empty without a horizon.
    """

    base: Figure
    cash: CashParts
    sign_on: Figure
    pension: Pension | None
    time: TimeOff
    first: Figure
    total: Figure | None
    package: Figure
    adjusted: Figure | None
    hourly: Figure
    market: Figure
    percent: Figure
    percentile: Figure
    verdict: Verdict | None
    gaps: tuple[str, ...]
    by_year: tuple[PackageYear, ...]

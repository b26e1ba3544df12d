"""What each single change would pay."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ehrpay.api.arguments import checked, texts
from ehrpay.api.estimates import estimate
from ehrpay.api.result import Result
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.estimate.reading import without_title
from ehrpay.domain.profile import FIELDS
from ehrpay.domain.whatif import gains
from ehrpay.domain.whatif.change import Baseline, Prices
from ehrpay.errors import UsageError, blamed_on, unknown
from ehrpay.places.gazetteer import area_parity, price_parity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import Profile


class WhatIf(Result, gains.WhatIf):
    """Every single change with what it would pay, the best first."""

    start: Baseline

    def _view(self) -> Any:
        from ehrpay.formats.whatif import Ranking

        return Ranking(self, self.start, None)

    def _summary(self) -> str:
        from ehrpay.domain.whatif.gains import best, grouped

        firsts = [
            f"{group}: {gain.change.label} (+${gain.mid:,})"
            for group, members in grouped(self.gains, self.start).items()
            for gain in best(members, 1)
        ]
        return "; ".join(
            [f"{self.now.headline}. ${self.now.mid:,} now; {len(self.gains)} changes with a number", *firsts]
        )


def whatif(
    profile: Profile,
    book: Rulebook | None = None,
    *,
    only: str | Iterable[str] = (),
    to: str | Iterable[str] = (),
    method: str = "auto",
    apply_band: bool = False,
) -> WhatIf:
    """What each single change would pay, priced as a second estimate; whole dollars a year.

    `only` are kinds of change such as `certs`, `degree` or `move` (all of them by default); `to` are places to move
    to. For one change of your own, price it: `estimate(profile._replace(degree="bachelor"))`. Raises what `estimate`
    does.
    """
    rules = rulebook(book)
    kinds = kinds_of(texts(only, "only"))
    priced = partial(estimate, book=rules, method=method, apply_band=apply_band)
    start = baseline(rules, profile, places(texts(to, "to")), priced)
    found = WhatIf._make(gains.whatif(start, kinds, priced))
    found.start = start
    return found


def baseline(book: Rulebook, profile: Profile, to: tuple[Place, ...], priced: gains.Run) -> Baseline:
    """Where changes start from: the profile, its estimate, the places to move to, and prices."""
    profile = without_title(book, checked(profile))
    return Baseline(book, profile, priced(profile), to, Prices(price_parity, area_parity))


def kinds_of(only: Iterable[str]) -> list[str]:
    """The kinds of change asked for, commas between them allowed; all of them where none is."""
    plurals = {field.plural: name for name, field in FIELDS.items()}
    words = [word.strip().casefold() for text in only for word in text.split(",")]
    wanted = [plurals.get(word, word) for word in words]
    for word in wanted:
        if word not in gains.KINDS:
            raise UsageError(unknown("kind of change", word, gains.KINDS), field="only")
    return [kind for kind in gains.KINDS if not wanted or kind in wanted]


def places(to: Iterable[str]) -> tuple[Place, ...]:
    """The places to move to, read before anything is priced, so that a wrong one is a usage error."""
    from ehrpay.places.resolve import resolve

    with blamed_on("to"):
        return tuple(resolve(text) for text in to)

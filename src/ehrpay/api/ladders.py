"""Pay through the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.api.estimates import estimate
from ehrpay.api.result import CitedResult
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.ladder import result, years
from ehrpay.domain.ladder.options import read_options, refuse_ineffective

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile


class Ladder(CitedResult, result.Ladder):
    """Pay by year, with what brings each change."""

    def _view(self) -> Any:
        from ehrpay.formats.ladder import Years

        return Years(self, self._sources)

    def _summary(self) -> str:
        first, last = self.years[0], self.years[-1]
        end = f" to ${last.mid:,} in year {last.year}" if last.year else ""
        return f"{self.now.headline}. ${first.mid:,} now{end}, {self.options.money}"


def ladder(
    profile: Profile,
    book: Rulebook | None = None,
    *,
    method: str = "auto",
    horizon: int | str = 10,
    raised: str | float = 0,
    to_grade: int | str | None = None,
    promotions: bool = True,
    apply_band: bool = False,
) -> Ladder:
    """Pay by year, year 0 being the estimate: whole dollars a year, in today's dollars.

    `horizon` is 0 to 40 years; `raised` a general raise in percent a year (0 to 20, hundredths allowed) that
    makes the dollars nominal; `to_grade` the last grade a promotion may lead to. Raises what `estimate` does.
    """
    rules = rulebook(book)
    options = read_options(horizon, raised, to_grade, promotions=promotions)
    now = estimate(profile, rules, method=method, apply_band=apply_band)
    found = Ladder._make(years.ladder(rules, now, options))
    refuse_ineffective(options, [found.last_grade])
    return found.with_sources(rules.sources)

"""`ehrpay ladder`: pay by year, alone or beside a second ladder."""

from __future__ import annotations

from functools import partial

from ehrpay.cli import options
from ehrpay.cli.grouping import grouped
from ehrpay.errors import blamed_on


@grouped
def command(
    *,
    profile: options.WholeProfile,
    method: str = options.METHOD,
    apply_band: bool = options.APPLY_BAND,
    rules: options.RulesInUse,
    horizon: str | None = options.text("N", "Years ahead, 0 to 40 (10)."),
    raised: str | None = options.text(
        "PERCENT",
        "Assume a general raise every year, 0 to 20, like 2.5; amounts are then nominal.",
        "--raise",
    ),
    no_promotion: bool = options.flag("--no-promotion", "Within-grade increases only."),
    to_grade: str | None = options.text("N", "Highest grade to be promoted to."),
    vs: list[str] | None = options.text(
        "NAME=VALUE", "Add a second ladder with this change (repeat), as in whatif --set."
    ),
    output: options.OutputWanted,
) -> None:
    """Show pay by year: steps, promotions, experience.

    \b
    Examples:
      ehrpay ladder --agency va --grade 7 --step 1 --location Denver
      ehrpay ladder --years 3 --cert rhit --horizon 15
      ehrpay ladder --agency va --grade 8 --years-in-grade 2.5 --raise 2
      ehrpay ladder --agency va --grade 7 --step 1 --years 4 --vs agency=private
      ehrpay ladder --years 2 --vs degree=bachelor --vs cert+=rhia

    Amounts are in today's dollars unless you use --raise.
    """
    from ehrpay.domain.ladder.options import read_options
    from ehrpay.domain.whatif.scenario import read_assignments
    from ehrpay.formats import ladder as views

    chosen = output.choose(views.Years)
    options = read_options(horizon, raised, to_grade, promotions=not no_promotion)
    with blamed_on("vs"):
        changes = read_assignments(vs or ())
    book = rules.load()

    from ehrpay.api.estimates import estimate
    from ehrpay.domain.ladder.options import refuse_ineffective
    from ehrpay.domain.ladder.years import ladder

    priced = partial(estimate, book=book, method=method, apply_band=apply_band)
    first = ladder(book, priced(profile), options)
    if not changes:
        refuse_ineffective(options, [first.last_grade])
        chosen.write(views.Years(first, book.sources))
        return
    from ehrpay.domain.ladder.versus import changed, second, versus

    other = changed(book, profile, changes)
    then = second(other, changes, priced)
    last = ladder(book, then, options)
    refuse_ineffective(options, [first.last_grade, last.last_grade])
    chosen.write(views.Pair(versus(book, first, last, changes), (profile, other), book.sources))

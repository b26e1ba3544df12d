"""The kinds of rule files by name, and the line at the top of each that tells an editor its JSON Schema."""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple


class Kind(NamedTuple):
    """A kind of rule file: its name, the path below the rules folder (or the folder it lies in), what it holds."""

    name: str
    path: str
    about: str


KINDS = (
    Kind("sources", "sources.yaml", "every citation, once"),
    Kind("occupations", "occupations.yaml", "national wages by occupation"),
    Kind("ageing", "ageing.yaml", "the wage index"),
    Kind("spread", "spread.yaml", "how wide a range is"),
    Kind("plan", "plan.yaml", "the order of the market method's steps"),
    Kind("benefits", "benefits.yaml", "what a comparison of offers may fill in"),
    Kind("gs-base", "federal/gs-base.yaml", "General Schedule base pay"),
    Kind("gs-locality", "federal/gs-locality.yaml", "General Schedule locality percentages"),
    Kind("gs-rules", "federal/gs-rules.yaml", "cap, waiting periods, hourly divisor"),
    Kind("ladders", "federal/ladders.yaml", "who qualifies for which grade"),
    Kind("adjustment", "adjustments/", "one factor: experience, degree, certification ..."),
    Kind("agency", "agencies/", "one employer: bands, pay plan, benefits"),
    Kind("areas", "areas/", "wages by state or area"),
    Kind("overlay", "overlay.yaml", "the head of an overlay: title, author, reference"),
    Kind("cases", "tests/", "cases that `ehrpay rules test` runs"),
    Kind("profiles", "tests/reference/", "the people that `ehrpay rules diff` prices"),
)
"""Every kind, in the order they are listed."""


def kind_of(path: str) -> str | None:
    """The kind of the file at a path below a rules folder; None where no rule file belongs."""
    folder = path.rpartition("/")[0] + "/"
    return next((kind.name for kind in KINDS if kind.path in (path, folder)), None)


def modeline(path: str) -> str:
    """The first line of a shipped rule file, which editors read: where its JSON Schema is, from the file."""
    up = "../" * (path.count("/") + 1)
    return f"# yaml-language-server: $schema={up}schema/rules/{kind_of(path)}.schema.json\n"

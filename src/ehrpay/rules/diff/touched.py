"""Whom a changed value touches: people made up to show its effect, the most likely first.

They are tried in order until one moves. What no estimate asks (benefits, the hourly divisor, words) is said
in words instead.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from ehrpay.domain.market.wages import REFERENCE
from ehrpay.domain.numerals import fixed
from ehrpay.domain.profile import Profile
from ehrpay.domain.review.moves import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.domain.review.changes import Change

    Core = dict[str, Any]
    Finder = Callable[["Change", Core], Iterable["Person"]]

YEARS = 5
"""The years of the people made up: where the experience curve is 1."""
WORDS = frozenset(
    {
        "about", "address", "agencies", "aliases", "basis", "confidence", "facts_sources", "fee", "issuer", "licence",
        "name", "note", "notes", "prerequisite", "published", "publisher", "renewal", "retrieved", "review_by",
        "short", "sources", "text", "title", "url",
    }
)  # fmt: skip
"""Keys whose values are shown or matched, and never counted with."""
COMPARED = {"benefits.yaml": "`", "places/parities.tsv": " --home` once it is shipped"}
"""Files that only a comparison of offers counts with, and how."""
CAREER = (YEARS, 0, 30)
"""Years in the middle and near both ends, where a published band cuts off."""
FALLEN_BACK = ("0900001", "2500001", "4900010")
"""Nonmetropolitan areas for which BLS publishes no wage of the occupation."""
AFTER_READING = range(1, 25)
"""Months after an index reading that it still acts in."""


def unpriced(change: Change) -> str:
    """Why no estimate can show a change; empty where one might."""
    if change.file in COMPARED:
        return f"counted by `ehrpay compare{COMPARED[change.file]}; no estimate rests on it"
    if change.file.startswith("places/"):
        return "places are read from the shipped rules only: moves people once it is shipped"
    if change.keys[1:2] == ("hourly_divisor",):
        return "moves pay by the hour only"
    if change.keys[-1] == "employment":
        return "shown beside a wage; no estimate rests on it"
    if change.file == "sources.yaml" or (not change.numeric and set(change.keys) & WORDS):
        return "words only; no estimate rests on it"
    return ""


def people(change: Change, cores: Sequence[Core]) -> Iterator[Person]:
    """People whom the change may move, for the side's own day and then for the value's; `cores` newest first."""
    if unpriced(change):
        return
    finder = _FINDERS.get(change.file) or _FOLDERS.get(change.file.rpartition("/")[0])
    if finder is None:
        return
    since = max(change.old.effective, change.new.effective)
    for core in cores:
        found = list(finder(change, core))
        for day in dict.fromkeys(("", since)):
            yield from (one if one.as_of else one._replace(as_of=day) for one in found)


def _made(words: str, method: str = "auto", as_of: str = "", **said: Any) -> Person:
    return Person(words, Profile(**said), method, as_of)


def _adjustment(change: Change, core: Core) -> Iterator[Person]:
    id_ = change.id.replace("[", ".").partition(".")[0]
    rule = core["adjustments"].get(id_)
    if rule is None:
        return
    keys = change.keys
    if rule["step"] == "curve":
        yield from (_made(f"{y} years", years=y) for y in _numbers(keys) or (0, 1, 3, 5, 10, 20, 30))
    elif rule["step"] == "set":
        yield from _credentials(keys, rule)
    elif rule["input"] == "occupation":
        yield from (_role(role) for role in _roles_of(core, keys[2:3]))
    elif rule["input"] == "fallback":
        yield from _rural()
    else:
        yield from _choice(keys, rule["input"])


def _numbers(keys: Sequence[str]) -> list[str]:
    """The years among the keys, where a point of a curve is named by them."""
    return [key for before, key in pairwise(keys) if before == "points"]


def _choice(keys: Sequence[str], field: str) -> Iterator[Person]:
    level = keys[2] if keys[1:2] == ("levels",) and len(keys) > 2 else ""  # noqa: PLR2004 - file, levels, id
    if not level:
        return
    roles = keys[4].split(",") if keys[3:4] == ("by_role",) and len(keys) > 4 else [None]  # noqa: PLR2004 - likewise
    value: Any = (level,) if field == "ehr" else level
    for role in roles:
        said: dict[str, Any] = {"years": YEARS, field: value} | ({"role": role} if role else {})
        words = f"{level}, {role}" if role else level
        yield _made(f"{words}, {YEARS} years", **said)


def _credentials(keys: Sequence[str], rule: dict[str, Any]) -> Iterator[Person]:
    levels = {level["id"]: level for level in rule["levels"]}
    core = [id_ for id_, level in levels.items() if level["kind"] == "core" and level["evidence"]]
    part = keys[1]
    if part == "none":
        yield _made(f"no credential, {YEARS} years", years=YEARS, certs=())
    elif part == "core":
        for id_, level in levels.items():
            for role in level["excluded_roles"]:
                yield _made(f"{role}, {level['short']}, {YEARS} years", role=role, years=YEARS, certs=(id_,))
    elif part == "ranks":
        for count in (2, 3):
            for some in (core[:count], _apart(core, levels, count)):
                yield _held(some, levels)
    elif part == "levels" and keys[2] in levels:
        yield _held([keys[2]], levels)
        yield from (_held([keys[2], other], levels) for other in core[:3] if other != keys[2])
        for role in levels[keys[2]]["excluded_roles"]:
            yield _held([keys[2]], levels, role=role)


def _apart(ids: Sequence[str], levels: dict[str, Any], count: int) -> list[str]:
    """So many credentials of which none is a step of another's path."""
    kept: list[str] = []
    for id_ in ids:
        if not any(id_ in levels[one]["same_as"] or one in levels[id_]["same_as"] for one in kept):
            kept.append(id_)
    return kept[:count]


def _held(ids: Sequence[str], levels: dict[str, Any], **said: Any) -> Person:
    words = ", ".join([*said.values(), *(str(levels[id_]["short"]) for id_ in ids)])
    return _made(f"{words}, {YEARS} years", years=YEARS, certs=tuple(ids), **said)


def _roles_of(core: Core, occupations: Sequence[str]) -> list[str | None]:
    """The roles of an occupation; nobody's in particular stands for the reference occupation."""
    levels = core["adjustments"]["responsibility"]["levels"]
    found: list[str | None] = [None] if REFERENCE in occupations else []
    return found + [
        level["id"] for level in levels if level["occupation"] in occupations and level["occupation"]
    ]


def _role(role: str | None, **said: Any) -> Person:
    where = f" in {said['location']}" if "location" in said else ""
    return _made(f"{role or 'anyone'}{where}, {YEARS} years", role=role, years=YEARS, **said)


def _rural() -> Iterator[Person]:
    """People in countrysides without a wage of their own, so that the whole state stands in."""
    for place, role in product(FALLEN_BACK, (None, "transcriptionist", "file-clerk")):
        yield _role(role, location=place)


def _area(change: Change, core: Core) -> Iterator[Person]:
    row = next((key for before, key in pairwise(change.keys) if before == "rows"), "")
    code, _, occupation = row.partition(".")
    if not occupation:
        return
    roles = _roles_of(core, [occupation])
    # The reference occupation's area factor stands in for others that have no wage of their own there.
    others = (
        [level["id"] for level in core["adjustments"]["responsibility"]["levels"]] if None in roles else []
    )
    # Five digits alone could be a ZIP code too.
    place = f"cbsa {code}" if change.file == "areas/metros.yaml" else code
    yield from (_role(role, location=place) for role in [*roles, *others])


def _occupation(change: Change, core: Core) -> Iterator[Person]:
    for role in _roles_of(core, change.keys[2:3]):
        yield _role(role)
        yield _role(role, location="CO")


def _cell(change: Change, core: Core) -> Iterator[Person]:
    row, step = [*change.keys, *[""] * 6][4:6]
    since = max(change.old.effective, change.new.effective)
    grades = [row] if row.isdigit() else ["9"]
    for grade, code in product(grades, _localities(core, since)):
        yield _graded(grade, step.removeprefix("step-") or "1", code)


def _graded(grade: str, step: str, code: str) -> Person:
    return _made(f"GS-{grade} step {step}, {code}", agency="va", grade=grade, step=step, locality=code)


def _localities(core: Core, since: str) -> list[str]:
    """The Rest of U.S. and, where a year has no percentage for it, one that has; all have one of the newest."""
    areas = core["federal"]["localities"]
    dated = [code for code, area in areas.items() if any(row[0][:4] == since[:4] for row in area["percents"])]
    return list(dict.fromkeys([*(code for code in ("RUS",) if code in areas), *dated[:1]]))


def _locality(change: Change, core: Core) -> Iterator[Person]:  # noqa: ARG001 - the finders' common form
    yield _graded("9", "1", change.keys[2])


def _gs_rule(change: Change, core: Core) -> Iterator[Person]:
    if change.keys[1] == "caps":
        since = max(change.old.effective, change.new.effective)
        ranked = sorted(core["federal"]["localities"].values(), key=lambda area: -_percent(area, since))
        yield from (_graded("15", "10", area["code"]) for area in ranked[:1])
    elif change.keys[1] == "within_grade":
        for tenths in range(1, 201):
            years = fixed(tenths, 1)
            yield _made(
                f"GS-9 after {years} years, RUS", agency="va", grade="9", years_in_grade=years, locality="RUS"
            )


def _percent(area: dict[str, Any], since: str) -> int:
    return max((int(row[1]) for row in area["percents"] if row[0][:4] == since[:4]), default=0)


def _ladder(change: Change, core: Core) -> Iterator[Person]:
    rule = next((one for one in core["federal"]["ladders"] if one["id"] == change.keys[2]), None)
    if rule is None:
        return
    degrees = list(dict.fromkeys([None, *(entry["degree"] for entry in rule["entries"])]))
    certs = list(dict.fromkeys([None, *((c,) for entry in rule["entries"] for c in entry["certs"][:1])]))
    halves = [f"{n // 2}.5" if n % 2 else str(n // 2) for n in range(25)]
    for agency, role in product(rule["agencies"][:1], rule["roles"][:1]):
        for degree, held, years in product(degrees, certs, [None, *halves]):
            said = {"agency": agency, "role": role, "degree": degree, "certs": held, "years": years}
            words = [agency.upper(), role, f"{years} years" if years else "", degree or "", *(held or ())]
            yield _made(" ".join(word for word in words if word), **said)


def _agency(change: Change, core: Core) -> Iterator[Person]:
    id_ = change.id.replace("[", ".").partition(".")[0]
    levels = core["adjustments"]["responsibility"]["levels"]
    roles = [None, *(level["id"] for level in levels)]
    # A band's name is its date, its series and its roles.
    words = change.keys[2].split() if change.keys[1:2] == ("bands",) and change.keys[2:] else [""]
    band = [role for role in roles if role and role in words[-1].split(",")]
    for years, role, place, method in product(
        CAREER, band or roles, (None, "San Francisco", "MS"), ("auto", "market")
    ):
        who = ", ".join(
            part for part in (id_.upper(), role, f"{years} years", place, f"{method} method") if part
        )
        yield _made(who, method, agency=id_, role=role, years=years, location=place)


def _spread(change: Change, core: Core) -> Iterator[Person]:  # noqa: ARG001 - the finders' common form
    known: dict[str, Any] = {
        "role": "coder",
        "degree": "associate",
        "certs": ("rhit",),
        "setting": "hospital",
    }
    yield _made(f"hospital coder, RHIT, associate, {YEARS} years", years=YEARS, **known)
    yield from (
        _role(role, location=place) for role in ("director", "registrar") for place in ("0800001", "19740")
    )
    yield from _rural()


def _ageing(change: Change, core: Core) -> Iterator[Person]:
    """Anyone on the side's day, then in the months that a reading carries."""
    yield _made("anyone")
    last = max(row[0] for row in core["ageing"]["readings"])
    quarter = change.keys[3] if len(change.keys) > 3 and change.keys[2] == "readings" else last  # noqa: PLR2004
    start = int(quarter[:4]) * 12 + int(quarter[5]) * 3 - 1
    for month in (start, *(start + n for n in AFTER_READING)):
        day = f"{month // 12}-{month % 12 + 1:02d}-01"
        yield _made("anyone", as_of=day)


_FINDERS: dict[str, Finder] = {
    "occupations.yaml": _occupation,
    "ageing.yaml": _ageing,
    "spread.yaml": _spread,
    "federal/gs-base.yaml": _cell,
    "federal/gs-locality.yaml": _locality,
    "federal/gs-rules.yaml": _gs_rule,
    "federal/ladders.yaml": _ladder,
}
_FOLDERS: dict[str, Finder] = {"adjustments": _adjustment, "agencies": _agency, "areas": _area}

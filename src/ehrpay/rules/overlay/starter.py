"""The files of a first overlay: commented, valid, and with a case that passes. Its figures are examples."""

from __future__ import annotations

from ehrpay.rules.shape.kinds import KINDS, modeline

SCHEMAS = ".schema"
"""Where the overlay keeps the JSON Schemas its files name; the loader skips folders with a dot."""

_OVERLAY = """\
# The head of an overlay: what it is, who keeps it, and what it rests on. An overlay is laid over the shipped
# rules: what it names by id is changed, what is new is added, and everything else stays as shipped.
title: Pay rules of Example Health
author: the compensation team
reference: a starting point written by `ehrpay rules init`; say here which policy or survey you follow
"""

_SOURCES = """\
# Your citations. Cite first: a number whose source is neither here nor in the shipped sources is refused.
# Give each an id that the shipped ones don't have ('ehrpay rules sources' lists them).
sources:
  - id: example-judgement
    title: Example figures, made up
    publisher: the compensation team
    url: null                      # an https:// address where there is one
    published: "{year}"            # the year, or the day, in quotes
    retrieved: {today}
    licence: figures only
    note: Not evidence. Replace it by your survey, policy or agreement before you rely on it.
"""

_ADJUSTMENT = """\
# One level of a shipped factor, changed. A file here has the name of the shipped file it is laid over
# ('ehrpay rules show certification' says where that is); only what is changed stands here.
adjustment: certification
levels:
  - id: rhit
    values:
      # A value is in force from its date until a newer one begins. This one follows the shipped value, so an
      # estimate as of an earlier day is what it was. With the same date it would stand in its place.
      - effective: 2026-01-01
        factor: 1.05               # 5 % above the median worker; the shipped value is 1.03
        low: 1.02                  # low <= factor <= high
        high: 1.10
        basis: assumption          # official, survey, reported or assumption
        confidence: low            # high, medium or low
        sources: [example-judgement]
        review_by: 2027-12-31      # after this day the answer says that the number is old
        note: Made up as an example. Say here how your number came from its source.
"""

_AGENCY = """\
# An employer of your own. The file's name is free; the id must be new.
agency: example-health
name: Example Health
aliases: [example hospital]        # other names people may type after --agency
kind: private
setting: hospital                  # 'ehrpay list settings' shows the ids
pay_plan: null                     # GS only for employers on the General Schedule
bands:
  # What you pay, from a minimum to a maximum in whole dollars a year. A market range is held within it, and
  # the answer says so. `roles` are those it is for ('ehrpay list roles'); leave it out for all.
  - effective: 2026-01-01
    min: 45000
    max: 72000
    roles: [coder, specialist]
    basis: assumption
    sources: [example-judgement]
    review_by: 2027-12-31
    note: Made up as an example.
notes:
  - Everything about this employer is an example.
"""

_CASES = """\
# What must stay true, a sentence each; run them with 'ehrpay rules test' and this folder. `expect` has dotted
# paths into the answer of 'ehrpay estimate --json'; a step is found by its id. Factors are in quotes.
cases:
  - name: an RHIT is worth five per cent to us
    as_of: 2026-06-01
    profile: {years: 5, certs: [rhit]}
    expect: {steps.certification.factor: "1.0500"}
  - name: before our rule began it was worth what the shipped rules say
    as_of: 2025-06-01
    profile: {years: 5, certs: [rhit]}
    expect: {steps.certification.factor: "1.0300"}
  - name: our band for coders is known
    as_of: 2026-06-01
    profile: {agency: example-health, role: coder, years: 5}
    expect: {band.min: 45000, band.max: 72000}
    says: ["Example Health"]
"""

_README = """\
# An overlay of pay rules

This folder is laid over the rules that ship with ehrpay. It was written by `ehrpay rules init`; every figure
in it is made up and marked `basis: assumption`. Change it to what is true where you are.

| file | what it shows |
|---|---|
| `overlay.yaml` | the head: title, author, reference (needed) |
| `sources.yaml` | your citations |
| `adjustments/certification.yaml` | one level of a shipped factor, changed |
| `agencies/example-health.yaml` | an employer of your own, with a band |
| `tests/example.yaml` | cases: sentences that must stay true |
| `.schema/` | JSON Schemas, so that an editor completes and checks (`ehrpay rules schema --overlay --write .schema`) |

Use it, with this folder's path for `DIR`:

    ehrpay estimate --rules DIR --agency example-health --role coder --years 5 --cert rhit
    ehrpay rules validate DIR
    ehrpay rules test DIR
    ehrpay rules show rhit --rules DIR
    ehrpay rules diff rules DIR

`--rules` may be given several times, and the last one wins. `EHRPAY_RULES` names overlays for every command;
a folder `rules` in your configuration folder is always used (`ehrpay rules path` shows what is).

How things are laid over one another: a mapping is completed key by key; things in a list are found again by
their `id`, dated values by their date; whatever carries its own `sources` is replaced whole, so a number never
borrows the source of another.
"""

_TEXTS = {
    "overlay.yaml": _OVERLAY,
    "sources.yaml": _SOURCES,
    "adjustments/certification.yaml": _ADJUSTMENT,
    "agencies/example-health.yaml": _AGENCY,
    "tests/example.yaml": _CASES,
    "README.md": _README,
}


def files(today: str) -> dict[str, str]:
    """Path to text of every file of the starter; `today` is an ISO date."""
    from ehrpay.rules.shape import json_schema

    made = {
        path: modeline(path, SCHEMAS) + text.replace("{today}", today).replace("{year}", today[:4])
        for path, text in _TEXTS.items()
    }
    schemas = {f"{SCHEMAS}/{kind.name}.schema.json": json_schema.text(kind.name, part=True) for kind in KINDS}
    return made | schemas

"""The files of a first overlay: commented, valid, with a case that passes. Its figures are examples."""

from __future__ import annotations

from ehrpay.rules.shape.kinds import KINDS, modeline

SCHEMAS = ".schema"
"""Where the overlay keeps the JSON Schemas its files name; the loader skips folders with a dot."""

_OVERLAY = """\
# The head of an overlay: what it is, who keeps it, and what it is based on. An overlay applies on top of the
# shipped rules: it changes what it names by id, adds what is new, and leaves everything else as shipped.
title: Pay rules of Example Health
author: the compensation team
reference: a starting point written by `ehrpay rules init`; name the policy or survey you follow here
"""

_SOURCES = """\
# Your sources. Cite first: a number whose source is neither here nor in the shipped sources is an error.
# Give each an id that the shipped ones don't use ('ehrpay rules sources' lists them).
sources:
  - id: example-figures
    title: Example figures
    publisher: the compensation team
    url: null                      # an https:// address, if there is one
    published: "{year}"            # the year, or the day, in quotes
    retrieved: {today}
    licence: figures only
    note: Not evidence. Replace it with your survey, policy or agreement before you rely on it.
"""

_ADJUSTMENT = """\
# One level of a shipped factor, changed. A file here has the name of the shipped file it changes
# ('ehrpay rules show certification' shows where that is) and needs only what changes.
adjustment: certification
levels:
  - id: rhit
    values:
      # A value is in force from its date until a newer one starts. This one follows the shipped value, so
      # estimates as of an earlier day don't change. With the same date it would replace the shipped value.
      - effective: 2026-01-01
        factor: 1.05               # 5 % above the median worker; the shipped value is 1.03
        low: 1.02                  # low <= factor <= high
        high: 1.10
        basis: assumption          # official, survey, reported or assumption
        confidence: low            # high, medium or low
        sources: [example-figures]
        review_by: 2027-12-31      # after this day answers say that the number is old
        note: An example. Explain here how your number came from its source.
"""

_AGENCY = """\
# An employer of your own. The file can have any name; the id must be new.
agency: example-health
name: Example Health
aliases: [example hospital]        # other names people may type after --agency
kind: private
setting: hospital                  # 'ehrpay list settings' lists the ids
pay_plan: null                     # GS only for employers on the General Schedule
bands:
  # What you pay, from a minimum to a maximum in whole dollars a year. A market range is limited to it, and the
  # answer says so. `roles` are the roles it covers ('ehrpay list roles'); omit it for all roles.
  - effective: 2026-01-01
    min: 45000
    max: 72000
    roles: [coder, specialist]
    basis: assumption
    sources: [example-figures]
    review_by: 2027-12-31
    note: An example.
notes:
  - Everything about this employer is an example.
"""

_CASES = """\
# What must stay true, one sentence each. Run them with 'ehrpay rules test' and this folder. `expect` has dotted
# paths into the answer of 'ehrpay estimate --json'; a step is found by its id.
cases:
  - name: RHIT is worth five percent to us
    as_of: 2026-06-01
    profile: {years: 5, certs: [rhit]}
    expect: {steps.certification.factor: 1.05}
  - name: before our rule started, RHIT had the shipped value
    as_of: 2025-06-01
    profile: {years: 5, certs: [rhit]}
    expect: {steps.certification.factor: 1.03}
  - name: our band for coders is known
    as_of: 2026-06-01
    profile: {agency: example-health, role: coder, years: 5}
    expect: {band.min: 45000, band.max: 72000}
    says: ["Example Health"]
"""

_README = """\
# An overlay of pay rules

This folder applies on top of the rules that ship with ehrpay. `ehrpay rules init` wrote it; every figure in it is
an example, marked `basis: assumption`. Replace the figures with your own.

| file | what it shows |
|---|---|
| `overlay.yaml` | the head: title, author, reference (required) |
| `sources.yaml` | your sources |
| `adjustments/certification.yaml` | one level of a shipped factor, changed |
| `agencies/example-health.yaml` | an employer of your own, with a band |
| `tests/example.yaml` | cases: sentences that must stay true |
| `.schema/` | JSON Schemas, for editors to complete and check (`ehrpay rules schema --overlay --write .schema`) |

Use it, with this folder's path for `DIR`:

    ehrpay estimate --rules DIR --agency example-health --role coder --years 5 --cert rhit
    ehrpay rules validate DIR
    ehrpay rules test DIR
    ehrpay rules show rhit --rules DIR
    ehrpay rules diff shipped DIR

You can give `--rules` several times; the last one wins. `EHRPAY_RULES` sets overlays for every command, and a
folder `rules` in your configuration folder is always used (`ehrpay rules path` shows what is in use).

How an overlay applies: mappings are completed key by key; items in a list are matched by `id`, dated values by
date; anything with its own `sources` is replaced whole, so a number never borrows another's source.
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

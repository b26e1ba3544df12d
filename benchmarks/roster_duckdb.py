"""A query written by hand prices a market roster from tables of the rules' numbers.

    python benchmarks/roster_duckdb.py IN OUT TABLES

The arithmetic is the rules': whole cents, half up at every step, with no division of a negative, for DuckDB's `//`
cuts towards zero. Rows are written in whatever order the joins leave them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ROSTER = (
    "columns={id: BIGINT, name: VARCHAR, role: VARCHAR, years: DOUBLE, degree: VARCHAR, certs: VARCHAR, "
    "location: VARCHAR, setting: VARCHAR, pay: BIGINT, department: VARCHAR}"
)

MACROS = """
CREATE MACRO times(cents, factor) AS (cents * factor + 5000) // 10000;
CREATE MACRO clip(value, low, high) AS greatest(low, least(value, high));
CREATE MACRO root(value) AS CAST(floor(sqrt(value)) AS BIGINT);
-- What the cap leaves of a pull on a quartile: as far as it leads to the cap's edge.
CREATE MACRO kept(pull, far, inside) AS pull * (inside * inside) // (far * far);
CREATE MACRO far(pull) AS clip(root(pull), 1, 10000);
CREATE MACRO distance(own, width, pull) AS
    least(root((own * width // 10000) * (own * width // 10000) + pull), own * 11000 // 10000);
CREATE MACRO dollars(cents) AS (cents + 50) // 100;
"""

PRICED = """
WITH told AS (
    SELECT
        people.*, start.* EXCLUDE (role, location, total, width, down, up),
        times(times(times(times(start.total, y.factor), d.factor), c.factor), s.factor) AS free,
        times(times(times(times(start.width, y.narrow), d.narrow), c.narrow), s.narrow) AS known_width,
        start.down + y.down * y.down + d.down * d.down + c.down * c.down + s.down * s.down AS down,
        start.up + y.up * y.up + d.up * d.up + c.up * c.up + s.up * s.up AS up
    FROM {people} AS people
    JOIN '{tables}/start.parquet' AS start USING (role, location)
    JOIN '{tables}/years.parquet' AS y ON y.role = people.role AND y.years = CAST(round(people.years * 10) AS BIGINT)
    JOIN '{tables}/degree.parquet' AS d ON d.role = people.role AND d.degree = people.degree
    JOIN '{tables}/certs.parquet' AS c ON c.role = people.role AND c.certs = people.certs
    JOIN '{tables}/setting.parquet' AS s ON s.role = people.role AND s.setting = people.setting
),
capped AS (
    SELECT *,
        clip(free, cap_low, cap_high) AS total,
        times(times(times(known_width, fall0), fall1), fall2) AS width
    FROM told
),
reached AS (
    SELECT *,
        dollars(total) * 100 AS middle,
        kept(down, far(down),
            (total * 10000 - clip(free * (10000 - far(down)), cap_low * 10000, cap_high * 10000)) // total
        ) AS pull_down,
        kept(up, far(up),
            (clip(free * (10000 + far(up)), cap_low * 10000, cap_high * 10000) - total * 10000) // total
        ) AS pull_up
    FROM capped
),
points AS (
    SELECT *,
        dollars(middle) AS p50,
        dollars(times(middle, 10000 - least(distance(10000 - least(p25, 10000), width, pull_down), 9000))) AS free_low,
        dollars(times(middle, 10000 + distance(greatest(p75, 10000) - 10000, width, pull_up))) AS free_high
    FROM reached
)
SELECT id, name, role, years, degree, certs, location, setting, pay, department,
    clip(least(free_low, p50), least // 100, most // 100) AS low,
    clip(p50, least // 100, most // 100) AS mid,
    clip(greatest(free_high, p50), least // 100, most // 100) AS high
FROM points
"""


def price(source: str, target: str, tables: str) -> None:
    """From a file into one of the same form."""
    parquet = Path(source).suffix == ".parquet"
    people = f"'{source}'" if parquet else f"read_csv('{source}', header=true, {ROSTER})"
    form = "FORMAT parquet, COMPRESSION zstd" if parquet else "FORMAT csv, HEADER"
    query = PRICED.format(people=people, tables=tables)
    with duckdb.connect() as base:
        base.execute("SET preserve_insertion_order = false")
        base.execute(MACROS)
        base.execute(f"COPY ({query}) TO '{target}' ({form})")


if __name__ == "__main__":
    price(*sys.argv[1:])

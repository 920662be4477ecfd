"""What a second derivation is worked out with: the synthetic council's rows and plain Python.

Nothing of the measures or the statistics is imported.
"""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from councils import council
from pandas import DataFrame

MONTH, BEFORE, THEN = "2023-06", "2023-05", "2022-12"
YEAR = "2022-07/2023-06"
DAY = date(2023, 7, 10)
SCALE = ["outstanding", "good", "requires improvement", "inadequate"]
AREAS = [
    "help_protection_stability", "recording_communication", "assessment", "relationships_direct_work", "multi_agency",
    "supervision_oversight",
]  # fmt: skip
BANK_HOLIDAYS = {
    date(*day)
    for day in [
        (2022, 6, 2), (2022, 6, 3), (2022, 8, 29), (2022, 9, 19), (2022, 12, 26), (2022, 12, 27), (2023, 1, 2),
        (2023, 4, 7), (2023, 4, 10), (2023, 5, 1), (2023, 5, 8), (2023, 5, 29),
    ]
}  # fmt: skip
Record = dict[str, Any]
Key = tuple[str, str, str, str, str]  # measure, period, population, by, group


@cache
def frames() -> Mapping[str, DataFrame]:
    return council(cycles=14)


def records(dataset: str) -> list[Record]:
    """Rows as mappings: dates as dates, blanks as None."""
    frame = frames()[dataset]
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{k: v.date() if hasattr(v, "date") else v for k, v in row.items()} for row in rows]


def by_day(value: date | None) -> bool:
    return value is not None and value <= DAY


def is_good(grade: str) -> bool:
    return grade in SCALE[:2]


def wilson(x: int, n: int) -> tuple[float, float, float]:
    z, p = 1.959963984540054, x / n
    centre, half = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return p, (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


def working_days(start: date, end: date) -> int:
    days = [start + timedelta(step) for step in range(1, (end - start).days + 1)]
    return sum(day.weekday() < 5 and day not in BANK_HOLIDAYS for day in days)


AUDITS = {row["audit_id"]: row for row in records("audits") if by_day(row["audited_on"])}
ACTIONS = [row for row in records("actions") if row["agreed_on"] <= DAY]


def year() -> list[str]:
    return [f"2022-{month:02d}" for month in range(7, 13)] + [f"2023-{month:02d}" for month in range(1, 7)]


def headline(*months: str) -> list[Record]:
    return [a for a in AUDITS.values() if a["cycle_month"] in months and a["selection_route"] in ("random", "revisit")]

"""Small teams for tests of observations: a post and an observation, of which a test says what matters."""

from typing import Any

JANUARY = "2024-01"  # whose report is of July to December 2023, with the year 2023
HALF, YEAR, AHEAD = "2023-07/2023-12", "2023-01/2023-12", "2023-07/2024-06"


def post(who: str, **more: Any) -> dict[str, Any]:
    """A social worker who was always there."""
    usual = {"role": "social worker", "team": "North", "service_area": "Safeguarding", "started_on": "2020-01-06"}
    return {**usual, "worker_id": who, "manager_id": "m", **more}


def seen(who: str, day: str, kind: str = "direct work", **more: Any) -> dict[str, Any]:
    """An observation on a day."""
    return {"worker_id": who, "observed_on": day, "kind": kind, **more}


def audit(**more: Any) -> dict[str, Any]:
    """An audit of the month, without which there is no report."""
    return {"cycle_month": JANUARY, "audited_on": "2024-01-15", **more}

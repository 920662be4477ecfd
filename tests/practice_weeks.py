"""A council's Practice Week in a few rows: audits by leaders and others, events, and records graded twice."""

from typing import Any

GRADES = ("outstanding", "good", "requires improvement", "inadequate")
OCTOBER = "2023-10"
LEADER, DIRECTOR, MEMBER = "service manager", "Director of Children's Services", "elected member"


def of_week(number: int, role: str, grade: str = "good", **more: Any) -> dict[str, Any]:
    usual = {
        "audit_id": f"w{number}", "cycle_month": OCTOBER, "audited_on": "2023-10-11",
        "selection_route": "practice week",
        "auditor_role": role, "auditor_id": f"leader-{number}", "child_id": f"c{number}", "overall_grade": grade,
    }  # fmt: skip
    return usual | more


USUAL = [
    {"cycle_month": OCTOBER, "audited_on": "2023-10-20", "child_id": f"u{at}", "key_worker_id": f"k{at}",
     "overall_grade": ("good", "requires improvement")[at % 2]}
    for at in range(9)
]  # fmt: skip
WEEK = [of_week(1, LEADER), of_week(2, DIRECTOR, "outstanding"), of_week(3, "IRO", "requires improvement"),
        of_week(4, MEMBER, "inadequate"), of_week(5, LEADER, auditor_id="leader-1")]  # fmt: skip


def event(name: str, day: str, **more: Any) -> dict[str, Any]:
    return {"event_id": name, "kind": "practice week", "held_on": day, "team": "all teams", **more}


def observed(day: str, role: str | None = LEADER, kind: str = "direct work") -> dict[str, Any]:
    return {"worker_id": "kw", "observed_on": day, "observer_role": role, "kind": kind}


def both(leader: str, usual: str, at: int, **more: Any) -> list[dict[str, Any]]:
    """One record graded by a leader and by a usual auditor."""
    other = {
        "audit_id": f"u{at}", "cycle_month": OCTOBER, "audited_on": "2023-10-18", "child_id": f"c{at}",
        "auditor_id": f"usual-{at % 4}", "overall_grade": usual, "grade_assessment": usual,
    }  # fmt: skip
    return [of_week(at, LEADER, leader, auditor_id=f"leader-{at % 4}", grade_assessment=leader), other | more]


SIX = [("good", "good"), ("good", "good"), ("outstanding", "good"), ("good", "requires improvement"),
       ("inadequate", "good"), ("good", "good")]  # fmt: skip

"""A small council that supplies something of everything, the same for ever: what golden texts are written of."""

from functools import cache
from typing import Any

from pandas import DataFrame
from runs import CORE
from small import NO_ISSUES, month, tables

from qa_analysis.month.month import Month

NOW, THEN = "2023-06", "2022-12"
CYCLES = (NOW, "2023-05", "2023-04", "2023-03", "2023-02", "2023-01", THEN, "2022-11", "2022-10")
EACH = 15  # audits of a cycle
GOOD, POOR = "good", "requires improvement"
PLACES = (("Safeguarding", "Harbour"), ("Safeguarding", "Oak"), ("Cared For", "Rowan"))


@cache
def fixed_month() -> Month:
    """June 2023 of the council: better than half a year before, moderated, with open and overdue actions."""
    return month(tables(NOW, **DATASETS), issues=ISSUES)


@cache
def core_month() -> Month:
    """The same month of a council that supplies the four core datasets and nothing more."""
    return month(tables(NOW, **CORE))


def _audit(cycle: str, number: int) -> dict[str, Any]:
    service, team = PLACES[number % len(PLACES)]
    size = 10 if cycle > "2023-03" else 5
    overall = GOOD if number < size else POOR
    return {
        "cycle_month": cycle, "audited_on": f"{cycle}-15", "notice_on": f"{cycle}-{10 - number % 6:02d}",
        "service_area": service, "team": team, "theme_code": "supervision" if number % 2 else "neglect",
        "selection_route": "nominated good" if number == EACH - 1 else "random",
        "auditor_id": f"auditor-{number % 5}", "key_worker_id": f"worker-{cycle}-{number}",
        "child_id": f"child-{cycle}-{number}", "overall_grade": "inadequate" if number == 13 else overall,
        "grade_assessment": overall, "grade_multi_agency": POOR, "key_worker_conversation_held": number % 4 > 0,
        "impact_statement": "The child now sleeps well." if number % 3 else None, "is_disputed": number == 12,
    }  # fmt: skip


AUDITS = [_audit(cycle, number) for cycle in CYCLES for number in range(EACH)]
SEEN = range(1, len(AUDITS) + 1, 3)  # which of them the panel saw, by number


def _moderation(number: int) -> dict[str, Any]:
    audit = AUDITS[number - 1]
    is_lowered = number % 4 == 0 and audit["overall_grade"] == GOOD
    return {
        "audit_id": f"audits-{number}", "moderated_on": f"{audit['cycle_month']}-25", "panel": "head of service",
        "overall_grade": POOR if is_lowered else audit["overall_grade"], "grade_assessment": audit["grade_assessment"],
        "reason_for_change": "Evidence is thin." if is_lowered else None,
    }  # fmt: skip


def _finding(number: int) -> dict[str, Any]:
    code = ("1.1", "3.10", "4.2", "6.6", None)[number % 5]
    return {
        "audit_id": f"audits-{number % len(AUDITS) + 1}", "theme_code": code, "is_safeguarding": number == 4,
        "polarity": "strength" if code == "4.2" else "development", "text": f"The plan was written in week {number}.",
    }  # fmt: skip


def _action(number: int) -> dict[str, Any]:
    is_done, service = number % 3 > 0, PLACES[number % len(PLACES)]
    done = {"completed_on": f"2023-06-{number % 28 + 1:02d}", "signed_off_on": "2023-06-29"} if is_done else {}
    return {
        "audit_id": f"audits-{number + 1}", "agreed_on": "2023-05-01" if number % 2 else "2023-06-01",
        "due_on": "2023-06-10" if number % 2 else "2023-07-20", "owner_id": f"worker-{number}",
        "service_area": service[0], "team": service[1], "is_safeguarding": number == 3,
        "signed_off_role": "team manager" if is_done and number % 5 else None, **done,
    }  # fmt: skip


DATASETS: dict[str, list[dict[str, Any]]] = {
    "audits": AUDITS,
    "moderations": [_moderation(number) for number in SEEN],
    "findings": [_finding(number) for number in range(len(AUDITS))],
    "actions": [_action(number) for number in range(24)],
    "family_feedback": [
        {"audit_id": f"audits-{number}", "outcome": "engaged" if number % 3 else "declined", "method": "telephone"}
        for number in range(1, 12)
    ],
    "immediate_concerns": [{"audit_id": "audits-2", "found_on": "2023-06-15", "form_sent_on": "2023-06-16"}],
    "observations": [
        {"worker_id": f"practitioner-{number % 8}", "observed_on": f"2022-{7 + number % 5:02d}-{number + 1:02d}",
         "kind": "direct work" if number % 3 else "meeting", "trigger": "interval", "observer_role": "team manager",
         "observer_id": f"manager-{number % 3}", "received_on": "2023-02-06" if number == 4 else "2023-01-20",
         "strengths_theme_code": "4.2" if number % 2 else None, "development_theme_code": "1.4" if number % 4 else None}
        for number in range(14)
    ],
    "staff": [
        {"worker_id": f"practitioner-{number}", "role": "social worker", "service_area": PLACES[number % 3][0],
         "team": PLACES[number % 3][1], "manager_id": f"manager-{number % 3}", "started_on": "2021-03-01"}
        for number in range(10)
    ],
    "audit_answers": [
        {"audit_id": f"audits-{number}", "prompt_code": code,
         "answer": "no" if number % 4 == place else "partly" if number % 3 == place else "yes"}
        for number in range(1, len(AUDITS) + 1)
        for place, code in enumerate(("1.1", "3.10", "4.2"))
    ],
    "audit_plan": [{"cycle_month": NOW, "theme_code": "neglect", "planned_audits": 16, "factor": "external scrutiny"}],
    "caseload": [
        {"snapshot_on": "2023-06-30", "service_area": "Cared For", "team": team, "child_id": f"open-{team}-{number}",
         "case_status": "CP" if number == 3 else "CLA"}
        for team in ("Rowan", "Willow") for number in range(4)
    ],
    "conferences": [
        {"kind": ("cared for review", "review child protection")[number % 2], "child_id": f"open-Rowan-{number}",
         "due_on": f"2023-06-{number + 1:02d}", "team": "Rowan", "chair_id": f"chair-{number % 3}",
         "held_on": None if number == 7 else f"2023-06-{number + (5 if number == 4 else 1):02d}",
         "child_participated": (None if number == 7 else ("yes", "no", "under 4")[number % 3])}
        for number in range(24)
    ],
    "partner_contributions": [
        {"conference_id": f"conferences-{number}", "agency": agency, "is_invited": True,
         "attended": agency == "police" or number % 8 == 0, "report_received": number % 3 > 0}
        for number in range(1, 25) for agency in ("GP", "police")
    ],
    "practice_alerts": [
        {"raised_on": f"2023-06-{number + 1:02d}", "is_formal": number % 3 == 0, "raised_by_role": "IRO",
         "raised_by_id": f"chair-{number % 3}", "child_id": f"open-Rowan-{number}", "team": "Rowan",
         "theme_code": "5.1", "response_due_on": f"2023-06-{number + 11:02d}",
         "responded_on": None if number == 2 else f"2023-06-{number + 6:02d}",
         "resolved_on": None if number % 2 else f"2023-06-{number + 9:02d}"}
        for number in range(8)
    ],
    "complaints_compliments": [
        {"kind": kind, "received_on": "2023-06-12", "received_by": route}
        for kind, route in (("complaint", "safeguarding unit"), ("compliment", "safeguarding unit"),
                            ("complaint", "corporate"))
    ],
    "survey_responses": [
        {"survey": "audit process", "wave": NOW, "role": "social worker", "team": "Oak", "question": "Enough notice",
         "answer": 2 + number % 4}
        for number in range(12)
    ],
    "learning_events": [
        {"kind": "reflective session", "held_on": "2023-06-20", "theme_code": "neglect", "invited": 20, "attended": 14,
         "teams_invited": 3, "teams_attended": 2}
    ],
    "smt_decisions": [
        {"meeting_on": "2023-05-20", "item": "Contingency plans", "decision": "Add a prompt to supervision",
         "owner_role": "service manager", "decided_on": "2023-05-20", "due_on": "2023-06-30", "theme_code": "1.1"}
    ],
    "approved_quotations": [
        {"finding_id": "findings-3", "approved_by_role": "service manager", "approved_on": "2023-06-20"}
    ],
}  # fmt: skip
ISSUES = DataFrame(
    [
        dict.fromkeys(NO_ISSUES.columns, "") | {
            "dataset": "actions", "rule": "date-order", "severity": "warning", "file": "actions.csv", "row": 9,
            "column": "completed_on", "key": "actions-8", "team": "Oak", "service_area": "Safeguarding",
            "message": "Completed before it was agreed. Correct one of the dates.",
        }
    ]
)  # fmt: skip

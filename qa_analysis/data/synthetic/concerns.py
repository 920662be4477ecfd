"""What happens when an audit finds a child at risk, and the alerts reviewing officers raise."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random

from qa_analysis.data.synthetic.era import Era, after, some_days_after, stream, working_days_of
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.people.children import Spell
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.data.synthetic.planted import Planted

FORM_SHARE = 0.97  # concerns for which the form was filled in
MANAGER_TRAY_SHARE, SERVICE_TRAY_SHARE, SUMMARY_SHARE = 0.96, 0.9, 0.97
SERVICE_TOLD_SHARE, SIGNED_SHARE, DISCUSSED_SHARE = 0.9, 0.88, 0.85
WIDER_REVIEWS = {"none": 60, "caseload": 20, "management": 12, "reviewing officer oversight": 8}

ALERTS_A_MONTH = (6, 14)
FORMAL_SHARE = 0.55
ALERT_PROMPTS = ("1.1", "1.2", "1.4", "3.3", "4.2", "4.3", "5.1", "5.2", "6.5")
RESPONSE_DAYS = 10
ANSWERED_SHARE = 0.9
LATE_DAYS = (17, 90)  # how long after they were raised the others are
RESOLVED_SHARE, RESOLUTION_DAYS = 0.9, (0, 45)  # of those answered, and how long after
OUTCOMES = (
    "plan amended", "work completed", "resolved in discussion", "escalated to the service manager", "no change agreed",
)  # fmt: skip


def concern_rows(
    seed: int, audits: Sequence[Judged], held: Mapping[str, Sequence[date]], era: Era
) -> Iterator[dict[str, object]]:
    """One row per Immediate Concern Audit Review form; `held` is when each worker had supervision."""
    random = stream(seed, "concerns")
    for judged in audits:
        if judged.is_concern and random.random() < FORM_SHARE:
            yield _concern(random, judged, held, era)


def _concern(random: Random, judged: Judged, held: Mapping[str, Sequence[date]], era: Era) -> dict[str, object]:
    """What was done about one concern, and when."""
    case = judged.case
    form_on = some_days_after(random, case.audited_on, 0, 4)
    signed_on = era.known(some_days_after(random, form_on, 2, 20)) if random.random() < SIGNED_SHARE else None
    service_on = some_days_after(random, case.audited_on, 0, 2) if random.random() < SERVICE_TOLD_SHARE else None
    next_held = next((day for day in held.get(case.worker.worker.worker_id, ()) if day > case.audited_on), None)
    return {
        "concern_id": f"IC{case.audit_id[1:]}", "audit_id": case.audit_id, "found_on": case.audited_on,
        "team_manager_told_on": some_days_after(random, case.audited_on, 0, 1), "service_manager_told_on": service_on,
        "form_sent_on": form_on, "is_in_team_manager_tray": random.random() < MANAGER_TRAY_SHARE,
        "is_in_service_manager_tray": random.random() < SERVICE_TRAY_SHARE,
        "has_summary": random.random() < SUMMARY_SHARE, "suggested_actions": random.randint(2, 5),
        "signed_off_on": signed_on, "signed_off_role": signed_on and "assistant director",
        "supervision_discussed_on": next_held if random.random() < DISCUSSED_SHARE else None,
        "wider_review": random.choices(list(WIDER_REVIEWS), list(WIDER_REVIEWS.values()))[0],
    }  # fmt: skip


def alert_rows(
    seed: int, spells: Sequence[Spell], roster: Roster, era: Era, planted: Planted
) -> Iterator[dict[str, object]]:
    """One row per practice alert of a reviewing officer; handover joins the reasons once it is an emerging theme."""
    random, later = stream(seed, "alerts"), stream(seed, "alerts followed up")
    number = 0
    for month in era.months:
        prompts = (*ALERT_PROMPTS, *([planted.emerging_code] * 3 if planted.emergence(month) else []))
        for day in sorted(random.choices(working_days_of(month), k=random.randint(*ALERTS_A_MONTH))):
            reviewed = [spell for spell in spells if spell.officer and spell.is_open(day)]
            if (spell := random.choice(reviewed)).officer and (row := _alert(random, spell, day, roster, era)):
                number += 1
                row["theme_code"] = random.choice(prompts)
                yield {"alert_id": f"PA{number:04d}", **row, **_followed_up(later, row, era)}


def _alert(random: Random, spell: Spell, day: date, roster: Roster, era: Era) -> dict[str, object] | None:
    """One alert, where the officer's post is filled."""
    officer = spell.officer and roster.present(spell.officer.key, day)
    if not officer:
        return None
    responded_on = era.known(some_days_after(random, day, 1, 16)) if random.random() < ANSWERED_SHARE else None
    return {
        "raised_on": day, "raised_by_id": officer.worker.worker_id, "raised_by_role": officer.post.role,
        "is_formal": random.random() < FORMAL_SHARE,
        "child_id": None if spell.child.is_carer else spell.child.child_id, "team": spell.post.team,
        "response_due_on": some_days_after(random, day, RESPONSE_DAYS, RESPONSE_DAYS),
        "responded_on": responded_on, "outcome": responded_on and random.choice(OUTCOMES),
    }  # fmt: skip


def _followed_up(random: Random, alert: Mapping[str, object], era: Era) -> dict[str, object]:
    """A late answer to an alert that had none in time, and when what was raised was settled."""
    raised_on, answered_on, outcome = alert["raised_on"], alert["responded_on"], alert["outcome"]
    assert isinstance(raised_on, date)
    late_on = some_days_after(random, raised_on, *LATE_DAYS)
    said = random.choice(OUTCOMES)
    if answered_on is None and era.known(late_on):
        answered_on, outcome = late_on, said
    is_resolved, days = random.random() < RESOLVED_SHARE, random.randint(*RESOLUTION_DAYS)
    settled_on = era.known(after(answered_on, days)) if isinstance(answered_on, date) and is_resolved else None
    return {"responded_on": answered_on, "outcome": outcome, "resolved_on": settled_on}

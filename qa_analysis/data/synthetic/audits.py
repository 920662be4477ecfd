"""The audits as the audit form records them, and the panel's decisions on a third of them and the disputed ones."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.columns import KEY_AREAS
from qa_analysis.data.synthetic.era import Era, after, last_day, some_days_after, stream, working, working_before
from qa_analysis.data.synthetic.grading import Judged, panel_grades
from qa_analysis.data.synthetic.people.children import Spell
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.data.synthetic.selection import Case
from qa_analysis.data.synthetic.wording.grammar import fill
from qa_analysis.data.synthetic.wording.panel import REASONS_ABOUT_FORM, REASONS_LOWERED, REASONS_RAISED
from qa_analysis.data.synthetic.wording.shared import IMPACT_STATEMENTS, LONGER_LOOKBACK, OFFICER_NOT_SPOKEN_TO
from qa_analysis.dates import months_after

LOOKBACK_MONTHS = 6
LONGER_LOOKBACK_SHARE = 0.04
WORKER_SPOKEN_TO_SHARE, OFFICER_SPOKEN_TO_SHARE, MANAGER_SPOKEN_TO_SHARE = 0.93, 0.66, 0.45
MODES = {"face to face": 68, "video": 26, "telephone": 6}
NO_IMPACT_STATEMENT_SHARE = 0.01
DISPUTED_BY = {"social worker": 45, "team manager": 35, "reviewing officer": 8, "family": 7, "service manager": 5}
FORM_VERSIONS = (("2022-12", "1"), ("2024-01", "2"))  # the cycle from which each version is no longer used
NEWEST_FORM = "3"

PANEL = ("assistant director", "principal social worker", "quality assurance manager", "safeguarding service manager")
ABSENT_SHARE, GUEST_SHARE = 0.12, 0.1
BLIND_SHARES = (("2023-07", 0.35), ("9999-12", 0.65))  # the panel began to grade blind more often in July 2023
DISPUTES_HEARD_SHARE, CONCERNS_HEARD_SHARE, CALIBRATION_SHARE = 0.9, 0.6, 0.02
OVERALL_ONLY_SHARE = 0.1  # panel decisions without area grades
LATE_PANEL_SHARE = 0.04  # decided after the month's report
FORM_REASON_SHARE = 0.2
FED_BACK_SHARE = 0.94


def audit_rows(seed: int, audits: Sequence[Judged], roster: Roster) -> Iterator[dict[str, object]]:
    """One row per audit."""
    random = stream(seed, "audit rows")
    for judged in audits:
        yield {
            **_whose(judged.case, roster),
            **_dates(random, judged.case),
            **_conversations(random, judged.case, roster),
            **_outcome(random, judged),
        }


def _whose(case: Case, roster: Roster) -> dict[str, object]:
    """The record, the people around it and how it came to be audited."""
    day, spell = case.audited_on, case.spell
    return {
        "audit_id": case.audit_id, "cycle_month": case.month, "theme_code": case.theme,
        "service_area": spell.post.service_area, "team": spell.post.team,
        "child_id": None if spell.child.is_carer else spell.child.child_id,
        "subject": "carer" if spell.child.is_carer else "child",
        "case_status": spell.case_status, "age_band": case.age_band,
        "key_worker_id": case.worker.worker.worker_id,
        "team_manager_id": roster.worker_in(case.team_manager_post, day),
        "service_manager_id": roster.worker_in(case.service_manager_post, day),
        **reviewing_officer(roster, spell, day),
        "auditor_id": case.auditor.worker.worker_id, "auditor_role": case.auditor.post.role,
        "co_auditor_id": case.co_auditor and case.co_auditor.worker.worker_id,
        "selection_route": case.route, "draw_id": f"D{case.month}" if case.route == "random" else None,
    }  # fmt: skip


def reviewing_officer(roster: Roster, spell: Spell, day: date) -> dict[str, object]:
    """The reviewing officer's id and role; both None where there is none."""
    worker = roster.worker_in(spell.officer.key, day) if spell.officer else None
    role = spell.officer.role if spell.officer and worker else None
    return {"reviewing_officer_id": worker, "reviewing_officer_role": role}


def _dates(random: Random, case: Case) -> dict[str, object]:
    """Notice, the day of the audit, the period looked at and the form's way onto the file."""
    review_to = working_before(case.audited_on - timedelta(days=random.randint(1, 6)))
    is_longer = random.random() < LONGER_LOOKBACK_SHARE
    months = 12 if is_longer else LOOKBACK_MONTHS
    loaded = some_days_after(random, case.audited_on, 1, 12)
    return {
        "list_sent_on": case.list_sent_on, "notice_on": case.notice_on, "audited_on": case.audited_on,
        "review_from_on": _months_before(review_to, months), "review_to_on": review_to,
        "longer_lookback_reason": random.choice(LONGER_LOOKBACK) if is_longer else None,
        "form_loaded_on": loaded, "file_note_on": some_days_after(random, loaded, 0, 4),
        "manager_alert_on": some_days_after(random, loaded, 0, 3) if random.random() < 0.97 else None,
        "form_version": next((version for month, version in FORM_VERSIONS if case.month < month), NEWEST_FORM),
    }  # fmt: skip


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last."""
    ends = last_day(months_after(day.isoformat()[:7], -months))
    return ends.replace(day=min(day.day, ends.day))


def _conversations(random: Random, case: Case, roster: Roster) -> dict[str, object]:
    """Who the auditor spoke to, when and how."""
    soon = (working_before(case.audited_on - timedelta(days=random.randint(0, 6))) for _ in range(3))
    worker_on, officer_on, manager_on = soon
    spoke = random.random() < WORKER_SPOKEN_TO_SHARE
    has_officer = reviewing_officer(roster, case.spell, case.audited_on)["reviewing_officer_id"] is not None
    heard = has_officer and random.random() < OFFICER_SPOKEN_TO_SHARE
    return {
        "key_worker_conversation_on": worker_on if spoke else None,
        "key_worker_conversation_mode": random.choices(list(MODES), list(MODES.values()))[0] if spoke else None,
        "key_worker_conversation_minutes": max(20, 5 * round(random.gauss(63, 15) / 5)) if spoke else None,
        "reviewing_officer_conversation_on": officer_on if heard else None,
        "reviewing_officer_conversation_reason": (
            random.choice(OFFICER_NOT_SPOKEN_TO) if has_officer and not heard else None
        ),
        "team_manager_conversation_on": manager_on if random.random() < MANAGER_SPOKEN_TO_SHARE else None,
    }


def _outcome(random: Random, judged: Judged) -> dict[str, object]:
    """The grades, the difference made, and whether anyone disagreed or was worried."""
    statement = fill(random, random.choice(IMPACT_STATEMENTS[judged.overall]), age_band=judged.case.age_band)
    disputed_by = random.choices(list(DISPUTED_BY), list(DISPUTED_BY.values()))[0]
    return {
        **{f"grade_{area}": judged.grades.get(area, "not applicable") for area in KEY_AREAS},
        "overall_grade": judged.overall,
        "impact_statement": statement if random.random() >= NO_IMPACT_STATEMENT_SHARE else None,
        "is_disputed": judged.is_disputed, "disputed_by": disputed_by if judged.is_disputed else None,
        "is_immediate_concern": judged.is_concern,
    }  # fmt: skip


def moderation_rows(seed: int, audits: Sequence[Judged], era: Era) -> Iterator[dict[str, object]]:
    """One row per panel decision: a third of each cycle by chance, disputes and some others on top."""
    random = stream(seed, "moderations")
    for month in era.months:
        cycle = [judged for judged in audits if judged.case.month == month]
        third = {id(judged) for judged in random.sample(cycle, math.ceil(len(cycle) / 3))}
        for judged in cycle:
            route = "random third" if id(judged) in third else _other_route(random, judged)
            if route:
                yield _decision(random, judged, route)


def _other_route(random: Random, judged: Judged) -> str | None:
    """Why an audit outside the third goes to the panel, if it does."""
    if judged.is_disputed and random.random() < DISPUTES_HEARD_SHARE:
        return "dispute"
    if judged.is_concern and random.random() < CONCERNS_HEARD_SHARE:
        return "immediate concern"
    return "calibration" if random.random() < CALIBRATION_SHARE else None


def _decision(random: Random, judged: Judged, route: str) -> dict[str, object]:
    """One decision of the panel."""
    month = judged.case.month
    was_blind = random.random() < next(share for before, share in BLIND_SHARES if month < before)
    areas, overall = panel_grades(random, judged, was_blind=was_blind)
    moderated_on = _panel_day(random, judged.case)
    shown = {} if random.random() < OVERALL_ONLY_SHARE else areas
    return {
        "moderation_id": f"M{judged.case.audit_id[1:]}", "audit_id": judged.case.audit_id, "route": route,
        "moderated_on": moderated_on, "panel": _panel(random), "was_blind": was_blind,
        **{f"grade_{area}": (shown and shown.get(area, "not applicable")) or None for area in KEY_AREAS},
        "overall_grade": overall, **_reason(random, judged, overall),
        "fed_back_on": some_days_after(random, moderated_on, 1, 14) if random.random() < FED_BACK_SHARE else None,
    }  # fmt: skip


def _panel_day(random: Random, case: Case) -> date:
    """Within a fortnight of the audit and before the month's report; for a few, weeks later."""
    report_on = last_day(case.month) + timedelta(days=9)
    if random.random() < LATE_PANEL_SHARE or case.audited_on >= report_on - timedelta(days=1):
        return some_days_after(random, max(case.audited_on, report_on), 3, 12)
    soonest = after(case.audited_on, 1)
    latest = min(working_before(report_on), after(case.audited_on, 16))
    return working(soonest + timedelta(days=random.randint(0, max(0, (latest - soonest).days - 3))))


def _panel(random: Random) -> str:
    """The roles that sat."""
    sat = [role for role in PANEL if random.random() >= ABSENT_SHARE] or list(PANEL[1:3])
    return ";".join([*sat, *(["service manager"] if random.random() < GUEST_SHARE else [])])


def _reason(random: Random, judged: Judged, overall: str) -> dict[str, object]:
    """Why the panel changed the overall grade: about practice, or about how the form was filled in."""
    if overall == judged.overall:
        return {"reason_for_change": None, "reason_about": None}
    if random.random() < FORM_REASON_SHARE:
        return {"reason_for_change": random.choice(REASONS_ABOUT_FORM), "reason_about": "form"}
    order = list(IMPACT_STATEMENTS)
    reasons = REASONS_LOWERED if order.index(overall) > order.index(judged.overall) else REASONS_RAISED
    words = fill(random, random.choice(reasons), age_band=judged.case.age_band)
    return {"reason_for_change": words, "reason_about": "practice"}

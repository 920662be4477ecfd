"""What families, staff and the public said."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.era import Era, last_day, some_days_after, stream, working, working_days_of
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.people.services import SERVICES
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.data.synthetic.selection import Case
from qa_analysis.data.synthetic.wording.voice import (
    BARRIERS,
    COMPLAINTS,
    COMPLIMENTS,
    FAMILY_WORDS,
    SUPPORTS,
    SURVEY_COMMENTS,
    SURVEY_QUESTIONS,
    YOUNG_WORDS,
)

NOBODY_ASKED_SHARE = 0.04  # audits without a record of contact
CHILD_ASKED_SHARE = 0.4  # audits in which a child old enough was asked as well
OUTCOMES = {"engaged": 47, "no reply": 22, "declined": 15, "unable": 8, "not appropriate": 8}
METHODS = {"telephone": 62, "face to face": 16, "video": 10, "letter": 5, "text message": 7}
BARRIER_SHARE = 0.12
GOOD_VIEW_SCORE, MIXED_VIEW_SCORE = 0.35, -0.65  # how well served a family must feel, on the latent scale
VIEW_SPREAD = 1.0  # how far families' views differ from the practice

COMPLAINTS_A_MONTH, COMPLIMENTS_A_MONTH = (3, 8), (2, 7)
STAGE_DAYS = {"1": 14, "2": 35, "3": 42}  # 10, 25 and 30 working days
STAGES = {"1": 86, "2": 12, "3": 2}
COMPLAINT_OUTCOMES = {"not upheld": 45, "partly upheld": 30, "upheld": 18, "withdrawn": 7}
EXTENDED_SHARE = 0.25  # complaints for which more time is agreed
UNIT_SHARE = 0.2  # received by the safeguarding unit
COMPLAINT_THEMES = ("assessment-quality", "cared-for-planning", "step-down", "direct-work", "management-oversight")

STAFF_SURVEY_MONTH, PROCESS_SURVEY_MONTHS = "11", ("03", "06", "09", "12")
STAFF_RESPONSE_SHARE, PROCESS_RESPONSES = 0.6, 14
COMMENT_SHARE = 0.15


def feedback_rows(seed: int, audits: Sequence[Judged]) -> Iterator[dict[str, object]]:
    """One row per person asked for their view in an audit."""
    random = stream(seed, "feedback")
    number = 0
    for judged in audits:
        for respondent in _respondents(random, judged.case):
            number += 1
            yield {"feedback_id": f"FB{number:05d}", **_asked(random, judged, respondent)}


def _respondents(random: Random, case: Case) -> list[str]:
    """Who was asked: a parent or carer, and sometimes the child."""
    if random.random() < NOBODY_ASKED_SHARE:
        return []
    if case.spell.case_status == "care leaver":
        return ["child"]
    adult = "carer" if case.spell.case_status in ("CLA", "fostering") else "parent"
    is_old_enough = case.age_band in ("5-9", "10-15", "16+")
    return [adult, "child"] if is_old_enough and random.random() < CHILD_ASKED_SHARE else [adult]


def _asked(random: Random, judged: Judged, respondent: str) -> dict[str, object]:
    """One contact and what came of it."""
    outcome = _weighted(random, OUTCOMES)
    is_asked = outcome != "not appropriate"
    barrier = random.choice(BARRIERS) if is_asked and random.random() < BARRIER_SHARE else None
    views = _views(random, judged) if outcome == "engaged" else None
    words = YOUNG_WORDS if respondent == "child" else FAMILY_WORDS
    day = working(judged.case.audited_on - timedelta(days=random.randint(0, 11)))
    return {
        "audit_id": judged.case.audit_id, "respondent": respondent, "outcome": outcome,
        "contacted_on": min(day, judged.case.audited_on) if is_asked else None,
        "method": _weighted(random, METHODS) if is_asked else None, "barrier": barrier,
        "support_used": SUPPORTS[barrier] if barrier and outcome == "engaged" else None, "views": views,
        "text": " ".join(random.sample(words[views], random.choice((1, 1, 2)))) if views else None,
    }  # fmt: skip


def _views(random: Random, judged: Judged) -> str:
    """What a family thinks, which has something to do with how good the practice is."""
    score = 0.7 * judged.overall_truth + random.gauss(0, VIEW_SPREAD)
    return "positive" if score > GOOD_VIEW_SCORE - 0.5 else "mixed" if score > MIXED_VIEW_SCORE - 0.5 else "negative"


def complaint_rows(seed: int, era: Era) -> Iterator[dict[str, object]]:
    """One row per complaint or compliment."""
    random, clocks = stream(seed, "complaints"), stream(seed, "clocks of complaints")
    number = 0
    for month in era.months:
        numbers = {"complaint": random.randint(*COMPLAINTS_A_MONTH), "compliment": random.randint(*COMPLIMENTS_A_MONTH)}
        kinds = [kind for kind, many in numbers.items() for _ in range(many)]
        for day, kind in sorted((random.choice(working_days_of(month)), kind) for kind in kinds):
            number += 1
            row = _received(random, kind, day, era)
            handled = _handled(clocks, day, row, era)
            yield {"record_id": f"CC{number:04d}", "kind": kind, "received_on": day, **row, **handled}


def _received(random: Random, kind: str, day: date, era: Era) -> dict[str, object]:
    """What it was about and how it was answered."""
    service = random.choice(SERVICES)
    row: dict[str, object] = {
        "service_area": service.name, "team": random.choice(service.teams[:3]),
        "received_by": "safeguarding unit" if random.random() < UNIT_SHARE else "corporate",
    }  # fmt: skip
    if kind == "compliment":
        return row | {"text": random.choice(COMPLIMENTS)}
    stage = _weighted(random, STAGES)
    due_on = working(day + timedelta(days=STAGE_DAYS[stage]))
    responded_on = era.known(some_days_after(random, due_on, -8, 9))
    return row | {
        "stage": stage, "due_on": due_on, "responded_on": responded_on, "text": random.choice(COMPLAINTS),
        "theme_code": random.choice(COMPLAINT_THEMES) if random.random() < 0.8 else None,
        "outcome": _weighted(random, COMPLAINT_OUTCOMES) if responded_on else None,
    }  # fmt: skip


def _handled(random: Random, day: date, row: Mapping[str, object], era: Era) -> dict[str, object]:
    """The days on the way to an answer: more time agreed, appointments and the agreed statement, the panel."""
    answered, stage = row.get("responded_on"), row.get("stage")
    if stage == "3":
        met = era.known(some_days_after(random, day, 25, 50))
        return {"panel_met_on": met, "panel_reported_on": met and era.known(some_days_after(random, met, 2, 9))}
    if stage not in ("1", "2"):
        return {}
    more: dict[str, object] = {"is_extended": isinstance(answered, date) and random.random() < EXTENDED_SHARE}
    if stage == "1":
        return more
    investigator, person, agreed = (some_days_after(random, day, *days) for days in ((3, 15), (3, 22), (10, 30)))
    return more | {
        "investigator_appointed_on": era.known(investigator),
        "independent_person_appointed_on": era.known(person),
        "statement_agreed_on": era.known(agreed),
    }


def survey_rows(seed: int, roster: Roster, era: Era) -> Iterator[dict[str, object]]:
    """One row per answer to a question of the annual staff survey or of the survey after audits."""
    random = stream(seed, "surveys")
    number = 0
    for month in era.months:
        for survey, wave, people in _waves(random, month, roster):
            for role, team in people:
                number += 1
                yield from _response(random, f"R{number:05d}", survey, wave, role, team)


def _waves(random: Random, month: str, roster: Roster) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """The surveys held in a month, with the role and team of each who answered."""
    day = last_day(month)
    staff = [(one.post.role, one.post.team) for one in roster.holdings if one.is_present(day)]
    if month.endswith(STAFF_SURVEY_MONTH):
        yield "annual staff", month[:4], [one for one in staff if random.random() < STAFF_RESPONSE_SHARE]
    if month.endswith(PROCESS_SURVEY_MONTHS):
        yield "audit process", month, random.sample(staff, PROCESS_RESPONSES)


def _response(
    random: Random, response_id: str, survey: str, wave: str, role: str, team: str
) -> Iterator[dict[str, object]]:
    """One person's answers."""
    mood = random.gauss(0.2, 0.7)
    for question in SURVEY_QUESTIONS[survey]:
        answer = min(5, max(1, round(3.2 + mood + random.gauss(0, 0.8))))
        yield {
            "response_id": response_id, "survey": survey, "wave": wave, "role": role, "team": team,
            "question": question, "answer": answer,
            "comment": random.choice(SURVEY_COMMENTS) if random.random() < COMMENT_SHARE else None,
        }  # fmt: skip


def _weighted(random: Random, weights: Mapping[str, int]) -> str:
    """One of several, by weight."""
    return random.choices(list(weights), list(weights.values()))[0]

"""Which figures belong together: the worksheets of a workbook, and the sections of the table of measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Family:
    """Figures on one subject: its name, and what they are about."""

    name: str
    about: str


AUDITS = Family("Audits", "audits completed and planned, services and teams seen and not seen, notice")
AUDIT_CYCLE = Family(
    "Audit cycle", "how audits were selected, announced and done, who audits, who is left out, and what is planned next"
)
GRADES = Family(
    "Grades", "auditors' grades overall, by key area, service, team and cycle, and against their usual range"
)
SIX_MONTHS_ON = Family("Six months on", "grades now against six months ago, with the verdict of the rules")
MODERATION = Family(
    "Moderation", "what the panel did to auditors' grades, how far they agree, and how moderation was done"
)
FINDINGS = Family("Findings", "strengths and areas for development that auditors wrote down")
PROMPTS = Family(
    "Prompts", "auditors' answers to the 36 prompts of the audit tool, and whether their findings say the same"
)
VOICES = Family("Voices", "conversations with key workers, and families' views")
ACTIONS = Family("Actions", "actions agreed, open, overdue, completed and signed off, and how long they took")
IMMEDIATE_CONCERNS = Family(
    "Immediate concerns", "immediate concerns told, written, signed off and discussed, and what is missing"
)
COMPLAINTS = Family(
    "Complaints and compliments", "complaints and compliments received, answered in time, open and upheld, and themes"
)
LEARNING_SESSION = Family("Learning session", "what the monthly session looks back on, and who is asked")
DECISIONS = Family("Decisions", "what the Senior Management Team decided")
OBSERVATIONS = Family(
    "Observations", "observations of practice held and returned, against those asked of each person, and their themes"
)
PRACTICE_WEEK = Family(
    "Practice Week", "who took part in Practice Week, and how leaders and usual auditors grade the same records"
)
STAFF_SURVEY = Family(
    "Staff survey", "the yearly survey of staff: who answered, what they said, and what changed since the wave before"
)
SUPERVISION = Family(
    "Supervision", "supervision in time, reflective and next due, and whether audits were talked about in it"
)
NARRATIVES = Family("Narratives", "which services and teams sent in what they say of their month, and which parts")
INDICATORS = Family(
    "Performance indicators", "indicators as supplied, month by month, each with its usual range, signal and target"
)
DIRECTION = Family(
    "Direction of travel", "audit, action and supervision figures month by month, each with its usual range and signal"
)
UNIT = Family(
    "Safeguarding Unit",
    "children who are cared for or on a child protection plan, complaints and compliments that the unit received, and "
    "team links",
)
CONFERENCES = Family(
    "Conferences and reviews",
    "conferences and reviews due, held and overdue, children's participation, and partners' attendance and reports",
)
ALERTS = Family("Practice alerts", "practice alerts, formal and informal, their themes, and how long answers took")
REVIEWS = Family(
    "External reviews", "recommendations of reviews from outside: made, open and for how long, closed, and their themes"
)
TRIANGULATION = Family(
    "Triangulation", "what each source says of each key area over twelve cycles, and whether sources agree"
)
DATA_QUALITY = Family("Data quality", "data quality issues, and how much of the recording is in order")
FRAMEWORK_REVIEW = Family(
    "Framework review", "each promise of the framework: kept, not kept and not known, over the year and by cycle"
)
SERVICE_PLAN = Family(
    "Service plan evidence",
    "what each service did in a financial quarter: audits, actions, learning and indicators of three months added up",
)
SHARED_EDITION = Family(
    "Shared edition", "what everyone may read: three cycles together, counts rounded and small ones left out"
)
SHARED_UNIT = Family(
    "Shared edition of the unit",
    "the Safeguarding Unit as everyone may read it: three months together, counts rounded and small ones left out",
)
SHARED_REVIEW = Family(
    "Shared edition of the review",
    "the promises of the framework as everyone may read them: twelve cycles together, counts rounded and small ones "
    "left out, none about workers",
)
SHARED_PARTNERSHIP = Family(
    "Partnership, shared edition",
    "multi-agency working, partners and open recommendations as everyone may read them: counts rounded, small ones "
    "left out",
)
FOR_EVERYONE = (SHARED_EDITION, SHARED_UNIT, SHARED_REVIEW, SHARED_PARTNERSHIP)
OF_A_PLACE = (
    INDICATORS,
    SUPERVISION,
    NARRATIVES,
    GRADES,
    FINDINGS,
    ACTIONS,
    AUDITS,
)  # behind a service's or team's page

"""Whose figures they are: every population that a figure may name, and the routes that lead to the panel."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.framework import Rules

# Audits of a cycle or a year.
EVERY_ROUTE: Final = "every route"
HEADLINE: Final = "headline routes"
GRADED_WORST: Final = "audits with the lowest grade, every route"
OPEN_CHILDREN: Final = "children open at the newest month end"

# The audit cycle: who is selected, who audits, and what is planned.
RANDOM: Final = "audits selected at random"
OPEN_RECORDS: Final = "records open at the newest month end"
KEY_WORKERS: Final = "key workers with open records"
WITH_REVIEWING_OFFICER: Final = "audits of children who have a reviewing officer"
MANAGERS_IN_POST: Final = "managers in post whose role audits"
NEW_MANAGERS: Final = "managers new to a manager's post"
DRAW_RECORD: Final = "record of the selection"
AUDIT_PLAN: Final = "audit plan"
EVIDENCE: Final = "evidence for coming audit themes"

# Audits of two periods that are compared, six months apart.
SAME_THEME: Final = "same theme"
ALL_AUDITS: Final = "all audits"
POOLED: Final = "three cycles pooled"
LEAD: Final = POOLED  # the one comparison that carries a verdict, named before any grade is in (decision 010)
THEMES_AUDITED_AGAIN: Final = "themes audited again"

# Decisions of the panel. A year's are named with their route by the functions below.
CONCERN_ROUTE: Final = "immediate concern"
MODERATION_ROUTES: Final = ("random third", "dispute", CONCERN_ROUTE, "calibration", "other")
ALL_ROUTES: Final = "all routes"
EVERY_CYCLE: Final = "every cycle"
REFERRED: Final = "referred"
WHOLE_MONTH: Final = "whole month"

# Themes and their codes.
CODED: Final = "coded by auditors"
SUGGESTED: Final = "suggested, not confirmed"
GONE_THROUGH: Final = "checked by the Principal Social Worker"
EMERGING_OR_PERSISTENT: Final = "emerging or persistent areas for development"

# Prompts of the audit tool.
ANSWERED: Final = "headline audits with an answer to the prompt"
WITH_ANSWERS: Final = "headline audits with answers to the prompts"
PROMPT_FINDINGS: Final = "findings of headline audits whose prompt was answered"

# What became of audits, and what people said.
ALL_ACTIONS: Final = "all actions agreed by the day"
COMPLETED_ACTIONS: Final = "completed actions"
ACTIONS_OF_PERIOD: Final = "actions agreed in the period"
ACTIONS_DUE: Final = "actions due in the period"
COMPLETED_IN_PERIOD: Final = "actions completed in the period"
CONCERNS: Final = "immediate concerns"
COMPLAINTS: Final = "complaints"
COMPLIMENTS: Final = "compliments"
DECISIONS: Final = "all decisions by the day"
LAST_SESSION: Final = "last session by the day"
SURVEY_ANSWERS: Final = "answers to the audit survey"
STAFF_SURVEY: Final = "answers to the yearly survey of staff"
PRACTICE_WEEK: Final = "Practice Week"
GRADED_TWICE: Final = "records graded by a leader and by the usual auditor"
STAFF_IN_POST: Final = "people in post on the last day of the wave's month"

# Observation of practice.
OBSERVATIONS: Final = "observations of practice"
TO_BE_OBSERVED: Final = "people whose practice is to be observed"
NEWLY_QUALIFIED: Final = "people in their assessed and supported year"
OTHER_ROLES: Final = "people of whom no observation is asked"
# Supervision, and what managers send in.
SUPERVISIONS_DUE: Final = "supervisions that fell due in the period"
SUPERVISIONS_HELD: Final = "supervisions held in the period"
PEOPLE_SUPERVISED: Final = "people in post who are supervised"
BELOW_GOOD: Final = "audits below good, every route"
BELOW_GOOD_HEADLINE: Final = "audits below good, headline routes"
REPORTS_EXPECTED: Final = "services and teams with people in post at the end of the month"
REPORTS_SENT: Final = "narratives of the month"

# Performance indicators.
AS_SUPPLIED: Final = "as supplied"
ADDED_UP: Final = "services or teams added up"
FIGURES_WATCHED: Final = "figures watched month by month"

# The Safeguarding Unit.
UNIT_CHILDREN: Final = "cared-for children and children on a child protection plan"
CONFERENCES_DUE: Final = "conferences and reviews due in the period"
CONFERENCES_HELD: Final = "conferences and reviews held in the period"
CONFERENCES_BY_THE_DAY: Final = "conferences and reviews due by the day"
INVITATIONS: Final = "invitations to conferences and reviews held in the period"
ALERTS_RAISED: Final = "practice alerts raised in the period"
ALERTS_BY_THE_DAY: Final = "practice alerts raised by the day"
ALERTS_DUE: Final = "practice alerts whose answer fell due in the period"
RECEIVED_BY_UNIT: Final = "received by the Safeguarding Unit"
TEAMS_WITH_CHILDREN: Final = "teams that hold cared-for children or children on a plan"

# A financial quarter of a service.
OF_QUARTER: Final = "three cycles of a financial quarter"

# The framework's own promises.
PROMISED: Final = "cases of a promise of the framework"

# Reviews from outside.
RECOMMENDATIONS: Final = "recommendations of reviews from outside"

# What different sources say of one theme.
EVERY_SOURCE: Final = "records of every source"

# The extracts themselves, and what may be told of them to everyone.
EVERY_EXTRACT: Final = "every extract"
EVERY_RECORD: Final = "every record"
SHARED: Final = "shared edition"


def decisions_of(route: str, cycles: str) -> str:
    """The panel's decisions of one route, or of several, over some cycles in words: "dispute, 3 cycles"."""
    return f"{route}, {cycles}"


def random_third(rules: Rules, cycles: str = "") -> str:
    """The panel's decisions on audits drawn at random, over some cycles in words; without, over the year's."""
    return decisions_of(rules.moderation_random_route, cycles or _year(rules))


def all_routes(rules: Rules) -> str:
    """The year's decisions of the panel as they come, every route counted alike."""
    return decisions_of(ALL_ROUTES, _year(rules))


def all_routes_weighted(rules: Rules) -> str:
    """The year's decisions of the panel, each standing for as many audits as it had chances not to be drawn."""
    return decisions_of(f"{ALL_ROUTES} weighted", _year(rules))


def never_audited_teams(rules: Rules) -> str:
    """The teams that no audit of the year has seen."""
    return f"teams with no audit in {_year(rules)}"


def _year(rules: Rules) -> str:
    return f"{rules.rolling_cycles} cycles"


def month_and_year(tables: Tables, records: DataFrame) -> Iterator[tuple[DataFrame, str]]:
    """The records of the month's cycle, then of the year of cycles that ends with it; each with its period."""
    for cycles in ((tables.month,), tables.rolling_cycles):
        yield records[records["cycle_month"].isin(cycles)], period_of(cycles)

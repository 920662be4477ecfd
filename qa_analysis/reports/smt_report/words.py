"""The findings that head the pictures of the report, and what became of earlier decisions."""

from qa_analysis.dates import month_name
from qa_analysis.english import counted
from qa_analysis.measures.actions.flow import OVER_BANDS
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.moderation.panel_direction import MILDER
from qa_analysis.measures.moderation.panel_movement import BLIND, NOT_BLIND
from qa_analysis.measures.populations import random_third
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import areas_claimed, in_short, title_of
from qa_analysis.telling.wording import (
    or_none,
    percent,
)

LONG_OVERDUE = tuple(OVER_BANDS)[-1]  # the last group of the overdue by their age


def grades_generously(month: Month) -> bool:
    """Whether over the year the panel lowered more of the randomly selected grades than it raised, beyond chance."""
    direction = month.figure("moderation_direction", period=month.year, population=random_third(month.rules))
    return direction is not None and direction.verdict == MILDER


def panels_by_sight(month: Month) -> tuple[Figure | None, Figure | None]:
    """The year's randomly selected grades upheld by panels that had not seen the auditor's grade, and by the others."""
    blind, sighted = (
        month.figure(
            "agreement_exact", by="was_blind", group=group, period=month.year, population=random_third(month.rules)
        )
        for group in (BLIND, NOT_BLIND)
    )
    return blind, sighted


def areas_title(month: Month) -> str:
    """What the chart of six areas shows, said as a finding."""
    said = {month.rules.key_areas[area]: claim for area, claim in areas_claimed(month).items()}
    return title_of(said, of="Six key areas")


def panel_title(month: Month) -> str:
    """Which way the panel moved the randomly selected grades over the year, said as a finding."""
    third = random_third(month.rules)
    lowered, raised = (
        month.figure(f"moderation_{way}", period=month.year, population=third) for way in ("lowered", "raised")
    )
    if lowered is None or raised is None or lowered.is_withheld:
        return "Auditors and panel"
    audits = counted(lowered.denominator, "randomly selected audit")
    return f"The panel graded {lowered.numerator} of {audits} lower and {or_none(raised.numerator)} higher"


def actions_title(month: Month) -> str:
    """How many actions are done by the day the framework sets, said as a finding."""
    by_then = month.figure("completed_by_day_40_km")
    if by_then is None or not by_then.is_given:
        return "Time to complete actions"
    return f"An estimated {percent(by_then.value)} of actions are completed by calendar day {month.rules.action_days}"


def verdict_words(month: Month) -> dict[str, str]:
    """The verdict of each key area in a few words, for the side of its picture."""
    return {area: in_short(claim).replace(", ", ",\n") for area, claim in areas_claimed(month).items()}


def progress_sentence(month: Month) -> str:
    """What became of SMT's own decisions, in one line: how many are open, how many overdue, and the oldest of those."""
    if "smt_decisions" not in month.supplied:
        return "Previous SMT decisions: not supplied this month."
    waiting = month.count("decisions_open")
    overdue = month.decisions[month.decisions["status"] == "overdue"]
    if not waiting:
        return "No previous SMT decision is open."
    said = f"{counted(waiting, 'previous SMT decision is', 'previous SMT decisions are')} open"
    if overdue.empty:
        return f"{said}; none is overdue."
    dated = overdue.loc[overdue["decided_on"] != "", "decided_on"]
    oldest = f", the oldest from {month_name(min(dated)[:7])}" if len(dated) else ""
    return f"{said}, {len(overdue)} of them overdue{oldest}."

"""Audit activity and coverage in words and tables: what was planned, done and seen, and what followed poor audits."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import agreeing, counted
from qa_analysis.measures.figure import figures_of
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import all_cycles, last_cycles, part_of, share_of, were


def activity_sentences(month: Month) -> list[str]:
    """The audits done against those planned, the open children seen over the year, and how audits were spread."""
    return [
        said
        for said in (
            _done(month),
            _routes(month),
            _not_done(month),
            _children(month),
            _teams(month),
            _notice(month),
            _workers(month),
        )
        if said
    ]


def _done(month: Month) -> str:
    done, headline = month.count("audits_completed"), month.count("audits_headline")
    planned = month.figure("audits_planned")
    against = f" of {planned.value:.0f} planned" if planned else ""
    verb = agreeing(done, "was", "were")
    return f"{counted(done, 'audit')}{against} {verb} completed, {headline} of them counted in the headline figures."


def _routes(month: Month) -> str:
    """The audits of the month by how they were selected."""
    found = month.figures("audits_completed", by="route").sort_values("value", ascending=False, kind="stable")
    if found.empty:
        return ""
    tallies = [f"{group} {value:.0f}" for group, value in zip(found["group"], found["value"], strict=True)]
    return f"By route: {', '.join(tallies)}."


def _not_done(month: Month) -> str:
    """The audits of the year's plans that were not done; the plan has no column for the reason."""
    lacking = month.figure("planned_audits_not_done", period=month.year)
    if lacking is None or not lacking.numerator:
        return ""
    return (
        f"Over {all_cycles(month)} {share_of(lacking, 'planned audit')} {were(lacking)} not done; "
        "the audit plan has no column for the reason."
    )


def _children(month: Month) -> str:
    """The share of the children open now who had an audit in the year."""
    seen = month.figure("open_children_audited", period=month.year)
    if seen is None or not seen.denominator:
        return ""
    return f"Audits of {last_cycles(month)} covered {part_of(seen, 'child', 'children whose case is open')}."


def _teams(month: Month) -> str:
    """The teams with open records that no audit reached in a year."""
    if "caseload" not in month.supplied:
        return "Open caseload, from which teams never audited are found: not supplied this month."
    found = month.over_time("open_records_never_audited", by="team")
    if found.empty:
        return f"Every team with open records had at least one audit in {last_cycles(month)}."
    return f"Teams with open records and no audit in {last_cycles(month)}: {', '.join(sorted(found['group']))}."


def _notice(month: Month) -> str:
    short, days = month.figure("notice_under_7_days"), month.rules.notice_days
    return f"Notice of under {days} days: {share_of(short, 'audit')}." if short else "Notice: no dates recorded."


def _workers(month: Month) -> str:
    return f"Key workers audited in this cycle and the one before: {month.count('consecutive_month_workers')}."


def followed_sentence(month: Month) -> str:
    """How many audits of the year were graded lowest, and where they are listed one by one."""
    worst, grade = month.count("inadequate_audits", period=month.year), month.rules.grades[-1]
    if not worst:
        return f"No audit of {last_cycles(month)} was graded {grade}."
    return (
        f"{counted(worst, 'audit')} of {last_cycles(month)}, every route, {agreeing(worst, 'was', 'were')} graded "
        f"{grade}. The Quality Assurance Manager has a list of them with what followed each."
    )


def followed_table(month: Month) -> DataFrame:
    """What followed the year's audits with the lowest grade. One row per step."""
    found = figures_of(month.figures("inadequate_followed", by="step", period=month.year))
    rows = [[*figure.group, share_of(figure)] for figure in found]
    return pd.DataFrame(rows, columns=["What followed", "Audits"])


def supervision_sentence(month: Month) -> str:
    """How many audits were discussed in the key worker's next supervision; blank where that was not supplied."""
    year = month.figure("discussed_in_next_supervision", period=month.year)
    if year is None or not year.denominator:
        return ""
    return (
        f"Discussed in the key worker's next supervision, over {all_cycles(month)}: "
        f"{part_of(year, 'audit')}. The record is of the audit, not of each finding."
    )

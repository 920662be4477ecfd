"""The sections of the audit cycle report: were audits selected fairly, announced in time and spread over everyone?"""

from qa_analysis.dates import month_name, span_name
from qa_analysis.measures import family
from qa_analysis.month.cases import FOR as CASES_FOR
from qa_analysis.month.month import Month
from qa_analysis.reports.audit_cycle import charts as figures
from qa_analysis.reports.audit_cycle.cases_list import cases_book
from qa_analysis.reports.audit_cycle.lists import after_audit_list, never_audited_lists, plan_book
from qa_analysis.reports.audit_cycle.tables import (
    GROUPS,
    after_table,
    candidates_table,
    coverage_table,
    forecast_table,
    managers_table,
    plan_table,
    random_table,
    routes_table,
    themes_table,
    workload_table,
)
from qa_analysis.reports.audit_cycle.words import (
    after_sentences,
    auditor_sentences,
    conversation_sentences,
    covered_sentences,
    done_sentences,
    forecast_sentences,
    headline_sentences,
    line_sentences,
    list_sentences,
    number,
    period_sentences,
    random_sentences,
    reason_sentences,
    record_sentences,
)
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.telling.blocks import Html, bullets, chart, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line


def opening(month: Month) -> Html:
    """What this is, and the cycle in a few claims."""
    planned = month.figure("audits_planned")
    against = f", {number(planned)} planned" if planned else ""
    return message(
        cover_line(month, f"{number(month.figure('audits_completed'))} audits completed{against}"),
        heading("In brief", level=2),
        bullets(headline_sentences(month), kind="claims"),
    )


def summary(month: Month) -> Html:
    """The audit cycle in the Senior Management Team's report: does selection look fair, and who would be left out."""
    said = [*random_sentences(month)[:1], *forecast_sentences(month)[:1]]
    return page(*([paragraph(" ".join(said))] if said else []))


def done(month: Month) -> Html:
    """The plan against what was done, by theme and by route."""
    themes, routes = themes_table(month), routes_table(month)
    parts = [bullets(done_sentences(month))]
    if not themes.empty:
        parts.append(
            table(themes, f"Planned audits by theme, {month_name(month.month)}", numbers=["Planned", "Not done"])
        )
    return page(
        *parts,
        table(routes, "Audits completed by route", numbers=list(routes.columns[1:])),
        paragraph(
            "The audit plan has no column for the reason why an audit was not done. Audits of other routes than random "
            "selection and six-month revisits are never in the headline figures.",
            kind="note",
        ),
    )


def coverage(month: Month) -> Html:
    """Whom the year's audits reached, by team, status and age."""
    parts = [bullets(covered_sentences(month))]
    if month.figures("open_children_audited", by="team", period=month.year)["value"].notna().any():
        parts.append(
            chart(
                figures.children_by_team(month),
                alt="Dots with intervals of the share of open children with an audit in the year, by team; the same "
                "figures are in the table.",
                caption="Children whose case was open at the newest month end, with an audit of any route in "
                f"{span_name(month.year)}, by team, with the number of children (n). Teams are not ranked.",
            )
        )
    for by, name in GROUPS.items():
        shown = coverage_table(month, by)
        parts.append(table(shown, f"Audits of the year by {name.lower()}", numbers=list(shown.columns[1:])))
    return page(*parts)


def left_out(month: Month) -> Html:
    """Who can expect to have no audit in a year, with more and with fewer audits."""
    said, shown = forecast_sentences(month), forecast_table(month)
    if not said or shown.empty:
        return paragraph("Without a caseload, or audits selected at random, nothing can be forecast.")
    return page(
        bullets(said),
        table(shown, "Expected to have no audit in a year, by audits a month", numbers=list(shown.columns)),
        paragraph(
            "A forecast, exact for a caseload that stays as it is: audits selected at random and spread over teams by "
            "their open records, no record twice in a year, restricted records left out. It is no target.",
            kind="note",
        ),
    )


def selected(month: Month) -> Html:
    """Whether audits selected at random are made up as the caseload, and are the ones that were selected."""
    said = random_sentences(month) or ["Open caseload, which the selection is held against: not supplied this month."]
    parts = [bullets([*said, *record_sentences(month)])]
    if figures.has_teams(month):
        parts.append(
            chart(
                figures.made_up_by_team(month),
                alt="For each team a dot with its interval, the share of audits selected at random, and a square, its "
                "share of the open records; the same figures are in the table.",
                caption=f"Audits selected at random, {span_name(month.year)}, and open records that their themes are "
                "about, by team. Chance alone leaves about one square in twenty outside its interval.",
            )
        )
    for by, name in GROUPS.items():
        shown = random_table(month, by)
        if not shown.empty:
            parts.append(table(shown, f"Audits selected at random by {name.lower()}", numbers=list(shown.columns[1:])))
    return page(
        *parts,
        paragraph(
            "Each cycle is held against the open records of the month end before it, without children audited in the "
            "year before, and each theme against the records it is about. One chi-square test for each of team, status "
            "and age, corrected for there being three (Holm). Few audits show only large differences, and a "
            "difference says nothing about who caused it.",
            kind="note",
        ),
    )


def announced(month: Month) -> Html:
    """Whether the list went out in time, with a week's notice, sparing key workers audited the month before."""
    return bullets(list_sentences(month))


def conversations(month: Month) -> Html:
    """Whom the auditors talked with, whether before the grade, and how far back they looked."""
    return bullets([*conversation_sentences(month), *period_sentences(month)])


def auditors(month: Month) -> Html:
    """Who audits: managers of every level, outside their own line, and what it takes."""
    managers, work = managers_table(month), workload_table(month)
    parts = [bullets([*line_sentences(month), *auditor_sentences(month)])]
    if not managers.empty:
        parts.append(table(managers, "Managers who audited, by role"))
    if not work.empty:
        parts.append(table(work, "Audits of the year by the auditor's role", numbers=list(work.columns[1:])))
    return page(
        *parts,
        paragraph(
            "An auditor's own line, on the day of the audit: a manager of the case up to Service Manager, somebody in "
            "the case's team, its key worker or its reviewing officer. Assistant Directors and the Director manage "
            "every case and are left out of that figure. Roles held by under three people are shown together.",
            kind="note",
        ),
    )


def after(month: Month) -> Html:
    """Whether what follows an audit was seen to: note, alert, copy, actions and the next supervision."""
    shown = after_table(month)
    return page(
        bullets(after_sentences(month)),
        *([] if shown.empty else [table(shown, "Steps taken, of those asked for and known of")]),
        paragraph(
            "A step counts once it was taken, in time or late. Steps that are not due yet, not asked for or not known "
            "are left out. What is missing is listed by name for the Quality Assurance Manager.",
            kind="note",
        ),
    )


def plan(month: Month) -> Html:
    """The coming cycles: themes and why, revisits put in by themselves, and what speaks for others."""
    ahead, candidates = plan_table(month), candidates_table(month)
    parts = [bullets(said)] if (said := reason_sentences(month)) else []
    parts.append(
        paragraph("Nothing is planned for the coming cycles, and no revisit is due.")
        if ahead.empty
        else table(ahead, "Coming cycles", numbers=["Audits planned"])
    )
    parts.append(
        paragraph(
            "Themes audited six months before are put in by themselves; those overdue stand in the next cycle. Themes "
            "to consider are in alphabetical order and not ranked: what is counted differs from source to source. "
            "Alerts and complaints are those of the last three months. The Principal Social Worker has the plan as a "
            "workbook to edit.",
            kind="note",
        )
    )
    parts.append(
        paragraph("No alert, complaint, external review, indicator or finding speaks for a theme at present.")
        if candidates.empty
        else table(candidates, "Themes to consider, with the evidence")
    )
    return page(*parts)


REPORT = Report(
    name="audit-cycle",
    title="The audit cycle",
    question="Were audits selected fairly, announced in time and spread over everyone, and what comes next?",
    families=(family.AUDITS, family.AUDIT_CYCLE, family.VOICES),
    restricted=(
        RestrictedList("Quality Assurance Manager", never_audited_lists, needs=("caseload",)),
        RestrictedList("Quality Assurance Manager", after_audit_list),
        RestrictedList("Principal Social Worker, to plan the coming months", plan_book),
        RestrictedList(CASES_FOR, cases_book),
    ),
    summary=summary,
    place=45,
)

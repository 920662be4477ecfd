"""The sections of the actions report: were the actions done, and were concerns followed through?"""

from qa_analysis.dates import day_name
from qa_analysis.english import counted
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.actions import charts as figures
from qa_analysis.reports.actions.after_audit_list import after_audit_lists
from qa_analysis.reports.actions.inadequate_list import inadequate_list
from qa_analysis.reports.actions.lists import action_lists, escalation
from qa_analysis.reports.actions.tables import actions_table, bridge_table, by_role, flow_table, overdue_by_age
from qa_analysis.reports.actions.words import (
    actions_title,
    bridge_sentence,
    bridge_steps,
    concern_sentences,
    sign_off_sentences,
    state_sentences,
    tracker_sentences,
)
from qa_analysis.reports.declared import Report, RestrictedList
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, page, paragraph, table, table_unless_zero
from qa_analysis.telling.cover import cover_line

CONCERNS = "Immediate concerns"


def cover(month: Month) -> Html:
    """What this is, true on which day, over how many actions."""
    still, done = month.count("actions_open"), month.count("actions_completed")
    return page(
        cover_line(month, f"{counted(still, 'action')} open, {done:,} completed"),
        paragraph(
            "Day 0 is the day an action was agreed; an action completed on day 40 is in time. Calendar and working "
            "days are both shown, because the framework does not say which it means. Each Team Manager's own list is "
            "in the folder restricted/.",
            kind="note",
        ),
    )


def summary(month: Month) -> Html:
    """Actions in the Senior Management Team's report: state, how old and where they are, by role, concerns."""
    return page(
        bullets([*state_sentences(month), *sign_off_sentences(month)[:2]]),
        *_by_month(month),
        *_where(month),
        *_by_role(month),
        heading(CONCERNS, level=3),
        *_concerns(month),
    )


def state(month: Month) -> Html:
    """What is open, overdue and done, and how long it takes."""
    return page(
        heading(actions_title(month), level=3),
        bullets(state_sentences(month)),
        *_by_month(month),
        *_curve(month),
        table_unless_zero(
            actions_table(month), "Actions by service", numbers=["Open", "Overdue"], otherwise="No action is open."
        ),
        *_by_role(month),
        table_unless_zero(
            overdue_by_age(month),
            "Overdue actions by days overdue",
            numbers=["Actions"],
            otherwise="No action is overdue.",
        ),
    )


def flow(month: Month) -> Html:
    """The stock month by month, opening plus agreed less closed is closing; and from the month's end to the day."""
    shown = flow_table(month)
    if not shown[list(shown.columns[1:])].any(axis=None):
        return paragraph("No action was open, agreed or closed in these months.")
    return page(
        chart(
            figures.flow_of_actions(month),
            alt="Bars of the actions agreed and closed in each calendar month, and a line of those open at its end; "
            "the same figures are in the table.",
            caption="Actions agreed and closed in each calendar month, and open at its end, as known on "
            f"{day_name(month.as_at)}.",
        ),
        table(shown, "Opening, agreed, closed and closing, by calendar month", numbers=list(shown.columns[1:])),
        paragraph(bridge_sentence(month)),
        *_bridge(month),
    )


def sign_off(month: Month) -> Html:
    """Whether completed actions were signed off, and by whom."""
    return bullets(sign_off_sentences(month))


def tracker(month: Month) -> Html:
    """Whether every audit is on the tracker, and what on it cannot be right."""
    found = month.figures("audits_by_actions", by="actions", period=month.year)
    shown = found.assign(value=found["value"].map("{:.0f}".format))[["group", "value"]].set_axis(
        ["Audits with", "Audits"], axis=1
    )
    return page(
        bullets(tracker_sentences(month)),
        table(shown, "The year's audits by number of actions agreed", numbers=["Audits"]),
    )


def concerns(month: Month) -> Html:
    """Immediate concerns: manager informed, form sent, signed off, discussed."""
    return page(*_concerns(month))


def _bridge(month: Month) -> list[Html]:
    """The steps from the month's end to the day, where there is any: the sentence above says it of none."""
    caption = "From the end of the month to the date of the data"
    return [table(bridge_table(month), caption, numbers=["Actions"])] if any(bridge_steps(month).values()) else []


def _by_role(month: Month) -> list[Html]:
    shown = by_role(month)
    return [] if shown.empty else [table(shown, "Actions by the owner's role", numbers=["Open", "Overdue"])]


def _curve(month: Month) -> list[Html]:
    """Time to completion, and open actions by age; nothing where nothing can be drawn."""
    if month.figures("actions_completed_km", by="day").empty:
        return []
    return [
        chart(
            figures.time_to_complete(month),
            alt="Left: curve of the share of actions completed by days since agreed. Right: open actions by age. "
            "The values are in measures.csv, measures actions_completed_km and actions_open.",
            caption="Left: share of actions completed, open ones counted for as long as they were open, with 95% "
            f"confidence interval and day {month.rules.action_days}. Right: open actions by age in calendar days.",
        )
    ]


def _by_month(month: Month) -> list[Html]:
    """The share in time month by month; nothing where none fell due in single months."""
    found = month.over_time("actions_due_in_time", periods=month.cycles)
    if found.empty:
        return []
    return [
        chart(
            figures.in_time_by_month(month),
            alt="Line of the share of actions completed in time, by the month in which they fell due; the values are "
            "in measures.csv, measure actions_due_in_time.",
            caption=f"Actions completed within {month.rules.action_days} {month.rules.action_calendar} days, by the "
            "month in which they fell due, with their number (n); hollow points rest on under five.",
        )
    ]


def _where(month: Month) -> list[Html]:
    """Open actions by age, and open and overdue by service; nothing where none is open."""
    if month.figures("actions_open", by="service_area").empty:
        return []
    return [
        chart(
            figures.where_they_wait(month),
            alt="Left: open actions by age. Right: open actions by service, those overdue apart. The values are in "
            "measures.csv, measures actions_open and actions_overdue.",
            caption="Open actions. Left: by age in calendar days. Right: by service, those past their due date apart. "
            "Services look after different children and are not ranked.",
        )
    ]


def _concerns(month: Month) -> list[Html]:
    if "immediate_concerns" not in month.supplied:
        return [absent(CONCERNS)]
    said = [bullets(concern_sentences(month))]
    if "supervision" not in month.supplied:
        said.append(absent("Supervision, which shows when the next session was held"))
    return said


REPORT = Report(
    name="actions",
    title="Actions and immediate concerns",
    question="Were actions completed on time, and were immediate concerns followed up?",
    families=(family.ACTIONS, family.IMMEDIATE_CONCERNS, family.FINDINGS),
    restricted=(
        RestrictedList("each Team Manager", action_lists),
        RestrictedList("Quality Assurance Manager", escalation),
        RestrictedList("Quality Assurance Manager", inadequate_list),
        RestrictedList("each auditor, Team Manager and supervisor", after_audit_lists),
    ),
    summary=summary,
    place=40,
)

"""Actions and immediate concerns in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import agreeing, at_first, counted
from qa_analysis.measures.actions.concerns import PARTS, STEPS
from qa_analysis.measures.actions.flow import BRIDGE
from qa_analysis.measures.actions.sign_off import ABOVE, NOBODY, OTHER, OWNER, RIGHT, SAME, UNKNOWN, UNREAD
from qa_analysis.measures.figure import Figure, figure_of
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import (
    about_safeguarding,
    all_cycles,
    cases,
    in_time,
    interval,
    last_cycles,
    of_whole,
    or_none,
    percent,
    percent_of,
    share_of,
)


def state_sentences(month: Month) -> list[str]:
    """What is open, overdue and completed, and what was done in time."""
    limit = month.rules.action_days
    agreed, still = month.count("actions_agreed"), month.count("actions_open")
    late = month.count("actions_overdue")
    said = [
        f"Agreed in {month_name(month.month)}: {counted(agreed, 'action')}.",
        f"Open on {day_name(month.as_at)}: {counted(still, 'action')}, {or_none(late)} of them overdue, "
        f"{about_safeguarding(month)}.",
        *(
            f"Since the first action recorded, {in_time(figure, days=f'{limit} {kind} days')}; those open for fewer "
            "days are not counted."
            for kind in ("working", "calendar")
            if (figure := month.figure(f"completed_in_40_{kind}_days")) and figure.denominator > 0
        ),
    ]
    return [*said, *_by_year(month), *_by_limit(month), *_whole_audits(month), *_without_date(month)]


def _by_year(month: Month) -> list[str]:
    """The year's rate, which tells of now more than the rate of all actions does."""
    year = month.figure("actions_due_in_time", period=month.year)
    if year is None or not year.denominator:
        return []
    limit = f"{month.rules.action_days} {month.rules.action_calendar} days"
    share = f"{percent_of(year, 'action')} that fell due were completed within {limit}{cases(year)}"
    return [f"Over {all_cycles(month)}, {share}."]


def bridge_steps(month: Month) -> dict[str, int]:
    """How many actions each step from the month's end to the day has, by step."""
    return {step: month.count("actions_bridge", by="step", group=step) for step in BRIDGE}


def bridge_sentence(month: Month) -> str:
    """Why the actions open at the end of the month and those open on the day are not the same number."""
    at_end, agreed, closed, undated, on_day = bridge_steps(month).values()
    without = f", and {counted(undated, 'more is', 'more are')} open without a date of agreement" if undated else ""
    return (
        f"At the end of {month_name(month.month)} {counted(at_end, 'action was', 'actions were')} open. Since then "
        f"{counted(agreed, 'was', 'were')} agreed and {closed:,} closed{without}: {counted(on_day, 'was', 'were')} "
        f"open on {day_name(month.as_at)}."
    )


def sign_off_sentences(month: Month) -> list[str]:
    """How completed actions were signed off, and what to look into."""
    states = month.figures("actions_signed_off", by="state").set_index("group")["value"]
    done = month.count("actions_completed")
    if not done:
        return ["No action is completed, so none can be signed off."]
    if states.empty:
        return ["Sign-off is not recorded in the actions supplied, so whether they were signed off is not known."]
    well = month.figure("actions_rightly_signed_off")
    said = [
        f"Signed off correctly: {share_of(well, 'completed action') if well else or_none(0)}, {states[RIGHT]:,.0f} by "
        f"the role the framework names and, for actions owned by a manager, {states[ABOVE]:,.0f} by a more senior "
        "manager than the action owner, in any service.",
        f"Needs review: {counted(states[OWNER], 'action was', 'actions were')} signed off by the person who owned "
        f"{agreeing(states[OWNER], 'it', 'them')}, {states[SAME]:,.0f} by someone else in the owner’s role, "
        f"{states[OTHER]:,.0f} by another role or, for a manager’s own action, by someone not more senior, "
        f"{_role_unknown(states[UNKNOWN])}{_day_unread(states.get(UNREAD, 0))}and {states[NOBODY]:,.0f} not signed off "
        "at all.",
    ]
    waited, at_once = month.figure("days_to_sign_off_median"), month.count("sign_offs_at_once")
    if waited and waited.denominator > 0:
        days = counted(waited.value, "day")
        said.append(f"Sign-off: median {days} after completion ({waited.denominator:,} dated).")
    return [
        *said,
        f"Days on which one person signed off five actions or more: {at_once}. This is for information; it is not in "
        "itself a concern.",
    ]


def tracker_sentences(month: Month) -> list[str]:
    """Whether the tracker holds every audit, and what on it cannot be right."""
    none = month.count("audits_by_actions", by="actions", group="no action", period=month.year)
    lost = month.count("actions_without_audit")
    before, beyond = month.figure("actions_due_before_agreed"), month.figure("actions_due_over_40_days")
    said = [f"Audits of the year without any action: {none}.", f"Actions whose audit is not in the extracts: {lost}."]
    if beyond and beyond.denominator > 0:
        limit = month.rules.action_days
        said.append(f"Due later than {limit} calendar days after they were agreed: {share_of(beyond, 'action')}.")
    if before and before.numerator:
        said.append(f"Due before they were agreed: {before.numerator} of {before.denominator:,}.")
    return [*said, _safeguarding_findings(month)]


def _safeguarding_findings(month: Month) -> str:
    """How many safeguarding findings have no action; what was not recorded is said, and what there is none of."""
    if "findings" not in month.supplied:
        return "Safeguarding findings without an action: findings were not supplied this month."
    every, unanswered = (month.figure(f"safeguarding_findings{part}") for part in ("", "_without_action"))
    if every is None:
        return "Which findings are about safeguarding is not recorded."
    if not every.value:
        return "No finding of the cycle is marked as about safeguarding."
    if unanswered is None:
        return (
            f"Safeguarding findings of the cycle: {every.value:.0f}. Which actions are about safeguarding is not "
            "recorded, so whether any answers them is not known."
        )
    return (
        "Safeguarding findings of the cycle without an action about safeguarding: "
        f"{unanswered.value:.0f} of {every.value:.0f}."
    )


def concern_sentences(month: Month) -> list[str]:
    """How many immediate concerns, how soon each step was taken, and what is missing."""
    every, new = (month.count(name, period=month.year) for name in ("concerns", "concerns_of_month"))
    if not every:
        return [f"No immediate concern was recorded in {last_cycles(month)}."]
    said = [f"{counted(every, 'immediate concern')} in {last_cycles(month)}, {or_none(new)} of them in this one."]
    steps = month.figures("concern_step", by="step", period=month.year)
    parts = month.figures("concern_complete", by="part", period=month.year)
    for _, row in steps.iterrows():
        days = month.figure("days_to_concern_step_median", by="step", group=row["group"], period=month.year)
        soon = (
            f", median {counted(days.value, 'day')} after the concern was identified"
            if days and days.denominator > 0
            else ""
        )
        unread = month.count("concern_step_unreadable", by="step", group=row["group"], period=month.year)
        also = f"; {unread} more {agreeing(unread, 'holds', 'hold')} a date that could not be read" if unread else ""
        said.append(f"{at_first(row['group'])}: {of_whole(figure_of(row))}{soon}{also}.")
    lacking = [
        f"{row['group']} {row['numerator']:.0f} of {row['denominator']:.0f}{_silent(every - row['denominator'])}"
        for _, row in parts.iterrows()
        if row["numerator"] < every
    ]
    if lacking:
        said.append(f"Parts of the form not completed for every concern: {', '.join(lacking)}.")
    unknown = [name for name in (*STEPS, *PARTS) if name not in {*steps["group"], *parts["group"]}]
    if unknown:
        return [*said, f"Not recorded for any concern, so not known: {', '.join(unknown)}."]
    return said if lacking else [*said, "Every part of the form was completed for every concern."]


def _silent(tally: float) -> str:
    """How many concerns do not say."""
    return f" ({tally:.0f} not recorded)" if tally else ""


def actions_title(month: Month) -> str:
    """What became of actions, said as a finding."""
    late = month.count("actions_overdue")
    if not month.count("actions_open"):
        return "No action is open"
    return f"{or_none(late).capitalize()} overdue, {about_safeguarding(month)}"


def _by_limit(month: Month) -> list[str]:
    """The share done by day forty with open actions counted for as long as they were open."""
    found = month.figure("completed_by_day_40_km")
    limit = month.rules.action_days
    if found is None or found.value != found.value:
        return []
    if found.note:
        return [f"It is too early to estimate how many of all actions are completed by calendar day {limit}."]
    return [
        f"An estimated {percent(found.value)} of all actions ({interval(found)}) are completed by calendar day "
        f"{limit}, counting open actions for as long as they have been open."
    ]


def _whole_audits(month: Month) -> list[str]:
    found: Figure | None = month.figure("audits_all_actions_in_40_calendar_days")
    if found is None or not found.denominator:
        return []
    days = f"{month.rules.action_days} calendar days"
    return [f"Audits with every action completed within {days}: {share_of(found, 'audit')}."]


def _role_unknown(tally: float) -> str:
    return f"{tally:,.0f} by someone whose role is not recorded, " if tally else ""


def _day_unread(tally: float) -> str:
    return f"{tally:,.0f} on a day that could not be read, " if tally else ""


def _without_date(month: Month) -> list[str]:
    undated = month.count("actions_open_without_due_date")
    return [f"Open actions without a due date, which are never counted as overdue: {undated}."] if undated else []

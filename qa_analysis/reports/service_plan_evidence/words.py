"""The quarter of a service in sentences, and how its figures are looked up."""

from qa_analysis.dates import period_of, span_name
from qa_analysis.english import at_first, counted, in_letters, listed
from qa_analysis.measures.figure import Figure, Names, figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.measures.service_plan.quarter import LENGTH, quarter_called, quarter_up_to
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import part_of, share_of, were


def quarter_period(month: Month) -> str:
    """The quarter as the measures write it."""
    return period_of(quarter_up_to(month.month, month.rules))


def quarter_words(month: Month) -> str:
    """The quarter in words: "quarter 1 of 2023/24, April to June 2023"."""
    cycles = quarter_up_to(month.month, month.rules)
    return f"{quarter_called(cycles[-1])}, {span_name(period_of(cycles))}" if cycles else "no quarter yet"


def figure(month: Month, measure: str, *, by: Names = "", group: Names = "") -> Figure | None:
    """One figure of the quarter."""
    return month.figure(measure, by=by, group=group, period=quarter_period(month))


def each_of(month: Month, measure: str, by: str) -> dict[str, Figure]:
    """The figures of a measure in the quarter by the value of one dimension."""
    return {one.group[0]: one for one in figures_of(month.figures(measure, by=by, period=quarter_period(month)))}


def work_sentence(month: Month) -> str:
    """How much was done in the quarter."""
    audits = figure(month, "quarter_audits")
    agreed, done = (figure(month, "quarter_actions", by="step", group=step) for step in ("agreed", "completed"))
    held = sum(one.value for one in each_of(month, "quarter_learning", "kind").values())
    said = [
        *([counted(audits.value, "audit")] if audits else []),
        *([f"{counted(agreed.value, 'action')} agreed and {done.value:,.0f} completed"] if agreed and done else []),
        *([counted(held, "learning event")] if "learning_events" in month.supplied else []),
    ]
    return f"{at_first(quarter_words(month))}: {listed(said)}." if said else ""


def in_time_sentence(month: Month) -> str:
    """How many of the actions that fell due in the quarter were completed in time; nothing where none did."""
    found = figure(month, "actions_due_in_time")
    if found is None or not found.denominator > 0:
        return ""
    limit = f"{month.rules.action_days} {month.rules.action_calendar} days"
    some = share_of(found, "action", first=True)
    return f"Of the actions that fell due in the quarter, {some} {were(found)} completed within {limit}."


def whole_sentence(whole: Month) -> str:
    """How audits of all services were graded over the three cycles, which are too few to be told of by service."""
    is_now = quarter_up_to(whole.month, whole.rules)[-1:] == (whole.month,)
    found = whole.figure("loop_good_or_better", by="side", group="now", population=LEAD) if is_now else None
    if found is None or not found.denominator > 0:
        return ""
    graded = part_of(found, "headline audit")
    return f"Over these {in_letters(LENGTH)} cycles {graded} of all services {were(found)} graded good or better."

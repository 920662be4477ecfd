"""How long actions take: open ones counted for as long as they have been open."""

from pandas import DataFrame

from qa_analysis.measures.actions import stock
from qa_analysis.measures.figure import Figure, labelled
from qa_analysis.month.month import Month
from qa_analysis.questions import narrowing
from qa_analysis.questions import scope as scoping
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.opening import Held
from qa_analysis.questions.phrases import whole_of
from qa_analysis.questions.scope import Scope
from qa_analysis.questions.subjects.declared import Answered, Subject
from qa_analysis.telling.wording import in_time, percent_of

MEDIAN, BY_DAY_40 = "days_to_complete_median", "completed_by_day_40_km"


def days(asked: Asked, held: Held) -> Answered:
    """The median days and the share done in time, of the whole and of each group. One figure per question and group."""
    scope = scoping.scope(
        asked, held, narrow=narrowing.actions_of, cases=scoping.action_cases, dataset="actions"
    )  # fmt: skip
    known = stock.states(scope.tables)
    rows = _of(scope, known)
    if asked.by:
        names = labelled(known[asked.by].astype("object"))
        rows += [
            row.but(by=(asked.by,), group=(str(name),))
            for name in sorted(names.unique())
            for row in _of(scope, known[names == name])
        ]
    return scope, rows


def _of(scope: Scope, known: DataFrame) -> list[Figure]:
    wanted = (MEDIAN, BY_DAY_40, f"completed_in_40_{scope.tables.rules.action_calendar}_days")
    return [row for row in stock.timeliness(scope.tables, known) if row.measure in wanted]


def sentence(scope: Scope, month: Month) -> str:
    """How long half of them take, and how many were done in time."""
    rules = scope.tables.rules
    median, within = whole_of(month, MEDIAN), whole_of(month, f"completed_in_40_{rules.action_calendar}_days")
    if median is None or not median.denominator:
        return "No action has the dates from which its days could be counted."
    actions = f"{median.denominator:,} actions"
    said = (
        f"Of {actions} fewer than half are completed, so the days that half of them take are not known yet."
        if not median.is_given
        else f"Half of {actions} are completed within {median.value:.0f} days{_range(median)}."
    )
    if within is None or not within.denominator:
        return said
    limit = f"{rules.action_days} {rules.action_calendar} days"
    opening = in_time(within, days=limit, first=True)
    return f"{said} {opening[0].upper()}{opening[1:]}." if percent_of(within, "action") else said


def _range(median: Figure) -> str:
    known = median.lower == median.lower and median.upper == median.upper
    return f" (likely range {median.lower:.0f} to {median.upper:.0f})" if known else ""


DAYS = Subject(
    days,
    sentence,
    "Open actions count for as long as they have been open; those without a date of agreement, or completed before it, "
    "are left out. Quick is not the same as helpful to the child.",
    names={
        MEDIAN: "Median days to complete",
        BY_DAY_40: "Completed by day 40, open ones counted",
        "completed_in_40_calendar_days": "Completed within 40 calendar days",
        "completed_in_40_working_days": "Completed within 40 working days",
    },
    drawn={MEDIAN: "Median days to complete"},
    is_told_as_a_whole=True,
)

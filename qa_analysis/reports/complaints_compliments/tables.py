"""The tables of the report on complaints and compliments."""

from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.english import at_first
from qa_analysis.measures.complaints.clocks import ALLOWED, CLOCKS, LONGEST, USUAL, Clock
from qa_analysis.measures.complaints.timeliness import APPOINTED, LATER, NEXT, NOT_STARTED, PAST
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.month import Month
from qa_analysis.reports.complaints_compliments.words import figure, in_time, period
from qa_analysis.telling.prompts import subject_title
from qa_analysis.telling.wording import TOO_FEW_TO_SHOW, of_whole, share_of, tally

LIMITS: Final = {USUAL: "Usual limit", ALLOWED: "As agreed", LONGEST: "Longest limit"}
BESIDE: Final = {
    "complaint_theme_audits": "with an area for development",
    "complaint_theme_below_good": "on this theme below good",
}
STATES: Final = (PAST, NEXT, LATER, NOT_STARTED)


def clocks(month: Month) -> DataFrame:
    """Answered in time by each clock and limit. One row per clock that ran for any complaint."""
    rows = [
        {"Clock": at_first(clock.name), "Days": _days(month, clock)}
        | {LIMITS[limit]: _share(in_time(month, clock, limit)) for limit in LIMITS}
        for clock in CLOCKS
        if in_time(month, clock, USUAL) is not None
    ]
    return pd.DataFrame(rows, columns=["Clock", "Days", *LIMITS.values()])


def _days(month: Month, clock: Clock) -> str:
    """The limits in working days: "10, 20 if extended"."""
    days = month.rules.complaint_days[clock.rule]
    return str(days[0]) if len(days) == 1 else f"{days[0]}, {days[1]} if extended"


def _share(found: Figure | None) -> str:
    return at_first(share_of(found)) if found else "None"


def days(month: Month) -> DataFrame:
    """How long complaints take: the middle one and the longest. One row per clock."""
    rows = []
    for clock in CLOCKS:
        middle, longest = (
            figure(month, f"complaint_days_{name}", "clock", clock.name) for name in ("median", "longest")
        )
        if middle is not None and longest is not None:
            most = f"{tally(longest)}{f', {longest.note}' if longest.note and longest.is_given else ''}"
            rows.append([at_first(clock.name), _cases(middle), _middle(middle), most])
    for who in APPOINTED:
        found, waiting = (figure(month, name, "appointed", who)
                          for name in ("complaint_days_to_appoint", "complaints_not_appointed"))  # fmt: skip
        if found is not None:
            left = f"{tally(waiting)} still to be appointed" if waiting and waiting.value else ""
            rows.append([f"To appoint the {who}", _cases(found), _middle(found), left or "None waiting"])
    return pd.DataFrame(rows, columns=["Clock", "Complaints", "Median working days", "Longest"])


def _middle(found: Figure) -> str:
    if found.is_withheld:
        return TOO_FEW_TO_SHOW
    return f"{found.value:.0f}" if found.is_given else at_first(found.note)


def _cases(found: Figure) -> str:
    return TOO_FEW_TO_SHOW if found.is_withheld else f"{found.denominator:,}"


def waiting(month: Month) -> DataFrame:
    """The open complaints by their last day. One row per state that any is in."""
    found = {state: figure(month, "complaints_open", "state", state) for state in STATES}
    rows = [[at_first(state), tally(one)] for state, one in found.items() if one is not None and one.value]
    return pd.DataFrame(rows, columns=["Last day", "Open complaints"])


def outcomes(month: Month) -> DataFrame:
    """What was decided. One row per stage and outcome."""
    held = figures_of(month.figures("complaint_outcomes", by=("stage", "outcome"), period=period(month)))
    rows = [[f"Stage {one.group[0]}", at_first(one.group[1]), tally(one)] for one in held]
    return pd.DataFrame(rows, columns=["Stage", "Outcome", "Complaints"])


def services(month: Month) -> DataFrame:
    """Complaints and compliments by the service they are about. One row per service."""
    held = {name: _by_service(month, f"{name}_received") for name in ("complaints", "compliments")}
    names = sorted({*held["complaints"], *held["compliments"]})
    rows = [[at_first(name), *(one.get(name, "0") for one in held.values())] for name in names]
    return pd.DataFrame(rows, columns=["Service", "Complaints", "Compliments"])


def _by_service(month: Month, measure: str) -> dict[str, str]:
    """How many each service had; where that may not be told of so few months or cases, that it is not shown."""
    held = figures_of(month.figures(measure, by="service_area", period=period(month)))
    return {one.group[0]: tally(one) for one in held}


def themes(month: Month) -> DataFrame:
    """What complaints are about, beside audits of the same months. One row per theme, most complaints first."""
    named = month.figures("complaint_themes", by="theme_code", period=period(month))
    held = sorted(figures_of(named), key=lambda one: (not one.is_given, -one.value if one.is_given else 0, one.group))
    rows = [
        [
            at_first(subject_title(month.rules, one.group[0], is_lacking=False)),
            tally(one),
            tally(one.but(value=one.numerator)),
            _praise(month, one.group[0]),
            _audits(month, one.group[0]),
        ]
        for one in held
    ]
    return pd.DataFrame(
        rows, columns=["Theme", "Complaints", "Of these upheld", "Compliments", "Audits of these months"]
    )


def _praise(month: Month, code: str) -> str:
    return tally(figure(month, "compliment_themes", "theme_code", code))


def _audits(month: Month, code: str) -> str:
    """What auditors found on the same theme, in a few words."""
    for measure, words in BESIDE.items():
        found = figure(month, measure, "theme_code", code)
        if found is not None:
            return at_first(of_whole(found) if found.is_withheld else f"{of_whole(found)} {words}")
    return "None on this theme"

"""The tables of the report on observations, ready to be shown. One row per what its name says."""

from collections.abc import Sequence

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import period_of, span_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.people import EXPERIENCED, MANAGERS
from qa_analysis.month.month import Month
from qa_analysis.telling.prompts import PROMPT, is_compliance, prompt_title
from qa_analysis.telling.wording import all_cycles, share_of, tally

QUESTIONS = {
    "people_observed_as_required": "Number and kind as required",
    "people_observed_often_enough": "Number as required",
    "people_observed_in_kind": "Kind as required",
}
CALLED = {
    "asye": "Assessed and supported year (ASYE)", "pdr": "Performance and development review (PDR)",
    "interval": "Agreed interval", "audit action": "Action from an audit", "supervision": "Agreed in supervision",
}  # fmt: skip
THEMES_SHOWN = 8
SIDES = {"strength": "Strength", "development": "For development"}


def groups_table(month: Month, period: str) -> DataFrame:
    """Who was observed as required. One row per group of staff that anything is required of, and one for all."""
    named = {"": "All", EXPERIENCED: at_first(EXPERIENCED), MANAGERS: at_first(MANAGERS)}
    rows = []
    for group, title in named.items():
        cells = [_of_group(month, measure, group, period) for measure in QUESTIONS]
        if any(cells):
            rows.append([title, *(share_of(one) if one else "" for one in cells)])
    return DataFrame(rows, columns=["People", *QUESTIONS.values()])


def _of_group(month: Month, measure: str, group: str, period: str) -> Figure | None:
    return month.figure(measure, by="staff_group" if group else "", group=group, period=period)


def places_table(month: Month, by: str, period: str) -> DataFrame:
    """People observed as required by service or team, in the order of the alphabet. One row per place."""
    found = figures_of(month.figures("people_observed_as_required", by=by, period=period))
    rows = [[one.group[0], share_of(one)] for one in sorted(found, key=lambda one: one.group)]
    return DataFrame(rows, columns=[{"service_area": "Service", "team": "Team"}[by], "People observed as required"])


def made_table(month: Month, by: str, heading: str) -> DataFrame:
    """The observations of the half-year and of the one before. One row per kind, reason or role."""
    this = Return.up_to(month.month, month.rules)
    periods = [*filter(None, (period_of(this.half_year), period_of(this.half_year_before)))]
    held = [_by(month, by, period) for period in periods]
    rows = [
        [
            _called(by, name),
            *(some.get(name, "0") for some in held),
        ]
        for name in dict.fromkeys(name for some in held for name in some)
        if any(some.get(name, "0") != "0" for some in held)
    ]
    return DataFrame(rows, columns=[heading, *map(span_name, periods)])


def _called(by: str, name: str) -> str:
    return CALLED.get(name, at_first(name)) if by == "trigger" else at_first(name)


def _by(month: Month, by: str, period: str) -> dict[str, str]:
    found = figures_of(month.figures("observations_made", by=by, period=period))
    return {one.group[0]: tally(one) for one in found}


def leading(month: Month, polarity: str, period: str) -> DataFrame:
    """The themes seen most often on one side; of strengths none of mere compliance. One row per theme."""
    found = month.figures("observed_theme", by=PROMPT, period=period)
    groups = [one.group for one in figures_of(found)]
    kept = [side == polarity and not (side == "strength" and is_compliance(month.rules, code)) for code, side in groups]
    return found[pd.Series(kept, index=found.index, dtype=bool)].sort_values("value", ascending=False, kind="stable")


def themes_table(month: Month, polarity: str, periods: Sequence[str]) -> DataFrame:
    """The leading themes of one side, in observations and in audits. One row per theme."""
    half, year = periods
    rows = []
    for one in figures_of(leading(month, polarity, year).head(THEMES_SHOWN)):
        code = one.group[0]
        now = month.figure("observed_theme", by=PROMPT, group=one.group, period=half)
        audits = month.figure("theme_prevalence", by=PROMPT, group=one.group, period=month.year)
        rows.append(
            [prompt_title(month, code, polarity), tally(now), tally(one),
             share_of(audits) if audits and audits.denominator > 0 else "none"]
        )  # fmt: skip
    columns = [
        SIDES[polarity],
        "Observations, half-year",
        "Observations, year",
        f"Headline audits of {all_cycles(month)}",
    ]
    return pd.DataFrame(rows, columns=columns)


def others_table(month: Month) -> DataFrame:
    """The roles of which no observation is asked. One row per role."""
    found = figures_of(month.figures("people_of_other_roles", by="role"))
    rows = sorted(([at_first(one.group[0]), tally(one)] for one in found), key=lambda row: str(row[0]).casefold())
    return DataFrame(rows, columns=["Role", "People in post"])

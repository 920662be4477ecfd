"""An answer's figures as a table that is read, not searched: what, for whom, how many, how sure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pandas as pd
from pandas import DataFrame

from qa_analysis.framework import Rules
from qa_analysis.report.month import Figure, figure_of
from qa_analysis.report.wording import interval, percent, share_of

NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "good_or_better": "Good or better",
        "good_or_better_less_others": "Less all the others",
        "grade_count": "Audits graded",
        "run_chart": "Usual range",
        "loop_difference": "Change",
        "loop_superiority": "Chance that an audit now is graded above one then",
        "detectable_rise": "Smallest rise usually noticed",
        "theme_prevalence": "Audits in which it was found",
        "finding_count": "Findings",
        "family_contact_attempted": "A family was contacted",
        "family_contact_attempted_where_appropriate": "A family was contacted, where that was appropriate",
        "family_engaged": "A family member spoke with us",
        "family_contacts": "Contacts",
        "family_views": "Views",
        "agreement_exact": "Upheld",
        "agreement_within_one": "Moved by at most one grade",
        "gwet_ac1": "Agreement beyond chance (AC1)",
        "gwet_ac2_linear": "Agreement beyond chance, near misses counted in part (AC2)",
        "moderation_unchanged": "Upheld",
        "moderation_lowered": "Lowered",
        "moderation_raised": "Raised",
        "moderation_direction": "Direction",
        "moderation_pairs": "Auditor’s and panel’s grade",
        "actions_open": "Open",
        "actions_overdue": "Overdue",
        "actions_overdue_safeguarding": "Overdue, about safeguarding",
        "actions_completed": "Completed",
        "actions_unsigned": "Completed, not signed off",
        "completed_in_40_calendar_days": "Done within 40 calendar days",
        "completed_in_40_working_days": "Done within 40 working days",
        "audits_completed": "Audits",
        "open_records_never_audited": "Open records of a team without an audit",
    }
)


def read_table(figures: DataFrame, titles: Mapping[str, str], *, with_period: bool) -> DataFrame:
    """The figures in words. One row per figure; the pairs of grades are left to the picture."""
    shown = figures[figures["measure"] != "moderation_pairs"]
    rows = [
        [_group(row, titles), NAMES[row["measure"]], *([row["period"]] if with_period else []), _figure(row), _note(row)]
        for row in shown.to_dict("records")
    ]
    columns = ["Of", "What", *(["Period"] if with_period else []), "Figure", "Note"]
    table = pd.DataFrame(rows, columns=columns)
    return table if table["Note"].any() else table.drop(columns="Note")


def group_titles(rules: Rules) -> dict[str, str]:
    """The framework's titles of key areas, prompts and themes, by their code."""
    return {**rules.themes, **rules.prompts, **rules.key_areas, "development": "to develop"}


def _group(row: "dict[str, object]", titles: Mapping[str, str]) -> str:
    """The group in people's words; the whole where there is none."""
    parts = [part for part in str(row["group"]).split("+") if part]
    named = [titles.get(part, part) for part in parts]
    return ", ".join([named[0][:1].upper() + named[0][1:], *named[1:]]) if named else "All"


def _figure(row: "dict[str, object]") -> str:
    """A count, a share with its interval, or another estimate with its interval."""
    found, unit = figure_of(pd.Series(row)), row["unit"]
    if found.value != found.value:
        return "not defined"
    if unit == "share" and row["measure"] != "run_chart":
        return share_of(found, "") if found.denominator else "none"
    if row["method"] == "count":
        return f"{found.value:,.0f}"
    if row["measure"] == "run_chart":
        return interval(found) if found.lower == found.lower else "no limits yet"
    return _estimate(found, str(unit))


def _estimate(found: Figure, unit: str) -> str:
    if unit == "difference of shares":
        return f"{_points(found.value)} points" + (
            f" ({_points(found.lower)} to {_points(found.upper)})" if found.lower == found.lower else ""
        )
    if unit == "probability":
        return f"{percent(found.value)} ({interval(found)})" if found.lower == found.lower else percent(found.value)
    if unit == "p-value":
        return f"p = {found.value:.2f}" if found.value >= 0.01 else "p under 0.01"
    return f"{found.value:.2f} ({found.lower:.2f} to {found.upper:.2f})"


def _points(difference: float) -> str:
    return f"{100 * difference:+.0f}".replace("-", "\u2212")


def _note(row: "dict[str, object]") -> str:
    return "" if pd.isna(row["note"]) else str(row["note"])  # type: ignore[call-overload]

"""Audits on which the panel and the auditor parted: the ones worth talking over together."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.moderation.agreement import pairs

CASES = 6  # as many as a workshop of two hours can grade and talk over
ACROSS_GOOD, FAR = 2, 2  # what a move across the Good line, or of two grades, counts beside one area graded otherwise


def split_grades(tables: Tables) -> DataFrame:
    """Every grade of the year that the panel changed for the practice it saw, or without saying why.

    One row per audit and grade; `area` is blank for the overall one. A grade changed for the way the form was filled in
    says nothing of what good practice looks like.
    """
    columns = {"": "overall_grade", **tables.rules.grade_columns}
    found = [pairs(tables, tables.rolling_cycles, column).assign(area=area) for area, column in columns.items()]
    about_form = tables.moderations.loc[tables.moderations["reason_about"] == "form", "audit_id"]
    changed = pd.concat([both[both["steps"] != 0] for both in found], ignore_index=True)
    changed = changed[~changed["audit_id"].isin(about_form)]
    good = {side: changed[side].isin(tables.rules.good_grades) for side in ("auditor", "panel")}
    return changed.assign(crossed_good=good["auditor"] != good["panel"], is_far=changed["steps"].abs() > 1)


def split_cases(tables: Tables) -> tuple[str, ...]:
    """The audits to talk over, at most six: those split furthest, spread over key areas and services.

    An audit counts one for each grade changed, two more where the overall grade crossed the Good line and two more
    where it moved by two. Of equals, the one whose areas and service are least seen among those chosen comes first.
    """
    changed = split_grades(tables)
    overall = changed[changed["area"] == ""].drop_duplicates("audit_id").set_index("audit_id")
    weight = (
        changed.groupby("audit_id").size()
        + ACROSS_GOOD * overall["crossed_good"].reindex(changed["audit_id"].unique(), fill_value=False)
        + FAR * overall["is_far"].reindex(changed["audit_id"].unique(), fill_value=False)
    )
    chosen: list[str] = []
    while len(chosen) < min(CASES, len(weight)):
        left = weight.drop(chosen)
        chosen.append(min(left[left == left.max()].index, key=lambda audit: (_seen(changed, chosen, audit), audit)))
    return tuple(chosen)


def _seen(changed: DataFrame, chosen: list[str], audit: str) -> int:
    """How often the audit's split areas and its service are among those chosen already."""
    own, others = changed[changed["audit_id"] == audit], changed[changed["audit_id"].isin(chosen)]
    areas = others["area"].isin(own["area"]).sum()
    services = others.drop_duplicates("audit_id")["service_area"].isin(own["service_area"]).sum()
    return int(areas + services)

"""Audits on which the panel and the auditor parted: the ones worth talking over together."""

from collections import Counter
from collections.abc import Sequence

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
    areas = changed.groupby("audit_id")["area"].agg(list)
    services = changed.fillna({"service_area": ""}).drop_duplicates("audit_id").set_index("audit_id")["service_area"]
    chosen: list[str] = []
    while len(chosen) < min(CASES, len(weight)):
        left = weight.drop(chosen)
        seen = Counter(area for audit in chosen for area in areas[audit]), Counter(services[chosen])
        best = left[left == left.max()].index
        chosen.append(min(best, key=lambda audit: (_seen(seen, areas[audit], services[audit]), audit)))
    return tuple(chosen)


def _seen(seen: tuple[Counter[str], Counter[str]], areas: Sequence[str], service: str) -> int:
    """How often an audit's split areas and its service are among those chosen already."""
    of_areas, of_services = seen
    return sum(of_areas[area] for area in set(areas)) + of_services[service]

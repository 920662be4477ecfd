"""The tables of the Senior Management Team report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.measures.windows import LEAD
from qa_analysis.report.month import Figure, Month
from qa_analysis.report.wording import share_of

AGREEMENT = ("Upheld", "Lowered", "Raised")


def agreement_table(month: Month, population: str) -> DataFrame:
    """One row for the overall grade and one per key area."""
    areas = {("", ""): "Overall grade"} | {("key_area", area): title for area, title in month.rules.key_areas.items()}
    rows = []
    for (by, group), title in areas.items():
        found = {
            way: month.figure(f"moderation_{way}", by=by, group=group, period=month.year, population=population)
            for way in ("unchanged", "lowered", "raised")
        }
        if (upheld := found["unchanged"]) and upheld.denominator:
            rows.append(
                [title, share_of(upheld)]
                + [str(figure.numerator) if figure else "" for figure in (found["lowered"], found["raised"])]
            )
    return pd.DataFrame(rows, columns=["Grade of", *AGREEMENT])


def areas_table(month: Month) -> DataFrame:
    """The six areas with both periods that are compared, and the verdict."""
    verdicts = month.figures("loop_verdict", by="key_area", population=LEAD)
    said = verdicts.set_index("group")["note"].to_dict()
    rows = []
    for area, title in month.rules.key_areas.items():
        now, then = (
            month.figure("loop_good_or_better", by="key_area+side", group=f"{area}+{side}", population=LEAD)
            for side in ("now", "then")
        )
        rows.append(
            [title, _short_share(now), _short_share(then), said.get(area, "nothing to compare with").capitalize()]
        )
    return pd.DataFrame(rows, columns=["Key area", "Now", "Then", "Verdict"])


def findings_table(month: Month) -> DataFrame:
    """Strengths and areas for development. One row per key area."""
    found = month.figures("finding_count", by="key_area+polarity").set_index("group")["value"]
    rows = [
        [title, int(found.get(f"{area}+strength", 0)), int(found.get(f"{area}+development", 0))]
        for area, title in month.rules.key_areas.items()
    ]
    return pd.DataFrame(rows, columns=["Key area", "Strengths", "For development"])


def actions_table(month: Month) -> DataFrame:
    """Open and overdue actions. One row per service."""
    open_ones, overdue = (
        month.figures(f"actions_{state}", by="service_area").set_index("group")["value"]
        for state in ("open", "overdue")
    )
    rows = [[service, int(size), int(overdue.get(service, 0))] for service, size in open_ones.items()]
    return pd.DataFrame(rows, columns=["Service", "Open", "Overdue"])


def _short_share(figure: Figure | None) -> str:
    """A share in a table's cell: "15 of 38 (39 %, 26 % to 55 %)"."""
    return share_of(figure) if figure and figure.denominator else "none graded"

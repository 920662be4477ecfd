"""The picture of closing the loop: how far each grade moved, and how sure that is."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.measures.closing_the_loop.verdicts import WORTH_TELLING
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.tables import graded_areas
from qa_analysis.telling import charts
from qa_analysis.telling.chart_style import wrapped


def changes(month: Month) -> Picture:
    """Which grades moved since six months ago? A dot with its interval per grade, and the verdict in words."""
    titles = {group: title for title, _, group in graded_areas(month)}
    moved, said = (
        pd.concat([month.figures(measure, by=by, population=LEAD) for by in ("", "key_area")])
        for measure in ("loop_difference", "loop_verdict")
    )
    told = said[said["group"].isin(moved.loc[moved["value"].notna(), "group"])]
    return charts.dots(
        moved[moved["group"].isin(told["group"])],
        titles=titles,
        groups=list(titles),
        label=wrapped,
        with_n=False,
        beside={row["group"]: _in_short(row["verdict"], row["reasons"]) for row in told.to_dict("records")},
        muted=list(told.loc[~told["verdict"].isin(WORTH_TELLING), "group"]),
        axis="Change in the share good or better, percentage points, with 95% confidence interval (right of "
        "zero = improved)",
        height=4.8,
    )


def _in_short(verdict: str, reasons: str) -> str:
    """A verdict with an asterisk in place of what qualifies it, which the table says."""
    return f"{verdict}*" if reasons else verdict

"""The pictures of the audit cycle report: the figures of each, and its words."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.month.month import Month
from qa_analysis.telling import charts

ROW, EDGE = 0.23, 1.3  # inches: of a team, close enough for a picture of sixteen to share its page, and of the rest
SEEN, DUE = "Audits selected at random", "Open records that could be selected"


def has_teams(month: Month) -> bool:
    """Whether audits selected at random can be held against the caseload by team."""
    found = month.figures("random_audits_made_up", by="team", period=month.year)
    return bool(found["value"].notna().any())


def made_up_by_team(month: Month) -> Picture:
    """Are audits spread over teams as their records are? A dot with its interval and a square per team."""
    seen = month.figures("random_audits_made_up", by="team", period=month.year)
    due = month.figures("random_audits_expected", by="team", period=month.year)
    sides = [
        seen.assign(measure=SEEN),
        due.assign(
            measure=DUE, unit="share", value=due["value"] / due["value"].sum(), denominator=seen["denominator"].max()
        ),
    ]
    return charts.dots(
        pd.concat(sides, ignore_index=True),
        sides="measure",
        names={SEEN: SEEN, DUE: DUE},
        with_n=False,
        axis="% of audits, with 95% confidence interval, and of open records",
        is_whole=False,
        height=EDGE + ROW * len(seen),
    )


def children_by_team(month: Month) -> Picture:
    """Whose children had an audit in the year? Dots with intervals, one per team."""
    found = month.figures("open_children_audited", by="team", period=month.year).dropna(subset="value")
    return charts.dots(
        found.sort_values("group"),
        axis="% of open children who had an audit, with 95% confidence interval",
        is_whole=False,
        height=EDGE + ROW * len(found),
    )

"""The tables of the Senior Management Team report, ready to be shown. One row per what its name says."""

import pandas as pd
from pandas import DataFrame

from qa_analysis.dates import day_name
from qa_analysis.english import at_first
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.populations import LEAD
from qa_analysis.month.month import Month
from qa_analysis.telling.claims import areas_claimed, in_short
from qa_analysis.telling.wording import interval, of_whole, percent, share_of


def areas_table(month: Month) -> DataFrame:
    """The six areas with both periods that are compared, and the verdict."""
    said = {area: at_first(in_short(claim)) for area, claim in areas_claimed(month).items()}
    rows = []
    for area, title in month.rules.key_areas.items():
        now, then = (
            month.figure("loop_good_or_better", by=("key_area", "side"), group=(area, side), population=LEAD)
            for side in ("now", "then")
        )
        rows.append([title, _short_share(now), _short_share(then), said.get(area, "Nothing to compare with")])
    return pd.DataFrame(rows, columns=["Key area", "Now", "Then", "Verdict"])


def services_table(month: Month) -> DataFrame:
    """Good or better by service over the year: a month is too short for most. One row per service."""
    found = month.figures("good_or_better", by="service_area", period=month.place_year)
    rows = [[*figure.group, of_whole(figure), _share(figure)] for figure in figures_of(found)]
    return pd.DataFrame(rows, columns=["Service", "Good or better", "Share and likely range"])


def decisions_table(month: Month) -> DataFrame:
    """What SMT decided at the last meeting, and what is still open from before. One row per decision."""
    shown = month.decisions.rename(
        columns={"item": "Decision", "owner": "Owner", "due_on": "Due", "status": "Status", "decided_on": "Decided"}
    )[["Decision", "Owner", "Decided", "Due", "Status"]]
    return shown.assign(
        Decided=shown["Decided"].map(_day), Due=shown["Due"].map(_day), Owner=shown["Owner"].map(at_first)
    )


def _share(figure: Figure) -> str:
    return figure.note if figure.is_doubtful else f"{percent(figure.value)} ({interval(figure)})"


def _short_share(figure: Figure | None) -> str:
    """A share in a table's cell: "15 of 38 (39%, 26% to 55%)"."""
    return share_of(figure) if figure and figure.denominator > 0 else "none graded"


def _day(iso: str) -> str:
    return day_name(pd.Timestamp(iso).date()) if iso else ""

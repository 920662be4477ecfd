"""Whether the audit list went out in the last week of the month before its cycle."""

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.dates import calendar_days
from qa_analysis.framework import Rules
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, counts_by, share
from qa_analysis.measures.populations import EVERY_ROUTE, month_and_year

EARLIER, IN_TIME, LATER = "before that", "in the last week of the month before", "in the month of the audits"


@declares(
    Measure(
        "list_in_last_week",
        title="Audits whose list went out in the last week of the month before",
        family=family.AUDIT_CYCLE,
        counts="audits whose list was sent on one of the last seven days of the month before their cycle, of those "
        "with the day on which it was sent, for the month and for twelve cycles",
        limits="calendar days, whatever day of the week; audits without the day are left out, as reactive ones are",
        unit="share",
    ),
    Measure(
        "list_sent",
        title="Audits by when their list went out",
        family=family.AUDIT_CYCLE,
        counts="audits with the day on which their list was sent, by whether that was before, in or after the last "
        "week of the month before their cycle, for the month and for twelve cycles",
        by="when",
        unit="audits",
    ),
)
def announced(tables: Tables) -> list[Figure]:
    """When the list went out, for the month and the year. One figure per question; none where no day is recorded."""
    year = audits_of_year(tables)
    sent = year.dropna(subset="list_sent_on")
    timed = sent.assign(when=when(sent, tables.rules))
    return [row for audits, period in month_and_year(tables, timed) for row in _figures(tables, audits, period)]


def when(audits: DataFrame, rules: Rules) -> Series:
    """Whether each list went out before, in or after the last days before the cycle."""
    begins = {cycle: rules.cadence.begins(cycle) for cycle in audits["cycle_month"].dropna().unique()}
    first = pd.to_datetime(audits["cycle_month"].map(begins)).astype("datetime64[us]")
    ahead = calendar_days(audits["list_sent_on"], first)
    said = Series(IN_TIME, index=audits.index, dtype="str")
    return said.mask(ahead > rules.list_last_days, EARLIER).mask(ahead < 1, LATER)


def _figures(tables: Tables, sent: DataFrame, period: str) -> list[Figure]:
    if sent.empty:
        return []
    labels = {"period": period, "population": EVERY_ROUTE}
    in_time = int((sent["when"] == IN_TIME).sum())
    return [
        share("list_in_last_week", in_time, len(sent), few=tables.rules.percentage_from, **labels),
        *counts_by(sent, "when", "list_sent", groups=(EARLIER, IN_TIME, LATER), unit="audits", **labels),
    ]

"""How many audits looked back further than the framework has it, and how many of those say why."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import looks_back_further
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_ROUTE, month_and_year

START, END, REASON = "review_from_on", "review_to_on", "longer_lookback_reason"


@declares(
    Measure(
        "looked_back_further",
        title="Audits that looked back further than six months",
        family=family.AUDIT_CYCLE,
        counts="audits that looked at more than the six months of practice before the last day they looked at, of "
        "those with both days, for the month and for twelve cycles",
        limits="six months before 31 August is the last day of February; a longer period is in order where it has a "
        "reason",
        unit="share",
    ),
    Measure(
        "looked_back_without_reason",
        title="Longer period looked at, without a reason",
        family=family.AUDIT_CYCLE,
        counts="audits that looked back further than six months and give no reason, of all that looked back further, "
        "for the month and for twelve cycles",
        limits="only where the form asks for the reason",
        unit="share",
    ),
)
def looked_back(tables: Tables) -> list[Figure]:
    """Longer periods looked at and those without a reason, for the month and the year. One figure each."""
    year = audits_of_year(tables).dropna(subset=[START, END])
    further = year.assign(is_longer=looks_back_further(year[START], year[END], months=tables.rules.lookback_months))
    return [row for audits, period in month_and_year(tables, further) for row in _figures(tables, audits, period)]


def _figures(tables: Tables, audits: DataFrame, period: str) -> list[Figure]:
    if audits.empty:
        return []
    labels = {"period": period, "population": EVERY_ROUTE}
    few, longer = tables.rules.percentage_from, audits[audits["is_longer"]]
    rows = [share("looked_back_further", len(longer), len(audits), few=few, **labels)]
    if len(longer) and tables.holds("audits", REASON):
        silent = int(longer[REASON].isna().sum())
        rows.append(share("looked_back_without_reason", silent, len(longer), few=few, **labels))
    return rows

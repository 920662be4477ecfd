"""The picture of the data quality report: its figures, and its words."""

from matplotlib.figure import Figure as Picture

from qa_analysis.month.month import Month
from qa_analysis.telling import charts


def in_order_over_time(month: Month) -> Picture:
    """Is the recording getting better? The share of records in order, one panel per core dataset."""
    cycles = month.cycles
    figures = month.over_time("records_in_order", by="dataset", periods=cycles)
    names = list(dict.fromkeys(figures["group"]))
    return charts.lines(
        figures,
        titles={name: name.capitalize() for name in names},
        cycles=cycles,
        across=len(names),
        axis="Records in order (%)",
        height=2.8,
    )

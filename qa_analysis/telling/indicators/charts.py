"""The small pictures of the report on performance, in the order of its tables."""

import pandas as pd
from matplotlib.figure import Figure as Picture

from qa_analysis.dates import months_up_to
from qa_analysis.measures.figure import joined
from qa_analysis.measures.performance.figures import MONTHS_SHOWN
from qa_analysis.month.month import Month
from qa_analysis.telling import charts
from qa_analysis.telling.indicators.tables import breaks_of
from qa_analysis.telling.indicators.watched import Watched


def small_pictures(month: Month, some: list[Watched]) -> Picture:
    """Has each figure changed by more than its ordinary ups and downs? One small picture a figure, of two years."""
    parts = [_figures(month, one) for one in some]
    figures, centres = (pd.concat(list(part), ignore_index=True) for part in zip(*parts, strict=True))
    return charts.travel(
        figures,
        groups=[one.group for one in some],
        titles={one.group: one.name for one in some},
        centres=centres,
        targets={one.group: one.target.value for one in some if one.target is not None},
        breaks={one.group: [found.period for found in breaks_of(month, one)] for one in some},
        provisional={one.group: one.provisional for one in some},
        months=months_up_to(month.month, MONTHS_SHOWN),
    )


def _figures(month: Month, one: Watched) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The months of one line, and the centres of its usual range."""
    measure, by = one.months[-1].measure, joined(one.about.by)
    months, centres = (month.over_time(f"{measure}{more}", by=by) for more in ("", "_centre"))
    return months[months["group"] == one.group], centres[centres["group"] == one.group]

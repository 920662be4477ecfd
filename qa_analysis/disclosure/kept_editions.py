"""The editions that a reader may hold, and which of them was the first to know of a case."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas import Series

from qa_analysis.dates import months_after, months_between
from qa_analysis.framework import Rules

KEPT: Final = 36  # editions: three years of them


def kept_up_to(month: str, rules: Rules) -> tuple[str, ...]:
    """The editions up to a month that a reader may hold."""
    return months_between(max(rules.first_cycle, months_after(month, 1 - KEPT)), month)


def first_to_know(
    known_on: "Series[pd.Timestamp]", cycles: "Series[str]", months: tuple[str, ...], rules: Rules
) -> NDArray[np.object_]:
    """The first edition that knew of each case: that of its cycle, or a later one. One answer per case."""
    days = pd.DatetimeIndex([pd.Timestamp(rules.as_at(month)) for month in months])
    place = days.searchsorted(known_on.fillna(days[0]).to_numpy())
    first = np.array(months, dtype=object)[np.minimum(place, len(months) - 1)]
    since: NDArray[np.object_] = np.maximum(first, cycles.fillna("").to_numpy(dtype=object))
    return since

"""What changed in figures that were already published, so that no past month changes silently."""

from collections.abc import Mapping

import pandas as pd
from pandas import DataFrame

from qa_analysis.month.month import NONE_RESTATED, RESTATED, Month

FIGURE = RESTATED[1:-2]
_SMALL = 1e-9  # written with ten digits: less than this is rounding


def restated(month: Month, published: Mapping[str, DataFrame]) -> DataFrame:
    """Published figures that this month's data give differently. One row per figure and publication.

    `published` holds the figures of earlier publications by the name of their folder. A figure that this run does not
    make again is not compared.
    """
    today = month.measures.set_index(FIGURE)["value"]
    found = [_changed(before, name, today) for name, before in published.items()]
    changes = [table for table in found if len(table)]
    return pd.concat(changes, ignore_index=True) if changes else NONE_RESTATED


def _changed(before: DataFrame, name: str, today: "pd.Series[float]") -> DataFrame:
    """The figures of one publication whose value is another today."""
    both = before[[*FIGURE, "value"]].join(today.rename("now"), on=FIGURE, how="inner")
    both = both.rename(columns={"value": "then"}).assign(published_in=name)
    differs = (both["then"] - both["now"]).abs() > _SMALL
    return both.loc[differs, RESTATED]

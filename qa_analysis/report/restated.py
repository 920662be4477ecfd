"""What changed in figures that were already published, so that no past month changes silently."""

import re
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.report.month import Month, read_measures
from qa_analysis.report.publish import published

FIGURE = ["measure", "period", "population", "by", "group"]
COLUMNS = ["published_in", *FIGURE, "then", "now"]
NONE_RESTATED = pd.DataFrame(columns=COLUMNS)
_MONTH = re.compile(r"20\d\d-\d\d")
_SMALL = 1e-9  # written with ten digits: less than this is rounding


def restated(month: Month, outputs: Path) -> DataFrame:
    """Published figures that this month's data give differently. One row per figure and publication.

    Each month's newest revision is compared, up to the month itself. A figure that this run does not make again is
    not compared.
    """
    today = month.measures.set_index(FIGURE)["value"]
    found = [_changed(read_measures(folder / "tables"), folder.name, today) for folder in _newest(outputs, month.month)]
    changes = [table for table in found if len(table)]
    return pd.concat(changes, ignore_index=True) if changes else NONE_RESTATED


def _newest(outputs: Path, month: str) -> list[Path]:
    """The newest revision of each month published up to this one."""
    names = sorted(path.name for path in outputs.iterdir()) if outputs.is_dir() else []
    months = [name for name in names if _MONTH.fullmatch(name) and name <= month]
    return [folder for folder in (published(outputs, name) for name in months) if folder]


def _changed(before: DataFrame, name: str, today: "pd.Series[float]") -> DataFrame:
    """The figures of one publication whose value is another today."""
    both = before[[*FIGURE, "value"]].join(today.rename("now"), on=FIGURE, how="inner")
    both = both.rename(columns={"value": "then"}).assign(published_in=name)
    differs = (both["then"] - both["now"]).abs() > _SMALL
    return both.loc[differs, COLUMNS]

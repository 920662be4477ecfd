"""What was published before, for a month to be compared with."""

import re
from pathlib import Path

import pandas as pd
from pandas import DataFrame

from qa_analysis.disclosure.told_before import NAMED
from qa_analysis.month.figures import NO_FIGURES
from qa_analysis.month.files import read_measures
from qa_analysis.publishing.publish import publications, published

_MONTH = re.compile(r"20\d\d-\d\d")


def published_figures(outputs: Path, month: str) -> dict[str, DataFrame]:
    """The figures of each month's newest revision up to a month, by the name of its folder. One row per figure."""
    names = sorted(path.name for path in outputs.iterdir()) if outputs.is_dir() else []
    months = [name for name in names if _MONTH.fullmatch(name) and name <= month]
    newest = [folder for name in months if (folder := published(outputs, name))]
    return {folder.name: read_measures(folder / "tables") for folder in newest}


def newest_figures(outputs: Path) -> DataFrame:
    """The newest of all figures that were published, of whatever month and revision. One row per name of a figure."""
    known = sorted(publications(outputs), key=lambda one: one.published) if outputs.is_dir() else []
    found = [read_measures(outputs / one.folder / "tables") for one in known if _has_figures(outputs / one.folder)]
    return pd.concat([NO_FIGURES, *found], ignore_index=True).drop_duplicates(NAMED, keep="last")


def _has_figures(folder: Path) -> bool:
    return (folder / "tables" / "measures.csv").is_file()

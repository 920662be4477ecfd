"""What was published before, for a month to be compared with."""

import re
from pathlib import Path

from pandas import DataFrame

from qa_analysis.month.files import read_measures
from qa_analysis.publishing.publish import published

_MONTH = re.compile(r"20\d\d-\d\d")


def published_figures(outputs: Path, month: str) -> dict[str, DataFrame]:
    """The figures of each month's newest revision up to a month, by the name of its folder. One row per figure."""
    names = sorted(path.name for path in outputs.iterdir()) if outputs.is_dir() else []
    months = [name for name in names if _MONTH.fullmatch(name) and name <= month]
    newest = [folder for name in months if (folder := published(outputs, name))]
    return {folder.name: read_measures(folder / "tables") for folder in newest}

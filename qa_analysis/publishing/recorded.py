"""The record of a cycle's selection, where one was made into the same outputs."""

from pathlib import Path

from pandas import DataFrame

from qa_analysis.draw.record import RECORD_FILE, read_record
from qa_analysis.month.drawn import record_frame
from qa_analysis.publishing.selecting import DRAWS


def recorded(outputs: Path, month: str) -> DataFrame | None:
    """What a cycle's audits were selected from, as a dataset; None where nothing was, or this user may not read it.

    A damaged record is none either: `qa-analysis verify` says so, and the month is published all the same.
    """
    folder = outputs / DRAWS / month
    try:
        return record_frame(read_record(folder), file=f"{DRAWS}/{month}/{RECORD_FILE}")
    except (OSError, ValueError, KeyError):
        return None

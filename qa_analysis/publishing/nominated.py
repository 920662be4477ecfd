"""Reads the case numbers that Service Managers put forward to showcase good practice: one a line."""

from collections.abc import Collection
from pathlib import Path

from pandas import DataFrame

from qa_analysis.draw.canonical import canonical_text
from qa_analysis.draw.drawing import may_be_put_forward
from qa_analysis.english import counted, listed
from qa_analysis.errors import InputRefused, WrongUse

LINES_NAMED = 6


def nominated_in(file: Path | None, records: DataFrame) -> tuple[Collection[str], tuple[str, ...]]:
    """The numbers put forward, and what to say of them.

    Raises:
        WrongUse: a number is no open record, or one that may not be put forward; named by its line alone.
        InputRefused: the file cannot be read as text.
    """
    if file is None:
        return frozenset(), ()
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise InputRefused(f"{file.name} cannot be read. Save it as text in UTF-8, one case number a line.") from None
    numbers = {place: text for place, line in enumerate(lines, start=1) if (text := canonical_text(line.strip('", ')))}
    able = set(records.loc[may_be_put_forward(records), "child_id"])
    if unknown := [f"{place}" for place, number in numbers.items() if number not in able]:
        more = f" and {len(unknown) - LINES_NAMED} more" if len(unknown) > LINES_NAMED else ""
        raise WrongUse(
            f"{file.name}: no open record that may be put forward has the number of line "
            f"{listed(unknown[:LINES_NAMED])}{more}. Correct the number, or take the line out."
        )
    said = f"Put forward for good practice: {counted(len(set(numbers.values())), 'record')}, shown beside the headline."
    return frozenset(numbers.values()), (said,)

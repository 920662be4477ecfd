"""Yes/no columns of which only one answer can be read: how many there are is not known, which is not nought."""

from collections.abc import Mapping
from typing import Final

from pandas import DataFrame, Series

from qa_analysis.data.contracts import Contract
from qa_analysis.data.issues import Issue
from qa_analysis.data.reading.raw import UNREAD
from qa_analysis.english import agreeing, counted

ONE_ANSWER: Final = "yes-no-one-answer"


def without_one_answer(frame: DataFrame, contract: Contract) -> tuple[DataFrame, list[Issue]]:
    """A dataset without the answers that cannot be counted, and a warning for each such column. Rows as they were.

    The cells that cannot be read may all be the other answer, so a count of either would be of nothing.
    """
    faults = {name: times for name in _yes_no(contract) if (times := _faults(frame, name))}
    unknown = {name: times for name, times in faults.items() if frame[name].nunique() < 2}
    if not unknown:
        return frame, []
    rest = frame[UNREAD].map(lambda text: ";".join(name for name in text.split(";") if name not in unknown))
    blank = {name: Series(None, index=frame.index, dtype="boolean") for name in unknown}
    return frame.assign(**blank, **{UNREAD: rest.astype("str")}), _issues(frame, contract, unknown)


def _yes_no(contract: Contract) -> list[str]:
    """The yes/no columns of which a blank is no error."""
    return [column.name for column in contract.columns if column.kind == "boolean" and column.unknown == "warning"]


def _faults(frame: DataFrame, column: str) -> int:
    """In how many records a column holds something that cannot be read."""
    times = frame[UNREAD].value_counts()
    return sum(int(number) for names, number in times.items() if column in str(names).split(";"))


def _issues(frame: DataFrame, contract: Contract, unknown: Mapping[str, int]) -> list[Issue]:
    """Why a column is not counted. One row per column."""
    return [
        Issue(contract.dataset, ONE_ANSWER, "warning", _told(frame, name, faults), column=name)
        for name, faults in unknown.items()
    ]


def _told(frame: DataFrame, column: str, faults: int) -> str:
    """The sentence for one column."""
    answers = frame[column].dropna().unique()
    read = f'only "{"yes" if answers[0] else "no"}" can be read' if len(answers) else "neither answer can be read"
    return (
        f'"{column}" is not counted: {read}, and {counted(faults, "row")} {agreeing(faults, "holds", "hold")} '
        "something else, so how many are yes is not known. Enter yes or no in every row."
    )

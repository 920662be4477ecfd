"""Words for what changed in published figures, and why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pandas import DataFrame

from qa_analysis.english import agreeing, at_first, counted, listed
from qa_analysis.month.causes import BETWEEN_CAUSES
from qa_analysis.month.month import Month
from qa_analysis.month.restatements import FIRST, LAST

CAUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "late": "records came late",
        "changed": "records were corrected",
        "deleted": "records are no longer there",
        "rules": "rules or settings changed",
        "software": "the software changed",
        "later": "more has happened since",
        "rest": "several together, or what checks found",
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "value": "a different value",
        "sample": "different cases behind the same value",
        "limits": "different limits",
        "verdict": "different wording",
        "appeared": "was not there",
        "vanished": "no longer there",
    }
)
UNKNOWN: Final = "not known"
NOTHING_CHANGED: Final = "No figure published before differs from what the data say today."
NOTHING_BEFORE: Final = "There is no earlier publication to compare with."
NOT_COMPARED: Final = "Published figures are compared for the whole council, not for one service or team."


def cause_of(names: str) -> str:
    """The causes of one figure in words."""
    return at_first(listed([CAUSES[name] for name in names.split(BETWEEN_CAUSES)])) if names else at_first(UNKNOWN)


def since_last(month: Month) -> DataFrame:
    """What differs from the last publication of each figure. One row per figure."""
    return month.restated[month.restated["against"].eq(LAST)]


def since_first(month: Month) -> DataFrame:
    """What differs from the first publication of a figure alone, or more than from the last. One row per figure."""
    return month.restated[month.restated["against"].eq(FIRST)]


def where_none(month: Month, words: str) -> str:
    """The words for no difference; where nothing was compared, that."""
    return words if month.compared else NOTHING_BEFORE


def sentences(month: Month) -> list[str]:
    """How many published figures differ today, and in how many the words are."""
    if not month.scope.is_whole:
        return [NOT_COMPARED]
    if month.restated.empty:
        return [where_none(month, NOTHING_CHANGED)]
    last, first = since_last(month), since_first(month)
    worded = int(last["said_then"].ne(last["said_now"]).sum())
    told = [f"{counted(len(last), 'figure')} published before {agreeing(len(last), 'differs', 'differ')} today."]
    if worded:
        told.append(f"{counted(worded, 'of them is', 'of them are')} worded differently today.")
    if len(first):
        told.append(
            f"{counted(len(first), 'figure')} {agreeing(len(first), 'has', 'have')} moved since first published."
        )
    return told

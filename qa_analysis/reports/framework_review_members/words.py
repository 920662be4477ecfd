"""The members' edition in plain words. Every number is a rounded one of the shared edition."""

import re
from typing import Final

from pandas import DataFrame

from qa_analysis.english import at_first, in_a_sentence, in_letters, listed
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.framework_review.kept import PROMISE
from qa_analysis.measures.framework_review.promises import PROMISES
from qa_analysis.measures.shared_edition.protected import FEW
from qa_analysis.measures.shared_edition.review import SHARED_IN_WORDS, SHARED_KEPT, SHARED_UNKNOWN
from qa_analysis.month.shared import SharedMonth, is_said
from qa_analysis.telling.shared_words import in_words

NOTHING_TOLD: Final = "too few to say"
NUMBER: Final = re.compile(r"\b\d{1,3}\b")
IN_LETTERS_TO: Final = 12


def without_digits(shown: DataFrame) -> DataFrame:
    """A table of rules with small numbers in letters: the edition prints no digits but those of its own figures.

    A larger number is told by the managers' edition. One row per row.
    """
    return shown.map(lambda cell: NUMBER.sub(_in_letters, cell))


def _in_letters(found: re.Match[str]) -> str:
    number = int(found.group())
    return in_letters(number) if number <= IN_LETTERS_TO else "so many"


def told_of(month: SharedMonth, measure: str, code: str) -> Figure | None:
    """One promise's figure of the year."""
    return month.told(measure, by=PROMISE, group=code, period=month.year)


def kept_table(month: SharedMonth) -> DataFrame:
    """How often each promise was kept and could not be known. One row per promise that is not about workers."""
    rows = [
        [one.title, _kept(month, one.code), _unknown(month, one.code)]
        for one in PROMISES
        if not one.of_workers and _is_told(month, one.code)
    ]
    return DataFrame(rows, columns=["Promise", "Kept", "Could not be known"])


def _is_told(month: SharedMonth, code: str) -> bool:
    return any(told_of(month, name, code) for name in (SHARED_KEPT, SHARED_IN_WORDS))


def _kept(month: SharedMonth, code: str) -> str:
    word = told_of(month, SHARED_IN_WORDS, code)
    return at_first(word.verdict) if word else _share(told_of(month, SHARED_KEPT, code))


def _unknown(month: SharedMonth, code: str) -> str:
    found = told_of(month, SHARED_UNKNOWN, code)
    if found is not None and found.verdict == FEW:
        return "None or few"
    return _share(found) if found else "Not told"


def _share(found: Figure | None) -> str:
    return at_first(in_words(found)) if found and is_said(found) else at_first(NOTHING_TOLD)


def silent_titles(month: SharedMonth) -> list[str]:
    """The promises that no extract tells of."""
    return [in_a_sentence(one.title) for one in PROMISES if not one.of_workers and not _is_told(month, one.code)]


def questions(month: SharedMonth) -> list[str]:
    """What members may ask: of what was kept least, and of what nobody can say."""
    shares = {
        one: found.value for one in PROMISES if (found := told_of(month, SHARED_KEPT, one.code)) and found.is_given
    }
    least = [one for one, value in shares.items() if value == min(shares.values())]
    said = []
    if least:
        names = listed([in_a_sentence(one.title) for one in least])
        said.append(f"What is being done where a promise was kept least often ({names})?")
    if silent := silent_titles(month):
        said.append(f"What would it take to record what nobody can say ({listed(silent)})?")
    return [*said, "Which promise of the framework matters most to children, and how would we know that it is kept?"]

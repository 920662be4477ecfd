"""Everything a cycle's list sends: workbooks, messages and calendar files, for named people alone (tier A)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pandas import DataFrame

from qa_analysis.forms.excel.workbook import Book
from qa_analysis.framework import Rules
from qa_analysis.notices.allocation import Allocation
from qa_analysis.notices.books import master_book, recipient_book
from qa_analysis.notices.messages import message
from qa_analysis.notices.planner import calendar_of
from qa_analysis.notices.recipients import AUDITOR, BESIDE, recipients, unsettled
from qa_analysis.notices.told import Told
from qa_analysis.notices.window import Window

AUDITS = (AUDITOR, BESIDE)


@dataclass(frozen=True, eq=False)
class Notices:
    """What is written to the folder of lists: workbooks, and texts by the names of their files."""

    books: tuple[Book, ...]
    texts: Mapping[str, str]


def notices(given: Allocation, staff: DataFrame, *, window: Window, rules: Rules, made_on: date) -> Notices:
    """The master list, and for everyone told a workbook, a text ready to paste, and an auditor's calendar file.

    A person has one number in the names of all their files; the master list says whose it is.
    """
    told = Told(given, staff, window, rules)
    parts = recipients(given.audits)
    people = sorted(parts["worker_id"].unique(), key=lambda who: (told.name(who), who))
    number = {who: f"{place:03d}" for place, who in enumerate(people, start=1)}
    books, texts = [], {}
    for who, mine in parts.groupby("worker_id"):
        books.append(recipient_book(str(who), mine, told, file=f"notice-{number[who]}.xlsx"))
        texts[f"notice-{number[who]}.txt"] = message(str(who), mine, told)
        if mine["part"].isin(AUDITS).any():
            texts[f"calendar-{number[who]}.ics"] = calendar_of(
                str(who), mine, told, begin=int(number[who]), made_on=made_on
            )
    master = master_book(told, parts, number, unsettled(given.audits, staff, window=window, rules=rules))
    return Notices((master, *sorted(books, key=lambda book: book.file)), MappingProxyType(dict(sorted(texts.items()))))

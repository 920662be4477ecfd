"""Lists of Practice Week for named people alone (tier A): records graded twice, and a sheet for elected members."""

from collections.abc import Iterator
from typing import Final

from pandas import DataFrame

from qa_analysis.dates import days_written
from qa_analysis.english import at_first
from qa_analysis.forms.excel.workbook import Book, Sheet
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.practice_week.calibration import differences, pairs
from qa_analysis.measures.practice_week.took_part import audits, observations, training
from qa_analysis.measures.practice_week.week import GROUPS, week_of
from qa_analysis.month.named import Named

PAIRS: Final = "practice-week-graded-twice.xlsx"
FOR_MEMBERS: Final = "practice-week-for-elected-members.xlsx"
WIDTHS: Final = {"Leader": 28, "Usual auditor": 28, "Difference": 24, "Activity": 40}
COUNTED: Final = {
    "practice_week_audits": "Audits", "practice_week_auditors": "People who audited",
    "practice_week_observations": "Observations of practice", "practice_week_events": "Training events",
    "practice_week_came": "People who came to training",
}  # fmt: skip


def graded_twice(named: Named) -> Iterator[Book]:
    """The records that a leader and a usual auditor graded, to talk over. Nothing where there is none."""
    both, rules = pairs(named.tables), named.tables.rules
    if both.empty:
        return
    shown = DataFrame(
        {
            "Leader's audit": both["audit_id"], "Leader": [named.person(who) for who in both["auditor_id"]],
            "Leader's grade": both["overall_grade"].map(at_first), "On": days_written(both["audited_on"]),
            "Usual audit": both["audit_id_usual"],
            "Usual auditor": [named.person(who) for who in both["auditor_id_usual"]],
            "Usual auditor's grade": both["overall_grade_usual"].map(at_first),
            "Done on": days_written(both["audited_on_usual"]),
            "Difference": [at_first(word) for word in differences(both, rules)],
        }
    ).reset_index(drop=True)  # fmt: skip
    title = "Records graded by a leader and by the usual auditor"
    lines = ("To talk over together: neither grade is the right one because of who gave it.",)
    yield Book(PAIRS, title, (Sheet("Graded twice", title, shown, lines=lines, widths=WIDTHS),))


def for_members(named: Named) -> Iterator[Book]:
    """How many took part, for elected members: counts of activities, and nothing of any record."""
    if week_of(named.tables) is None:
        return
    shown = participation(named)
    lines = ("Numbers of activities alone: nothing here is about a child, a family or a record.",)
    title = "Practice Week: who took part"
    yield Book(FOR_MEMBERS, title, (Sheet("Who took part", title, shown, lines=lines, widths=WIDTHS),))


def participation(named: Named) -> DataFrame:
    """The counts of who took part. One row per activity, one column per group of people."""
    held = named.tables
    made = [
        *audits(held),
        *(observations(held) if held.optional("observations") is not None else ()),
        *(training(held) if held.optional("learning_events") is not None else ()),
    ]
    rows = [
        [words, *(_of_group(made, measure, group) for group in GROUPS), _of_group(made, measure, "")]
        for measure, words in COUNTED.items()
        if any(one.measure == measure for one in made)
    ]
    return DataFrame(rows, columns=["Activity", *map(at_first, GROUPS), "All"])


def _of_group(made: list[Figure], measure: str, group: str) -> str:
    """A count; blank where it is not kept by who took part."""
    wanted = (("took_part",), (group,)) if group else ((), ())
    return next((f"{one.value:.0f}" for one in made if one.measure == measure and (one.by, one.group) == wanted), "")

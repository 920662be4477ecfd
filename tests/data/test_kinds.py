"""Issues by kind: one line each, with the dataset, how many rows, the first of them, and the remedy."""

from typing import Any

from qa_analysis.data.issues import Issue, issue_table
from qa_analysis.data.kinds import kinds

DATE = '"Date completed 1" (completed_on) is not a date that can be read for certain. Enter a date such as 08/06/2023.'


def issue(row: int | None, message: str = DATE, **more: Any) -> Issue:
    told: dict[str, Any] = {"file": "Tracker.xlsx", "sheet": "Tracker", "column": "completed_on", **more}
    return Issue(
        "actions", told.pop("rule", "date-not-readable"), told.pop("severity", "warning"), message, row=row, **told
    )


def test_rows_of_one_kind_are_one_line_in_the_words_of_the_first() -> None:
    assert kinds(issue_table(issue(row) for row in range(8, 22))) == [
        'actions: "Date completed 1" (completed_on) in 14 rows (first: rows 8, 9, 10 of Tracker.xlsx, sheet Tracker) '
        "is not a date that can be read for certain. Enter a date such as 08/06/2023."
    ]


def test_a_single_row_is_named() -> None:
    line = kinds(issue_table([issue(8, sheet=None, file="actions.csv")]))[0]
    assert line.startswith('actions: "Date completed 1" (completed_on) in row 8 of actions.csv is not a date')


def test_values_that_may_be_quoted_are_shown_once_each_and_three_at_most() -> None:
    values = ["31/04/2023", "8 June", "8 June", "3/4", "06/23"]
    told = [issue(row, f'"Done" holds "{value}", which is not a date.') for row, value in enumerate(values, start=2)]
    assert kinds(issue_table(told)) == [
        'actions: "Done" in 5 rows (first: rows 2, 3, 4 of Tracker.xlsx, sheet Tracker) holds "31/04/2023", "8 June", '
        '"3/4" and others, which is not a date.'
    ]


def test_a_rule_that_names_no_column_first_says_its_rows_first() -> None:
    told = [issue(row, "The action was completed before it was agreed.", rule="x") for row in (5, 3)]
    assert kinds(issue_table(told)) == [
        "actions: in 2 rows (first: rows 5, 3 of Tracker.xlsx, sheet Tracker): The action was completed before it was "
        "agreed."
    ]


def test_errors_come_first_and_kinds_are_kept_apart() -> None:
    told = [issue(2), issue(3, '"Ref" is blank.', rule="value-missing", severity="error", column="action_id"), issue(4)]
    assert [line.partition(" is ")[0] for line in kinds(issue_table(told))] == [
        'actions: "Ref" in row 3 of Tracker.xlsx, sheet Tracker',
        'actions: "Date completed 1" (completed_on) in 2 rows (first: rows 2, 4 of Tracker.xlsx, sheet Tracker)',
    ]


def test_what_is_said_of_whole_sheets_is_said_of_each() -> None:
    told = [issue(None, "3 rows are hidden.", sheet=name, column=None, rule="hidden-rows-read") for name in "AB"]
    assert kinds(issue_table(told)) == [f"actions: Tracker.xlsx, sheet {name}: 3 rows are hidden." for name in "AB"]


def test_no_line_is_without_the_name_of_a_dataset() -> None:
    unread = Issue(
        "", "file-not-read", "warning", "Nothing was read from Notes.docx: only .xlsx and CSV files are read."
    )
    assert kinds(issue_table([unread])) == [f"no dataset: {unread.message}"]


def test_where_nothing_is_wrong_nothing_is_said() -> None:
    assert kinds(issue_table([])) == []

import pandas as pd
from small import CONTRACTS, NO_ISSUES, found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.quality.reliability import reliability


def issue(**more: object) -> dict[str, object]:
    return {
        "dataset": "audits",
        "rule": "r",
        "severity": "warning",
        "file": "audits.csv",
        "row": 2,
        "message": "m",
        **more,
    }


def issues(*rows: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame(list(rows), columns=NO_ISSUES.columns)
    return table.astype({name: "str" for name in NO_ISSUES.columns if name != "row"}).astype({"row": "Int64"})


def test_a_record_with_two_issues_is_one_record_to_mend() -> None:
    rows = reliability(tables(audits=[{}, {}]), issues(issue(), issue(rule="s")), CONTRACTS)
    row = found(rows, "records_in_order", group="audits", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 2)


def test_an_issue_is_its_files_and_rows_alone() -> None:
    elsewhere = issues(issue(file="other.csv"), issue(row=9), issue(sheet="Audits"), issue(dataset="actions"))
    rows = reliability(tables(audits=[{}, {}]), elsewhere, CONTRACTS)
    assert found(rows, "records_in_order", group="audits", period="2023-06").numerator == 2


def test_an_issue_of_a_whole_table_belongs_to_no_record() -> None:
    rows = reliability(tables(audits=[{}]), issues(issue(row=None, file=None)), CONTRACTS)
    assert found(rows, "issues", by="").value == 1
    assert found(rows, "records_in_order", group="audits", period="2023-06").numerator == 1


def test_records_are_counted_in_the_month_of_their_audit_or_their_own() -> None:
    held = tables(
        audits=[{}, {"cycle_month": "2023-05", "audited_on": "2023-05-09"}],
        findings=[{"audit_id": "audits-2"}],
        actions=[{"agreed_on": "2023-04-03"}],
    )
    rows = reliability(held, issues(), CONTRACTS)
    assert found(rows, "records_in_order", group="findings", period="2023-05").denominator == 1
    assert found(rows, "records_in_order", group="actions", period="2023-04").denominator == 1


def test_what_the_figures_need_is_counted_field_by_field() -> None:
    held = tables(
        audits=[{"overall_grade": None}, {"grade_assessment": None, "team": None}, {"notice_on": "2023-06-01"}],
        findings=[{"audit_id": "audits-3"}],
    )
    rows = reliability(held, issues(), CONTRACTS)
    counted = {joined(row.group): row.numerator for row in rows if row.measure == "recorded"}
    assert counted == {
        "overall grade": 2, "all six area grades": 2, "service": 3, "team": 2, "notice date": 1,
        "impact on the child": 0, "a finding": 1,
    }  # fmt: skip


def test_a_completion_that_nobody_can_read_is_counted_apart() -> None:
    actions = [{"source_unread": "completed_on"}, {"source_unread": "due_on"}, {"completed_on": "2023-06-20"}, {}]
    rows = reliability(tables(audits=[{}], actions=actions), issues(), CONTRACTS)
    assert found(rows, "actions_completion_unreadable").value == 1

"""What is not recorded, what cannot be read and what is zero are three things, and no table is made of zeros alone."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup
from fixed_council import DATASETS, core_month, fixed_month
from runs import REPORTED
from sections import for_readers, shown
from small import NO_ISSUES, month, tables

from qa_analysis.month.month import Month

Rows = Iterable[Mapping[str, Any]]
AUDITS = [{"overall_grade": "good"}] * 6
EMPTY: dict[str, Rows] = {"audits": AUDITS}
UNCODED: dict[str, Rows] = {
    "audits": AUDITS,
    "findings": [{"audit_id": f"audits-{number}", "key_area": None, "theme_code": None} for number in range(1, 7)],
}
DONE: dict[str, Rows] = {"audits": AUDITS, "actions": [{"completed_on": "2023-06-20", "audit_id": "audits-1"}]}
COUNCILS: Mapping[str, dict[str, Rows]] = {
    "audits alone": EMPTY, "findings without area or code": UNCODED, "every action done": DONE,
}  # fmt: skip


@cache
def of(council: str) -> Month:
    made = {"fixed": fixed_month, "core": core_month}
    return made[council]() if council in made else month(tables(**COUNCILS[council]))


def pages(report: str, told: Month) -> Iterator[BeautifulSoup]:
    """The sections of a report's notebook, as pages of their own."""
    for heading, markup in shown(report, for_readers(report, told)):
        if not heading:
            yield BeautifulSoup(markup, "html.parser")


def said(report: str, **datasets: Rows) -> str:
    """Everything that a report says of a small council, on one line."""
    return " ".join(" ".join(page.get_text(" ").split()) for page in pages(report, month(tables(**datasets))))


@pytest.mark.parametrize("council", ["fixed", "core", *COUNCILS])
@pytest.mark.parametrize("report", REPORTED)
def test_no_table_is_made_of_zeros_alone(report: str, council: str) -> None:
    for page in pages(report, of(council)):
        for table in page.select("table"):
            told = [cell.get_text() for cell in table.select("td") if re.search(r"\d", cell.get_text())]
            assert not told or any(re.search("[1-9]", number) for number in told), table.caption.get_text()


def test_findings_without_a_key_area_have_a_row_of_their_own() -> None:
    assert "Not recorded 6 0" in said("smt-report", **UNCODED)


def test_without_findings_there_is_a_sentence_and_no_table() -> None:
    text = said("smt-report", **EMPTY)
    assert "No finding was recorded this cycle." in text
    assert "Findings by key area" not in text


def test_a_concern_that_says_of_no_step_is_not_one_on_which_no_step_was_taken() -> None:
    blank = {"audit_id": "audits-1", "found_on": "2023-06-15"}
    silent = said("actions", audits=AUDITS, immediate_concerns=[blank])
    assert "A manager told: 0 of 1" not in silent
    assert "Not recorded for any concern, so not known: a manager told, form sent" in silent
    told = said("actions", audits=AUDITS, immediate_concerns=[blank, {**blank, "team_manager_told_on": "2023-06-16"}])
    assert "A manager told: 1 of 2" in told


def test_a_part_of_the_form_that_is_blank_is_told_apart_from_one_that_is_missing() -> None:
    concern = {"audit_id": "audits-1", "found_on": "2023-06-15"}
    text = said("actions", audits=AUDITS, immediate_concerns=[{**concern, "has_summary": False}, concern])
    assert "summary of concerns 0 of 1 (1 not recorded)" in text


def test_a_day_of_a_step_that_cannot_be_read_is_said_apart() -> None:
    concern = {"audit_id": "audits-1", "found_on": "2023-06-15", "source_unread": "form_sent_on"}
    text = said("actions", audits=AUDITS, immediate_concerns=[concern, {**concern, "source_unread": ""}])
    assert "Form sent: 0 of 2; 1 more holds a date that could not be read." in text


def test_a_tracker_without_sign_offs_does_not_say_that_nobody_signed() -> None:
    done = {"completed_on": "2023-06-20", "owner_role": "social worker"}
    signed = {**done, "signed_off_on": "2023-06-22", "signed_off_role": "team manager"}
    silent, told = (said("actions", audits=AUDITS, actions=actions) for actions in ([done], [done, signed]))
    assert "Sign-off is not recorded in the actions supplied" in silent
    assert "not signed off at all" not in silent
    assert "1 not signed off at all" in told


def test_a_sign_off_on_a_day_that_cannot_be_read_is_no_missing_one() -> None:
    done = {"completed_on": "2023-06-20", "signed_off_on": "2023-06-22", "signed_off_role": "team manager"}
    unread = {**done, "signed_off_on": None, "source_unread": "signed_off_on"}
    text = said("actions", audits=AUDITS, actions=[done, unread])
    assert "1 on a day that could not be read, and 0 not signed off at all" in text


def test_overdue_actions_that_do_not_say_whether_they_are_about_safeguarding() -> None:
    late = {"due_on": "2023-06-10"}
    for report in ("actions", "smt-report"):
        assert "whether about safeguarding is not recorded" in said(report, audits=AUDITS, actions=[late])
        assert "none of them about safeguarding" in said(
            report, audits=AUDITS, actions=[{**late, "is_safeguarding": False}]
        )


def test_findings_that_do_not_say_whether_they_are_about_safeguarding() -> None:
    finding = {"audit_id": "audits-1"}
    both = ([{**finding, "is_safeguarding": answer}] for answer in (None, False))
    blank, no = (said("actions", audits=AUDITS, findings=findings) for findings in both)
    assert "Which findings are about safeguarding is not recorded." in blank
    assert "No finding of the cycle is marked as about safeguarding." in no


def test_a_safeguarding_finding_is_not_called_unanswered_where_actions_do_not_say() -> None:
    finding = {"audit_id": "audits-1", "is_safeguarding": True}
    blank = said("actions", audits=AUDITS, findings=[finding], actions=[{"audit_id": "audits-1"}])
    assert "whether any answers them is not known" in blank


def test_conversations_of_which_no_day_is_recorded_were_not_found_to_be_none() -> None:
    assert "Whether the key worker and the auditor spoke is not recorded." in said("smt-report", audits=AUDITS)
    one = [{**AUDITS[0], "key_worker_conversation_on": "2023-06-10"}, *AUDITS]
    assert "The key worker and the auditor spoke in 1 of 7 audits" in said("smt-report", audits=one)


def test_contacts_of_which_no_day_is_recorded_were_not_found_to_be_none() -> None:
    undated = {"audit_id": "audits-1", "contacted_on": None}
    text = said("smt-report", audits=AUDITS, family_feedback=[undated])
    assert "no contact with a family carries its date" in text
    assert "A family member was contacted in 0 of" not in text


def test_a_grade_that_could_not_be_read_is_said_apart_from_a_blank_one() -> None:
    audits = [*AUDITS, {"overall_grade": None}, {"overall_grade": None, "source_unread": "overall_grade"}]
    text = said("data-quality", audits=audits)
    assert "Overall grade: recorded in 6 of 8 audits; 1 could not be read and 1 is blank. Read the grades" in text


def test_nothing_reassures_where_something_is_listed() -> None:
    issue = {**dict.fromkeys(NO_ISSUES.columns, ""), "dataset": "audits", "rule": "date-not-readable",
             "severity": "warning", "file": "audits.csv", "row": 2, "message": "m"}  # fmt: skip
    listed = NO_ISSUES.reindex([0]).assign(**issue)
    told = month(tables(audits=AUDITS), issues=listed)
    text = " ".join(page.get_text(" ") for page in pages("data-quality", told))
    assert "1 data quality issue is listed for record owners to correct." in text
    assert "every cell could be read" not in text
    assert "nothing to mend" not in text


def test_the_fixed_council_supplies_what_the_golden_texts_tell() -> None:
    assert {"immediate_concerns", "family_feedback"} <= set(DATASETS)

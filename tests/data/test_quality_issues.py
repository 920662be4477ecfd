"""Where an issue is and whose it is to mend, and what it never tells."""

from dataclasses import replace

import pandas as pd
import pytest
from example_frames import CONTRACTS, frame, good_row, only
from pandas import DataFrame

from qa_analysis.data.identity import new_key, pseudonymise
from qa_analysis.data.issues import ISSUE_COLUMNS
from qa_analysis.data.quality import check

# Where an issue is and whose ------------------------------------------------------------------------------------------


def test_an_issue_says_file_sheet_row_key_owner_team_and_service():
    place = {"team_manager_id": "W9", "team": "North", "service_area": "Help"}
    row = good_row("actions", 7, completed_on=pd.Timestamp("2023-06-01"), audit_id="A1", **place)
    issues = check({**only("actions"), "actions": frame("actions", good_row("actions"), row)}, CONTRACTS)
    assert tuple(issues.columns) == ISSUE_COLUMNS
    assert issues.iloc[0].to_dict() == {
        "dataset": "actions",
        "rule": "completed-before-agreed",
        "severity": "warning",
        "file": "actions.xlsx",
        "sheet": "Data",
        "row": 3,
        "column": "completed_on",
        "key": "A7",
        "owner": "W9",
        "team": "North",
        "service_area": "Help",
        "message": "The action is dated as done before it was agreed. Correct completed_on or agreed_on.",
    }


def test_a_finding_is_its_audits_auditors_teams_and_services_to_mend():
    audit = good_row("audits", auditor_id="W5", team="North", service_area="Help")
    issues = check(
        {"audits": frame("audits", audit), "findings": frame("findings", good_row("findings", text=None))}, CONTRACTS
    )
    assert issues.loc[0, ["owner", "team", "service_area"]].tolist() == ["W5", "North", "Help"]


def test_a_moderation_is_nobodys_in_particular_to_mend():
    issues = check(only("moderations", moderated_on=pd.Timestamp("2023-01-01")), CONTRACTS)
    assert list(issues["rule"]) == ["moderated-before-audit"]
    assert issues["owner"].isna().all()


def test_a_key_of_several_columns_is_joined_and_a_day_in_it_is_written_out():
    row = good_row("caseload", child_id="C1", team=None)
    assert list(check({"caseload": frame("caseload", row)}, CONTRACTS)["key"]) == ["2023-06-08+C1"]


def test_both_rows_of_a_duplicate_key_are_listed_once_each():
    rows = [good_row("actions", number, audit_id="A1") for number in (1, 1, 2)]
    issues = check({**only("actions"), "actions": frame("actions", *rows)}, CONTRACTS)
    assert list(zip(issues["rule"], issues["severity"], issues["row"], strict=True)) == [
        ("duplicate-key", "error", 2),
        ("duplicate-key", "error", 3),
    ]


def test_an_event_for_everyone_is_told_from_the_same_event_for_a_team_but_not_from_itself():
    teams = ["North", None, "South", None]
    rows = [good_row("learning_events", event_id="E1", team=team) for team in teams]
    issues = check({"learning_events": frame("learning_events", *rows)}, CONTRACTS)
    assert list(zip(issues["rule"], issues["row"], strict=True)) == [("duplicate-key", 3), ("duplicate-key", 5)]


def test_a_link_to_no_record_is_a_warning_never_an_error():
    issues = check(only("actions", audit_id="nowhere"), CONTRACTS)
    assert list(zip(issues["rule"], issues["column"], issues["severity"], strict=True)) == [
        ("audit-not-found", "audit_id", "warning")
    ]


def test_links_to_a_dataset_that_was_not_supplied_are_said_to_be_unchecked():
    row = frame("partner_contributions", good_row("partner_contributions"))
    issues = check({"partner_contributions": row}, CONTRACTS)
    assert list(zip(issues["rule"], issues["severity"], issues["row"].isna(), strict=True)) == [
        ("not-checked", "warning", True)
    ]


def test_a_duplicate_audit_does_not_stop_its_moderations_from_being_checked():
    audits = frame("audits", good_row("audits"), good_row("audits"))
    late = good_row("moderations", moderated_on=pd.Timestamp("2023-01-01"))
    assert "moderated-before-audit" in set(
        check({"audits": audits, "moderations": frame("moderations", late)}, CONTRACTS)["rule"]
    )


def test_what_is_found_does_not_hang_on_the_order_or_names_of_rows():
    rows = [good_row("actions", 1, due_on=pd.Timestamp("2023-01-01")), good_row("actions", 2)]
    table = frame("actions", *rows)
    turned = table.iloc[::-1].set_axis(["x", "x"])
    audits = frame("audits", *(good_row("audits", number) for number in (1, 2)))
    assert list(check({"audits": audits, "actions": turned}, CONTRACTS)["row"]) == [2]


# What an issue never tells --------------------------------------------------------------------------------------------


def planted(dataset: str) -> DataFrame:
    """A record with a canary in every cell that can hold words, which breaks what rules it can."""
    contract = CONTRACTS[dataset]
    words = {
        column.name: "canary"
        for column in contract.columns
        if column.kind not in ("date", "boolean", "whole number", "number")
    }
    return frame(dataset, good_row(dataset, **words), good_row(dataset, **words))


@pytest.mark.slow
def test_no_value_of_a_cell_is_told_but_for_key_owner_and_place():
    issues = check({name: planted(name) for name in CONTRACTS}, CONTRACTS)
    told = issues[["dataset", "rule", "severity", "column", "message", "file", "sheet"]].astype("str")
    assert len(issues) > len(CONTRACTS)
    assert not told.apply(lambda column: column.str.contains("canary")).any(axis=None)


def test_the_same_is_found_of_pseudonyms_as_of_originals():
    frames = only("actions", owner_id="W1", signed_off_by_id="W1", audit_id="nowhere", child_id="C2")
    frames["audits"] = frame("audits", good_row("audits", auditor_id="W1", co_auditor_id="W1"))
    hidden, _ = pseudonymise(frames, CONTRACTS, key=new_key())
    shown = [name for name in ISSUE_COLUMNS if name not in ("key", "owner")]
    pd.testing.assert_frame_equal(check(frames, CONTRACTS)[shown], check(hidden, CONTRACTS)[shown])


def test_an_action_about_another_child_than_its_audit_is_found_among_pseudonyms_too():
    frames = only("actions", child_id="C2", audit_id="A1")
    frames["audits"] = frame("audits", good_row("audits", child_id="C1"))
    hidden, _ = pseudonymise(frames, CONTRACTS, key=new_key())
    assert list(check(hidden, CONTRACTS)["rule"]) == ["child-differs-from-audit"]


def test_a_contract_without_rules_of_its_own_is_still_checked():
    contracts = {**CONTRACTS, "actions": replace(CONTRACTS["actions"], rules=())}
    assert list(check(only("actions", level="no such level"), contracts)["rule"]) == ["code-not-in-list"]

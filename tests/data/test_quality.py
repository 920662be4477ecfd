import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from example_frames import CONTRACTS, changed, frame, good_row
from pandas import DataFrame

from qa_analysis.data.contracts import Rule
from qa_analysis.data.expectations import FOUNDATIONS, column_of, rules_of
from qa_analysis.data.identity import new_key, pseudonymise
from qa_analysis.data.issues import ISSUE_COLUMNS
from qa_analysis.data.quality import check, has_raised
from qa_analysis.errors import WrongUse

BESIDE = -1  # the number of a record that is only there to be compared with


@dataclass(frozen=True)
class Case:
    """A record of a dataset that keeps or breaks a rule, and the records it is compared with."""

    dataset: str
    rule: Rule
    is_kept: bool
    records: Sequence[Mapping[str, Any]]
    others: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Dataset, rule and column, to know the test by."""
        return f"{self.dataset}-{self.rule.name}-{column_of(self.rule)}-{'kept' if self.is_kept else 'broken'}"


def written_cases() -> Iterator[Case]:
    """The two examples of each rule that a contract writes out or that an option of a column amounts to."""
    for dataset, contract in CONTRACTS.items():
        for rule in contract.rules:
            for is_kept, example in ((True, rule.passes), (False, rule.fails)) if rule.fails else ():
                own = {name: value for name, value in example.items() if not isinstance(value, list)}
                others = {name: value for name, value in example.items() if isinstance(value, list)}
                yield Case(dataset, rule, is_kept, [own], others)


def implied_cases() -> Iterator[Case]:
    """A record that breaks each rule which follows from a column, and a good one."""
    values = {"value-missing": None, "code-not-in-list": "no such code", "grade-not-known": "Good/RI"}
    for dataset, contract in CONTRACTS.items():
        written = {rule.name for rule in contract.rules}
        for rule in rules_of(contract):
            if rule.name not in {*FOUNDATIONS, *written}:
                bad = {rule.arguments.get("column", ""): values.get(rule.name, "nowhere")}
                yield Case(dataset, rule, False, [{}, {}] if rule.name == "duplicate-key" else [bad])
                yield Case(dataset, rule, True, [{}])


CASES = [*written_cases(), *implied_cases()]


def broken(frames: Mapping[str, DataFrame], dataset: str) -> set[tuple[str, str]]:
    """Rule and column of every issue of a dataset."""
    issues = check(frames, CONTRACTS).query("dataset == @dataset")
    return set(zip(issues["rule"], issues["column"].fillna(""), strict=True))


def only(dataset: str, **changes: Any) -> dict[str, DataFrame]:
    """One good audit and one record of a dataset, the second changed."""
    return {"audits": frame("audits", good_row("audits")), dataset: frame(dataset, good_row(dataset, **changes))}


# Each rule of each contract has a record that passes and one that fails -----------------------------------------------


def found_in(cases: Mapping[int, Case]) -> set[tuple[str, str, str, int]]:
    """Dataset, rule, column and number of every case that breaks a rule, all checked at once."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTRACTS}
    for number, case in cases.items():
        rows[case.dataset] += [good_row(case.dataset, number, **record) | {"row": number} for record in case.records]
        beside = {name: [{}] for name in ("audits", "conferences", "findings") if name != case.dataset}
        for name, records in {**beside, **case.others}.items():
            key = {"audit_id": f"A{number}"} if name == "audit_answers" else {}
            rows[name] += [good_row(name, number, **key, **record) | {"row": BESIDE} for record in records]
    issues = check({name: frame(name, *records) for name, records in rows.items() if records}, CONTRACTS)
    numbers = {(name, at + 2): record["row"] for name, records in rows.items() for at, record in enumerate(records)}
    places = zip(issues["dataset"], issues["rule"], issues["column"].fillna(""), issues["row"], strict=True)
    return {(name, rule, column, numbers[name, row]) for name, rule, column, row in places if not pd.isna(row)}


@cache
def all_found() -> set[tuple[str, str, str, int]]:
    """What all cases break. Those compared with records of their own dataset are checked apart, not to meet."""
    apart = {number: case for number, case in enumerate(CASES) if case.dataset in case.others}
    together = {number: case for number, case in enumerate(CASES) if number not in apart}
    return found_in(together).union(*(found_in({number: case}) for number, case in apart.items()))


def names_found(*, is_kept: bool) -> tuple[set[str], set[str]]:
    """The names of the cases that are to keep (or to break) their rule, and of those among them that break it."""
    cases = {number: case for number, case in enumerate(CASES) if case.is_kept is is_kept}
    broken = {
        case.name
        for number, case in cases.items()
        if (case.dataset, case.rule.name, column_of(case.rule) or "", number) in all_found()
    }
    return {case.name for case in cases.values()}, broken


def test_each_rule_of_each_contract_is_kept_by_a_record_that_is_as_it_should_be():
    assert names_found(is_kept=True)[1] == set()


def test_each_rule_of_each_contract_is_broken_by_a_record_that_is_not():
    bad, found = names_found(is_kept=False)
    assert bad - found == set()
    assert len(bad) > 250


def test_a_good_record_of_each_dataset_breaks_nothing_at_all():
    good = {number for number, case in enumerate(CASES) if case.is_kept and case.records == [{}]}
    assert not {rule for _, rule, _, number in all_found() if number in good}


# Tables that hold little ----------------------------------------------------------------------------------------------


def test_every_contract_survives_an_empty_table_and_says_it_is_empty():
    issues = check({name: frame(name) for name in CONTRACTS}, CONTRACTS)
    assert list(zip(issues["dataset"], issues["rule"], strict=True)) == [(name, "no-rows") for name in CONTRACTS]


def test_no_audits_at_all_stops_the_run_and_no_rows_elsewhere_is_a_warning():
    issues = check({"audits": frame("audits"), "actions": frame("actions")}, CONTRACTS)
    assert list(issues["severity"]) == ["error", "warning"]


def test_a_required_column_of_blanks_does_not_pass_for_want_of_values_to_object_to():
    rows = [good_row("actions", number, source=None) for number in (1, 2)]
    issues = check({"audits": frame("audits", good_row("audits")), "actions": frame("actions", *rows)}, CONTRACTS)
    assert list(issues.query("column == 'source'")["rule"]) == ["value-missing", "value-missing"]


def test_only_the_first_four_datasets_need_be_there():
    core = {name: frame(name, good_row(name)) for name, contract in CONTRACTS.items() if contract.is_core}
    assert check(core, CONTRACTS).empty


# What stops a table from being checked further ------------------------------------------------------------------------


def test_a_missing_required_column_is_an_error_of_its_own_and_stops_the_table():
    frames = only("actions", agreed_on=None)
    issues = check({"actions": frames["actions"].drop(columns=["owner_id", "source"])}, CONTRACTS)
    assert list(issues["rule"]) == ["column-missing", "column-missing"]
    assert set(issues["column"]) == {"owner_id", "source"}
    assert set(issues["severity"]) == {"error"}


def test_a_missing_optional_column_is_no_issue():
    frames = only("actions")
    assert check({**frames, "actions": frames["actions"].drop(columns=["due_on", "team"])}, CONTRACTS).empty


def test_two_columns_that_differ_by_capitals_alone_are_refused_not_checked_as_one():
    frames = only("actions", level="no such level")
    twice = frames["actions"].assign(LEVEL="child").rename(columns={"level": "Level"})
    issues = check({"actions": twice}, CONTRACTS)
    assert list(zip(issues["rule"], issues["column"], issues["severity"], strict=True)) == [
        ("column-twice", "level", "error")
    ]


def test_the_same_column_twice_is_refused():
    frames = only("actions")
    twice = pd.concat([frames["actions"], frames["actions"][["level"]]], axis=1)
    assert list(check({"actions": twice}, CONTRACTS)["rule"]) == ["column-twice"]


@pytest.mark.parametrize(
    ("column", "values"),
    [("agreed_on", ["2023-06-08"]), ("owner_id", [101]), ("is_safeguarding", ["yes"]), ("due_on", [45085.0])],
)
def test_a_column_of_the_wrong_type_is_an_error_and_stops_the_table(column: str, values: list[Any]):
    frames = only("actions", completed_on=pd.Timestamp("2020-01-01"))
    issues = check({"actions": frames["actions"].assign(**{column: values})}, CONTRACTS)
    assert list(zip(issues["rule"], issues["column"], strict=True)) == [("wrong-type", column)]


def test_a_table_that_cannot_be_trusted_is_not_compared_with_either():
    frames = only("findings")
    frames["audits"] = frames["audits"].assign(audited_on="8 June")
    issues = check(frames, CONTRACTS)
    assert list(zip(issues["dataset"], issues["rule"], issues["severity"], strict=True)) == [
        ("audits", "wrong-type", "error"),
        ("findings", "not-checked", "warning"),
    ]


# Traps of Great Expectations ------------------------------------------------------------------------------------------


def test_a_month_with_more_after_it_is_no_month():
    assert ("cycle-month-not-a-month", "cycle_month") in broken(
        {"audits": frame("audits", good_row("audits", cycle_month="2023-06 (late)"))}, "audits"
    )


def test_an_open_action_does_not_break_the_order_of_its_dates():
    assert broken(only("actions", completed_on=None, signed_off_on=None), "actions") == set()


def test_an_action_done_on_the_day_it_was_agreed_is_in_order():
    assert broken(only("actions", completed_on=pd.Timestamp("2023-06-08")), "actions") == set()


def test_a_date_column_held_against_dates_written_as_text_is_checked():
    bounds = {"column": "held_on", "min_value": "2022-06-01", "max_value": None}
    rule = Rule("long-ago", "warning", "Too long ago.", "ExpectColumnValuesToBeBetween", bounds)
    contracts = changed(CONTRACTS["supervision"], rules=(rule,))
    rows = [
        good_row("supervision", number, held_on=pd.Timestamp(day))
        for number, day in enumerate(("2022-05-31", "2022-06-01"))
    ]
    issues = check(
        {"audits": frame("audits", good_row("audits")), "supervision": frame("supervision", *rows)}, contracts
    )
    assert list(zip(issues["rule"], issues["row"], strict=True)) == [("long-ago", 2)]


def test_a_rule_that_could_not_be_checked_is_an_error_apart_from_one_that_failed():
    bounds = {"column": "team", "min_value": 1, "max_value": 2}
    rule = Rule("odd", "warning", "Never said.", "ExpectColumnValuesToBeBetween", bounds)
    contracts = changed(CONTRACTS["actions"], rules=(rule,))
    issues = check(only("actions", team="North"), contracts)
    assert list(zip(issues["rule"], issues["severity"], strict=True)) == [("not-checked", "error")]
    assert 'rule "odd" could not be checked' in issues["message"].iloc[0]


@pytest.mark.parametrize(
    ("told", "raised"),
    [
        ({"raised_exception": False, "exception_message": None}, False),
        ({"raised_exception": True, "exception_message": "no such column"}, True),
        ({"metric a": {"raised_exception": False}, "metric b": {"raised_exception": True}}, True),
        ({}, False),
    ],
)
def test_an_exception_is_seen_in_both_shapes_it_is_told_in(told: Mapping[str, Any], raised: bool):
    assert has_raised(told) is raised


def test_an_expectation_that_does_not_exist_is_refused_not_skipped():
    rule = Rule("odd", "warning", "Odd.", "ExpectColumnValuesToBeNice", {"column": "team"})
    with pytest.raises(WrongUse, match=r'actions\.odcs\.yaml, rule "odd": there is no expectation or condition'):
        check(only("actions"), changed(CONTRACTS["actions"], rules=(rule,)))


def test_an_expectation_with_an_argument_it_does_not_take_is_refused_not_skipped():
    rule = Rule("odd", "warning", "Odd.", "ExpectColumnValuesToBeBetween", {"column": "team", "minimum": 1})
    with pytest.raises(WrongUse, match="does not take these kwargs"):
        check(only("actions"), changed(CONTRACTS["actions"], rules=(rule,)))


def test_great_expectations_is_imported_only_to_check_and_without_its_slow_part_and_says_nothing(tmp_path: Path):
    code = """
import sys
from example_frames import frame, good_row
from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.quality import check
assert "great_expectations" not in sys.modules
check({"audits": frame("audits", good_row("audits"))}, load_contracts())
assert "great_expectations" in sys.modules
assert "rfc3987_syntax" not in sys.modules
"""
    paths = f"import sys; sys.path[:0] = {[str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]!r}\n"
    ran = subprocess.run(
        [sys.executable, "-c", paths + code],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


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

"""What stops a table from being checked, and the traps of the engine that checks it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from example_frames import CONTRACTS, broken, changed, frame, good_row, only

from qa_analysis.data.contracts import Rule
from qa_analysis.data.engine import configured_once, expectation_named, has_raised, not_found
from qa_analysis.data.quality import check
from qa_analysis.errors import WrongUse

# Tables that hold little ----------------------------------------------------------------------------------------------


@pytest.mark.slow
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


def test_great_expectations_is_left_as_it_was_after_a_check():
    expectation = expectation_named("ExpectColumnValuesToBeInSet")
    before = expectation.configuration
    check(only("actions"), CONTRACTS)
    assert expectation.configuration is before


def test_within_a_check_an_expectation_works_out_its_configuration_once():
    kept = expectation_named("ExpectColumnValuesToBeInSet")(column="team", value_set=["North"])
    with configured_once():
        assert kept.configuration is kept.configuration
    assert kept.configuration is not kept.configuration
    assert kept.configuration.kwargs == {"column": "team", "value_set": ["North"]}


def test_what_is_not_found_for_a_while_is_found_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with not_found(frozenset({"colorsys"})), pytest.raises(ImportError):
        import_module("colorsys")
    assert import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


@pytest.mark.slow
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
assert not {"scipy.stats.distributions", "altair.vegalite", "azure", "sqlalchemy"} & set(sys.modules)
import scipy.stats
assert scipy.stats.norm.cdf(0) == 0.5
import sqlalchemy
assert sqlalchemy.text("1").text == "1"
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

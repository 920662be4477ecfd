from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from pandas import DataFrame
from small import CONTRACTS, frames

from qa_analysis.data.contracts import Contract
from qa_analysis.month.digests import Digested, digest_of, row_changes, row_digests
from qa_analysis.month.rows import Rows

JULY = date(2023, 7, 10)


def rows(**datasets: list[dict[str, Any]]) -> Rows:
    none = DataFrame()
    return Rows(frames(**datasets), CONTRACTS, none, none, none)


def digested(**datasets: list[dict[str, Any]]) -> Digested:
    return Digested(rows(**datasets))


def of_table(**columns: list[Any]) -> str:
    return digest_of(row_digests(DataFrame(columns), columns))


@pytest.mark.parametrize(
    "again",
    [
        DataFrame({"b": [2, 1], "a": ["y", "x"]}),  # columns and rows in another order
        DataFrame({"a": [" x", "y "], "b": [1.0, 2.0]}),  # as a spreadsheet gives them back
        DataFrame({"a": ["x", "y"], "b": [1, 2], "c": [None, ""]}),  # a column without anything in it
    ],
)
def test_what_saving_again_changes_is_no_change(again: DataFrame) -> None:
    assert digest_of(row_digests(again, "abc")) == of_table(a=["x", "y"], b=[1, 2])


@pytest.mark.parametrize(
    "other",
    [
        DataFrame({"a": ["x", "y"], "b": [2, 1]}),  # cells changed places
        DataFrame({"a": ["x", "y", "y"], "b": [1, 2, 2]}),  # one row twice
        DataFrame({"a": ["x", "y"], "c": [1, 2]}),  # the same in another column
        DataFrame({"a": ["x", "Y"], "b": [1, 2]}),
    ],
)
def test_what_the_rows_say_is_told_apart(other: DataFrame) -> None:
    assert digest_of(row_digests(other, "abc")) != of_table(a=["x", "y"], b=[1, 2])


def test_a_letter_is_the_same_however_it_is_composed_and_a_date_with_and_without_an_hour() -> None:
    assert of_table(a=["Ren\u00e9"]) == of_table(a=["Rene\u0301"])
    assert of_table(a=[pd.Timestamp("2023-06-01")]) == of_table(a=["2023-06-01"])


def test_what_is_dated_after_the_day_is_not_known_on_it() -> None:
    then = digested(actions=[{"agreed_on": "2023-06-01"}])
    now = digested(actions=[{"agreed_on": "2023-06-01", "completed_on": "2023-07-20"}, {"agreed_on": "2023-08-01"}])
    assert then.known(JULY) == now.known(JULY)
    assert then.whole()["actions"] != now.whole()["actions"]


def test_rows_that_came_late_were_changed_and_are_gone_are_counted() -> None:
    then = digested(audits=[{"audit_id": "1"}, {"audit_id": "2"}, {"audit_id": "3"}])
    now = digested(audits=[{"audit_id": "4"}, {"audit_id": "1"}, {"audit_id": "2", "overall_grade": "inadequate"}])
    found = row_changes(then, now, JULY)
    assert {name: one.tallies for name, one in found.items()} == {"audits": {"late": 1, "changed": 1, "deleted": 1}}


def test_each_kind_of_change_can_be_made_alone() -> None:
    then = digested(audits=[{"audit_id": "1"}, {"audit_id": "2"}])
    now = digested(audits=[{"audit_id": "2", "overall_grade": "inadequate"}, {"audit_id": "3"}])
    one = row_changes(then, now, JULY)["audits"]
    told = {
        kind: sorted(zip(one.but(kind)["audit_id"], one.but(kind)["overall_grade"], strict=True))
        for kind in one.tallies
    }
    assert told == {
        "late": [("1", "good"), ("2", "good"), ("3", "good")],
        "changed": [("1", "good"), ("2", "inadequate")],
        "deleted": [("2", "good")],
    }


def test_a_dataset_that_was_not_supplied_before_came_late() -> None:
    found = row_changes(digested(), digested(staff=[{"worker_id": "w", "snapshot_on": "2023-06-30"}]), JULY)
    assert found["staff"].tallies == {"late": 1, "changed": 0, "deleted": 0}


def test_rows_of_one_key_are_counted_as_often_as_they_are_there() -> None:
    then = digested(audits=[{"audit_id": "1"}, {"audit_id": "1"}])
    found = row_changes(then, digested(audits=[{"audit_id": "1"}]), JULY)
    assert found["audits"].tallies == {"late": 0, "changed": 0, "deleted": 1}


def test_two_hundred_copies_in_another_order_and_from_other_files_are_all_recognised() -> None:
    random = np.random.default_rng(7)
    contract: Contract = CONTRACTS["actions"]
    held = frames(actions=[{"agreed_on": f"2023-06-{day:02d}", "team": f"T{day % 5}"} for day in range(1, 29)])
    was = digest_of(row_digests(held["actions"], [column.name for column in contract.columns]))
    for number in range(200):
        copy = held["actions"].iloc[random.permutation(28)]
        copy = copy.assign(source_file=f"copy {number}.xlsx", source_row=range(9, 37))[random.permutation(copy.columns)]
        assert digest_of(row_digests(copy, [column.name for column in contract.columns])) == was

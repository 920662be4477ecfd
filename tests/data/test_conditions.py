from typing import Any

import pandas as pd
import pytest
from example_frames import CONTRACTS, frame, good_row
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_analysis.data.conditions import (
    CONDITIONS,
    Subject,
    filled_when,
    in_codebook,
    not_above_every_area,
    only_once,
    reason_for_longer_lookback,
    share_within_whole,
)
from qa_analysis.data.contracts import Column

LOOKBACK = {
    "column": "longer_lookback_reason",
    "start": "review_from_on",
    "end": "review_to_on",
    "month": "cycle_month",
}


def audits(*rows: dict[str, Any]) -> Subject:
    """Audits to judge."""
    table = frame("audits", *(good_row("audits", number, **row) for number, row in enumerate(rows)))
    return Subject(table, CONTRACTS["audits"], {"audits": table})


def test_the_best_area_bounds_the_overall_grade_and_areas_not_applicable_do_not():
    areas = {column: "not applicable" for column in audits().area_columns}
    rows = [
        {**areas, "overall_grade": "outstanding"},
        {**areas, "grade_assessment": "inadequate", "overall_grade": "requires improvement"},
        {**areas, "grade_assessment": "good", "grade_multi_agency": "inadequate", "overall_grade": "good"},
        {**areas, "grade_assessment": "good", "overall_grade": None},
    ]
    assert not_above_every_area(audits(*rows), column="overall_grade").tolist() == [True, False, True, True]


@pytest.mark.parametrize(
    ("start", "end", "is_kept"),
    [
        ("2022-12-08", "2023-06-08", True),
        ("2022-12-07", "2023-06-08", False),
        ("2022-02-28", "2022-08-31", True),  # six months before 31 August is the last of February
        ("2022-02-27", "2022-08-31", False),
        (None, "2023-06-08", True),
    ],
)
def test_six_months_back_are_counted_by_the_calendar(start: str | None, end: str, is_kept: bool):
    subject = audits({"review_from_on": pd.Timestamp(start) if start else None, "review_to_on": pd.Timestamp(end)})
    assert reason_for_longer_lookback(subject, **LOOKBACK).tolist() == [is_kept]


def test_a_reason_allows_any_lookback():
    days = {"review_from_on": pd.Timestamp("2020-01-01"), "review_to_on": pd.Timestamp("2023-06-08")}
    subject = audits({**days, "longer_lookback_reason": "A long history."})
    assert reason_for_longer_lookback(subject, **LOOKBACK).tolist() == [True]


def test_a_month_that_is_none_is_another_rules_matter():
    days = {"review_from_on": pd.Timestamp("2020-01-01"), "review_to_on": pd.Timestamp("2023-06-08")}
    assert reason_for_longer_lookback(audits({**days, "cycle_month": "2023-13"}), **LOOKBACK).tolist() == [True]


def test_the_same_child_twice_is_seen_but_for_a_practice_week_audit_beside_the_usual_one():
    rows = [
        {"child_id": "C1", "selection_route": "random"},
        {"child_id": "C1", "selection_route": "practice week"},
        {"child_id": "C2", "selection_route": "random"},
        {"child_id": "C2", "selection_route": "nominated good"},
        {"child_id": "C3", "selection_route": "practice week"},
        {"child_id": "C3", "selection_route": "practice week"},
        {"child_id": None, "selection_route": "random"},
        {"child_id": None, "selection_route": "random"},
    ]
    subject = audits(*({"cycle_month": "2023-10", **row} for row in rows))
    kept = only_once(subject, columns=["cycle_month", "child_id"], apart={"selection_route": ["practice week"]})
    assert kept.tolist() == [True, True, False, False, False, False, True, True]


def test_the_last_prompt_of_the_third_area_is_not_its_first():
    codes = ["3.1", "3.11", "3.12", "neglect", "no theme", None]
    table = frame("findings", *(good_row("findings", number, theme_code=code) for number, code in enumerate(codes)))
    subject = Subject(table, CONTRACTS["findings"], audits({}).frames)
    assert in_codebook(subject, column="theme_code").tolist() == [True, True, False, True, False, True]


@pytest.mark.parametrize(
    ("name", "is_kept"),
    [
        ("% of reviews in time", False),
        ("Percentage of reviews in time", False),
        ("Reviews in time (per cent)", False),
        ("Proportion of audits moderated", False),
        ("Cases per worker", True),
        ("Rate per 10,000 children", True),
    ],
)
def test_a_numerator_above_its_denominator_is_a_fault_of_percentages_alone(name: str, is_kept: bool):
    table = frame("indicators", good_row("indicators", name=name, numerator=90.0, denominator=40.0))
    subject = Subject(table, CONTRACTS["indicators"], {})
    assert share_within_whole(subject, column="numerator", whole="denominator", name="name").tolist() == [is_kept]


def test_all_of_the_whole_is_a_share_of_it():
    table = frame("indicators", good_row("indicators", name="% of reviews in time", numerator=40.0, denominator=40.0))
    subject = Subject(table, CONTRACTS["indicators"], {})
    assert share_within_whole(subject, column="numerator", whole="denominator", name="name").tolist() == [True]


def test_a_blank_counts_as_none_of_a_list():
    subject = audits({"subject": None, "child_id": None}, {"subject": "carer", "child_id": None})
    assert filled_when(subject, column="child_id", when={"subject": {"not": ["carer"]}}).tolist() == [False, True]


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Anything the reader of extracts may hand on in a column, and blanks."""
    days = st.dates(min_value=pd.Timestamp("1950-01-01").date(), max_value=pd.Timestamp("2100-12-31").date())
    odd = st.sampled_from(["A1", "2023-06", "2023-13", "3.10", "%", "carer"])
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "date": days.map(pd.Timestamp),
        "boolean": st.booleans(),
        "whole number": st.integers(-1, 100),
        "number": st.floats(-1, 100),
    }
    words = st.sampled_from(column.codes) | odd if column.codes else odd
    return st.none() | kinds.get(column.kind, words)


@pytest.mark.slow
@settings(max_examples=60)
@given(data=st.data())
def test_every_condition_answers_true_or_false_of_every_row_whatever_it_holds(data: st.DataObject):
    names = (
        "audits",
        "audit_answers",
        data.draw(st.sampled_from([n for n, c in CONTRACTS.items() if conditions_of(n)])),
    )
    frames = {
        name: frame(
            name,
            *data.draw(
                st.lists(st.fixed_dictionaries({c.name: cells(c) for c in CONTRACTS[name].columns}), max_size=3)
            ),
        )
        for name in names
    }
    for rule in conditions_of(names[-1]):
        subject = Subject(frames[names[-1]], CONTRACTS[names[-1]], frames)
        answers = CONDITIONS[rule.expectation](subject, **rule.arguments)
        assert len(answers) == len(subject.frame)
        assert set(answers.tolist()) <= {True, False}


def conditions_of(dataset: str) -> list[Any]:
    """The rules of a dataset that ask for one of our conditions."""
    return [rule for rule in CONTRACTS[dataset].rules if rule.expectation in CONDITIONS]

"""What hangs on which audit, by numbers, is what a reader of the rows would say."""

import gc
import weakref
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas import DataFrame, Series
from small import tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.audits.linked import (
    NO_AUDIT,
    are_named,
    coded,
    coded_by_audit,
    flagged,
    hang_on,
    is_among,
    is_headline,
    is_of_cycles,
    numbered,
    numbers_of,
    records_of,
    remembered,
    told_by_audit,
    with_audits,
)

CYCLES = ("2023-04", "2023-05", "2023-06")
AUDITS = st.lists(st.sampled_from(CYCLES), min_size=1, max_size=12)
NAMED = st.lists(st.integers(1, 15), max_size=25)  # the audits that findings name, some of which are not there


def held(cycles: list[str], named: list[int]) -> Tables:
    return tables(
        audits=[{"cycle_month": "2023-06"}, *({"cycle_month": cycle} for cycle in cycles)],
        findings=[{"audit_id": f"audits-{number}"} for number in named],
    )


@settings(max_examples=40, deadline=None)
@given(AUDITS, NAMED)
def test_the_records_of_chosen_audits_are_those_that_name_one(cycles: list[str], named: list[int]) -> None:
    council = held(cycles, named)
    of_may = {f"audits-{place}" for place, cycle in enumerate(cycles, start=2) if cycle == "2023-05"}
    found = records_of(council, "findings", is_of_cycles(council, ("2023-05",)))
    assert found["audit_id"].tolist() == [f"audits-{number}" for number in named if f"audits-{number}" in of_may]


@settings(max_examples=40, deadline=None)
@given(AUDITS, NAMED)
def test_what_an_audit_says_reaches_each_record_that_names_it(cycles: list[str], named: list[int]) -> None:
    council = held(cycles, named)
    every = dict(enumerate(["2023-06", *cycles], start=1))
    found = told_by_audit(council, "cycle_month", numbers_of(council, "findings"))
    assert [None if one != one else one for one in found] == [every.get(number) for number in named]


@settings(max_examples=40, deadline=None)
@given(AUDITS, NAMED, st.sets(st.integers(0, 24)))
def test_an_audit_is_named_where_a_chosen_record_names_it(cycles: list[str], named: list[int], some: set[int]) -> None:
    council = held(cycles, named)
    chosen = np.array([place in some for place in range(len(named))], dtype=bool)
    for flags, names in ((None, named), (chosen, [name for place, name in enumerate(named) if place in some])):
        expected = [number in names for number in range(1, len(cycles) + 2)]
        assert are_named(council, "findings", flags).tolist() == expected


@settings(max_examples=40, deadline=None)
@given(AUDITS, NAMED)
def test_few_texts_reach_each_record_by_number_as_they_do_in_words(cycles: list[str], named: list[int]) -> None:
    council = held(cycles, named)
    numbers = numbers_of(council, "findings")
    in_words = told_by_audit(council, "cycle_month", numbers)
    by_number = Series(coded_by_audit(council, "cycle_month", numbers), dtype="str")
    assert by_number.fillna("-").tolist() == in_words.fillna("-").tolist()


def test_names_are_numbered_once_each_and_a_blank_is_nobody() -> None:
    found = numbered(Series(["Ada", None, "Ben", "Ada"], index=[7, 8, 9, 4], dtype="str"))
    assert found.index.tolist() == [7, 8, 9, 4]
    assert found.dropna().to_dict() == {7: 0, 9: 1, 4: 0}


def test_of_a_dataset_that_was_not_supplied_nothing_hangs_on_an_audit() -> None:
    council = tables(audits=[{}])
    assert records_of(council, "moderations", np.array([True])).empty


def test_of_a_dataset_that_was_not_supplied_no_record_names_an_audit() -> None:
    council = tables(audits=[{}])
    assert are_named(council, "moderations").tolist() == [False]
    assert hang_on(council, "moderations", np.array([True])).tolist() == []


def test_a_record_that_names_no_audit_or_one_that_is_not_there_names_none_that_is() -> None:
    council = tables(audits=[{}, {}], findings=[{"audit_id": None}, {"audit_id": "audits-9"}])
    assert are_named(council, "findings").tolist() == [False, False]
    assert not flagged(council, numbers_of(council, "findings")).any()
    assert hang_on(council, "findings", np.array([True, True])).tolist() == [False, False]


def test_a_record_without_an_audit_hangs_on_none() -> None:
    council = tables(audits=[{}], actions=[{"audit_id": None}, {"audit_id": "audits-1"}])
    assert numbers_of(council, "actions").tolist() == [NO_AUDIT, 0]
    assert len(records_of(council, "actions", np.array([True]))) == 1


def test_headline_routes_are_those_of_the_rules() -> None:
    council = tables(audits=[{}, {"selection_route": "reactive"}, {"selection_route": "revisit"}])
    assert is_headline(council).tolist() == [True, False, True]


def test_an_answer_is_found_once_and_kept_no_longer_than_its_tables() -> None:
    asked = []

    @remembered
    def number_of_audits(council: Tables, of: str) -> int:
        asked.append(of)
        return len(council.audits)

    council = tables(audits=[{}, {}])
    assert [number_of_audits(council, "a"), number_of_audits(council, "a"), number_of_audits(council, "b")] == [2, 2, 2]
    assert asked == ["a", "b"]
    gone = weakref.ref(council)
    del council
    gc.collect()
    assert gone() is None


@settings(max_examples=40, deadline=None)
@given(AUDITS, NAMED)
def test_records_with_what_their_audits_say_are_those_whose_audit_is_there(cycles: list[str], named: list[int]) -> None:
    council = held(cycles, named)
    every = dict(enumerate(["2023-06", *cycles], start=1))
    found = with_audits(council, council.findings[["finding_id", "audit_id"]], {"cycle_month": "cycle", "team": None})
    expected = [
        (f"findings-{place}", f"audits-{number}", every[number], "North")
        for place, number in enumerate(named, start=1)
        if number in every
    ]
    assert list(found.itertuples(index=False, name=None)) == expected
    assert list(found.columns) == ["finding_id", "audit_id", "cycle", "team"]


@settings(max_examples=40, deadline=None)
@given(st.lists(AUDITS, min_size=2, max_size=4), st.sets(st.sampled_from([*CYCLES, "2022-01"])))
def test_cycles_are_those_of_the_audits_at_hand_whatever_was_asked_before(
    councils: list[list[str]], asked: set[str]
) -> None:
    for cycles in councils:
        council = held(cycles, [])
        other_month = replace(council, month="2023-05")
        expected = [cycle in asked for cycle in ["2023-06", *cycles]]
        assert is_of_cycles(council, tuple(asked)).tolist() == expected
        assert is_of_cycles(other_month, tuple(asked)).tolist() == expected


def test_an_audit_without_a_cycle_is_of_none() -> None:
    council = tables(audits=[{}, {"cycle_month": None}])
    assert is_of_cycles(council, ("2023-06",)).tolist() == [True, False]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=20), st.sets(st.sampled_from(["a", "b", "d"])))
def test_a_column_says_one_of_some_values_where_a_reader_finds_it(said: list[str | None], asked: set[str]) -> None:
    records = DataFrame({"team": Series(said, dtype="str")})
    assert is_among(records, "team", asked).tolist() == [one in asked for one in said]
    places, known = coded(records, "team")
    assert [None if place < 0 else known[place] for place in places] == said


def test_the_numbers_of_a_column_reach_as_far_as_it_has_different_texts() -> None:
    records = DataFrame({"team": Series([f"team {number}" for number in range(40_000)], dtype="str")})
    assert is_among(records, "team", ["team 0", "team 39999"]).nonzero()[0].tolist() == [0, 39_999]


def test_of_a_column_that_has_changed_another_answer_is_found() -> None:
    records = DataFrame({"team": Series(["a", "b"], dtype="str")})
    assert is_among(records, "team", ["a"]).tolist() == [True, False]
    assert is_among(records.assign(team="a"), "team", ["a"]).tolist() == [True, True]

"""A Practice Week laid over the synthetic council leaves every other row as it is."""

import pytest
from pandas import DataFrame

from qa_analysis.data.synthetic import council, with_practice_week
from qa_analysis.data.synthetic.practice_week import GRADES, TWICE


@pytest.fixture(scope="module")
def before() -> dict[str, DataFrame]:
    return council(first_cycle="2023-09", cycles=3)


@pytest.fixture(scope="module")
def after(before: dict[str, DataFrame]) -> dict[str, DataFrame]:
    return with_practice_week(before)


def test_every_row_that_was_there_is_there_as_it_was(before: dict[str, DataFrame], after: dict[str, DataFrame]) -> None:
    more = {name: len(after[name]) - len(before[name]) for name in before if len(after[name]) > len(before[name])}
    assert more == {"audits": TWICE, "observations": 6, "learning_events": 2}
    assert [name for name in before if not after[name].head(len(before[name])).equals(before[name])] == []
    assert [name for name in before if not (after[name].dtypes == before[name].dtypes).all()] == []


def test_leaders_grade_records_that_others_audit_too(after: dict[str, DataFrame]) -> None:
    leaders, others = after["audits"].tail(TWICE), after["audits"].head(-TWICE)
    assert set(leaders["child_id"]) <= set(others.loc[others["cycle_month"] == "2023-10", "child_id"])
    assert set(leaders["selection_route"]) == {"practice week"}
    assert after["audits"]["audit_id"].is_unique
    for row in leaders.to_dict("records"):
        areas = [GRADES.index(row[name]) for name in row if name.startswith("grade_") and row[name] in GRADES]
        assert min(areas) <= GRADES.index(row["overall_grade"]) <= max(areas)


def test_it_is_one_week_from_a_monday_and_an_elected_member_watched(after: dict[str, DataFrame]) -> None:
    seen, audits = after["observations"].tail(6), after["audits"].tail(TWICE)
    monday = min(audits["audited_on"])
    assert monday.day_name() == "Monday"
    assert {(day - monday).days for day in (*seen["observed_on"], *audits["audited_on"])} <= set(range(5))
    assert seen["observer_role"].tolist().count("elected member") == 1


def test_the_same_seed_gives_the_same_week(before: dict[str, DataFrame], after: dict[str, DataFrame]) -> None:
    again = with_practice_week(before)
    assert [name for name in after if not again[name].equals(after[name])] == []


def test_a_council_without_an_october_has_none() -> None:
    short = council(first_cycle="2023-11", cycles=1)
    assert {name: len(frame) for name, frame in with_practice_week(short).items()} == {
        name: len(frame) for name, frame in short.items()
    }

import pandas as pd
import pytest
from small import tables

from qa_analysis.measures.populations import month_and_year
from qa_analysis.measures.posts import are_held, in_post

POSTS = pd.DataFrame(
    [("ended before", "2023-01-01", "2023-05-31"), ("last day", "2023-01-01", "2023-06-01"),
     ("first day", "2023-06-01", None), ("begins later", "2023-06-02", None)],
    columns=["worker_id", "started_on", "ended_on"],
).astype({"started_on": "datetime64[ns]", "ended_on": "datetime64[ns]"})  # fmt: skip
DAY = pd.Timestamp("2023-06-01")


def test_a_post_is_held_from_its_first_day_to_its_last() -> None:
    assert POSTS.loc[are_held(POSTS, DAY), "worker_id"].tolist() == ["last day", "first day"]


def test_each_post_may_be_asked_about_a_day_of_its_own() -> None:
    days = pd.Series(pd.to_datetime(["2023-05-31", "2023-06-02", "2023-05-31", "2023-06-02"]))
    assert are_held(POSTS, days).tolist() == [True, False, False, True]


def test_the_newest_post_comes_last() -> None:
    assert in_post(POSTS, DAY)["worker_id"].tolist() == ["last day", "first day"]


@pytest.mark.parametrize(("cycle", "found"), [("2023-06", [2, 2]), ("2022-09", [1, 2]), ("2022-06", [1, 1])])
def test_records_are_of_the_month_and_of_the_year_that_ends_with_it(cycle: str, found: list[int]) -> None:
    held = tables("2023-06", audits=[{}, {"cycle_month": cycle}])
    told = list(month_and_year(held, held.audits))
    assert [len(audits) for audits, _ in told] == found
    assert [period for _, period in told] == ["2023-06", "2022-07/2023-06"]

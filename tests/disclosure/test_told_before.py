"""A late record, or a grade put right, is not told apart by two editions of one place's year."""

import pandas as pd
import pytest
from pandas import DataFrame

from qa_analysis.disclosure.told_before import as_told_before
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure, count, frame_of, share

YEAR, RULES = "2022-07/2023-06", rules_for("2023-06")


def edition(good: int, of: int, *, audits: int = 5, year: str = YEAR) -> DataFrame:
    """What an edition says of the team North, and of the whole."""
    figures: list[Figure] = [
        share("good_or_better", good, of, period=year, population="headline routes", few=5, by="team", group="North"),
        share("good_or_better", good, of, period=year, population="headline routes", few=5),
        count(
            "audits_completed",
            audits,
            period="2023-06",
            population="every route",
            unit="audits",
            by="team",
            group="North",
        ),
    ]
    return frame_of(figures, as_at=pd.Timestamp("2023-07-10"))


def told(now: DataFrame, before: DataFrame) -> list[tuple[float, float]]:
    held = as_told_before(now, before, RULES)
    return list(zip(held["numerator"], held["denominator"], strict=True))[:2]


@pytest.mark.parametrize(("good", "of"), [(13, 21), (12, 21), (11, 20), (14, 22)])
def test_a_place_that_differs_by_one_or_two_stays_as_it_was_told(good: int, of: int) -> None:
    assert told(edition(good, of), edition(12, 20)) == [(12, 20), (good, of)]


@pytest.mark.parametrize(("good", "of"), [(12, 23), (15, 22), (20, 40)])
def test_a_place_that_differs_by_three_or_more_is_told_anew(good: int, of: int) -> None:
    assert told(edition(good, of), edition(12, 20)) == [(good, of), (good, of)]


def test_another_year_is_told_anew_and_a_count_of_audits_always() -> None:
    assert told(edition(13, 21), edition(12, 20, year="2022-04/2023-03"))[0] == (13, 21)
    assert as_told_before(edition(12, 20, audits=6), edition(12, 20), RULES)["value"].tolist()[2] == 6


def test_where_nothing_was_published_all_is_told_and_what_is_withheld_stays_so() -> None:
    assert told(edition(13, 21), edition(13, 21).iloc[:0]) == [(13, 21), (13, 21)]
    hidden = edition(13, 21).assign(value=float("nan"))
    assert as_told_before(hidden, edition(12, 20), RULES)["value"].isna().tolist()[0]


def survey(agree: int, of: int) -> DataFrame:
    """What an edition says of a wave of the staff survey."""
    labels = {"period": "2022-11", "population": "answers"}
    figures: list[Figure] = [
        count("staff_survey_forms", of, unit="forms", **labels),
        share("staff_survey_agree", agree, of, few=5, by="question", group="I like it here", **labels),
    ]
    return frame_of(figures, as_at=pd.Timestamp("2023-07-10"))


@pytest.mark.parametrize(("agree", "of", "said"), [(41, 95, (40, 94)), (48, 102, (40, 94)), (40, 103, (40, 103))])
def test_a_form_that_comes_late_is_not_told_apart_from_the_others(agree: int, of: int, said: tuple[int, int]) -> None:
    held = as_told_before(survey(agree, of), survey(40, 94), RULES)
    assert (held["numerator"].iloc[1], held["denominator"].iloc[1]) == said
    assert held["value"].iloc[0] == said[1]

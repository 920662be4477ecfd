from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from pandas import DataFrame
from small import month, tables
from words import lines_of_html

from qa_analysis.measures.figure import Figure, frame_of
from qa_analysis.month.figures import Written
from qa_analysis.month.month import RESTATED, ROWS_RESTATED, Month
from qa_analysis.month.settling import months_provisional, settling
from qa_analysis.reports.restatements import report
from qa_analysis.telling.blocks import Html

CHANGE = {
    "published_in": "2023-05", "against": "last", "measure": "good_or_better", "period": "2023-05",
    "population": "headline", "by": "", "group": "", "kind": "value", "then": 0.5, "now": 0.4375,
    "numerator_then": 8, "numerator_now": 7, "denominator_then": 16, "denominator_now": 16, "said_then": "",
    "said_now": "",    "cause": "late; changed",
}  # fmt: skip


@pytest.fixture(scope="module")
def held() -> Month:
    return month(tables(audits=[{}]))


def changed(held: Month, *changes: dict[str, Any]) -> Month:
    rows = [{**CHANGE, **change} for change in changes]
    return replace(held, restated=DataFrame(rows).reindex(columns=RESTATED))


def text(html: Html) -> str:
    return "\n".join(lines_of_html(html.markup))


SECTIONS = [report.summary, report.changed, report.reworded, report.drifted, report.records]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.__name__)
def test_where_nothing_was_published_before_no_section_says_that_nothing_changed(
    section: Callable[[Month], Html], held: Month
) -> None:
    assert text(section(held)) == "There is no earlier publication to compare with."


def test_where_nothing_changed_it_says_so_in_a_line(held: Month) -> None:
    held = replace(held, compared=("2023-05",))
    assert text(report.summary(held)) == "No figure published before differs from what the data say today."


def test_a_share_is_told_by_its_cases_then_and_now_with_every_cause(held: Month) -> None:
    told = text(report.changed(changed(held, {})))
    assert "8 of 16" in told
    assert "7 of 16" in told
    assert "Records came late and records were corrected" in told


def test_a_change_whose_rows_are_not_at_hand_has_no_known_cause(held: Month) -> None:
    assert "Not known" in text(report.summary(changed(held, {"cause": ""})))


def test_words_that_would_be_others_are_quoted_old_and_new(held: Month) -> None:
    told = text(report.reworded(changed(held, {"said_then": "improving", "said_now": "no clear evidence of change"})))
    assert "“improving”" in told
    assert "“no clear evidence of change”" in told


def test_a_drift_since_the_first_publication_stands_apart(held: Month) -> None:
    told = replace(changed(held, {"against": "first", "published_in": "2023-05", "cause": ""}), compared=("2023-05",))
    assert "8 of 16" in text(report.drifted(told))
    assert "None differs" in text(report.changed(told))


def test_records_are_told_by_their_number_alone(held: Month) -> None:
    rows = DataFrame([["2023-05", "audits", 3, 2, 1]], columns=ROWS_RESTATED)
    told = text(report.records(replace(held, restated_rows=rows)))
    assert [line for line in told.splitlines() if "Audits" in line]


def of_a_place(held: Month) -> Month:
    return replace(held, scope=replace(held.scope, team="North"))


def test_one_team_is_not_told_that_nothing_changed(held: Month) -> None:
    assert "not for one service or team" in text(report.summary(of_a_place(held)))


def figures(number: float, *periods: str) -> DataFrame:
    made = [
        Figure(measure="audits_completed", period=period, population="every route", value=number, unit="audits")
        for period in periods
    ]
    return frame_of(made, as_at=pd.Timestamp("2023-07-10"))


def test_a_measure_is_settled_once_what_comes_after_is_under_one_audit(held: Month) -> None:
    months = ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]
    published = {
        name: pd.concat([figures(5, name), figures(8, *months[:place])], ignore_index=True)
        for place, name in enumerate(months[:-1])
    }
    today = replace(held, held=Written(pd.concat([figures(5, "2023-06"), figures(8, *months[:-1])])))
    curve = settling(today, published).set_index("lag")
    assert curve.loc[1, ["changes", "mean", "median"]].tolist() == [5, 3, 3]
    assert curve["status"].loc[[0, 1]].tolist() == ["provisional", "settled"]
    assert "Settled after 1" in text(report.settling(replace(today, settling=settling(today, published))))


def shares(*periods: str) -> DataFrame:
    """Three of seven in each cycle, as a file gives it back."""
    told = Figure(measure="good_or_better", period="", population="headline", numerator=3, denominator=7, unit="share")
    made = frame_of([told.but(period=period, value=3 / 7) for period in periods], as_at=pd.Timestamp("2023-07-10"))
    return made.assign(value=round(3 / 7, 10))


def test_a_share_moves_by_the_cases_behind_it_and_not_by_rounding(held: Month) -> None:
    months = ["2023-03", "2023-04", "2023-05", "2023-06"]
    published = {name: shares(*months[: place + 1]) for place, name in enumerate(months[:-1])}
    today = replace(held, held=Written(shares(*months).assign(value=3 / 7)))
    assert settling(today, published)["mean"].eq(0).all()


def test_with_two_cycles_no_measure_is_settled(held: Month) -> None:
    published = {"2023-04": figures(5, "2023-04"), "2023-05": figures(5, "2023-04", "2023-05")}
    today = replace(held, held=Written(figures(5, "2023-04", "2023-05", "2023-06")))
    assert set(settling(today, published)["status"]) == {"provisional"}


def indicator(*periods: str, done: int, code: str) -> DataFrame:
    """An indicator of so many in ten in each month, as a file gives it back."""
    told = Figure(measure="indicator_share", period="", population="as supplied", by=("indicator",), group=(code,),
                  numerator=done, denominator=10, value=done / 10, unit="share")  # fmt: skip
    return frame_of([told.but(period=period) for period in periods], as_at=pd.Timestamp("2023-07-10"))


def test_each_indicator_settles_by_itself(held: Month) -> None:
    months = ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05", "2023-06"]
    published = {
        name: pd.concat(
            [
                indicator(*months[: place + 1], done=8, code="Calm"),
                indicator(name, done=5, code="Late"),
                indicator(*months[:place], done=9, code="Late"),
            ]
        )
        for place, name in enumerate(months)
    }
    today = replace(held, held=Written(published["2023-06"]))
    curve = settling(today, published).set_index(["group", "lag"])
    assert curve["status"].loc[[("Calm", 0), ("Late", 0), ("Late", 1)]].tolist() == [
        "settled",
        "provisional",
        "settled",
    ]
    assert curve["mean"].loc[[("Calm", 1), ("Late", 1)]].tolist() == [0, 4]
    told = replace(today, settling=settling(today, published))
    assert [months_provisional(told, "indicator_share", code) for code in ("Calm", "Late", "Other")] == [0, 1, 1]
    assert "An indicator: a share by month: Late" in text(report.settling(told))

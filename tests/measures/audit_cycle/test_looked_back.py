import pandas as pd
import pytest
from small import found, tables

from qa_analysis.dates import looks_back_further
from qa_analysis.measures.audit_cycle.looked_back import looked_back


@pytest.mark.parametrize(
    ("start", "end", "is_longer"),
    [
        ("2023-02-28", "2023-08-31", False),
        ("2023-02-27", "2023-08-31", True),
        ("2024-02-29", "2024-08-31", False),
        ("2024-02-28", "2024-08-31", True),
        ("2022-12-08", "2023-06-08", False),
        ("2022-12-07", "2023-06-08", True),
        (None, "2023-06-08", False),
    ],
)
def test_six_months_before_the_end_of_a_month_end_with_the_shorter_month(
    start: str | None, end: str, is_longer: bool
) -> None:
    days = pd.Series(pd.to_datetime([start])), pd.Series(pd.to_datetime([end]))
    assert looks_back_further(*days, months=6).tolist() == [is_longer]


LONG = {"review_from_on": "2022-01-01", "review_to_on": "2023-06-08"}


def test_a_longer_period_is_in_order_where_it_has_a_reason() -> None:
    rows = looked_back(
        tables(
            audits=[
                {**LONG, "longer_lookback_reason": "a return home"},
                LONG,
                {},
                {**LONG, "review_from_on": "2023-01-01"},
            ]
        )
    )
    longer, silent = (
        found(rows, name, period="2023-06") for name in ("looked_back_further", "looked_back_without_reason")
    )
    assert (longer.numerator, longer.denominator) == (2, 3)
    assert (silent.numerator, silent.denominator) == (1, 2)


def test_a_form_that_has_no_place_for_a_reason_lacks_none() -> None:
    assert [row.measure for row in looked_back(tables(audits=[LONG]))] == ["looked_back_further"] * 2

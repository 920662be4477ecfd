"""The report on complaints and compliments: its message, both clocks of stage 2, and what is not there."""

from typing import Any

import pytest
from sections import said
from small import month, tables

from qa_analysis.measures.complaints.timeliness import open_ones
from qa_analysis.month.month import Month

MARCH = "2024-03"


def complaint(number: int, day: str, **more: Any) -> dict[str, Any]:
    usual = {"kind": "complaint", "stage": "1", "service_area": "Cared For", "theme_code": "3.1"}
    return {"record_id": f"CC-{number}", "received_on": day, **usual, **more}


ROWS = [
    *(complaint(one, "2023-06-01", responded_on="2023-06-12", outcome="upheld") for one in range(4)),
    complaint(5, "2023-06-01", responded_on="2023-06-21", outcome="not upheld"),
    complaint(6, "2023-06-01", stage="2", statement_agreed_on="2023-06-15", responded_on="2023-07-20", outcome="upheld",
              first_record_id="CC-5"),
    complaint(7, "2024-01-02"),
    complaint(8, "2023-05-02", kind="compliment", stage=None),
]  # fmt: skip


@pytest.fixture(scope="module")
def told() -> str:
    return "\n".join(said("complaints-compliments", of(ROWS)))


def of(rows: list[dict[str, Any]], **more: Any) -> Month:
    return month(tables(MARCH, audits=[{"cycle_month": MARCH}], complaints_compliments=rows, **more))


def test_the_message_says_how_many_came_in_time_and_what_runs_out(told: str) -> None:
    for sentence in (
        "6 complaints and 1 compliment came from April 2023 to March 2024; records do not reach back a year.",
        "Stage 1: 4 of 6 answered within 10 working days, 5 of 6 within 20.",
        "Stage 2, from the request: 0 of 1 answered within 25 working days, 1 of 1 within 65.",
        "Stage 2, from the agreed statement: 1 of 1 answered within 25 working days",
        "1 open complaint is past the last day and none reaches it within a week",
        "Of 5 complaints decided at stage 1, 4 were upheld at least in part.",
    ):
        assert sentence in told


def test_themes_stand_by_name_beside_audits(told: str) -> None:
    assert "An assessment is present | 6 | 5 | 1 | 0 of 1 with an area for development" in told


def test_services_are_counted_and_not_compared(told: str) -> None:
    assert "Cared For | 6 | 1" in told
    assert "so they are not compared" in told


def test_a_dataset_that_did_not_come_is_one_line_and_no_empty_table() -> None:
    held = month(tables(MARCH, audits=[{"cycle_month": MARCH}]))
    lines = list(said("complaints-compliments", held))
    assert "Complaints and compliments: not supplied this month." in lines
    assert not [line for line in lines if " | " in line]


def test_months_without_a_complaint_say_so() -> None:
    lines = "\n".join(said("complaints-compliments", of([complaint(1, "2022-01-03", kind="compliment", stage=None)])))
    assert "No complaint's last day fell in these months." in lines
    assert "No complaint is open." in lines
    assert "0 complaints and 0 compliments came" in lines


def test_no_record_of_one_complaint_is_on_the_page(told: str) -> None:
    assert not [row["record_id"] for row in ROWS if row["record_id"] in told]


def test_the_list_has_the_open_ones_the_next_to_run_out_first() -> None:
    rows = [*ROWS, complaint(9, "2024-04-08"), complaint(10, "2024-03-01", stage="2")]
    held = open_ones(tables(MARCH, audits=[{"cycle_month": MARCH}], complaints_compliments=rows))
    assert held["record_id"].tolist() == ["CC-7", "CC-9", "CC-10"]

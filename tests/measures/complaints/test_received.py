"""How many complaints and compliments came, and what was decided: literal tables, and the year before."""

from typing import Any

import pytest
from small import found, month, tables

from qa_analysis.measures.complaints.received import received
from qa_analysis.measures.complaints.themes import themes
from qa_analysis.measures.figure import Figure

MARCH, YEAR, BEFORE = "2024-03", "2023-04/2024-03", "2022-04/2023-03"


def record(number: int, day: str, **more: Any) -> dict[str, Any]:
    return {"record_id": f"C{number}", "kind": "complaint", "stage": "1", "received_on": day, **more}


def told(*rows: dict[str, Any], **more: Any) -> list[Figure]:
    return received(tables(MARCH, audits=[{"cycle_month": MARCH}], complaints_compliments=rows, **more))


def test_a_complaint_of_two_stages_is_one_complaint_and_two_records() -> None:
    rows = [record(1, "2023-05-02"), record(2, "2023-07-03", stage="2", first_record_id="C1"), record(3, "2023-08-01")]
    figures = told(*rows)
    assert found(figures, "complaints_received", by="", period=YEAR).value == 2
    assert found(figures, "complaints_received", by="stage", group="2", period=YEAR).value == 1


def test_complaints_and_compliments_are_counted_by_service_in_the_year_that_begins_in_april() -> None:
    rows = [
        record(1, "2023-03-31", service_area="Safeguarding"),
        record(2, "2023-04-03", service_area="Safeguarding"),
        record(3, "2024-03-28", service_area="Cared For"),
        record(4, "2023-06-01", kind="compliment", stage=None, service_area="Cared For"),
    ]
    figures = told(*rows)
    places = {one.group[0]: one.value for one in figures
              if (one.measure, one.by, one.period) == ("complaints_received", ("service_area",), YEAR)}  # fmt: skip
    assert places == {"Safeguarding": 1, "Cared For": 1}
    assert found(figures, "compliments_received", by="", period=YEAR).value == 1


@pytest.mark.parametrize(
    ("now", "then", "verdict"),
    [(20, 18, "no clear difference"), (30, 10, "more than a year before"), (4, 20, "fewer than a year before")],
)
def test_against_a_year_before_only_more_than_chance_is_called_a_change(now: int, then: int, verdict: str) -> None:
    rows = [record(0, "2022-04-01")]
    rows += [record(1 + number, "2023-06-01") for number in range(now)]
    rows += [record(100 + number, "2022-06-01") for number in range(then - 1)]
    change = found(told(*rows), "complaints_change", period=YEAR)
    assert (change.numerator, change.denominator, change.verdict) == (now, then, verdict)
    assert change.lower < now / then < change.upper


def test_where_records_do_not_reach_back_a_year_nothing_is_compared() -> None:
    figures = told(record(1, "2022-06-01"), record(2, "2023-06-01"))
    assert {one.period for one in figures} == {YEAR}
    assert not [one for one in figures if one.measure == "complaints_change"]


def test_outcomes_are_told_stage_by_stage_with_those_not_decided_yet() -> None:
    outcomes = ["upheld", "partly upheld", "not upheld", "withdrawn", None]
    figures = told(
        *(
            record(number, "2023-06-01", outcome=one, responded_on=one and "2023-06-09")
            for number, one in enumerate(outcomes)
        )
    )
    tallies = {one.group: one.value for one in figures if one.measure == "complaint_outcomes"}
    assert tallies == {("1", one or "not decided yet"): 1 for one in outcomes}
    upheld = found(figures, "complaints_upheld", by="stage", group="1")
    assert (upheld.numerator, upheld.denominator) == (2, 3)


def test_what_was_decided_after_the_day_is_not_known_on_it() -> None:
    rows = [record(1, "2024-03-25", outcome="upheld", responded_on="2024-04-22"), record(2, "2024-03-25")]
    figures = told(*rows)  # as at 10 April
    assert {one.group for one in figures if one.measure == "complaint_outcomes"} == {("1", "not decided yet")}
    assert not [one for one in figures if one.measure == "complaints_upheld"]


def test_themes_of_complaints_stand_beside_audits_that_found_the_same() -> None:
    rows = [
        record(1, "2023-06-01", theme_code="3.1", outcome="upheld", responded_on="2023-06-09"),
        record(2, "2023-07-01", theme_code="3.1"),
        record(3, "2023-08-01", theme_code="supervision"),
        record(4, "2023-09-01", kind="compliment", stage=None, theme_code="4.2"),
        record(5, "2022-09-01", theme_code="4.2"),
    ]
    audits = [
        {"audit_id": "A1", "cycle_month": MARCH, "theme_code": "supervision", "overall_grade": "inadequate"},
        {"audit_id": "A2", "cycle_month": MARCH, "theme_code": "supervision"},
        {"audit_id": "A3", "cycle_month": MARCH, "theme_code": "other"},
    ]
    findings = [
        {"audit_id": "A1", "polarity": "development", "theme_code": "3.1"},
        {"audit_id": "A1", "polarity": "development", "theme_code": "3.1"},
        {"audit_id": "A2", "polarity": "strength", "theme_code": "3.1"},
    ]
    figures = themes(tables(MARCH, audits=audits, findings=findings, complaints_compliments=rows))
    by_theme = {one.group[0]: (one.value, one.numerator) for one in figures if one.measure == "complaint_themes"}
    assert by_theme == {"3.1": (2, 1), "supervision": (1, 0)}
    found_same = found(figures, "complaint_theme_audits", group="3.1")
    assert (found_same.value, found_same.denominator) == (1, 3)
    below = found(figures, "complaint_theme_below_good", group="supervision")
    assert (below.numerator, below.denominator) == (1, 2)
    assert found(figures, "compliment_themes", group="4.2").value == 1


def test_without_the_dataset_there_is_no_figure() -> None:
    held = month(tables(MARCH, audits=[{"cycle_month": MARCH}]))
    assert not [one for one in held.measures["measure"] if one.startswith(("complaint", "compliment"))]

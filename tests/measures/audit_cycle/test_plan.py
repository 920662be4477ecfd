from typing import Any

from small import found, tables

from qa_analysis.measures.audit_cycle.plan import COMING, OVERDUE, evidence, plan

YEAR, LATELY = "2022-07/2023-06", "2023-04/2023-06"


def planned(cycle: str, theme: str, **more: Any) -> dict[str, Any]:
    return {"cycle_month": cycle, "theme_code": theme, "factor": "trend", "planned_audits": 10, **more}


def test_the_reasons_and_the_short_notice_are_the_years_and_the_plan_ahead_is_of_coming_cycles() -> None:
    rows = plan(
        tables(
            audits=[{}],
            audit_plan=[
                planned("2023-06", "neglect", is_planned=False),
                planned("2023-05", "step-down", is_planned=True, planned_audits=30),
                planned("2022-06", "neglect", factor="case review"),
                planned("2024-02", "neglect"),
                planned("2023-08", "neglect", factor="close the loop", revisit_of="2023-02"),
            ],
        )
    )
    assert found(rows, "plan_reasons", period=YEAR, group="trend").value == 2
    short = found(rows, "planned_at_short_notice")
    assert (short.numerator, short.denominator) == (10, 40)
    ahead = found(rows, "plan_ahead")
    assert (ahead.period, ahead.value, ahead.note) == ("2023-08", 10, "close the loop, revisit of February 2023")


def test_a_theme_is_put_into_the_plan_six_months_after_it_was_raised_until_it_is_audited_again() -> None:
    rows = plan(
        tables(
            audits=[
                {"theme_code": "neglect", "cycle_month": "2023-03"},
                {"theme_code": "step-down", "cycle_month": "2022-11"},
                {"theme_code": "again", "cycle_month": "2022-10"},
                {"theme_code": "again", "cycle_month": "2023-05"},
                {"theme_code": "direct-work"},
            ],
            audit_plan=[planned("2023-12", "direct-work"), planned("2023-07", "neglect")],
        )
    )
    revisits = {row.group[0]: (row.period, row.verdict, row.note) for row in rows if row.measure == "plan_revisit"}
    assert revisits == {
        "neglect": ("2023-09", COMING, "audited in March 2023, put in by itself"),
        "step-down": ("2023-05", OVERDUE, "audited in November 2022, put in by itself"),
        "direct-work": ("2023-12", COMING, "audited in June 2023, in the plan for December 2023"),
    }


def test_a_theme_whose_six_months_end_with_this_cycle_and_that_was_not_audited_in_it_is_overdue() -> None:
    rows = plan(tables(audits=[{"theme_code": "neglect", "cycle_month": "2022-12"}, {}]))
    assert found(rows, "plan_revisit", group="neglect").verdict == OVERDUE


def test_alerts_complaints_and_reviews_of_a_theme_are_evidence_for_three_months_or_while_open() -> None:
    alert = {"raised_on": "2023-04-01", "is_formal": True, "theme_code": "1.4"}
    complaint = {"kind": "complaint", "received_on": "2023-06-01", "theme_code": "neglect"}
    review = {"source": "LCSPR", "dated_on": "2022-01-01", "theme_code": "neglect", "recommendation": "x"}
    rows = evidence(
        tables(
            audits=[{}],
            practice_alerts=[
                alert,
                {**alert, "is_formal": False},
                {**alert, "raised_on": "2023-03-31"},
                {**alert, "theme_code": None},
            ],
            complaints_compliments=[
                {**complaint, "outcome": "partly upheld"},
                {**complaint, "outcome": "not upheld"},
                complaint,
                {**complaint, "kind": "compliment"},
            ],
            external_reviews=[review, {**review, "status": "closed"}, {**review, "source": "Ofsted", "status": "open"}],
        )
    )
    told = {row.measure: (row.group[0], row.value, row.note) for row in rows}
    assert told == {
        "evidence_alerts": ("1.4", 2, "1 formal"),
        "evidence_complaints": ("neglect", 2, "1 upheld at least in part"),
        "evidence_reviews": ("neglect", 2, "LCSPR 1, Ofsted 1"),
    }
    assert found(rows, "evidence_alerts").period == LATELY


def test_an_indicator_is_evidence_where_its_newest_figure_misses_the_target_by_more_than_the_tolerance() -> None:
    def indicator(name: str, value: float | None, **more: Any) -> dict[str, Any]:
        return {
            "indicator_code": name,
            "name": name,
            "period": "2023-06",
            "level": "directorate",
            "entity": "all",
            "value": value,
            "better_is": "higher",
            "target": 90,
            "tolerance": 2,
            **more,
        }

    rows = evidence(
        tables(
            audits=[{}],
            indicators=[
                indicator("Visits", 80),
                indicator("Reviews", 88),
                indicator("Plans", 80, period="2023-05"),
                indicator("Plans", 95),
                indicator("Repeat referrals", 25, better_is="lower", target=20),
                indicator("Team's own", 10, level="team"),
                indicator("Age", 5, better_is="neither"),
                indicator("Old", 5, period="2023-03"),
                indicator("Open", 5, target=None),
            ],
        )
    )
    assert [(row.group[0], row.value, row.note) for row in rows] == [
        ("Repeat referrals", 25, "target of 20 (June 2023)"),
        ("Visits", 80, "target of 90 (June 2023)"),
    ]


def test_without_a_plan_or_evidence_nothing_is_said_but_the_revisits() -> None:
    assert {row.measure for row in plan(tables(audits=[{}]))} == {"plan_revisit"}
    assert evidence(tables(audits=[{}])) == []

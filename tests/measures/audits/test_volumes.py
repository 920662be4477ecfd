from small import found, tables

from qa_analysis.measures.audits.coverage import coverage, never_audited
from qa_analysis.measures.audits.volumes import planned, volumes
from qa_analysis.measures.figure import joined


def test_the_headline_leaves_out_showcased_and_reactive_audits() -> None:
    routes = ["random", "revisit", "nominated good", "reactive", "induction", "practice week"]
    rows = volumes(tables(audits=[{"selection_route": route} for route in routes]))
    assert found(rows, "audits_completed", by="").value == 6
    assert found(rows, "audits_headline").value == 2
    assert found(rows, "audits_completed", by="route", group="reactive").value == 1


def test_an_audit_belongs_to_its_cycle_whatever_day_it_was_done() -> None:
    rows = volumes(
        tables(audits=[{"audited_on": "2023-07-03"}, {"cycle_month": "2023-05", "audited_on": "2023-06-02"}])
    )
    assert found(rows, "audits_completed", by="").value == 1


def test_an_audit_without_a_team_is_counted_as_not_recorded() -> None:
    rows = volumes(tables(audits=[{"team": None}, {"team": "North"}]))
    assert found(rows, "audits_completed", by="team", group="not recorded").value == 1


def test_a_plan_for_the_cycle_is_summed_over_its_themes() -> None:
    plan = [
        {"cycle_month": "2023-06", "theme_code": "supervision", "planned_audits": 20},
        {"cycle_month": "2023-06", "theme_code": "neglect", "planned_audits": 15},
        {"cycle_month": "2023-07", "theme_code": "neglect", "planned_audits": 9},
    ]
    assert found(planned(tables(audits=[{}], audit_plan=plan)), "audits_planned").value == 35
    assert planned(tables(audits=[{}])) == []


def test_coverage_has_a_figure_for_every_place_and_earlier_cycle_even_when_none() -> None:
    rows = coverage(tables(audits=[{}, {"cycle_month": "2023-02", "audited_on": "2023-02-10", "team": "South"}]))
    assert found(rows, "audits_completed", by="team", group="South", period="2023-02").value == 1
    assert found(rows, "audits_completed", by="team", group="North", period="2023-02").value == 0


def test_a_team_with_open_records_and_no_audit_in_the_year_is_named() -> None:
    child = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "x", "opened_on": "2023-01-01"}
    caseload = [{**child, "child_id": "1", "team": "North"}, {**child, "child_id": "2", "team": "East"}]
    rows = never_audited(tables(audits=[{}], caseload=caseload))
    assert [(joined(row.group), row.value) for row in rows] == [("East", 1)]

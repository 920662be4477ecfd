from small import found, tables

from qa_analysis.measures.audit_cycle.coverage_of_year import coverage_of_year
from qa_analysis.measures.audits.children import children_audited

NOW = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding", "team": "North"}


def test_the_years_audits_are_counted_by_every_route_team_status_and_age() -> None:
    rows = coverage_of_year(
        tables(
            audits=[
                {"case_status": "CP", "age_band": "0-4"},
                {"case_status": "CP", "cycle_month": "2022-07"},
                {"team": "South", "selection_route": "reactive", "cycle_month": "2023-01"},
                {"cycle_month": "2022-06"},
            ],
        )
    )
    assert found(rows, "audits_of_year", by="").value == 3
    assert found(rows, "audits_of_year", by="team", group="North").value == 2
    assert found(rows, "audits_of_year", by="route", group="reactive").value == 1
    assert found(rows, "audits_of_year", by="case_status", group="not recorded").value == 1
    assert found(rows, "audits_of_year", by="age_band", group="0-4").value == 1


def test_a_key_worker_of_two_teams_counts_once_and_is_reached_by_an_audit_of_any_record() -> None:
    rows = coverage_of_year(
        tables(
            audits=[
                {"key_worker_id": "a"},
                {"key_worker_id": "left"},
                {"key_worker_id": "b", "cycle_month": "2022-06"},
            ],
            caseload=[
                {**NOW, "child_id": "1", "key_worker_id": "a"},
                {**NOW, "child_id": "2", "key_worker_id": "a", "team": "S"},
                {**NOW, "child_id": "3", "key_worker_id": "b"},
                {**NOW, "child_id": "4", "key_worker_id": None},
                {**NOW, "child_id": "5", "key_worker_id": "c", "snapshot_on": "2023-05-31"},
            ],
        )
    )
    row = found(rows, "key_workers_audited")
    assert (row.numerator, row.denominator) == (1, 2)


def test_the_share_of_open_children_audited_is_given_by_team_and_by_status_too() -> None:
    rows = children_audited(
        tables(audits=[{"child_id": "1"}], caseload=[{**NOW, "child_id": "1"}, {**NOW, "child_id": "2", "team": "S"}])
    )
    assert found(rows, "open_children_audited", by="team", group="S").numerator == 0
    assert found(rows, "open_children_audited", by="case_status", group="CIN").denominator == 2


def test_without_a_caseload_nothing_is_said_of_key_workers() -> None:
    assert not [row for row in coverage_of_year(tables(audits=[{}])) if row.measure == "key_workers_audited"]

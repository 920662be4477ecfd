from small import found, tables

from qa_analysis.measures.audits.children import children_audited, not_done
from qa_analysis.measures.figure import Figure

YEAR = "2022-07/2023-06"
NOW = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding", "age_band": "0-4"}


def parts(rows: list[Figure], measure: str, **labels: str) -> tuple[float, float]:
    row = found(rows, measure, **({"by": ""} | labels))
    return row.numerator, row.denominator


def test_open_children_audited_in_the_year_by_any_route_are_counted_once() -> None:
    held = tables(
        audits=[
            {"child_id": "a"}, {"child_id": "a", "cycle_month": "2023-01"},
            {"child_id": "b", "selection_route": "reactive", "cycle_month": "2022-07"},
            {"child_id": "c", "cycle_month": "2022-06"}, {"child_id": "closed"}, {"child_id": None},
        ],
        caseload=[
            {**NOW, "child_id": "a"}, {**NOW, "child_id": "b", "service_area": "Cared For"},
            {**NOW, "child_id": "c", "age_band": None}, {**NOW, "child_id": "household", "case_status": "fostering"},
            {**NOW, "child_id": "closed", "snapshot_on": "2023-05-31"},
        ],
    )  # fmt: skip
    rows = children_audited(held)
    assert parts(rows, "open_children_audited", period=YEAR) == (2, 3)
    assert parts(rows, "open_children_audited", by="service_area", group="Safeguarding") == (1, 2)
    assert parts(rows, "open_children_audited", by="age_band", group="not recorded") == (0, 1)


def test_without_a_caseload_or_a_named_child_there_is_no_figure() -> None:
    assert children_audited(tables(audits=[{"child_id": "a"}])) == []
    assert children_audited(tables(audits=[{}], caseload=[{**NOW, "child_id": "a"}])) == []


def test_more_audits_than_planned_on_one_theme_do_not_make_up_for_fewer_on_another() -> None:
    held = tables(
        audits=[{"theme_code": "neglect"}] * 4 + [{"theme_code": "supervision"}],
        audit_plan=[
            {"cycle_month": "2023-06", "theme_code": "neglect", "planned_audits": 2},
            {"cycle_month": "2023-06", "theme_code": "supervision", "planned_audits": 3},
            {"cycle_month": "2023-05", "theme_code": "chronologies", "planned_audits": 6},
            {"cycle_month": "2022-06", "theme_code": "chronologies", "planned_audits": 6},
            {"cycle_month": "2023-04", "theme_code": "chronologies", "planned_audits": None},
        ],
    )
    rows = not_done(held)
    assert parts(rows, "planned_audits_not_done", period="2023-06") == (2, 5)
    assert parts(rows, "planned_audits_not_done", by="theme_code", group="supervision") == (2, 3)
    assert parts(rows, "planned_audits_not_done", period=YEAR) == (8, 11)


def test_without_a_plan_nothing_is_said_of_it() -> None:
    assert not_done(tables(audits=[{}])) == []
    assert not_done(tables(audits=[{}], audit_plan=[{"cycle_month": "2023-06", "theme_code": "x"}])) == []

"""The forecast, a second time in plain Python for a council of two teams."""

from math import comb

import pytest
from pandas import DataFrame
from small import found, tables

from qa_analysis.measures.audit_cycle.forecast import Caseload, audits_a_month, forecast

NOW = {"snapshot_on": "2023-06-30", "case_status": "CIN", "service_area": "Safeguarding"}
LARGE = [{**NOW, "team": "Large", "child_id": f"l{n}", "key_worker_id": f"w{n % 3}"} for n in range(18)]
TINY = [{**NOW, "team": "Tiny", "child_id": f"t{n}", "key_worker_id": "w9"} for n in range(2)]
LATELY = [{"cycle_month": cycle} for cycle in ("2023-04", "2023-05", "2023-06") for _ in range(2)]


def at_random(tables_: list[dict[str, object]] = LATELY) -> list[dict[str, object]]:
    return [*tables_, {"selection_route": "reactive"}, {"cycle_month": "2023-03"}]


def none_of(mine: int, of: int, due: float) -> float:
    """Twelve months, each of the due number rounded down or up; none of the year's records twice."""
    whole, part = int(due), due - int(due)
    found = 0.0
    for more in range(13):
        selected = min(12 * whole + more, of)
        found += (
            comb(12, more) * part**more * (1 - part) ** (12 - more) * comb(of - mine, selected) / comb(of, selected)
        )
    return found


def test_the_audits_of_a_month_are_those_selected_at_random_in_the_last_three() -> None:
    assert audits_a_month(tables(audits=at_random())) == 2
    assert audits_a_month(tables(audits=[{"selection_route": "revisit"}])) == 0


def test_two_audits_a_month_leave_out_a_tiny_team_as_often_as_the_formula_says() -> None:
    rows = forecast(tables(audits=at_random(), caseload=[*LARGE, *TINY]))
    expected = {
        "teams": 0.8**12,  # the tiny team is due two of twenty records times two audits: a fifth of an audit a month
        "key workers": 3 * none_of(6, 18, 1.8) + none_of(2, 2, 0.2),
    }
    for who, value in expected.items():
        row = found(rows, "expected_without_audit", group=(who, "2"))
        assert row.value == pytest.approx(value, abs=1e-9)
    assert found(rows, "expected_without_audit", group=("teams", "2")).denominator == 2
    assert found(rows, "expected_without_audit", group=("key workers", "2")).denominator == 4
    assert found(rows, "audits_to_reach", group="open records").value == 2  # twenty records in twelve months


def test_the_number_that_would_do_is_the_smallest_that_does() -> None:
    caseload = Caseload.of(DataFrame([*LARGE * 5, *TINY]))
    needed = caseload.needed()["teams"]
    assert caseload.missed_teams(needed).max() <= 0.05 < caseload.missed_teams(needed - 1).max()


def test_a_worker_of_two_teams_is_left_out_only_where_both_leave_them_out() -> None:
    both = [{**row, "key_worker_id": "w9"} for row in LARGE[:6]] + LARGE[6:] + TINY
    caseload = Caseload.of(DataFrame(both))
    own = none_of(6, 18, 1.8) * none_of(2, 2, 0.2)
    others = sum(none_of(n, 18, 1.8) for n in (4, 4, 4))
    assert caseload.missed_workers(2) == pytest.approx(own + others, abs=1e-9)


def test_restricted_records_cannot_be_selected_and_are_no_part_of_the_forecast() -> None:
    hidden = [{**row, "is_restricted": True} for row in TINY]
    rows = forecast(tables(audits=at_random(), caseload=[*LARGE, *hidden]))
    assert found(rows, "expected_without_audit", group=("teams", "2")).denominator == 1


def test_without_a_caseload_or_audits_at_random_nothing_is_forecast() -> None:
    assert forecast(tables(audits=at_random())) == []
    assert forecast(tables(audits=[{"selection_route": "reactive"}], caseload=LARGE)) == []

"""How many people were observed as required, where they may be told of, and who is expected to miss."""

from typing import Any

import pytest
from observed import AHEAD, JANUARY, YEAR, audit, post, seen
from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.observations.forecast import expected_to_miss
from qa_analysis.measures.observations.required import observed_as_required


def council(staff: list[dict[str, Any]], observations: list[dict[str, Any]]) -> Tables:
    return tables(JANUARY, audits=[audit()], staff=staff, observations=observations)


def team(name: str, size: int, service: str = "Safeguarding") -> list[dict[str, Any]]:
    return [post(f"{name}{n}", team=name, service_area=service) for n in range(size)]


def met(who: str) -> list[dict[str, Any]]:
    return [seen(who, "2023-02-01"), seen(who, "2023-09-01", "meeting")]


def test_who_met_what_is_required_is_a_share_of_those_of_whom_any_was() -> None:
    rows = observed_as_required(
        council(
            [*team("N", 6), post("m", role="team manager"), post("late", started_on="2023-11-01")],
            [*met("N0"), *met("N1"), seen("N2", "2023-03-01"), *met("m")],
        )
    )
    every = found(rows, "people_observed_as_required", by="", period=YEAR)
    assert (every.numerator, every.denominator) == (2, 7)
    manager = found(rows, "people_observed_in_kind", group="first-line managers")
    enough = found(rows, "people_observed_often_enough", group="first-line managers")
    assert (manager.numerator, enough.numerator) == (0, 1)
    assert found(rows, "people_lacking_observations", group="1").value == 2
    assert found(rows, "people_lacking_observations", group="2 or more").value == 3
    assert found(rows, "people_not_due").value == 1


def test_a_team_of_two_is_not_shown_nor_the_one_that_would_give_it_away() -> None:
    rows = observed_as_required(
        council([*team("N", 6), *team("S", 4), *team("W", 2), *team("X", 5, "Other")], met("N0"))
    )
    shown = {row.group[0]: row.denominator for row in rows if row.by == ("team",) and not row.is_withheld}
    assert shown == {"N": 6, "X": 5}
    withheld = [row for row in rows if row.by == ("team",) and row.is_withheld]
    assert {row.group[0] for row in withheld} == {"S", "W"}
    assert all(row.value != row.value and row.numerator != row.numerator for row in withheld)
    services = {row.group[0]: row.denominator for row in rows if row.by == ("service_area",)}
    assert services == {"Safeguarding": 12, "Other": 5}


def test_of_a_service_of_two_nothing_is_told_nor_of_its_team() -> None:
    rows = observed_as_required(council([*team("N", 6), *team("X", 2, "Other")], met("N0")))
    assert [row for row in rows if row.by and row.by[0] in ("service_area", "team") and not row.is_withheld] == []


def test_places_are_told_of_in_the_cycles_of_the_returns_alone() -> None:
    may = {"cycle_month": "2024-05", "audited_on": "2024-05-15"}
    rows = observed_as_required(tables("2024-05", audits=[may], staff=team("N", 6), observations=met("N0")))
    assert found(rows, "people_observed_as_required", by="").denominator == 6
    assert [row for row in rows if row.by in (("team",), ("service_area",))] == []


def test_roles_of_which_nothing_is_asked_are_counted_so_that_none_is_overlooked() -> None:
    rows = observed_as_required(
        council([*team("N", 1), post("k", role="key person"), post("i", role="IRO")], met("N0"))
    )
    assert {row.group[0]: row.value for row in rows if row.measure == "people_of_other_roles"} == {
        "key person": 1, "IRO": 1,
    }  # fmt: skip


def halfway() -> list[dict[str, Any]]:
    """Of twenty who needed one half-way through 2023, fifteen had it; all twenty were seen once since July."""
    first = [seen(f"N{n}", "2023-02-01") for n in range(20)]
    second = [seen(f"N{n}", "2023-09-01", "meeting") for n in range(15)]
    return [*first, *second]


def test_as_many_are_expected_to_miss_as_did_of_those_in_the_same_position() -> None:
    rows = expected_to_miss(council(team("N", 20), halfway()))
    had = found(rows, "needed_and_had", period=YEAR)
    assert (had.group, had.numerator, had.denominator) == (("1 or more",), 15, 20)
    needing = {row.group[0]: row.value for row in rows if row.measure == "people_still_needing" and row.by}
    assert needing == {"none": 0, "1": 15, "2 or more": 5}  # direct work once more, or nothing yet
    missing = found(rows, "people_expected_to_miss", period=AHEAD)
    assert missing.value == pytest.approx(20 * 5.5 / 21)
    assert (missing.lower, missing.upper, missing.denominator) == (1, 11, 20)


def test_whoever_left_is_not_expected_and_who_leaves_is_asked_for_less() -> None:
    staff = [*team("N", 20), post("gone", ended_on="2024-01-20"), post("goes", ended_on="2024-03-15")]
    rows = expected_to_miss(council(staff, halfway()))
    needing = {row.group[0]: row.value for row in rows if row.measure == "people_still_needing" and row.by}
    assert needing == {"none": 0, "1": 16, "2 or more": 5}  # nine months in the year: one


def test_without_a_year_to_go_by_there_is_no_forecast() -> None:
    held = tables(
        "2023-01",
        audits=[{"cycle_month": "2023-01", "audited_on": "2023-01-15"}],
        staff=team("N", 9),
        observations=[seen("N1", "2022-08-01")],
    )
    rows = expected_to_miss(held)
    assert {row.measure for row in rows} == {"people_still_needing"}


def test_where_nobody_needs_any_nobody_is_expected_to_miss() -> None:
    both = [seen(f"N{n}", day) for n in range(6) for day in ("2023-02-01", "2023-07-03", "2023-09-01")]
    rows: list[Figure] = expected_to_miss(council(team("N", 6), both))
    missing = found(rows, "people_expected_to_miss")
    assert (missing.value, missing.lower, missing.upper) == (0, 0, 0)

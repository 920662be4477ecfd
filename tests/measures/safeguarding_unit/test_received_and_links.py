"""What the unit received itself, each record once; and which teams have a link officer."""

from typing import Any

from small import found
from unit_council import listed, of

from qa_analysis.measures.figure import joined
from qa_analysis.measures.safeguarding_unit.received import received
from qa_analysis.measures.safeguarding_unit.team_links import links, team_links

COMPLAINT = {
    "kind": "complaint",
    "received_on": "2023-06-02",
    "due_on": "2023-06-16",
    "received_by": "safeguarding unit",
}


def records(*changes: dict[str, Any]) -> Any:
    return received(of(complaints_compliments=[{**COMPLAINT, **one} for one in changes]))


def test_each_record_counts_once_under_whoever_took_it_in() -> None:
    rows = records({}, {}, {"kind": "compliment"}, {"received_by": "corporate"}, {"received_by": None})
    held = {joined(row.group): row.value for row in rows if row.measure == "unit_received" and row.period == "2023-06"}
    assert held == {
        "complaint+safeguarding unit": 2, "complaint+corporate": 1, "complaint+not recorded": 1,
        "compliment+safeguarding unit": 1, "compliment+corporate": 0,
    }  # fmt: skip
    assert sum(held.values()) == 5


def test_where_no_record_says_who_received_it_nothing_is_said_of_the_unit() -> None:
    assert records({"received_by": None}) == []


def test_only_the_units_own_complaints_are_answered_in_time_or_overdue() -> None:
    rows = records(
        {"responded_on": "2023-06-16"}, {}, {"received_by": "corporate"}, {"kind": "compliment"}, {"due_on": None},
        {"source_unread": "responded_on"},
    )  # fmt: skip
    share = found(rows, "unit_complaints_in_time")
    assert (share.numerator, share.denominator) == (1, 2)
    assert found(rows, "unit_complaints_overdue").value == 1


POST = {"role": "IRO", "team": "Safeguarding and Review Unit", "started_on": "2022-01-01"}


def linked(*posts: dict[str, Any]) -> Any:
    caseload = [*listed("2023-06-30", "CP"), *listed("2023-06-30", "CLA", team="Elm", first=2)]
    staff = [{"worker_id": f"w{n}", **POST, **one} for n, one in enumerate(posts)]
    return of(caseload=[*caseload, *listed("2023-06-30", "CIN", team="Ash", first=3)], staff=staff)


def test_a_team_has_a_link_while_the_officer_is_in_post() -> None:
    rows = team_links(linked({"link_team": "Oak; Fir"}, {"link_team": "Elm", "ended_on": "2023-07-01"}))
    assert (found(rows, "teams_with_link").numerator, found(rows, "teams_with_link").denominator) == (1, 2)
    assert [joined(row.group) for row in rows if row.measure == "teams_without_link"] == ["Elm"]


def test_one_officer_may_be_the_link_of_several_teams_and_a_team_have_two() -> None:
    assert links(linked({"link_team": "Oak; Fir"}, {"link_team": "Oak"})) == {
        "Oak": frozenset({"w0", "w1"}), "Fir": frozenset({"w0"}),
    }  # fmt: skip


def test_links_that_are_not_recorded_are_not_teams_without_one() -> None:
    assert team_links(linked({})) == []

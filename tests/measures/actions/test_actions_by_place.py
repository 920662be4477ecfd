"""Actions to see to by team: counted where of enough children and people, and otherwise not to be worked out."""

import pytest
from small import tables

from qa_analysis.measures.actions.by_place import actions_of_places, few
from qa_analysis.measures.figure import TOO_FEW, Figure


def actions(**teams: tuple[int, int]) -> list[dict[str, str]]:
    """So many actions of so many owners for each team, each of a child of its own."""
    return [
        {"team": team, "owner_id": f"{team} {number % owners}", "child_id": f"{team} {number}", "due_on": "2023-06-20"}
        for team, (size, owners) in teams.items()
        for number in range(size)
    ]


def told(*rows: dict[str, str]) -> dict[tuple[str, ...], Figure]:
    return {(one.measure, *one.by, *one.group): one for one in actions_of_places(tables(audits=[{}], actions=rows))}


def test_open_overdue_and_unsigned_actions_of_a_team_are_counted() -> None:
    done = {"completed_on": "2023-06-20"}
    found = told(*actions(Oak=(4, 2)), *(row | done for row in actions(Oak=(3, 3))))
    assert [found[f"actions_{state}", "team", "Oak"].value for state in ("open", "overdue", "unsigned")] == [4, 4, 3]
    assert found["actions_unsigned", "service_area", "Safeguarding"].value == 3


@pytest.mark.parametrize("small", [(2, 2), (5, 1)], ids=["two children", "one owner"])
def test_a_team_of_too_few_has_no_number_and_the_next_smallest_hides_it(small: tuple[int, int]) -> None:
    found = told(*actions(Ash=small, Elm=(6, 3), Oak=(9, 3)))
    held_back = {group for (measure, _, group), one in found.items() if measure == "actions_open" and not one.is_given}
    assert held_back == {"Ash", "Elm"}
    assert found["actions_open", "team", "Ash"].verdict == TOO_FEW


def test_two_teams_too_small_hide_each_other_where_together_they_are_enough() -> None:
    held = tables(audits=[{}], actions=actions(Ash=(2, 2), Elm=(2, 2), Oak=(9, 3)))
    assert few(held) == {"Ash", "Elm"}


def test_where_nobody_is_too_few_nothing_is_held_back() -> None:
    assert few(tables(audits=[{}], actions=actions(Elm=(6, 3), Oak=(9, 3)))) == set()


def test_a_team_of_another_service_does_not_hide_it() -> None:
    rows = [*actions(Ash=(2, 2)), *(row | {"service_area": "Cared For"} for row in actions(Rowan=(3, 2)))]
    assert few(tables(audits=[{}], actions=rows)) == {"Ash"}

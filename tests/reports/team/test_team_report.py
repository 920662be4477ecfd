"""The Team Manager's sheet: the sections of a service's page on fewer rows, and of a team of two nothing of anyone."""

import pytest
from sections import said
from small import month, tables

from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place

NOW = "2023-06"
CYCLES = ("2022-07", "2022-10", "2023-01", "2023-06")


@pytest.fixture(scope="module")
def council() -> Month:
    """A team of twelve workers and one of two, of whom one alone was audited: two children in a year."""
    audits = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-15", "team": "Oak", "child_id": f"oak {cycle} {n}",
         "key_worker_id": f"oak {n}", "overall_grade": "good" if n % 2 else "inadequate"}
        for cycle in CYCLES for n in range(12)
    ] + [
        {"cycle_month": cycle, "audited_on": f"{cycle}-15", "team": "Ash", "child_id": f"ash {cycle}",
         "key_worker_id": "ash 1", "overall_grade": "inadequate"}
        for cycle in CYCLES[-2:]
    ]  # fmt: skip
    findings = [{"audit_id": f"audits-{number + 1}", "theme_code": "4.2"} for number in range(len(audits))]
    actions = [
        {"team": team, "owner_id": f"{team} {n}", "child_id": f"{team} child {n}", "due_on": "2023-06-20"}
        for team, size in (("Oak", 12), ("Ash", 1), ("Elm", 4)) for n in range(size)
    ]  # fmt: skip
    return month(tables(NOW, audits=audits, findings=findings, actions=actions))


def test_a_team_of_two_shows_how_many_audits_there_were_and_nothing_that_was_found(council: Month) -> None:
    place = of_place(council, team="Ash")
    text = " ".join(said("team", place))
    assert "1 audit was completed in the cycle of June 2023, and 2 over" in text
    assert "How audits of the year July 2022 to June 2023 were graded is not shown" in text
    assert "How many actions are open is not shown" in text
    assert not [word for word in ("inadequate", "good or better", "Child's voice") if word in text]
    given = place.measures[place.measures["value"].notna()]
    assert set(given["measure"]) <= {"audits_completed", "audits_of_year", "audits_of_place"}


def test_the_team_next_to_it_is_held_back_as_well_so_that_no_subtraction_gives_it_away(council: Month) -> None:
    assert "How many actions are open is not shown" in " ".join(said("team", of_place(council, team="Elm")))
    assert "12 actions were open" in " ".join(said("team", of_place(council, team="Oak")))


def test_its_sections_are_those_of_a_service(council: Month) -> None:
    heads = [
        [line for line in said(name, of_place(council, team="Oak")) if line.startswith("## ")]
        for name in ("team", "service")
    ]
    assert heads[0] == heads[1]

"""The Service Manager's page: the message first, its figures those of the service, and nothing of a month alone."""

import re

import pytest
from fixed_council import fixed_month
from sections import said
from small import month, tables

from qa_analysis.month.month import Month
from qa_analysis.month.place import of_place
from qa_analysis.telling.place.sections import actions, opening, practice

SAFEGUARDING = "Safeguarding"


@pytest.fixture(scope="module")
def service() -> Month:
    return of_place(fixed_month(), service=SAFEGUARDING)


def test_the_message_comes_before_any_table_and_says_the_year_and_not_the_month(service: Month) -> None:
    lines = list(said("service", service))
    cover = next(place for place, line in enumerate(lines) if line.startswith("Audit cycle"))
    assert lines[cover].startswith(f"Audit cycle June 2023 · {SAFEGUARDING} · data as at")
    assert (
        "auditors graded 50% of headline audits (45 of 90; likely range 40% to 60%) good or better" in lines[cover + 1]
    )
    assert "of all services 48%" in lines[cover + 1]
    assert not [line for line in lines[: cover + 5] if " | " in line]
    graded = [
        line for line in lines if "good or better" in line and re.search(r"June 2023 auditors|of \d headline", line)
    ]
    assert all("July 2022 to June 2023" in line for line in graded)


def test_its_teams_stand_in_the_order_of_the_alphabet_with_those_of_no_other_service(service: Month) -> None:
    lines = list(said("service", service))
    teams = [line.partition(" |")[0] for line in lines if re.match(r"(Harbour|Oak|Rowan|Willow) \|", line)]
    assert teams[:2] == ["Harbour", "Oak"]
    assert not {"Rowan", "Willow"} & set(teams)


def test_audits_of_each_cycle_are_counted_by_team_and_together(service: Month) -> None:
    shown = practice(service).markup
    assert "Audits completed in each cycle" in shown
    assert re.search(r'All</th>(<td class="number">\d+</td>){12}</tr>', shown)


def test_a_service_without_an_audit_is_told_so_and_no_table_is_empty() -> None:
    held = month(
        tables(audits=[{}], caseload=[{"snapshot_on": "2023-06-30", "service_area": "Fostering", "child_id": "c"}])
    )
    lines = " ".join(said("service", of_place(held, service="Fostering")))
    assert "No audit was completed in the cycle of June 2023, and none over the last twelve cycles" in lines
    assert "<tbody></tbody>" not in practice(of_place(held, service="Fostering")).markup


def test_a_dataset_that_was_not_supplied_is_one_line() -> None:
    held = of_place(month(tables(audits=[{}])), service=SAFEGUARDING)
    assert "Performance indicators: not supplied this month." in said("service", held)
    assert "indicator" not in opening(held).markup


def test_the_message_says_nothing_of_actions_of_so_few_that_one_would_be_known() -> None:
    held = month(tables(audits=[{}], actions=[{"team": "Ash", "owner_id": "a"}]))
    place = of_place(held, team="Ash")
    assert "How many actions are open is not shown" in opening(place).markup
    assert actions(place).markup.count("too few to show") == 3

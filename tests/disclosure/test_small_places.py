"""What managers read of a service or a team tells of no child and of no worker: by itself, and by all editions."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from small import tables

from qa_analysis.council import Own
from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_up_to
from qa_analysis.disclosure.editions import Editions
from qa_analysis.disclosure.small_places import NUMBERS, Places, each_cycle
from qa_analysis.measures.figure import count, frame_of, share
from qa_analysis.measures.grades.grades import grades

Sizes = Mapping[tuple[str, str, str], int]  # how many audits a service's team had in a cycle
NOW, YEAR = "2023-06", "2022-07/2023-06"
CYCLES = months_up_to(NOW, 12)
QUIET = {"North": 1, "South": 2, "East": 9}
PAIR = (("Both", "North", 1), ("Both", "South", 2), ("Other", "East", 9), ("Third", "West", 8))


def council(sizes: Sizes, *, month: str = NOW, workers: int = 9, first: str = "2022-06") -> Tables:
    """So many audits of as many children, every other graded good, shared among so many workers of each team."""
    audits = [
        {
            "service_area": service, "team": team, "cycle_month": cycle, "audited_on": f"{cycle}-15",
            "child_id": f"{team}-{cycle}-{n}", "key_worker_id": f"{team}-{(n + int(cycle[-2:])) % workers}",
            "overall_grade": ("good", "inadequate")[(n + int(cycle[-1])) % 2],
        }
        for (service, team, cycle), size in sizes.items()
        for n in range(size)
    ]  # fmt: skip
    return tables(month, own=Own(first_cycle=first), audits=audits)


def all_good(held: Tables, team: str) -> Tables:
    """The same with every audit of a team graded outstanding."""
    grades = held.audits["overall_grade"].mask(held.audits["team"] == team, "outstanding")
    return replace(held, frames={**held.frames, "audits": held.audits.assign(overall_grade=grades)})


def every_cycle(sizes: Mapping[str, int], cycles: tuple[str, ...] = CYCLES) -> Sizes:
    """The same size of each team in every cycle, each team a service of its own name."""
    return {(f"{team} service", team, cycle): size for team, size in sizes.items() for cycle in cycles}


def shown(held: Tables, by: str, period: str = YEAR) -> dict[str, float]:
    """The denominators of good or better that are told, by place."""
    told = Places(held).without_small(frame_of(grades(held), as_at=held.as_at))
    rows = told[(told["measure"] == "good_or_better") & (told["by"] == by) & (told["period"] == period)]
    assert (rows[rows["value"].isna()]["verdict"] == "too few to say").all()
    return {str(group): of for group, of in zip(rows["group"], rows["denominator"], strict=True) if of == of}


def test_no_place_is_told_of_by_the_month_and_every_place_by_the_year() -> None:
    held = council(every_cycle(QUIET))
    assert shown(held, "team", NOW) == shown(held, "service_area", NOW) == {}
    assert shown(held, "team") == {"North": 12, "South": 24, "East": 108}


@pytest.mark.parametrize("month", ["2023-07", "2023-08"])
def test_the_year_of_a_place_stays_until_the_quarter_has_ended(month: str) -> None:
    held = council(every_cycle(QUIET, months_up_to(month, 14)), month=month)
    assert shown(held, "team") == {"North": 12, "South": 24, "East": 108}
    assert held.rules.place_cycles("2023-09")[-1] == "2023-09"


def test_of_a_council_that_has_just_begun_no_place_is_told() -> None:
    held = council(every_cycle(QUIET), first="2022-08")
    assert shown(held, "team") == {}
    assert held.rules.place_cycles("2023-09")[0] == "2022-10"


def test_a_place_of_under_three_children_in_the_year_is_not_told_nor_what_would_leave_it_over() -> None:
    """Nor what would leave it to a team that knows its own: the whole less East and West is North."""
    sizes = {**every_cycle({"East": 9, "West": 9, "South": 9}), ("S", "North", NOW): 2}
    assert shown(council(sizes), "team").keys() == {"East"}
    del sizes["S", "North", NOW]
    assert shown(council(sizes), "team").keys() == {"East", "West", "South"}


def test_the_work_of_one_worker_is_no_figure_of_a_team_however_many_children_it_is_of() -> None:
    assert shown(council(every_cycle({"East": 9, "West": 9}), workers=1), "team") == {}


def test_the_next_smallest_is_hidden_with_it_so_that_no_subtraction_gives_it_away() -> None:
    """In June alone North had audits, two of them: the whole less all others would be North, and to one of them."""
    sizes = {("S", team, NOW): size for team, size in {"North": 2, "West": 4, "South": 6, "East": 9}.items()}
    assert shown(council(sizes), "team") == {"East": 9}


def test_of_themes_too_where_no_whole_number_is_tried_the_next_smallest_is_hidden() -> None:
    sizes = {("S", team, NOW): size for team, size in {"North": 2, "West": 4, "East": 9}.items()}
    assert {name for column, name, _ in Places(council(sizes)).audited.told if column == "team"} == {"East"}


def test_a_year_in_which_all_were_good_is_not_told_where_a_month_of_it_is_of_one_child() -> None:
    """West and South go with it: the whole less the others would be North, and to West or South themselves as well."""
    held = all_good(council(every_cycle({"North": 1, "South": 2, "West": 2, "East": 9})), "North")
    assert shown(held, "team").keys() == {"East"}


def test_what_is_counted_of_audits_below_good_is_told_only_where_grades_are() -> None:
    held = council(every_cycle({"North": 1, "South": 2, "West": 2, "East": 9}))
    audits = held.audits.assign(
        overall_grade=held.audits["overall_grade"].mask(held.audits["team"] == "North", "outstanding")
    )
    places = Places(replace(held, frames={**held.frames, "audits": audits}))
    labels = {"period": YEAR, "few": 5, "by": "team", "group": "North"}
    figures = [
        share("next_supervision_reflective", 5, 9, population=of, **labels)
        for of in ("headline routes", "audits below good, headline routes")
    ]
    told = places.without_small(frame_of(figures, as_at=held.as_at))
    assert told["value"].notna().tolist() == [True, False]


def test_a_service_of_two_teams_is_not_told_where_one_team_would_learn_that_all_of_the_others_were_good() -> None:
    """South knows its own audits: what is left of the service is North, month by month one child's."""
    sizes = {(service, team, cycle): size for service, team, size in PAIR for cycle in CYCLES}
    assert "Both" not in shown(all_good(council(sizes), "North"), "service_area")
    third = {("Both", "Hill", cycle): 2 for cycle in CYCLES}
    assert "Both" in shown(all_good(council({**sizes, **third}), "North"), "service_area")  # nobody knows what is left


def test_counts_of_audits_and_of_tasks_stay_and_what_nobody_weighed_is_withheld() -> None:
    held = council(every_cycle(QUIET))
    labels = {"period": NOW, "population": "every route"}
    figures = [
        count("audits_completed", 1, by="team", group="North", unit="audits", **labels),
        count("actions_open", 1, by="team", group="North", unit="actions", **labels),
        count("theme_count", 9, by=("team", "theme_code"), group=("North", "3.1"), unit="findings", **labels),
        share("family_engaged", 5, 9, by="team", group="South", few=5, **{**labels, "period": "2023-01/2023-06"}),
        share("family_engaged", 5, 9, by="team", group="South", few=5, **{**labels, "period": YEAR}),
        share("family_engaged", 5, 9, few=5, **labels),
    ]
    told = Places(held).without_small(frame_of(figures, as_at=held.as_at))
    assert told["value"].notna().tolist() == [True, True, False, False, True, True]
    assert told.loc[2:3, NUMBERS].isna().all(axis=None)
    assert told.loc[2, "note"].startswith("not shown")


def test_the_floor_of_managers_is_the_one_of_questions() -> None:
    rules = council(every_cycle(QUIET)).rules
    assert (rules.question_children_from, rules.question_people_from) == (3, 2)
    assert rules.floor["managers"].auditors == 3


TEAMS = {"North": "A", "South": "A", "East": "B", "West": "B", "Hill": "C"}


@pytest.mark.parametrize("seed", range(3))
def test_what_an_edition_told_stays_told_in_the_next_and_no_month_of_too_few_is_certain(seed: int) -> None:
    """The editions of two years of a council drawn at random: each weighs the ones before it as they were."""
    drawn = np.random.default_rng(seed)
    cycles = months_up_to("2024-06", 24)
    sizes = {(TEAMS[team], team, cycle): int(drawn.integers(0, 6)) for cycle in cycles for team in TEAMS}
    audits = council(sizes, month="2024-06").audits
    audits = audits.assign(overall_grade=drawn.choice(["good", "inadequate"], size=len(audits)))
    before: set[tuple[str, str, str]] = set()
    for month in ("2023-06", "2023-12", "2024-06"):
        held = council(sizes, month=month)
        known = audits[audits["cycle_month"] <= month]
        editions = Editions.of(
            known, held, each_cycle, known_on=known["audited_on"], marked=known["overall_grade"] == "good"
        )
        told = set().union(*editions.every)
        assert before <= told
        assert told
        assert not editions.worked_out
        before = told


@pytest.mark.parametrize(("late", "told"), [(2, [106, 106, 106]), (3, [105, 108, 108])])
def test_a_case_counts_from_the_edition_on_that_knew_it_and_once_there_are_enough(late: int, told: list[int]) -> None:
    """Of June, July and August: some cases of June came to be known on the first day of August."""
    held = council(every_cycle({"East": 9, "West": 9}, months_up_to("2023-08", 14)), month="2023-08")
    audits = held.audits[held.audits["cycle_month"] <= NOW]
    is_late = audits["audit_id"].isin(audits.loc[audits["team"] == "East", "audit_id"].tail(late))
    known_on = audits["audited_on"].mask(is_late, pd.Timestamp("2023-08-01"))
    marked = audits["overall_grade"] == "good"
    editions = Editions.of(audits, held, each_cycle, known_on=known_on, marked=marked)
    cases = editions.cells["cases"].to_numpy()
    assert [one["team", "East", YEAR] @ cases for one in editions.every[-3:]] == told

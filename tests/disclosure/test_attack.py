"""An attacker with every edition of a small council works out nobody: benchmarks/attack.py in seconds.

And the attacker is one: given editions that move on by a month, as they did before, it works out nearly all.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from attacker import Edition, OfEveryone, OfManagers, editions, shared_editions, tables_of
from pandas import DataFrame
from small import frames

from qa_analysis.council import Own
from qa_analysis.data.scope import Scope
from qa_analysis.dates import months_after, months_up_to, period_of
from qa_analysis.disclosure.small_places import Places
from qa_analysis.disclosure.told_before import as_told_before
from qa_analysis.measures.figure import frame_of, share
from qa_analysis.measures.grades.grades import good_or_better, places
from qa_analysis.measures.moderation.agreement import of_route, pairs
from qa_analysis.measures.moderation.panel_movement import by_service

OWN = Own(first_cycle="2022-06")
CYCLES = months_up_to("2023-10", 17)
EDITIONS = months_up_to("2023-10", 6)
TEAMS = {"North": "A", "South": "A", "East": "B", "West": "B", "Hill": "C", "Dale": "C"}


@pytest.fixture(scope="module")
def council() -> Mapping[str, DataFrame]:
    """Six teams of one to three audits a cycle, drawn at random."""
    drawn = np.random.default_rng(4)
    return frames(
        audits=[
            {
                "audit_id": f"{team}-{cycle}-{n}", "service_area": service, "team": team, "cycle_month": cycle,
                "audited_on": f"{cycle}-15", "child_id": f"{team}-{cycle}-{n}",
                "key_worker_id": f"{team}-{(n + int(cycle[-2:])) % 4}",
                "overall_grade": str(drawn.choice(["good", "inadequate"])),
            }
            for cycle in CYCLES
            for team, service in TEAMS.items()
            for n in range(int(drawn.integers(1, 4)))
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def held(council: Mapping[str, DataFrame]) -> list[Edition]:
    """Six editions of it, two quarters' ends among them."""
    return list(editions(lambda _: council, EDITIONS, ["good_or_better"], own=OWN))


def test_the_holder_of_managers_editions_works_out_no_month_of_too_few(held: list[Edition]) -> None:
    reader = OfManagers.of_grades(held)
    assert reader.checked()
    assert set(reader.told["by"]) == {"", "service_area", "team"}
    found = reader.found("managers")
    assert found.protected > 50
    assert (found.recovered, found.narrowest) == (0, (0, 1))


@pytest.mark.parametrize("column", ["child", "key_worker_id", "team"])
def test_nor_does_one_who_knows_the_rows_of_a_child_a_worker_or_a_team(held: list[Edition], column: str) -> None:
    reader = OfManagers.of_grades(held)
    known = sorted(reader.neighbours) if column == "child" else sorted(set(reader.cases[column]))
    assert len(known) >= 6
    assert {one: most for one in known if (most := reader.knowing(reader.cases[column] == one).worked_out())} == {}


def mostly_good(seed: int) -> Mapping[str, DataFrame]:
    """Four teams of one or two audits a cycle, of which four in five are good."""
    drawn, cycles = np.random.default_rng(seed), months_up_to("2023-07", 14)
    return frames(
        audits=[
            {
                "audit_id": f"{team}-{cycle}-{n}", "service_area": service, "team": team, "cycle_month": cycle,
                "audited_on": f"{cycle}-15", "child_id": f"{team}-{cycle}-{n}",
                "key_worker_id": f"{team}-{(n + int(cycle[-2:])) % 4}",
                "overall_grade": str(drawn.choice(["good", "inadequate"], p=[0.8, 0.2])),
            }
            for cycle in cycles
            for team, service in list(TEAMS.items())[:4]
            for n in range(int(drawn.integers(1, 3)))
        ]
    )  # fmt: skip


@pytest.mark.parametrize("column", ["child", "key_worker_id"])
def test_nor_where_most_are_good_and_one_child_or_worker_alone_differs(column: str) -> None:
    """With nobody's rows in mind two more years of places are told of: a child's rows give six months away then."""
    council = mostly_good(3)
    held = list(editions(lambda _: council, months_up_to("2023-07", 2), ["good_or_better"], own=OWN))
    reader = OfManagers.of_grades(held)
    known = sorted(set(reader.cases[column]))
    assert {one: most for one in known if (most := reader.knowing(reader.cases[column] == one).worked_out())} == {}
    assert set(reader.told["by"]) == {"", "service_area", "team"}


def decided(seed: int) -> Mapping[str, DataFrame]:
    """A year and a month of audits that the panel drew at random, most upheld, some decided a month late."""
    drawn, cycles = np.random.default_rng(seed), months_up_to("2023-07", 13)
    audits = [
        {
            "audit_id": f"{team}-{cycle}-{n}", "service_area": service, "team": team, "cycle_month": cycle,
            "audited_on": f"{cycle}-15", "child_id": f"{team}-{cycle}-{n}",
            "key_worker_id": f"{team}-{(n + int(cycle[-2:])) % 4}",
        }
        for cycle in cycles
        for team, service in TEAMS.items()
        for n in range(int(drawn.integers(0, 3)))
    ]  # fmt: skip
    moderations = [
        {
            "audit_id": audit["audit_id"], "moderation_id": audit["audit_id"],
            "moderated_on": f"{months_after(audit['cycle_month'], int(drawn.random() < 0.3))}-25",
            "overall_grade": "good" if drawn.random() < 0.9 else "requires improvement",
        }
        for audit in audits
    ]  # fmt: skip
    return frames(audits=audits, moderations=moderations)


def of_panel(council: Mapping[str, DataFrame], month: str, before: DataFrame | None) -> Edition:
    """What an edition tells of upheld grades: of the whole for the month and the year, and by service."""
    held = tables_of(council, month, own=Own(first_cycle="2022-07"))
    both = of_route(pairs(held, held.rolling_cycles), held, random_only=True)
    figures = [*by_service(held)] if held.place_cycles else []
    for period, some in ((month, both[both["cycle_month"] == month]), (period_of(held.rolling_cycles), both)):
        labels = {"period": period, "population": "random third", "few": held.rules.percentage_from}
        figures += [
            share("agreement_exact", int((some["steps"] == 0).sum()), len(some), **labels),
            share("moderation_lowered", int((some["steps"] > 0).sum()), len(some), **labels),
        ]
    made = Places(held).without_small(frame_of(figures, as_at=held.as_at))
    return Edition(month, held, made if before is None else as_told_before(made, before, held.rules))


def test_nor_of_grades_upheld_or_lowered_by_service_whenever_the_panel_decided() -> None:
    """Nearly all were upheld, so that a few sums leave many months certain; one service is told of."""
    council, held = decided(seed=4), list[Edition]()
    for month in months_up_to("2023-07", 13):
        held.append(of_panel(council, month, held[-1].figures if held else None))
    for measure in ("agreement_exact", "moderation_lowered"):
        reader = OfManagers.of_moderation(held, measure)
        assert reader.checked()
        assert (reader.told["by"] == "service_area").any()
        found = reader.found("managers")
        assert found.protected > 10
        assert found.recovered == 0


def test_the_same_attacker_works_out_every_month_of_editions_that_move_on_by_a_month(
    council: Mapping[str, DataFrame],
) -> None:
    by_the_month = []
    for month in months_up_to("2022-11", 6):
        held = tables_of(council, month, own=OWN)
        year = held.rolling_cycles
        figures = [*places(held, year), *(row for cycle in year for row in good_or_better(held, (cycle,)))]
        by_the_month.append(Edition(month, held, frame_of(figures, as_at=held.as_at)))
    found = OfManagers.of_grades(by_the_month).found("managers, before")
    assert found.recovered_of_one_or_two == found.of_one_or_two > 10


def test_a_month_published_again_tells_nothing_more_of_a_place(council: Mapping[str, DataFrame]) -> None:
    """A grade put right between two editions of one month changes the whole's figures, and no place's."""
    audits = council["audits"]
    right = audits["overall_grade"].mask(audits["audit_id"] == "North-2023-01-0", "outstanding")
    right = right.mask((audits["audit_id"] == "North-2023-01-0") & (audits["overall_grade"] == "good"), "inadequate")
    again = {**council, "audits": audits.assign(overall_grade=right)}
    versions = iter([council, again])
    first, second = editions(lambda _: next(versions), ["2023-06", "2023-06"], ["good_or_better"], own=OWN)
    of_place = first.figures["by"].isin(["service_area", "team"]) & first.figures["value"].notna()
    assert of_place.any()
    pd.testing.assert_frame_equal(first.figures[of_place], second.figures[of_place])
    assert not first.figures["numerator"].equals(second.figures["numerator"])


def test_the_holder_of_shared_editions_works_out_no_count_behind_what_is_printed(
    council: Mapping[str, DataFrame],
) -> None:
    for scope in (Scope(), Scope(service="A")):
        reader = overall(shared_editions(council, EDITIONS, scope))
        found = reader.found("everyone")
        assert found.protected > 20
        assert found.recovered == 0, scope
        assert found.width >= 3, scope


def test_the_same_attacker_works_out_counts_that_are_not_rounded(council: Mapping[str, DataFrame]) -> None:
    reader = overall(shared_editions(council, EDITIONS))
    exact = replace(reader.rules, shared_edition=replace(reader.rules.shared_edition, hidden_to=0, nearest=1))
    assert OfEveryone(reader.told, exact).found("everyone").recovered > 10


def overall(reader: OfEveryone) -> OfEveryone:
    """The same reader, looking at nothing but the overall grade: each grade is attacked by itself."""
    return replace(
        reader, told=reader.told[(reader.told["measure"] == "shared_good_or_better") & (reader.told["by"] == "")]
    )


def test_editions_one_after_another_are_what_a_run_would_publish(council: Mapping[str, DataFrame]) -> None:
    """Between two quarters' ends a place's figures stay, to the last digit."""
    held = list(editions(lambda _: council, ["2023-06", "2023-07", "2023-08"], ["good_or_better"], own=OWN))
    year = [one.figures[one.figures["by"].eq("team") & one.figures["value"].notna()] for one in held]
    for before, after in pairwise(year):
        assert before["numerator"].tolist() == after["numerator"].tolist()
    assert tables_of(council, "2023-08", own=OWN).place_cycles[-1] == "2023-06"

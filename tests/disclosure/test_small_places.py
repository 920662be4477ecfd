"""What managers read of a service or a team tells of no child and of no worker: by itself, and by subtraction."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.optimize import linprog
from small import tables

from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.small_places import NUMBERS, Places
from qa_analysis.measures.figure import count, frame_of, share
from qa_analysis.measures.grades.grades import grades

Sizes = Mapping[tuple[str, str, str], int]  # how many audits a service's team had in a cycle
NOW = "2023-06"


def council(sizes: Sizes, *, month: str = NOW, workers: int = 9, every_edition: bool = False) -> Tables:
    """So many audits of as many children, shared among so many workers of each team."""
    held = tables(
        month,
        audits=[
            {
                "service_area": service, "team": team, "cycle_month": cycle, "audited_on": f"{cycle}-15",
                "child_id": f"{team}-{cycle}-{n}", "key_worker_id": f"{team}-{n % workers}",
            }
            for (service, team, cycle), size in sizes.items()
            for n in range(size)
        ],
    )  # fmt: skip
    floor = replace(held.rules.floor["managers"], every_edition=every_edition)
    return replace(held, rules=replace(held.rules, floor={"managers": floor}))


def shown(held: Tables, by: str, period: str = NOW) -> dict[str, float]:
    """The denominators of good or better that are told, by place."""
    told = Places(held).without_small(frame_of(grades(held), as_at=held.as_at))
    rows = told[(told["measure"] == "good_or_better") & (told["by"] == by) & (told["period"] == period)]
    assert (rows[rows["value"].isna()]["verdict"] == "too few to say").all()
    return dict(zip(rows["group"], rows["denominator"], strict=True)) if rows.empty else {
        str(group): of for group, of in zip(rows["group"], rows["denominator"], strict=True) if of == of
    }  # fmt: skip


YEAR = "2022-07/2023-06"


def test_a_team_of_one_audit_has_no_grade_in_the_month_and_has_one_over_the_year() -> None:
    quiet = {"North": 2, "South": 2, "East": 9}
    held = council(
        {("S", team, f"2023-0{n}"): size for n in range(1, 6) for team, size in quiet.items()}
        | {("S", "North", NOW): 1, ("S", "South", NOW): 2, ("S", "East", NOW): 9}
    )
    assert "North" not in shown(held, "team")
    assert shown(held, "team", YEAR).keys() >= {"North"}


def test_the_next_smallest_is_hidden_with_it_so_that_no_subtraction_gives_it_away() -> None:
    held = council({("S", "North", NOW): 1, ("S", "South", NOW): 4, ("S", "East", NOW): 9})
    assert shown(held, "team") == {"East": 9}


def test_a_small_service_is_hidden_with_the_next_smallest() -> None:
    held = council({("A", "North", NOW): 2, ("B", "South", NOW): 5, ("C", "East", NOW): 9})
    assert shown(held, "service_area") == {"C": 9}


def test_a_year_less_its_month_tells_of_nobody() -> None:
    """North's year is its month and one audit more."""
    held = council(
        {("S", "North", "2023-05"): 1, ("S", "South", "2023-05"): 9, ("S", "North", NOW): 5, ("S", "South", NOW): 9}
    )
    assert len({"North"} & (shown(held, "team").keys() & shown(held, "team", YEAR).keys())) == 0


def test_the_work_of_one_worker_is_no_figure_of_a_team_however_many_children_it_is_of() -> None:
    assert shown(council({("S", "North", NOW): 9, ("S", "South", NOW): 9}, workers=1), "team") == {}


def test_counts_of_audits_and_of_tasks_stay_and_what_nobody_weighed_is_withheld() -> None:
    held = council({("S", "North", NOW): 1, ("S", "South", NOW): 9})
    labels = {"period": NOW, "population": "every route"}
    figures = [
        count("audits_completed", 1, by="team", group="North", unit="audits", **labels),
        count("actions_open", 1, by="team", group="North", unit="actions", **labels),
        count("theme_count", 9, by=("team", "theme_code"), group=("North", "3.1"), unit="findings", **labels),
        share("family_engaged", 5, 9, by="team", group="South", few=5, **{**labels, "period": "2023-01/2023-06"}),
        share("family_engaged", 5, 9, few=5, **labels),
    ]
    told = Places(held).without_small(frame_of(figures, as_at=held.as_at))
    assert told["value"].notna().tolist() == [True, True, False, False, True]
    assert told.loc[2:3, NUMBERS].isna().all(axis=None)
    assert told.loc[2, "note"].startswith("not shown")


TEAMS = {"North": "A", "South": "A", "East": "B", "West": "B", "Hill": "C"}
CYCLES = tuple(f"2022-{n:02}" for n in range(6, 13)) + tuple(f"2023-{n:02}" for n in range(1, 10))


@pytest.mark.parametrize("seed", range(4))
def test_no_sum_or_difference_of_sixteen_editions_is_of_fewer_than_the_floor(seed: int) -> None:
    """Every edition's figures of the whole, services and teams, months and years, subtracted from each other."""
    drawn = np.random.default_rng(seed)
    sizes = {
        (TEAMS[team], team, cycle): int(drawn.integers(0, 5)) + (team == "North") * 2
        for cycle in CYCLES for team in TEAMS
    }  # fmt: skip
    cells = [cell for cell, size in sizes.items() if size]
    published = list(_published(sizes, cells))
    assert len(published) > 3 * len(CYCLES)
    for small in _too_small(sizes, cells):
        assert not _gives_away(published, small), [cells[place] for place in small]


def _published(sizes: Sizes, cells: list[tuple[str, str, str]]) -> Iterable[list[int]]:
    """Each figure that an edition gave, as the cells it counts. One per figure."""
    for month in CYCLES:
        held = council(sizes, month=month, every_edition=True)
        told = Places(held).without_small(frame_of(grades(held), as_at=held.as_at))
        rows = told[(told["measure"] == "good_or_better") & told["by"].isin(["", "service_area", "team"])]
        for by, group, period in rows.loc[rows["value"].notna(), ["by", "group", "period"]].itertuples(index=False):
            first, _, last = period.partition("/")
            place = {"": None, "service_area": 0, "team": 1}[by]
            yield [
                int(first <= cell[2] <= (last or first) and (place is None or cell[place] == group)) for cell in cells
            ]


def _too_small(sizes: Sizes, cells: list[tuple[str, str, str]]) -> Iterable[tuple[int, ...]]:
    """Cells of one or two children, and pairs of them."""
    small = [place for place, cell in enumerate(cells) if sizes[cell] < 3]
    yield from ((place,) for place in small)
    ones = [place for place in small if sizes[cells[place]] == 1]
    yield from combinations(ones, 2)


def _gives_away(published: list[list[int]], small: tuple[int, ...]) -> bool:
    """Whether some combination of the sums is of these cells alone: taking them out leaves fewer independent sums."""
    every = np.array(published)
    return _rank(every) > _rank(np.delete(every, small, axis=1))


def _rank(sums: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> int:
    return int(np.linalg.matrix_rank(sums))


def test_the_floor_of_managers_is_the_one_of_questions() -> None:
    rules = council({("S", "North", NOW): 1}).rules
    assert (rules.question_children_from, rules.question_people_from) == (3, 2)
    assert rules.floor["managers"].auditors == 3


@pytest.mark.parametrize("seed", range(3))
def test_who_knows_how_many_audits_each_team_had_finds_no_ones_grade_in_one_edition(seed: int) -> None:
    """A linear programme over an edition: nobody's grade of one or two is the only one that the sums allow."""
    drawn = np.random.default_rng(seed)
    sizes = {(TEAMS[team], team, NOW): int(drawn.integers(1, 6)) for team in TEAMS}
    held = council(sizes)
    audits = held.audits.assign(overall_grade=drawn.choice(["good", "inadequate"], size=len(held.audits)))
    held = replace(held, frames={**held.frames, "audits": audits})
    cells = audits.assign(good=audits["overall_grade"] == "good").groupby("team")["good"].agg(["sum", "size"])
    told = shown(held, "team")
    services = shown(held, "service_area")
    sums = [np.ones(len(cells)), *(np.array([TEAMS[team] == name for team in cells.index]) for name in services)]
    sums += [np.array([team == name for team in cells.index]) for name in told]
    whole = cells["sum"].sum() in (0, cells["size"].sum())
    for place in np.flatnonzero(cells["size"] < 3):
        assert whole or _width(np.array(sums, dtype=float), cells, int(place)) > 0.01


def _width(sums: "NDArray[np.float64]", cells: DataFrame, place: int) -> float:
    """Between which counts a team's good grades must lie."""
    aim = np.eye(len(cells))[place]
    ends = [
        linprog(way * aim, A_eq=sums, b_eq=sums @ cells["sum"], bounds=[(0, n) for n in cells["size"]]).fun * way
        for way in (1, -1)
    ]
    return float(ends[1] - ends[0])

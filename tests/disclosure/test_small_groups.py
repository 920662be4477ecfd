"""A month of one service or team tells of no child and of no worker: by the figures themselves, and by subtraction."""

import pytest
from small import tables

from qa_analysis.data.scope import Scope
from qa_analysis.data.tables import Tables
from qa_analysis.disclosure.small_groups import refuse_few, small_cycles, without_small_groups
from qa_analysis.disclosure.small_places import NUMBERS
from qa_analysis.errors import DisclosureFailed
from qa_analysis.measures.catalogue import measures

TEAM = Scope(team="North")


def team(cycles: dict[str, int], *, workers: int = 2) -> Tables:
    """A team with so many audits in each cycle, of as many children, shared among its workers."""
    return tables(audits=[_audit(cycle, n, workers) for cycle, size in cycles.items() for n in range(size)])


def _audit(cycle: str, number: int, workers: int) -> dict[str, str]:
    child, worker = f"{cycle}-{number}", f"worker-{number % workers}"
    return {"cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": child, "key_worker_id": worker}


def test_three_children_and_two_workers_are_enough() -> None:
    refuse_few(team({"2023-06": 3}), TEAM)


@pytest.mark.parametrize(("size", "workers"), [(1, 2), (2, 2), (3, 1), (40, 1)])
def test_fewer_children_or_one_workers_cases_are_refused_with_what_to_do(size: int, workers: int) -> None:
    with pytest.raises(DisclosureFailed, match="Ask about") as refused:
        refuse_few(team({"2023-06": size, "2023-05": 0}, workers=workers), TEAM)
    assert refused.value.exit_code == 20


def test_a_small_cycle_in_a_large_year_is_refused_and_an_empty_one_is_not() -> None:
    with pytest.raises(DisclosureFailed, match="June 2023"):
        refuse_few(team({"2023-05": 9, "2023-06": 1}), TEAM)
    refuse_few(team({"2023-05": 9, "2023-06": 3}), TEAM)


def test_small_cycles_are_hidden_together_with_enough_others_to_hide_them_from_a_subtraction() -> None:
    assert small_cycles(team({"2023-03": 9, "2023-04": 1, "2023-05": 4, "2023-06": 6})) == ("2023-04", "2023-05")
    assert small_cycles(team({"2023-03": 2, "2023-04": 2, "2023-05": 8, "2023-06": 6})) == ("2023-03", "2023-04")
    assert small_cycles(team({"2023-05": 8, "2023-06": 6})) == ()


def test_of_a_small_cycle_the_count_of_audits_alone_is_told() -> None:
    council = team({"2023-04": 1, "2023-05": 4, "2023-06": 6})
    told = without_small_groups(measures(council), council)
    small = told[(told["period"] == "2023-04") & told["value"].notna()]
    assert set(small["measure"]) <= {"actions_flow"}  # tasks, not children
    assert told.loc[told["period"] == "2023-06", "value"].notna().any()


def test_the_usual_range_of_all_months_gives_no_small_cycle_away() -> None:
    sizes = {f"2023-{month:02d}": 6 for month in range(1, 7)}
    for small, shown in (({}, True), ({"2022-12": 1}, False)):
        rows = [_audit(cycle, n, 2) | {"key_worker_conversation_on": f"{cycle}-14"}
                for cycle, size in {**small, **sizes}.items() for n in range(size)]  # fmt: skip
        told = without_small_groups(measures(council := tables(audits=rows)), council)
        travel = told[told["measure"].isin(["monthly_share", "monthly_share_centre", "monthly_direction"])]
        assert len(travel) > 6
        assert travel["value"].notna().any() == shown
        assert told.loc[told["measure"] == "monthly_break", "value"].notna().all()


def test_a_figure_of_one_or_two_moderations_in_a_large_cycle_is_withheld() -> None:
    audits = [_audit("2023-06", number, 2) for number in range(6)]
    council = tables(audits=audits, moderations=[{"audit_id": "audits-1"}, {"audit_id": "audits-2"}])
    whole = measures(council)
    few = whole["denominator"].between(1, 2) & whole["measure"].str.startswith("agreement")
    assert few.any()
    assert without_small_groups(whole, council).loc[few, NUMBERS].isna().all(axis=None)


def test_a_share_of_one_or_two_is_withheld_in_any_period() -> None:
    council = team({"2023-05": 5, "2023-06": 6})
    told = without_small_groups(measures(council), council)
    few = told[told["denominator"].between(1, 2)]
    assert few.empty
    hidden = told[told["note"].str.contains("not shown")]
    assert hidden[NUMBERS].isna().all(axis=None)

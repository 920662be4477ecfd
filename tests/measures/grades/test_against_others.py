from small import found, tables

from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE
from qa_analysis.measures.grades.against_others import ABOVE, ALIKE, BELOW, against_the_others
from qa_analysis.stats.proportions import newcombe


def council(**teams: tuple[int, int]):
    """So many audits of each team, so many of them good."""
    audits = [
        {"team": team, "overall_grade": "good" if number < good else "inadequate"}
        for team, (size, good) in teams.items()
        for number in range(size)
    ]
    return tables("2023-06", audits=audits)


def test_a_team_is_held_against_all_the_others_together() -> None:
    row = found(
        against_the_others(council(A=(20, 15), B=(20, 10), C=(20, 9)), "team"), "good_or_better_less_others", group="A"
    )
    expected = newcombe(15, 20, 19, 40)
    assert (row.value, row.lower, row.upper) == (expected.value, expected.lower, expected.upper)
    assert row.verdict == ALIKE


def test_a_clear_difference_says_which_way() -> None:
    rows = against_the_others(council(A=(40, 38), B=(40, 14), C=(40, 15)), "team")
    assert found(rows, "good_or_better_less_others", group="A").verdict == ABOVE
    assert found(rows, "good_or_better_less_others", group="B").verdict == BELOW


def test_under_ten_audits_on_a_side_nothing_is_said() -> None:
    rows = against_the_others(council(A=(9, 9), B=(30, 10)), "team")
    assert {row.verdict for row in rows} == {TOO_FEW_TO_JUDGE}


def test_one_of_many_teams_is_not_found_by_chance() -> None:
    """A difference that would pass alone does not pass among twelve."""
    alone = newcombe(15, 20, 110, 220)
    assert alone.p < 0.05
    teams = {f"T{number}": (20, 10) for number in range(11)} | {"A": (20, 15)}
    assert found(against_the_others(council(**teams), "team"), "good_or_better_less_others", group="A").verdict == ALIKE

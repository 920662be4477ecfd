import numpy as np
import pytest

from qa_analysis.measures.figure import TOO_FEW_CHANGES, Figure
from qa_analysis.measures.moderation.panel_direction import MILDER, STRICTER, UNCLEAR, optimism, said


def table(lowered: int, raised: int, upheld: int = 10) -> np.ndarray:
    cells = np.diag([0, upheld, 0, 0])
    cells[1, 2], cells[2, 1] = lowered, raised
    return cells


def figures(lowered: int, raised: int) -> dict[str, Figure]:
    rows = optimism(table(lowered, raised), period="2023-06", population="x")
    return {row.measure: row for row in rows}


@pytest.mark.parametrize(
    ("lowered", "raised", "words"),
    [(9, 1, MILDER), (1, 9, STRICTER), (5, 4, UNCLEAR), (4, 0, TOO_FEW_CHANGES), (0, 0, TOO_FEW_CHANGES)],
)
def test_a_direction_is_said_only_from_five_changes_on(lowered: int, raised: int, words: str) -> None:
    assert figures(lowered, raised)["moderation_direction"].verdict == words


def test_five_changes_all_downwards_are_a_direction_by_mid_p() -> None:
    row = figures(5, 0)["moderation_direction"]
    assert row.value == pytest.approx(1 / 32)
    assert row.verdict == MILDER


def test_the_optimism_index_is_the_share_of_changes_downwards() -> None:
    row = figures(6, 2)["moderation_optimism"]
    assert (row.numerator, row.denominator, row.value, row.verdict) == (6, 8, 0.75, "")


def test_no_change_at_all_has_no_index() -> None:
    row = figures(0, 0)["moderation_optimism"]
    assert np.isnan(row.value)
    assert row.verdict == TOO_FEW_CHANGES


def test_a_p_value_that_is_not_defined_says_nothing() -> None:
    assert said(5, 5, 1.0) == UNCLEAR

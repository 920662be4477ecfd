from small import tables

from qa_analysis.dates import months_between
from qa_analysis.measures.grades.trends import CHANCE, trends


def council(shares: list[int], *, each: int = 20):
    """One cycle per share, ending in June 2023."""
    cycles = months_between("2021-07", "2023-06")[-len(shares) :]
    return tables(
        audits=[
            {
                "cycle_month": cycle,
                "audited_on": f"{cycle}-15",
                "overall_grade": "good" if place < good else "inadequate",
            }
            for cycle, good in zip(cycles, shares, strict=True)
            for place in range(each)
        ]
    )


def test_fewer_than_six_cycles_make_no_limits() -> None:
    assert trends(council([8, 9, 8, 9, 8])) == []


def test_a_steady_run_shows_no_signal() -> None:
    rows = trends(council([8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9]))
    assert {row.note for row in rows} == {CHANCE}


def test_a_jump_beyond_the_limits_is_a_signal() -> None:
    rows = trends(council([8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9, 18]))
    assert rows[-1].note == "better than chance would explain"
    assert rows[-1].value > rows[-1].upper


def test_a_fall_beyond_the_limits_is_a_signal_too() -> None:
    rows = trends(council([18, 17, 18, 19, 17, 18, 17, 19, 18, 17, 18, 17, 6]))
    assert rows[-1].note == "worse than chance would explain"


def test_a_cycle_with_under_five_audits_stays_out() -> None:
    held = council([8, 9, 8, 7, 9, 8, 9])
    few = held.audits[(held.audits["cycle_month"] != "2023-05") | (held.audits.index % 20 < 4)]
    rows = trends(type(held)(held.month, held.as_at, held.rules, {**held.frames, "audits": few}))
    assert "2023-05" not in [row.period for row in rows]

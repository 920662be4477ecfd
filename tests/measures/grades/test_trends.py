"""A month is held against the range that months of so many audits usually have; a range ends where auditing changes."""

from math import isnan

import numpy as np
from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure
from qa_analysis.measures.grades.trends import ABOVE, BELOW, WITHIN, trends

STEADY = (8, 9, 8, 7, 9, 8, 9, 7, 8, 9, 8, 9)
LAST = "2025-06"  # long after the breaks that the rules name


def council(*good: int, each: int | tuple[int, ...] = 20, last: str = LAST, forms: str = "") -> Tables:
    """So many good audits in each of the cycles up to the last; of each, if given, a form version."""
    cycles = months_between(months_after(last, 1 - len(good)), last)
    sizes = (each,) * len(good) if isinstance(each, int) else each
    return tables(last, audits=[
        {"cycle_month": cycle, "audited_on": f"{cycle}-15", "overall_grade": "good" if n < hits else "inadequate",
         "form_version": version or None}
        for cycle, hits, size, version in zip(cycles, good, sizes, forms or " " * len(good), strict=True)
        for n in range(size)
    ])  # fmt: skip


def points(held: Tables) -> list[Figure]:
    return [row for row in trends(held) if row.measure == "run_chart"]


def test_fewer_than_six_cycles_make_no_limits() -> None:
    assert points(council(8, 9, 8, 9, 8)) == []
    assert len(points(council(8, 9, 8, 9, 8, 9))) == 6


def test_fewer_than_sixty_audits_make_no_limits() -> None:
    assert points(council(*[3] * 6, each=9)) == []
    assert len(points(council(*[3] * 7, each=9))) == 7


def test_a_steady_run_stays_within_its_range() -> None:
    assert {row.verdict for row in points(council(*STEADY))} == {WITHIN}


def test_a_jump_is_above_the_range_and_a_fall_below() -> None:
    up, down = (points(council(*STEADY, last))[-1] for last in (17, 0))
    assert (up.verdict, down.verdict) == (ABOVE, BELOW)
    assert up.value > up.upper and down.value < down.lower


def test_the_range_follows_the_months_own_number_of_audits() -> None:
    few, many = (points(council(*STEADY, 5, each=(20,) * 12 + (size,)))[-1] for size in (12, 60))
    assert (few.lower, few.upper, few.verdict) == (0, 10 / 12, WITHIN)
    assert many.upper < few.upper and many.verdict == BELOW


def test_a_month_of_under_ten_audits_is_outside_no_range_whatever_its_value() -> None:
    steady = [19] * 12
    nine, ten = (points(council(*steady, 0, each=(20,) * 12 + (size,)))[-1] for size in (9, 10))
    assert (nine.verdict, ten.verdict) == (TOO_FEW_TO_JUDGE, BELOW)
    assert nine.value < nine.lower


def test_a_cycle_with_under_five_audits_stays_out() -> None:
    assert LAST not in [row.period for row in points(council(*STEADY, 0, each=(20,) * 12 + (4,)))]


def test_the_range_rests_on_the_first_year_so_that_a_lasting_change_cannot_hide_in_it() -> None:
    rows = points(council(*STEADY, *[16] * 12))
    assert [row.verdict for row in rows] == [WITHIN] * 12 + [ABOVE] * 12


def test_with_another_form_a_new_range_begins() -> None:
    held = council(*STEADY, *[17] * 6, forms="2" * 12 + "3" * 6)
    assert {row.verdict for row in points(held)} == {WITHIN}
    centres = {row.value for row in trends(held) if row.measure == "run_chart_centre"}
    assert centres == {sum(STEADY) / 240, 17 / 20}
    broken = found(trends(held), "run_chart_break")
    assert (broken.period, broken.group) == ("2025-01", ("the audit form changed",))


def test_after_a_break_there_is_no_range_until_it_can_be_known() -> None:
    rows = points(council(*STEADY, *[17] * 5, forms="2" * 12 + "3" * 5))
    assert len(rows) == 12 and rows[-1].period == "2025-01"


def test_a_break_that_the_rules_name_ends_a_range_too() -> None:
    held = council(*STEADY[:6], *[17] * 7, last="2023-06")
    assert [row.period for row in points(held)][:7] == [*months_between("2022-06", "2022-11"), "2023-01"]
    assert [row.group for row in trends(held) if row.measure == "run_chart_break"] == [
        ("managers began to audit",), ("six-month revisits begin",)
    ]  # fmt: skip


def test_where_a_month_alone_could_show_nothing_the_quarter_is_held_against_the_range() -> None:
    rows = trends(council(*[11] * 12, 16, 16, 16, each=16))
    assert points(council(*[11] * 12, 16, 16, 16, each=16))[-1].upper == 1
    quarter = found(rows, "run_chart_quarter")
    assert (quarter.numerator, quarter.denominator, quarter.verdict) == (48, 48, ABOVE)
    assert quarter.period == "2025-04/2025-06"


def test_where_a_month_alone_can_speak_there_is_no_quarter() -> None:
    rows = trends(council(*[20] * 13, each=40))
    assert not [row for row in rows if row.measure == "run_chart_quarter"]


def test_a_year_without_one_good_audit_does_not_make_one_good_audit_unusual() -> None:
    assert points(council(*[0] * 12, 1))[-1].verdict == WITHIN


def test_the_centre_has_no_interval_of_its_own() -> None:
    centre = [row for row in trends(council(*STEADY)) if row.measure == "run_chart_centre"][-1]
    assert (centre.numerator, centre.denominator) == (sum(STEADY), 240) and isnan(centre.lower)


def test_of_unchanged_series_few_ever_leave_their_range() -> None:
    """At most 5% by the benchmark; more than 29 of 300 would come by chance once in a thousand times at most."""
    assert sum(_is_flagged(seed) for seed in range(300)) <= 29


def _is_flagged(seed: int) -> bool:
    random = np.random.default_rng(seed)
    sizes, share = random.integers(13, 41, 24), random.uniform(0.3, 0.9)
    held = council(*random.binomial(sizes, share).tolist(), each=tuple(sizes.tolist()))
    return any(row.verdict in (ABOVE, BELOW) for row in points(held))

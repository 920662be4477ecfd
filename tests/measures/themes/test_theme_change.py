from typing import Any

import numpy as np
import pytest
from small import CONTRACTS, found, tables

from qa_analysis.data.synthetic import PLANTED, council
from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.dates import months_after
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import frame_of, joined
from qa_analysis.measures.themes.change import LESS, MORE, NO_CHANGE, theme_change
from qa_analysis.measures.themes.course import EMERGING, FADING, PERSISTENT, is_persistent, theme_course

MONTH = "2023-06"


def cycles(audits: int, shares: dict[str, dict[int, int]], *, held: int = 15) -> Tables:
    """So many audits a cycle; each theme found in so many of them, by how many cycles back (-1: the rest)."""
    months = [months_after(MONTH, -back) for back in range(held)]
    rows = [{"cycle_month": month, "audited_on": f"{month}-02"} for month in months for _ in range(audits)]
    findings = [
        {"audit_id": f"audits-{back * audits + number + 1}", "theme_code": code, "polarity": "development"}
        for code, by_back in shares.items()
        for back in range(held)
        for number in range(by_back.get(back, by_back[-1]))
    ]
    return tables(audits=rows, findings=findings)


def at(month: str, frames: dict[str, Any]) -> Tables:
    rules = rules_for(month)
    return tables_as_at(frames, CONTRACTS, month=month, as_at=rules.as_at(month), rules=rules)


def with_place(frames: dict[str, Any]) -> dict[str, Any]:
    return {
        name: frame.assign(source_file=f"{name}.csv", source_sheet="", source_row=1) for name, frame in frames.items()
    }


def test_a_theme_in_half_the_audits_that_was_in_none_is_more_common() -> None:
    held = cycles(20, {"4.4": {0: 10, 6: 0, -1: 0}, "1.1": {0: 6, 6: 5, -1: 5}, "2.2": {0: 0, 6: 12, -1: 0}}, held=7)
    rows = theme_change(held)
    up = found(rows, "theme_change", group="4.4+development", population="all audits")
    assert (up.value, up.verdict) == (0.5, MORE)
    assert up.lower > 0
    assert up.method.endswith("2023-06 less 2022-12")
    assert found(rows, "theme_change", group="1.1+development", population="all audits").note == NO_CHANGE
    assert found(rows, "theme_change", group="2.2+development", population="all audits").note == LESS


def test_a_theme_under_five_audits_on_both_sides_is_not_compared() -> None:
    held = cycles(20, {"4.4": {0: 4, 6: 0, -1: 0}}, held=7)
    assert [row for row in theme_change(held) if row.population == "all audits"] == []


def test_under_ten_audits_nothing_is_said_of_a_change() -> None:
    rows = theme_change(cycles(9, {"4.4": {0: 9, 6: 0, -1: 0}}, held=7))
    assert found(rows, "theme_change", population="all audits").note == "too few to judge"


def test_three_cycles_against_the_year_before_show_what_emerges_and_what_fades() -> None:
    recent = {0: 6, 1: 6, 2: 6}
    held = cycles(
        15,
        {
            "4.4": {**recent, -1: 0},
            "2.2": {0: 0, 1: 0, 2: 0, -1: 5},
            "6.6": {0: 7, 1: 7, 2: 7, -1: 4},  # more than before, but not twice as much
            "1.4": {-1: 3},
        },
    )
    notes = {joined(row.group): row.verdict for row in theme_course(held) if row.measure == "theme_emergence"}
    assert notes == {
        "4.4+development": EMERGING, "2.2+development": FADING, "6.6+development": NO_CHANGE,
        "1.4+development": NO_CHANGE,
    }  # fmt: skip


def test_persistent_is_one_audit_in_ten_and_nine_cycles_of_twelve() -> None:
    rows = theme_course(cycles(10, {"1.4": {-1: 1}, "2.2": {0: 9, 1: 9, 2: 9, -1: 0}}))
    steady = found(rows, "theme_cycles", group="1.4+development")
    assert (steady.value, steady.denominator, steady.verdict) == (12, 12, PERSISTENT)
    assert found(rows, "theme_cycles", group="2.2+development").note == ""  # common, but in three cycles alone
    assert is_persistent(12, 120, 9, 12)
    assert not is_persistent(11, 120, 12, 12)
    assert not is_persistent(12, 120, 8, 12)
    assert not is_persistent(5, 50, 5, 5)  # five cycles are no course


def test_with_five_cycles_before_nothing_emerges() -> None:
    rows = theme_course(cycles(20, {"4.4": {0: 10, 1: 10, 2: 10, -1: 0}}, held=8))
    assert [row for row in rows if row.measure == "theme_emergence"] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2022, 11])
def test_the_planted_themes_are_found(seed: int) -> None:
    """What was planted: handover emerges in February 2024; contingency, chronologies and tracking persist."""
    frames = with_place(council(seed))
    for month in ("2024-03", "2024-04", "2024-07"):
        rows = frame_of(theme_course(at(month, frames)), as_at=at(month, frames).as_at)
        emerging = {group for group in rows.loc[rows.verdict == EMERGING, "group"] if group.endswith("+development")}
        assert emerging == {f"{PLANTED.emerging_code}+development"}
    persistent = set(rows.loc[rows.verdict == PERSISTENT, "group"])
    assert {f"{code}+development" for code in PLANTED.persistent_codes} <= persistent
    before = theme_course(at("2024-01", frames))
    assert f"{PLANTED.emerging_code}+development" not in {
        joined(row.group) for row in before if row.verdict == EMERGING
    }


@pytest.mark.slow
def test_on_shuffled_months_next_to_nothing_emerges_or_fades() -> None:
    """One month in ten may raise a false alarm by the rule; benchmarks/theme_alarms.py has the rate from many more."""
    frames = with_place(council(cycles=16))
    rng = np.random.default_rng(5)
    alarms = 0
    for _ in range(30):
        audits = frames["audits"].assign(cycle_month=rng.permutation(frames["audits"]["cycle_month"]))
        rows = theme_course(at("2023-09", {**frames, "audits": audits.assign(audited_on=audits["audited_on"].min())}))
        alarms += any(row.verdict in (EMERGING, FADING) for row in rows)
    assert alarms <= 6  # P(more than six of thirty) is 2.6% if the rate is one in ten

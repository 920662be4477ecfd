"""Councils that audit every quarter or every six weeks: what is compared, due and spared is as in a monthly one."""

from datetime import date
from typing import Any

import pytest
from small import found, frame, month, tables

from qa_analysis.council import Own
from qa_analysis.data.tables import Tables
from qa_analysis.dates import months_after, months_between
from qa_analysis.draw.frame import newest, recent_of
from qa_analysis.framework import rules_for
from qa_analysis.measures.audit_cycle.announced import announced
from qa_analysis.measures.audit_cycle.plan import COMING, OVERDUE, coming, plan
from qa_analysis.measures.audit_cycle.representative import representative
from qa_analysis.measures.audits.selection import selection
from qa_analysis.measures.closing_the_loop.ledger import ledger
from qa_analysis.measures.closing_the_loop.verdicts import verdicts
from qa_analysis.measures.grades.windows import windows
from qa_analysis.measures.populations import ALL_AUDITS, POOLED, SAME_THEME
from qa_analysis.measures.themes.change import theme_change
from qa_analysis.notices.window import window_of
from qa_analysis.reports.themes.tables import quarters
from qa_analysis.telling.wording import all_cycles, by_cadence, compared_periods, missing_before

QUARTERLY = Own(first_cycle="2022-12", audit_cycles={"2022-10": "every 3 months"})
SIX_WEEKLY = Own(first_cycle="2022-12", audit_cycles={"2022-10-24": "every 6 weeks"})
CYCLES = {  # by hand: the month in which each cycle ends; six-weekly on 4 December 2022, 15 January 2023 and so on
    "quarterly": ["2022-12", "2023-03", "2023-06", "2023-09", "2023-12", "2024-03"],
    "six-weekly": ["2022-12", "2023-01", "2023-02", "2023-04", "2023-05", "2023-07", "2023-08", "2023-09", "2023-11",
                   "2023-12", "2024-01", "2024-03"],
}  # fmt: skip


def council(kind: str, newest: str, **more: Any) -> Tables:
    """Twelve audits in each cycle up to one, half of them good, on one theme and with one area for development."""
    own = QUARTERLY if kind == "quarterly" else SIX_WEEKLY
    held = [cycle for cycle in CYCLES[kind] if cycle <= newest]
    audits = [
        {"cycle_month": cycle, "audited_on": f"{cycle}-03", "theme_code": "neglect", "key_worker_id": f"kw-{number}",
         "overall_grade": "good" if number % 2 else "inadequate"}
        for cycle in held for number in range(12)
    ]  # fmt: skip
    findings = [
        {"audit_id": f"audits-{number}", "polarity": "development", "theme_code": "3.10"}
        for number in range(1, len(audits) + 1)
    ]
    return tables(newest, own=own, audits=audits, findings=findings, **more)


@pytest.mark.parametrize(
    ("kind", "now", "then"),
    [
        ("quarterly", "2024-03", "2023-09"),
        ("six-weekly", "2024-03", "2023-09"),
        ("six-weekly", "2023-12", "2023-05"),  # none ended in June
        ("six-weekly", "2023-11", "2023-05"),
    ],
)
def test_a_cycle_is_held_against_the_last_one_that_lies_six_months_back(kind: str, now: str, then: str) -> None:
    found_ = windows(council(kind, now))
    for population in (ALL_AUDITS, SAME_THEME):
        assert (found_[population].now_cycles, found_[population].then_cycles) == ((now,), (then,))
        assert (len(found_[population].now), len(found_[population].then)) == (12, 12)


@pytest.mark.parametrize(("kind", "each"), [("quarterly", (1, 1)), ("six-weekly", (2, 3))])
def test_three_months_are_pooled_on_both_sides_and_none_is_in_both(kind: str, each: tuple[int, int]) -> None:
    pooled = windows(council(kind, "2024-03"))[POOLED]
    assert len(pooled.now_cycles) == len(pooled.then_cycles) == 3
    assert set(pooled.now_cycles).isdisjoint(pooled.then_cycles)
    assert (len(pooled.now), len(pooled.then)) == tuple(12 * number for number in each)


@pytest.mark.parametrize("kind", ["quarterly", "six-weekly"])
def test_verdicts_and_themes_speak_of_the_same_two_periods(kind: str) -> None:
    held = council(kind, "2024-03")
    then = held.rules.cycle_before("2024-03")
    method = f"2024-01/2024-03 less {months_after(then, -2)}/{then}"
    assert found(verdicts(held), "loop_verdict", by="").verdict not in ("", "too few to judge")
    change = found(theme_change(held), "theme_change", population=POOLED, group=("3.10", "development"))
    assert change.method.endswith(method)
    assert found(theme_change(held), "theme_change", population=ALL_AUDITS).method.endswith(f"2024-03 less {then}")
    told = month(held)
    assert quarters(told) == ("2024-01/2024-03", f"{months_after(then, -2)}/{then}")
    assert missing_before(told) == []
    assert compared_periods(told)[0] == "January to March 2024"


def test_a_theme_is_due_again_in_the_first_cycle_after_six_months_and_not_overdue_before_there_was_one() -> None:
    """Raised in December 2022: six months end in June 2023, in which no six-weekly cycle ends."""
    (first, *_), newest_ = CYCLES["six-weekly"], "2023-07"
    held = council("six-weekly", newest_)
    assert held.rules.revisit_due(first) == "2023-07"
    other = [{"cycle_month": cycle, "audited_on": f"{cycle}-03", "theme_code": "neglect" if cycle == first else "x"}
             for cycle in ("2022-12", "2023-05", "2023-07", "2023-08")]  # fmt: skip
    on_time = tables("2023-07", own=SIX_WEEKLY, audits=other[:3])
    late = tables("2023-08", own=SIX_WEEKLY, audits=other)
    assert [found(ledger(on_time), name).value for name in ("revisits_due", "revisits_overdue")] == [2, 0]
    assert [found(ledger(late), name).value for name in ("revisits_due", "revisits_overdue")] == [1, 1]
    assert found(plan(tables("2023-05", own=SIX_WEEKLY, audits=other[:2])), "plan_revisit",
                 group="neglect").verdict == COMING  # fmt: skip
    assert found(plan(late), "plan_revisit", group="neglect").verdict == OVERDUE
    assert found(ledger(held), "revisits_done").value == 1


def test_the_plan_has_the_cycles_to_come_and_no_month_without_one() -> None:
    assert coming(council("quarterly", "2023-06")) == ("2023-09", "2023-12")
    assert coming(council("six-weekly", "2023-05")) == ("2023-07", "2023-08", "2023-09", "2023-11")


@pytest.mark.parametrize("kind", ["quarterly", "six-weekly"])
def test_a_key_worker_audited_in_two_cycles_running_is_counted_whatever_lies_between(kind: str) -> None:
    assert found(selection(council(kind, "2024-03")), "consecutive_month_workers").value == 12


def test_workers_of_the_cycle_before_are_spared_by_the_draw_and_the_caseload_is_that_before_the_cycle() -> None:
    rules = rules_for("2024-03", own=QUARTERLY)
    audits = council("quarterly", "2023-12").audits.assign(child_id="C1")
    assert recent_of(audits, None, "2024-03", rules).workers == {f"kw-{number}" for number in range(12)}
    caseload = frame("caseload", [{"snapshot_on": day, "child_id": "C1"} for day in ("2023-12-31", "2024-01-31")])
    assert newest(caseload, "2024-03", rules)[0].date() == date(2023, 12, 31)


def test_the_list_goes_out_in_the_week_before_the_cycle_and_audits_run_to_its_end() -> None:
    held = window_of("2024-03", made_on=date(2023, 12, 1), rules=rules_for("2024-03", own=QUARTERLY))
    assert (held.due_on, held.ends_on) == (date(2023, 12, 27), date(2024, 3, 28))  # before Good Friday
    assert not window_of("2024-03", made_on=date(2024, 2, 10), rules=rules_for("2024-03", own=QUARTERLY)).overruns


def test_a_list_in_the_week_before_the_quarter_is_in_time_and_the_caseload_is_that_before_it() -> None:
    day = {"list_sent_on": "2023-12-27", "cycle_month": "2024-03", "audited_on": "2024-02-03", "team": "North"}
    caseload = [{"snapshot_on": "2023-12-31", "child_id": f"C{one}", "team": "North"} for one in range(3)]
    caseload += [{"snapshot_on": "2024-02-29", "child_id": "C1", "team": "South"}]
    held = tables("2024-03", own=QUARTERLY, audits=[day], caseload=caseload)
    assert found(announced(held), "list_in_last_week", period="2024-03").numerator == 1
    expected = [one for one in representative(held) if one.measure == "random_audits_expected" and one.by == ("team",)]
    assert [one.group for one in expected] == [("North",)]


def test_words_count_months_where_cycles_are_no_months() -> None:
    told, monthly = month(council("quarterly", "2024-03")), month(tables("2023-06", audits=[{}]))
    assert by_cadence(monthly, "The last three cycles") == "The last three cycles"
    assert (
        by_cadence(told, "The last three cycles, twelve cycles before") == "The last three months, twelve months before"
    )
    assert [all_cycles(one) for one in (told, monthly)] == ["twelve months", "twelve cycles"]


def test_every_six_weekly_cycle_of_five_years_has_one_to_be_held_against() -> None:
    rules = rules_for("2023-06", own=SIX_WEEKLY)
    every = [one for one in months_between("2023-06", "2028-06") if rules.cadence.has_cycle(one)]
    back = {one: len(months_between(rules.cycle_before(one), one)) - 1 for one in every}
    assert len(every) == 44
    assert set(back.values()) == {6, 7}
    assert all(rules.cadence.has_cycle(rules.cycle_before(one)) for one in every)

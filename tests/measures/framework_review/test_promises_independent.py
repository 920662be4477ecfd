"""Promises worked out a second time, in plain Python from the rows of the synthetic council, over a year of cycles.

Nothing of the measures is imported for the expected side: counts by loops over rows.
"""

from collections import Counter
from datetime import date, timedelta
from functools import cache
from math import ceil

import pytest
from by_hand import ACTIONS, AUDITS, DAY, MONTH, SCALE, Record, by_day, frames, records, wilson, working_days, year
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.framework_review.kept import promises_kept

PERIOD = "2022-07/2023-06"
MANAGERS_FROM = "2022-12"
PIT = {"practice improvement team", "principal social worker", "quality assurance manager"}


@cache
def figures() -> dict[tuple[str, str], Figure]:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    return {(one.measure, one.group[0]): one for one in promises_kept(held) if one.period == PERIOD}


def classes(code: str) -> tuple[int, int, int]:
    names = ("promise_kept", "promise_not_kept", "promise_not_known")
    return tuple(int(figures()[name, code].numerator) for name in names)  # type: ignore[return-value]


def tally(states: list[str]) -> tuple[int, int, int]:
    sizes = Counter(states)
    return sizes["kept"], sizes["not"], sizes["unknown"]


def audits() -> list[Record]:
    return [row for row in AUDITS.values() if row["cycle_month"] in year()]


def state(kept: bool, known: bool = True) -> str:
    return "kept" if kept else "not" if known else "unknown"


def notice() -> list[str]:
    return [
        state(row["notice_on"] is not None and (row["audited_on"] - row["notice_on"]).days >= 7,
              row["notice_on"] is not None)
        for row in audits()
    ]  # fmt: skip


def in_their_cycle() -> list[str]:
    return [state(f"{row['audited_on']:%Y-%m}" == row["cycle_month"]) for row in audits()]


def last_week() -> list[str]:
    found = []
    for row in audits():
        first, sent = date.fromisoformat(f"{row['cycle_month']}-01"), row["list_sent_on"]
        found.append(state(sent is not None and first - timedelta(7) <= sent < first, sent is not None))
    return found


def spared() -> list[str]:
    def before(cycle: str) -> str:
        return (date.fromisoformat(f"{cycle}-01") - timedelta(1)).isoformat()[:7]

    pairs = {(row["cycle_month"], row["key_worker_id"]) for row in AUDITS.values()}
    assert all(worker for _, worker in pairs)
    return [state((before(cycle), worker) not in pairs) for cycle, worker in pairs if cycle in year()]


def conversation() -> list[str]:
    return [
        state(by_day(row["key_worker_conversation_on"]) or row["was_key_worker_spoken_to"] is True,
              row["was_key_worker_spoken_to"] is not None)
        for row in audits()
    ]  # fmt: skip


def third() -> list[str]:
    drawn = {
        row["audit_id"]
        for row in records("moderations")
        if row["route"] == "random third" and by_day(row["moderated_on"])
    }
    found = []
    for cycle in year():
        held = [row["audit_id"] for row in audits() if row["cycle_month"] == cycle]
        asked = ceil(len(held) / 3)
        done = min(asked, sum(audit in drawn for audit in held))
        found += ["kept"] * done + ["not"] * (asked - done)
    return found


def upheld() -> list[str]:
    held = {row["audit_id"]: row for row in audits()}
    drawn = [row for row in records("moderations") if row["route"] == "random third" and by_day(row["moderated_on"])]
    found = []
    for row in drawn:
        audit = held.get(row["audit_id"])
        if audit:
            graded = row["overall_grade"] in SCALE and audit["overall_grade"] in SCALE
            found.append(state(graded and row["overall_grade"] == audit["overall_grade"], graded))
    return found


def in_forty_days() -> list[str]:
    """Day by day to the fortieth working day, which must have come and lie in the year."""
    found = []
    for row in ACTIONS:
        last = row["agreed_on"]
        while working_days(row["agreed_on"], last) < 40 and last <= DAY:
            last += timedelta(1)
        is_due = last <= DAY and f"{last:%Y-%m}" in year()
        if is_due and not (row["completed_on"] and row["completed_on"] < row["agreed_on"]):
            found.append(state(by_day(row["completed_on"]) and row["completed_on"] <= last))
    return found


def events(kind: str) -> list[str]:
    held = {
        f"{row['held_on']:%Y-%m}"
        for row in records("learning_events")
        if row["kind"] == kind and by_day(row["held_on"])
    }
    return [state(cycle in held) for cycle in year()]


def told() -> list[str]:
    concerns = [row for row in records("immediate_concerns") if by_day(row["found_on"]) and row["audit_id"] in AUDITS]
    return [
        state(by_day(row["team_manager_told_on"]) or by_day(row["service_manager_told_on"]), known=False)
        for row in concerns
        if AUDITS[row["audit_id"]]["cycle_month"] in year()
    ]


def roles() -> list[str]:
    return [state(row["auditor_role"] in PIT or row["cycle_month"] >= MANAGERS_FROM, row["auditor_role"] is not None)
            for row in audits()]  # fmt: skip


def briefings() -> list[str]:
    return events("briefing")


def sessions() -> list[str]:
    return events("reflective session")


@pytest.mark.parametrize(
    ("code", "by_hand"),
    [
        ("notice-given", notice), ("audits-in-their-cycle", in_their_cycle), ("list-in-last-week", last_week),
        ("workers-spared", spared),
        ("key-worker-conversation", conversation), ("third-moderated", third), ("grades-upheld", upheld),
        ("actions-in-time", in_forty_days), ("briefing", briefings), ("learning-session", sessions),
        ("concern-told", told), ("roles-that-audit", roles),
    ],
)  # fmt: skip
def test_a_promise_comes_out_the_same_when_its_rows_are_counted_one_by_one(code: str, by_hand: object) -> None:
    assert callable(by_hand)
    assert classes(code) == tally(by_hand())


def test_the_range_of_the_sample_is_wilsons() -> None:
    kept, missed, unknown = tally(upheld())
    one = figures()["promise_kept", "grades-upheld"]
    assert unknown == 0
    assert (one.value, one.lower, one.upper) == pytest.approx(wilson(kept, kept + missed))

"""The quarter of each service worked out a second time, in plain Python from the rows of the synthetic council."""

from collections import Counter, defaultdict
from functools import cache

import pytest
from by_hand import ACTIONS, AUDITS, DAY, MONTH, by_day, frames, records, wilson
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.figure import Figure
from qa_analysis.measures.service_plan.indicators import quarter_indicators
from qa_analysis.measures.service_plan.work import quarter_learning, quarter_work

MONTHS = ["2023-04", "2023-05", "2023-06"]


@cache
def figures() -> dict[tuple[str, tuple[str, ...]], Figure]:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    every = (*quarter_work(held), *quarter_learning(held), *quarter_indicators(held))
    return {(one.measure, one.group): one for one in every}


def test_audits_and_actions_of_each_service() -> None:
    audits = Counter(row["service_area"] for row in AUDITS.values() if row["cycle_month"] in MONTHS)
    assert audits == {group[0]: one.value for (name, group), one in figures().items()
                      if name == "quarter_audits" and group and one.value}  # fmt: skip
    done = [row for row in ACTIONS if by_day(row["completed_on"]) and f"{row['completed_on']:%Y-%m}" in MONTHS]
    assert figures()["quarter_actions", ("completed",)].value == len(done)
    for service, many in Counter(row["service_area"] for row in done).items():
        assert figures()["quarter_actions", (service, "completed")].value == many


def test_learning_events_of_each_service() -> None:
    services = {row["team"]: row["service_area"] for row in records("audits")}
    held = defaultdict(set)
    for row in records("learning_events"):
        if by_day(row["held_on"]) and f"{row['held_on']:%Y-%m}" in MONTHS and row["attended"] != 0:
            named = (
                [services[row["team"]]]
                if row["team"] in services
                else set(services.values())
                if not row["team"]
                else []
            )
            for service in named:
                held[service, row["kind"]].add(row["event_id"])
    expected = {group: len(events) for group, events in held.items()}
    assert expected and expected == {group: one.value for (name, group), one in figures().items()
                                     if name == "quarter_learning" and len(group) == 2}  # fmt: skip


def test_each_share_of_a_service_is_what_was_counted_over_all_cases() -> None:
    rows = [row for row in records("indicators") if row["level"] == "service" and row["period"] in MONTHS]
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if row["numerator"] is not None and row["denominator"]:
            held = sums[row["indicator_code"], row["entity"]]
            held[0] += row["numerator"]
            held[1] += row["denominator"]
            held[2] += 1
    shares = {group: one for (name, group), one in figures().items()
              if name == "quarter_indicator_share" and len(group) == 2}  # fmt: skip
    assert len(shares) > 10
    for group, one in shares.items():
        part, whole, months = sums[group]
        assert months == 3
        assert (one.numerator, one.denominator) == (part, whole)
        assert (one.value, one.lower, one.upper) == pytest.approx(wilson(int(part), int(whole)))

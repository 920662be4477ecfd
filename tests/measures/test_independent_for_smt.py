"""What senior managers and inspectors ask of a month, worked out a second time in plain Python (see by_hand)."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import pytest
from by_hand import (
    ACTIONS,
    AUDITS,
    DAY,
    MONTH,
    YEAR,
    Key,
    Record,
    by_day,
    frames,
    headline,
    records,
    wilson,
    working_days,
    year,
)
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import measures

LATELY = "2023-04/2023-06"
YEAR_BEFORE = date(2022, 7, 10)
BANDS = {"1-20 days over": (1, 20), "21-40 days over": (21, 40), "41-80 days over": (41, 80),
         "over 80 days over": (81, 9999)}  # fmt: skip


@pytest.fixture(scope="module")
def figures() -> dict[Key, Record]:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    rows = measures(held).to_dict("records")
    return {(r["measure"], r["period"], r["population"], r["by"], r["group"]): r for r in rows}


@cache
def last_day(agreed: date) -> date:
    """The first day by which forty working days have passed."""
    day = agreed + timedelta(days=50)
    while working_days(agreed, day) < 40:
        day += timedelta(days=1)
    return day


def done_by(action: Record, day: date) -> bool:
    return action["completed_on"] is not None and action["completed_on"] <= min(day, DAY)


def due() -> Iterable[tuple[Key, int, int]]:
    known = [a for a in ACTIONS if not (by_day(a["completed_on"]) and a["completed_on"] < a["agreed_on"])]
    periods = {LATELY: ["2023-04", "2023-05", MONTH], YEAR: year(), **{month: [month] for month in year()}}
    for period, months in periods.items():
        some = [a for a in known if f"{last_day(a['agreed_on']):%Y-%m}" in months]
        groups = {("", ""): some}
        if len(months) > 1:
            services = {a["service_area"] for a in some}
            groups |= {("service_area", s): [a for a in some if a["service_area"] == s] for s in services}
        for label, those in groups.items():
            kept = sum(done_by(a, last_day(a["agreed_on"])) for a in those)
            yield ("actions_due_in_time", period, "actions due in the period", *label), kept, len(those)
    done = [a for a in ACTIONS if by_day(a["completed_on"])]
    of_year = [a for a in done if f"{a['completed_on']:%Y-%m}" in year()]
    for some, period, whose in ((done, MONTH, "completed actions"), (of_year, YEAR, "actions completed in the period")):
        unsigned = sum(not by_day(a["signed_off_on"]) for a in some)
        yield ("completed_never_signed_off", period, whose, "", ""), unsigned, len(some)


def stock() -> Iterable[tuple[Key, float]]:
    then = [a for a in ACTIONS if a["agreed_on"] <= YEAR_BEFORE and not done_by(a, YEAR_BEFORE)]
    over = [(YEAR_BEFORE - a["due_on"]).days for a in then if a["due_on"]]
    labels = ("2022-06", "all actions agreed by the day")
    yield ("actions_open_year_before", *labels, "", ""), len(then)
    yield ("actions_overdue_year_before", *labels, "", ""), sum(days > 0 for days in over)
    for band, (least, most) in BANDS.items():
        yield ("actions_overdue_year_before", *labels, "days over", band), sum(least <= d <= most for d in over)
    late = [a for a in ACTIONS if not by_day(a["completed_on"]) and a["due_on"] and a["due_on"] < DAY]
    for word, mark in (("yes", True), ("no", False)):
        size = sum(a["is_safeguarding"] is mark for a in late)
        yield ("actions_overdue", MONTH, "all actions agreed by the day", "safeguarding", word), size


def test_every_count_is_the_one_worked_out_by_hand(figures: dict[Key, Record]) -> None:
    expected = dict(stock())
    assert {key: figures[key]["value"] for key in expected} == expected


def test_every_share_has_its_own_parts_and_wilsons_limits(figures: dict[Key, Record]) -> None:
    expected = {key: (part, whole) for key, part, whole in (*due(), *changed(), *looked_at_blind(), *worst()) if whole}
    assert {key: (figures[key]["numerator"], figures[key]["denominator"]) for key in expected} == expected
    for key, (part, whole) in expected.items():
        row = figures[key]
        assert (row["value"], row["lower"], row["upper"]) == pytest.approx(wilson(part, whole), abs=1e-9), key


SAID_OF_TEMPLATES = {  # what a reader takes from each of the synthetic council's statements, by words of it
    "markedly better": "better", "changed the course": "better", "thriving": "better", "safer, and": "better",
    "doing well at school": "better", "has helped the family": "better", "clear progress": "better",
    "Some difference has been made": "mixed", "hard to say": "what changed is not said",
    "safe enough today": "worse or no difference", "not turned this into change": "worse or no difference",
    "not yet visible": "what changed is not said", "Little has changed": "worse or no difference",
    "without protection": "worse or no difference", "no better than": "worse or no difference",
}  # fmt: skip


def changed() -> Iterable[tuple[Key, int, int]]:
    """Of the statements alone; where one says no direction the findings may, so only directions are compared."""
    for period, months in ((MONTH, [MONTH]), (YEAR, year())):
        audits = headline(*months)
        told = [
            next(said for words, said in SAID_OF_TEMPLATES.items() if words in a["impact_statement"])
            for a in audits
            if a["impact_statement"]
        ]
        for change in ("better", "worse or no difference", "mixed"):
            label = ("source+change", f"impact statement+{change}")
            yield ("impact_on_child", period, "headline routes", *label), told.count(change), len(audits)
        here = {a["audit_id"] for a in AUDITS.values() if a["cycle_month"] in months}
        heard = [
            f["views"]
            for f in records("family_feedback")
            if f["audit_id"] in here and f["outcome"] == "engaged" and by_day(f["contacted_on"])
        ]
        for views in ("positive", "mixed", "negative"):
            label = ("views", views)
            yield ("family_said_views", period, "every route", *label), heard.count(views), len(heard)


def looked_at_blind() -> Iterable[tuple[Key, int, int]]:
    scale = ("outstanding", "good", "requires improvement", "inadequate")
    decisions = [
        (m["was_blind"], AUDITS[m["audit_id"]]["overall_grade"], m["overall_grade"])
        for m in records("moderations")
        if m["route"] == "random third" and by_day(m["moderated_on"]) and m["audit_id"] in AUDITS
        and AUDITS[m["audit_id"]]["cycle_month"] in year()
    ]  # fmt: skip
    for word, flag in (("blind", True), ("not blind", False)):
        both = [(a, b) for blind, a, b in decisions if blind is flag and a in scale and b in scale]
        label = ("random third, 12 cycles", "was_blind", word)
        yield ("agreement_exact", YEAR, *label), sum(a == b for a, b in both), len(both)


def worst() -> Iterable[tuple[Key, int, int]]:
    cycles = sorted({a["cycle_month"] for a in AUDITS.values() if a["cycle_month"] <= MONTH})
    for period, months in ((YEAR, year()), *((cycle, [cycle]) for cycle in cycles)):
        grades = [a["overall_grade"] for a in headline(*months) if a["overall_grade"]]
        yield ("graded_inadequate", period, "headline routes", "", ""), grades.count("inadequate"), len(grades)


def test_the_panels_distance_from_auditors_is_the_difference_of_the_two_printed_shares(
    figures: dict[Key, Record],
) -> None:
    for period in (MONTH, YEAR):
        place = (period, "headline routes", "", "")
        ours, panel = figures["good_or_better", *place], figures["good_or_better_adjusted", *place]
        row = figures["good_or_better_auditors_less_panel", *place]
        assert row["value"] == pytest.approx(ours["value"] - panel["value"])
        assert row["denominator"] == ours["denominator"]
        assert row["lower"] < row["value"] < row["upper"]

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


SESSIONS = [row for row in records("supervision") if by_day(row["held_on"])]


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


def decisions() -> Iterable[tuple[Key, float]]:
    still = [d for d in records("smt_decisions") if by_day(d["meeting_on"]) and not by_day(d["completed_on"])]
    label = (MONTH, "all decisions by the day", "", "")
    yield ("decisions_open", *label), len(still)
    yield ("decisions_overdue", *label), sum(d["due_on"] is not None and d["due_on"] < DAY for d in still)
    yield ("decisions_open_oldest_days", *label), max((DAY - d["meeting_on"]).days for d in still)


def test_every_count_is_the_one_worked_out_by_hand(figures: dict[Key, Record]) -> None:
    expected = {**dict(stock()), **dict(decisions())}
    assert {key: figures[key]["value"] for key in expected} == expected


def test_every_share_has_its_own_parts_and_wilsons_limits(figures: dict[Key, Record]) -> None:
    made = (due, changed, looked_at_blind, worst, open_children, planned, in_supervision, after_inadequate)
    expected = {key: (part, whole) for maker in made for key, part, whole in maker() if whole}
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


def of_year() -> list[Record]:
    return [a for a in AUDITS.values() if a["cycle_month"] in year()]


def open_children() -> Iterable[tuple[Key, int, int]]:
    snapshots = [c for c in records("caseload") if by_day(c["snapshot_on"])]
    newest = max(c["snapshot_on"] for c in snapshots)
    here = [c for c in snapshots if c["snapshot_on"] == newest and c["case_status"] != "fostering"]
    audited = {a["child_id"] for a in of_year()} - {None}
    for by in ("", "service_area", "age_band"):
        for group in {c[by] for c in here} - {None} if by else {""}:
            those = [c["child_id"] for c in here if not by or c[by] == group]
            label = ("children open at the newest month end", by, group)
            yield ("open_children_audited", YEAR, *label), sum(child in audited for child in those), len(those)


def planned() -> Iterable[tuple[Key, int, int]]:
    for period, months in ((MONTH, [MONTH]), (YEAR, year())):
        asked, missing = 0, 0
        for row in records("audit_plan"):
            if row["cycle_month"] in months and row["planned_audits"]:
                theme = (row["cycle_month"], row["theme_code"])
                done = sum((a["cycle_month"], a["theme_code"]) == theme for a in AUDITS.values())
                asked += row["planned_audits"]
                missing += max(0, row["planned_audits"] - done)
        yield ("planned_audits_not_done", period, "every route", "", ""), missing, asked


def supervised(audit: Record) -> tuple[date | None, bool]:
    """The day of the key worker's next supervision, and whether the audit was discussed in it."""
    held = [s for s in SESSIONS if s["worker_id"] == audit["key_worker_id"] and s["held_on"] > audit["audited_on"]]
    day = min((s["held_on"] for s in held), default=None)
    return day, any(s["held_on"] == day and s["audit_id"] == audit["audit_id"] for s in held)


def in_supervision() -> Iterable[tuple[Key, int, int]]:
    named = {s["audit_id"] for s in SESSIONS}
    for period, months in ((MONTH, [MONTH]), (YEAR, year())):
        audits = [a for a in of_year() if a["cycle_month"] in months]
        followed = [is_named for day, is_named in map(supervised, audits) if day]
        label = (period, "every route", "", "")
        yield ("discussed_in_next_supervision", *label), sum(followed), len(followed)
        yield ("discussed_in_supervision", *label), sum(a["audit_id"] in named for a in audits), len(audits)


def after_inadequate() -> Iterable[tuple[Key, int, int]]:
    worst = [a for a in of_year() if a["overall_grade"] == "inadequate"]
    agreed = {a["audit_id"]: [b for b in ACTIONS if b["audit_id"] == a["audit_id"]] for a in worst}
    forms = {c["audit_id"] for c in records("immediate_concerns") if by_day(c["found_on"])}
    seen = {m["audit_id"] for m in records("moderations") if by_day(m["moderated_on"])}
    named, some = {s["audit_id"] for s in SESSIONS}, [a for a in worst if a["child_id"]]
    with_any = [held for held in agreed.values() if held]
    again = sum(
        any(b["child_id"] == a["child_id"] and b["audited_on"] > a["audited_on"] for b in AUDITS.values()) for a in some
    )
    parts = {
        "an action agreed": (len(with_any), len(worst)),
        "every action completed": (sum(all(by_day(b["completed_on"]) for b in h) for h in with_any), len(with_any)),
        "child audited again": (again, len(some)),
        "immediate concern raised": (
            sum(bool(a["is_immediate_concern"]) or a["audit_id"] in forms for a in worst), len(worst),
        ),
        "moderated by the panel": (sum(a["audit_id"] in seen for a in worst), len(worst)),
        "discussed in supervision": (sum(a["audit_id"] in named for a in worst), len(worst)),
    }  # fmt: skip
    for step, (part, whole) in parts.items():
        label = ("audits with the lowest grade, every route", "step", step)
        yield ("inadequate_followed", YEAR, *label), part, whole


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

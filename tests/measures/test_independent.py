"""The month's figures worked out a second time, in plain Python from the definitions, from another road altogether.

Nothing of the measures or the statistics is imported for the expected side: counts by loops, shares by Wilson's own
formula, working days by a list of bank holidays, Kaplan-Meier by hand.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

import pytest
from by_hand import (
    ACTIONS,
    AREAS,
    AUDITS,
    BEFORE,
    DAY,
    MONTH,
    SCALE,
    THEN,
    YEAR,
    Key,
    Record,
    by_day,
    frames,
    headline,
    is_good,
    records,
    wilson,
    working_days,
    year,
)
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import measures

CYCLE = [row for row in AUDITS.values() if row["cycle_month"] == MONTH]


def counts() -> Iterable[tuple[Key, float]]:
    every, top = (MONTH, "every route"), (MONTH, "headline routes")
    yield ("audits_completed", *every, "", ""), len(CYCLE)
    yield ("audits_headline", *top, "", ""), len(headline(MONTH))
    for route, size in Counter(a["selection_route"] for a in CYCLE).items():
        yield ("audits_completed", *every, "route", route), size
    for grade in SCALE:
        yield ("grade_count", *top, "grade", grade), sum(a["overall_grade"] == grade for a in headline(MONTH))
    for grade in [*SCALE, "not applicable"]:
        for area in AREAS:
            size = sum(a[f"grade_{area}"] == grade for a in headline(MONTH))
            yield ("grade_count", *top, "key_area+grade", f"{area}+{grade}"), size
    yield ("moderation_required", *every, "", ""), -(-len(CYCLE) // 3)
    here = {a["audit_id"] for a in CYCLE}
    done = [m for m in records("moderations") if m["audit_id"] in here and by_day(m["moderated_on"])]
    yield ("moderation_done", *every, "", ""), len(done)
    for route in ("random third", "dispute", "immediate concern", "calibration", "other"):
        yield ("moderation_done", *every, "route", route), sum(m["route"] == route for m in done)
    workers = [{a["key_worker_id"] for a in AUDITS.values() if a["cycle_month"] == m} - {None} for m in (BEFORE, MONTH)]
    yield ("consecutive_month_workers", *every, "", ""), len(workers[0] & workers[1])
    shown = {a["audit_id"] for a in headline(MONTH)}
    coded = [f for f in records("findings") if f["audit_id"] in shown and f["theme_code"]]
    for (code, polarity), size in Counter((f["theme_code"], f["polarity"]) for f in coded).items():
        yield ("theme_count", *top, "theme_code+polarity", f"{code}+{polarity}"), size


def stock() -> Iterable[tuple[Key, float]]:
    still_open = [a for a in ACTIONS if not by_day(a["completed_on"])]
    done = [a for a in ACTIONS if by_day(a["completed_on"])]
    found = {
        "actions_agreed": sum(f"{a['agreed_on']:%Y-%m}" == MONTH for a in ACTIONS),
        "actions_open": len(still_open),
        "actions_overdue": sum(a["due_on"] is not None and a["due_on"] < DAY for a in still_open),
        "actions_completed": len(done),
        "actions_unsigned": sum(not by_day(a["signed_off_on"]) for a in done),
    }
    for measure, size in found.items():
        yield (measure, MONTH, "all actions agreed by the day", "", ""), size


def shares() -> Iterable[tuple[Key, int, int]]:
    yield from ((("good_or_better", period, "headline routes", *label), *pair) for period, label, pair in _good())
    every = (MONTH, "every route", "", "")
    held = sum(by_day(a["key_worker_conversation_on"]) for a in CYCLE)
    yield ("key_worker_conversation_held", *every), held, len(CYCLE)
    here = {a["audit_id"] for a in CYCLE}
    told = [f for f in records("family_feedback") if f["audit_id"] in here and by_day(f["contacted_on"])]
    tried = {f["audit_id"] for f in told if f["outcome"] != "not appropriate"}
    engaged = {f["audit_id"] for f in told if f["outcome"] == "engaged"}
    yield ("family_contact_attempted", *every), len(tried), len(CYCLE)
    yield ("family_engaged", *every), len(engaged), len(CYCLE)
    noticed = [(a["audited_on"] - a["notice_on"]).days for a in CYCLE if a["notice_on"]]
    yield ("notice_under_7_days", *every), sum(days < 7 for days in noticed), len(noticed)
    clocks: dict[str, Callable[[date, date], int]] = {"calendar": lambda a, b: (b - a).days, "working": working_days}
    for name, clock in clocks.items():
        spans = [(clock(a["agreed_on"], _ended(a)), by_day(a["completed_on"])) for a in ACTIONS]
        reached = [(days, done) for days, done in spans if done or days > 40]
        labels = (f"completed_in_40_{name}_days", MONTH, "all actions agreed by the day", "", "")
        yield labels, sum(done and days <= 40 for days, done in reached), len(reached)
    yield from _panel()


def _good() -> Iterable[tuple[str, tuple[str, str], tuple[int, int]]]:
    for period, months in ((MONTH, [MONTH]), (THEN, [THEN]), (YEAR, year())):
        for label, column in {("", ""): "overall_grade", **{("key_area", a): f"grade_{a}" for a in AREAS}}.items():
            grades = [a[column] for a in headline(*months) if a[column] in SCALE]
            yield period, label, (sum(map(is_good, grades)), len(grades))
    for by in ("service_area", "team", "theme_code"):
        for group in {a[by] for a in headline(MONTH)} - {None}:
            grades = [a["overall_grade"] for a in headline(MONTH) if a[by] == group and a["overall_grade"] in SCALE]
            yield MONTH, (by, group), (sum(map(is_good, grades)), len(grades))


POPULATIONS = {"random third, 12 cycles": {"random third"}, "all routes, 12 cycles": None}


def _pairs(routes: set[str] | None, column: str = "overall_grade") -> list[tuple[int, int]]:
    graded = [
        (AUDITS[m["audit_id"]][column], m[column])
        for m in records("moderations")
        if by_day(m["moderated_on"]) and m["audit_id"] in AUDITS and (routes is None or m["route"] in routes)
        and AUDITS[m["audit_id"]]["cycle_month"] in year()
    ]  # fmt: skip
    return [(SCALE.index(a), SCALE.index(b)) for a, b in graded if a in SCALE and b in SCALE]


def _panel() -> Iterable[tuple[Key, int, int]]:
    for population, routes in POPULATIONS.items():
        moved = [panel - auditor for auditor, panel in _pairs(routes)]
        tallies = {
            "agreement_exact": sum(step == 0 for step in moved),
            "agreement_within_one": sum(abs(step) <= 1 for step in moved),
            "moderation_lowered": sum(step > 0 for step in moved),
            "moderation_unchanged": sum(step == 0 for step in moved),
            "moderation_raised": sum(step < 0 for step in moved),
        }
        for measure, tally in tallies.items():
            yield (measure, YEAR, population, "", ""), tally, len(moved)


def _ended(action: Record) -> date:
    return action["completed_on"] if by_day(action["completed_on"]) else DAY


@pytest.fixture(scope="module")
def figures() -> dict[Key, Record]:
    held = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    rows = measures(held).to_dict("records")
    found = {(r["measure"], r["period"], r["population"], r["by"], r["group"]): r for r in rows}
    assert len(found) == len(rows)  # no figure twice
    return found


def test_every_count_is_the_one_worked_out_by_hand(figures: dict[Key, Record]) -> None:
    expected = {**dict(counts()), **dict(stock())}
    assert {key: figures[key]["value"] for key in expected} == expected


def test_every_share_has_its_own_parts_and_wilsons_limits(figures: dict[Key, Record]) -> None:
    expected = {key: (part, whole) for key, part, whole in shares()}
    assert {key: (figures[key]["numerator"], figures[key]["denominator"]) for key in expected} == expected
    for key, (part, whole) in expected.items():
        value, lower, upper = wilson(part, whole)
        assert figures[key]["value"] == pytest.approx(value), key
        if key[0] != "agreement_within_one":  # near 1, where Clopper and Pearson's limits are used
            assert (figures[key]["lower"], figures[key]["upper"]) == pytest.approx((lower, upper), abs=1e-9), key


def test_the_curve_of_completion_is_kaplan_and_meiers(figures: dict[Key, Record]) -> None:
    spans = [((_ended(a) - a["agreed_on"]).days, by_day(a["completed_on"])) for a in ACTIONS]
    surviving, median = 1.0, math.nan
    for day in sorted({days for days, done in spans if done}):
        at_risk = sum(days >= day for days, _ in spans)
        surviving *= 1 - sum(days == day and done for days, done in spans) / at_risk
        median = day if math.isnan(median) and surviving <= 0.5 else median
        if day <= 40:
            by_40 = 1 - surviving
    labels = (MONTH, "all actions agreed by the day", "", "")
    assert figures["completed_by_day_40_km", *labels]["denominator"] == len(spans)
    assert figures["completed_by_day_40_km", *labels]["value"] == pytest.approx(by_40)
    assert figures["days_to_complete_median", *labels]["value"] == median


def _coefficient(pairs: list[tuple[int, int]], weight: Callable[[int, int], float], *, gwet: bool) -> float:
    """(observed - chance) / (1 - chance), every grade of the scale counted whether used or not."""
    cells = [(i, j) for i in range(4) for j in range(4)]
    auditor, panel = ([sum(pair[side] == g for pair in pairs) / len(pairs) for g in range(4)] for side in (0, 1))
    observed = sum(weight(*pair) for pair in pairs) / len(pairs)
    chance = sum(weight(i, j) * auditor[i] * panel[j] for i, j in cells)
    if gwet:
        mean = [(a + b) / 2 for a, b in zip(auditor, panel, strict=True)]
        chance = sum(weight(*cell) for cell in cells) / 12 * sum(share * (1 - share) for share in mean)
    return (observed - chance) / (1 - chance)


@pytest.mark.parametrize(
    ("measure", "weight", "gwet"),
    [
        ("kappa_linear", lambda i, j: 1 - abs(i - j) / 3, False),
        ("kappa_quadratic", lambda i, j: 1 - (i - j) ** 2 / 9, False),
        ("gwet_ac1", lambda i, j: float(i == j), True),
        ("gwet_ac2_linear", lambda i, j: 1 - abs(i - j) / 3, True),
    ],
)
def test_agreement_beyond_chance_is_worked_out_from_the_pairs(
    figures: dict[Key, Record], measure: str, weight: Callable[[int, int], float], gwet: bool
) -> None:
    for population, routes in POPULATIONS.items():
        for label, column in {("", ""): "overall_grade", **{("key_area", a): f"grade_{a}" for a in AREAS}}.items():
            pairs, row = _pairs(routes, column), figures[measure, YEAR, population, *label]
            assert row["denominator"] == len(pairs)
            assert row["value"] == pytest.approx(_coefficient(pairs, weight, gwet=gwet)), (population, label)


def _compared() -> dict[str, tuple[list[Record], list[Record]]]:
    """Audits now and six cycles ago, by population."""
    now, then = headline(MONTH), headline(THEN)
    shared = {a["theme_code"] for a in now} & {a["theme_code"] for a in then} - {None}
    return {
        "all audits": (now, then),
        "same theme": tuple([a for a in side if a["theme_code"] in shared] for side in (now, then)),  # type: ignore[dict-item]
        "three cycles pooled": (headline("2023-04", BEFORE, MONTH), headline("2022-10", "2022-11", THEN)),
    }


@pytest.mark.parametrize("population", ["all audits", "same theme", "three cycles pooled"])
def test_the_six_month_difference_is_the_later_share_less_the_earlier(
    figures: dict[Key, Record], population: str
) -> None:
    for label, column in {("", ""): "overall_grade", **{("key_area", a): f"grade_{a}" for a in AREAS}}.items():
        now, then = ([a[column] for a in side if a[column] in SCALE] for side in _compared()[population])
        if not (now and then):  # no theme came back: nothing to compare, and no figure
            assert ("loop_difference", MONTH, population, *label) not in figures
            continue
        (p, low, high), (q, floor, roof) = (wilson(sum(map(is_good, grades)), len(grades)) for grades in (now, then))
        row = figures["loop_difference", MONTH, population, *label]
        limits = (p - q - math.hypot(p - low, roof - q), p - q + math.hypot(high - p, q - floor))
        assert (row["value"], row["lower"], row["upper"]) == pytest.approx((p - q, *limits), abs=1e-9)
        wins = sum((SCALE.index(a) < SCALE.index(b)) + (a == b) / 2 for a in now for b in then)
        shift = figures["loop_superiority", MONTH, population, *label]
        assert shift["value"] == pytest.approx(wins / len(now) / len(then))

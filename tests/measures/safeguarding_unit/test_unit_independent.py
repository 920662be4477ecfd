"""June 2023 of the synthetic council's unit, worked out a second time in plain Python (see by_hand)."""

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date

import pytest
from by_hand import DAY, MONTH, YEAR, Key, Record, by_day, frames, records, wilson
from small import CONTRACTS

from qa_analysis.data.tables import tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import figures_by, makers

LATELY, MONTHS = "2023-04/2023-06", ("2023-04", "2023-05", "2023-06")
KINDS = ("initial child protection", "review child protection", "cared for review")
DUE, HELD = "conferences and reviews due in the period", "conferences and reviews held in the period"
RAISED = "practice alerts raised in the period"
INVITED = "invitations to conferences and reviews held in the period"
CONFERENCES, ALERTS, CASELOAD = records("conferences"), records("practice_alerts"), records("caseload")
RECEIVED = records("complaints_compliments")
YEARS_MONTHS = tuple([f"2022-{n:02d}" for n in range(7, 13)] + [f"2023-{n:02d}" for n in range(1, 7)])
OUR_MONTHS = {MONTH: (MONTH,), LATELY: MONTHS, YEAR: YEARS_MONTHS}


def month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def held(conference: Record) -> bool:
    return by_day(conference["held_on"])


def counts() -> Iterable[tuple[Key, float]]:
    for day, period in ((date(2023, 6, 30), MONTH), (date(2022, 6, 30), "2022-06")):
        for status in ("CLA", "CP"):
            found = {r["child_id"] for r in CASELOAD if r["snapshot_on"] == day and r["case_status"] == status}
            yield ("unit_children", period, "cared-for children and children on a child protection plan",
                   "case_status", status), len(found)  # fmt: skip
    for kind in KINDS:
        waits = [c for c in CONFERENCES if c["kind"] == kind and c["due_on"] < DAY and not held(c)]
        yield ("conferences_overdue", MONTH, "conferences and reviews due by the day", "kind", kind), len(waits)
    for period, months in OUR_MONTHS.items():
        under = [
            c for c in CONFERENCES if held(c) and month(c["held_on"]) in months and c["child_participated"] == "under 4"
        ]
        yield ("participation_apart", period, HELD, "answer", "under 4"), len(under)
        for is_formal, way in ((True, "formal"), (False, "informal")):
            some = [a for a in ALERTS if month(a["raised_on"]) in months and a["is_formal"] == is_formal]
            yield ("alerts_raised", period, RAISED, "formality", way), len(some)
        for theme, size in Counter(a["theme_code"] for a in ALERTS if month(a["raised_on"]) in months).items():
            yield ("alert_themes", period, RAISED, "theme_code", theme), size
        for kind in ("complaint", "compliment"):
            own = [r for r in RECEIVED if r["kind"] == kind and month(r["received_on"]) in months]
            own = [r for r in own if r["received_by"] == "safeguarding unit"]
            key = ("unit_received", period, "received by the Safeguarding Unit", "kind+received_by")
            yield (*key, f"{kind}+safeguarding unit"), len(own)
    waiting = [a for a in ALERTS if a["raised_on"] <= DAY and not by_day(a["responded_on"])]
    everything = (MONTH, "practice alerts raised by the day", "", "")
    yield ("alerts_open", *everything), len(waiting)
    yield ("alerts_overdue", *everything), sum(a["response_due_on"] < DAY for a in waiting)
    yield ("alerts_open_longest", *everything), max((DAY - a["raised_on"]).days for a in waiting)
    unsettled = [a for a in ALERTS if by_day(a["responded_on"]) and not by_day(a["resolved_on"])]
    yield ("alerts_answered_not_resolved", *everything), len(unsettled)


def shares() -> Iterable[tuple[Key, int, int]]:
    contributions = {c["conference_id"]: [] for c in CONFERENCES}
    for one in records("partner_contributions"):
        contributions[one["conference_id"]].append(one)
    for period, months in OUR_MONTHS.items():
        due = [c for c in CONFERENCES if month(c["due_on"]) in months]
        met = [c for c in CONFERENCES if held(c) and month(c["held_on"]) in months]
        for kind in ("", *KINDS):
            label = ("kind", kind) if kind else ("", "")
            some = [c for c in due if kind in ("", c["kind"])]
            in_time = sum(held(c) and c["held_on"] <= c["due_on"] for c in some)
            yield ("conferences_in_time", period, DUE, *label), in_time, len(some)
            asked = [c["child_participated"] for c in met if kind in ("", c["kind"])]
            yield ("child_took_part", period, HELD, *label), asked.count("yes"), asked.count("yes") + asked.count("no")
        for agency in ("GP", "police", "school", "adult services", "health visitor or school nurse"):
            rows = [one for c in met for one in contributions[c["conference_id"]] if one["agency"] == agency]
            sent = [one for one in rows if one["is_invited"]]
            yield ("partner_invited", period, HELD, "agency", agency), len(sent), len(rows)
            yield ("partner_attended", period, INVITED, "agency", agency), sum(r["attended"] for r in sent), len(sent)
            yield (
                ("partner_reported", period, INVITED, "agency", agency),
                sum(r["report_received"] for r in sent),
                len(sent),
            )
        answers = [a for a in ALERTS if month(a["response_due_on"]) in months]
        in_time = sum(by_day(a["responded_on"]) and a["responded_on"] <= a["response_due_on"] for a in answers)
        key = ("alerts_answered_in_time", period, "practice alerts whose answer fell due in the period", "", "")
        yield key, in_time, len(answers)


@pytest.fixture(scope="module")
def figures() -> dict[Key, Record]:
    tables = tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))
    ours = [maker for maker in makers() if "safeguarding_unit" in maker.function.__module__]
    rows = [row for maker in ours for row in figures_by(maker, tables).to_dict("records")]
    found = {(r["measure"], r["period"], r["population"], r["by"], r["group"]): r for r in rows}
    assert len(found) == len(rows)  # no figure twice
    return found


def test_every_count_of_the_unit_is_the_one_worked_out_by_hand(figures: dict[Key, Record]) -> None:
    expected = dict(counts())
    assert {key: figures[key]["value"] for key in expected} == expected
    assert (
        min(sum(value for key, value in expected.items() if key[0] == name) for name in {key[0] for key in expected})
        > 0
    )


def test_every_share_of_the_unit_has_its_own_parts_and_wilsons_limits(figures: dict[Key, Record]) -> None:
    expected = {key: (part, whole) for key, part, whole in shares()}
    assert {key: (figures[key]["numerator"], figures[key]["denominator"]) for key in expected} == expected
    for key, pair in expected.items():
        assert [figures[key][name] for name in ("value", "lower", "upper")] == pytest.approx(wilson(*pair), abs=1e-9), (
            key
        )


def _poisson_tail(most: int, mean: float) -> float:
    """The chance of so many events or fewer."""
    return sum(math.exp(-mean) * mean**n / math.factorial(n) for n in range(most + 1))


def test_the_rates_limits_are_where_so_few_or_so_many_become_unlikely(figures: dict[Key, Record]) -> None:
    children = {r["child_id"] for r in CASELOAD if r["snapshot_on"] == date(2023, 6, 30)
                and r["case_status"] in ("CLA", "CP")}  # fmt: skip
    raised = [a for a in ALERTS if month(a["raised_on"]) == MONTH and a["child_id"]]
    row = figures["alerts_per_100_children", MONTH, RAISED, "", ""]
    assert (row["numerator"], row["denominator"]) == (len(raised), len(children))
    assert row["value"] == pytest.approx(100 * len(raised) / len(children))
    low, high = (row[name] * len(children) / 100 for name in ("lower", "upper"))
    assert 1 - _poisson_tail(len(raised) - 1, low) == pytest.approx(0.025)
    assert _poisson_tail(len(raised), high) == pytest.approx(0.025)


@pytest.mark.parametrize(("step", "column"), [("answered", "responded_on"), ("resolved", "resolved_on")])
def test_the_median_is_where_kaplan_and_meiers_curve_passes_a_half(
    figures: dict[Key, Record], step: str, column: str
) -> None:
    some = [a for a in ALERTS if month(a["raised_on"]) in OUR_MONTHS[YEAR]]
    spans = [(((a[column] if by_day(a[column]) else DAY) - a["raised_on"]).days, by_day(a[column])) for a in some]
    left, median = 1.0, math.nan
    for day in sorted({days for days, done in spans if done}):
        left *= 1 - sum(days == day and done for days, done in spans) / sum(days >= day for days, _ in spans)
        median = day if math.isnan(median) and left <= 0.5 else median
    row = figures["alert_days_median", YEAR, RAISED, "step", step]
    assert (row["value"], row["denominator"]) == (median, len(spans))

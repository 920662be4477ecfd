"""Supervision, narratives and missing figures worked out a second time, in plain Python (see by_hand)."""

from collections import Counter, defaultdict
from datetime import date

import pytest
from by_hand import AUDITS, DAY, MONTH, YEAR, Record, by_day, frames, is_good, records, wilson, year
from small import CONTRACTS, found

from qa_analysis.data.tables import Tables, tables_as_at
from qa_analysis.framework import rules_for
from qa_analysis.measures.narratives.submitted import narratives_in
from qa_analysis.measures.performance.completeness import places_in
from qa_analysis.measures.supervision.after_audits import after_audits
from qa_analysis.measures.supervision.in_time import supervision
from qa_analysis.measures.supervision.standing import standing_counts

STAFF = [row for row in records("staff") if row["started_on"] <= DAY]
SESSIONS = [row for row in records("supervision") if by_day(row["held_on"])]
HELD: dict[str, list[date]] = defaultdict(list)
DUE: dict[tuple[str, date], date] = {}
REFLECTIVE: dict[tuple[str, date], bool] = {}
for one in SESSIONS:
    here = (one["worker_id"], one["held_on"])
    if here not in DUE:
        HELD[one["worker_id"]].append(one["held_on"])
    DUE[here], REFLECTIVE[here] = one["next_due_on"], one["is_reflective"]


@pytest.fixture(scope="module")
def held() -> Tables:
    return tables_as_at(frames(), CONTRACTS, month=MONTH, as_at=DAY, rules=rules_for(MONTH))


def post(worker: str, day: date) -> Record | None:
    """The newest post of somebody on a day."""
    posts = [p for p in STAFF if p["worker_id"] == worker and p["started_on"] <= day]
    posts = [p for p in posts if p["ended_on"] is None or p["ended_on"] >= day]
    return max(posts, key=lambda p: p["started_on"], default=None)


def is_away(one: Record, day: date) -> bool:
    return one["leave_from_on"] is not None and one["leave_from_on"] <= day <= one["leave_to_on"]


def after(worker: str, day: date) -> date | None:
    return min((d for d in HELD[worker] if d > day), default=None)


def in_time(months: list[str], team: str | None = None) -> tuple[int, int]:
    kept = whole = 0
    for (worker, day), due in DUE.items():
        one = post(worker, due)
        if f"{due:%Y-%m}" not in months or one is None or is_away(one, due) or team not in (None, one["team"]):
            continue
        following = after(worker, day)
        if following is not None and following <= due:
            kept, whole = kept + 1, whole + 1
        elif due < DAY:
            whole += 1
    return kept, whole


def test_supervision_in_time_is_that_of_a_loop(held: Tables) -> None:
    rows = [one for one in supervision(held) if one.measure == "supervision_in_time"]
    for period, months in ((MONTH, [MONTH]), (YEAR, year())):
        share = found(rows, "supervision_in_time", period=period, by="")
        assert (share.numerator, share.denominator) == in_time(months)
        assert (share.value, share.lower, share.upper) == pytest.approx(wilson(*in_time(months)), abs=1e-9)
    teams = {one.group[0]: (one.numerator, one.denominator) for one in rows if one.by == ("team",)}
    assert len(teams) == 16
    assert teams == {team: in_time(year(), team) for team in teams}


def test_everybody_stands_where_a_loop_puts_them(held: Tables) -> None:
    workers = {a["key_worker_id"] for a in AUDITS.values()} | {c["key_worker_id"] for c in records("caseload")}
    with_cases = {p["role"] for p in STAFF if p["worker_id"] in workers} - {"team manager"}
    states: Counter[str] = Counter()
    for worker in {p["worker_id"] for p in STAFF}:
        one = post(worker, DAY)
        if one is None or one["role"] not in with_cases | {"team manager"}:
            continue
        last = max(HELD[worker], default=None)
        due = DUE[worker, last] if last else None
        if is_away(one, DAY):
            states["on long leave"] += 1
        elif due is None:
            states["none recorded"] += 1
        else:
            was_away = is_away(one, due) and last < one["leave_from_on"]
            late = "none since a long leave" if was_away else "overdue"
            states["next one not yet due" if due >= DAY else late] += 1
    told = {one.group[0]: one.value for one in standing_counts(held) if one.by == ("state",)}
    assert {state: size for state, size in told.items() if size} == dict(states)


def test_what_followed_audits_is_what_a_loop_finds(held: Tables) -> None:
    rows = after_audits(held)
    audits = [a for a in AUDITS.values() if a["cycle_month"] in year()]
    named = {(s["audit_id"], s["worker_id"], s["held_on"]) for s in SESSIONS if s["audit_id"]}
    pairs = [(a, after(a["key_worker_id"], a["audited_on"])) for a in audits]
    followed = [(a, day) for a, day in pairs if day is not None]
    below = [(a, day) for a, day in followed if not is_good(a["overall_grade"])]
    said = [REFLECTIVE[a["key_worker_id"], day] for a, day in followed]
    expected = {
        "below_good_discussed_in_next": (
            sum((a["audit_id"], a["key_worker_id"], day) in named for a, day in below), len(below),
        ),
        "next_supervision_reflective": (sum(said), len(said)),
    }  # fmt: skip
    for measure, (part, whole) in expected.items():
        share = found(rows, measure, period=YEAR, by="")
        assert (share.numerator, share.denominator) == (part, whole)
    fates = {one.group[0]: one.value for one in rows if one.by == ("state",) and one.period == YEAR}
    assert sum(fates.values()) == len(audits)
    assert fates["discussed in the next supervision"] == sum(
        (a["audit_id"], a["key_worker_id"], day) in named for a, day in followed
    )
    assert found(rows, "days_to_next_supervision_median", by="").value == median_by_hand(pairs)


def median_by_hand(pairs: list[tuple[Record, date | None]]) -> float:
    """Kaplan-Meier's median, event by event."""
    last = {worker: max(p["ended_on"] or date.max for p in STAFF if p["worker_id"] == worker)
            for worker in {p["worker_id"] for p in STAFF}}  # fmt: skip
    cases = []
    for audit, day in pairs:
        left = last.get(audit["key_worker_id"], date.max)
        until = day or (left if left < DAY else DAY)
        cases.append((max((until - audit["audited_on"]).days, 0), day is not None))
    waiting = 1.0
    for days in sorted({days for days, done in cases if done}):
        at_risk = sum(time >= days for time, _ in cases)
        waiting *= 1 - sum(done for time, done in cases if time == days) / at_risk
        if waiting <= 0.5 + 1e-9:
            return float(days)
    raise AssertionError("fewer than half are done")


END = date(2023, 6, 30)
HERE = {
    (p["service_area"], p["team"])
    for p in STAFF
    if p["started_on"] <= END and (p["ended_on"] is None or p["ended_on"] >= END)
}
LED = {p["team"] for p in STAFF if p["role"] == "team manager"}
TEAMS = {team for _, team in HERE if team in LED}
SERVICES = {service for service, team in HERE if team in TEAMS}


def test_who_sent_in_what_they_say_is_what_a_loop_finds(held: Tables) -> None:
    sent = [n for n in records("narratives") if n["month"] == MONTH]
    figures = narratives_in(held)
    for level, names in (("service", SERVICES), ("team", TEAMS)):
        mine = {n["entity"] for n in sent if n["level"] == level}
        share = found(figures, "narratives_in", group=level)
        assert (share.numerator, share.denominator) == (len(mine & names), len(names))
        for name in names - mine:
            assert name in share.note


def test_the_places_of_each_indicator_are_what_a_loop_finds(held: Tables) -> None:
    rows = [i for i in records("indicators") if "2022-07" <= i["period"] <= MONTH and i["level"] != "directorate"]
    figures = {one.group: one for one in places_in(held)}
    assert {(i["indicator_code"], i["level"]) for i in rows} == set(figures)
    for (code, level), one in figures.items():
        mine = [i for i in rows if (i["indicator_code"], i["level"]) == (code, level)]
        asked = {i["entity"] for i in mine} | (TEAMS if level == "team" else set())
        here = {i["entity"] for i in mine if i["period"] == MONTH}
        assert (one.numerator, one.denominator) == (len(here), len(asked)), code

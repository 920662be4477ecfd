"""Practice Week as the demo has it: leaders look at records that others audit too, observe, and hold training.

It is laid over a finished council, from a random stream of its own, so that every other row stays as it is.
"""

from collections.abc import Mapping
from random import Random
from typing import Final

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.synthetic.columns import KEY_AREAS, is_date
from qa_analysis.data.synthetic.era import stream
from qa_analysis.data.synthetic.selection import PRACTICE_WEEK_MONTH

LEADERS: Final = ("director of children's services", "assistant director", "service manager")
FROM_CYCLE: Final = "2022-12"  # leaders audit since auditors were widened
TWICE, SEEN = 7, 5  # records graded twice, observations by leaders
GRADES: Final = ("outstanding", "good", "requires improvement", "inadequate")
ALIKE_SHARE: Final = 0.65
IMPACT: Final = (
    "The plan is making a difference that can be seen in the record.",
    "There is progress, and the next steps are clear to everybody.",
    "Change is slower than it should be, and the record does not say why.",
    "What is meant to get better for the child is not clear from the record.",
)  # two of good work, two of other
NOT_KEPT: Final = ("draw_id", "co_auditor_id", "disputed_by", "reviewing_officer_conversation_on")


def with_practice_week(frames: Mapping[str, DataFrame], seed: int = 2022) -> dict[str, DataFrame]:
    """The council with a Practice Week in each October since managers audit. New frames, their old rows first."""
    random, held = stream(seed, "practice week"), dict(frames)
    for month in sorted(set(frames["audits"]["cycle_month"].dropna())):
        if (
            month.endswith(PRACTICE_WEEK_MONTH)
            and month >= FROM_CYCLE
            and (monday := _monday(frames, month)) is not None
        ):
            leaders = _leaders(frames["staff"], monday)
            held["audits"] = _more(held["audits"], _graded_twice(random, frames["audits"], month, monday, leaders))
            held["observations"] = _more(held["observations"], _observed(random, frames, monday, leaders))
            held["learning_events"] = _more(held["learning_events"], _training(random, month, monday))
    return held


def _monday(frames: Mapping[str, DataFrame], month: str) -> pd.Timestamp | None:
    """The Monday of the week in which the month's event was held."""
    events = frames["learning_events"]
    days = events.loc[events["kind"].eq("practice week") & events["held_on"].dt.strftime("%Y-%m").eq(month), "held_on"]
    return None if days.empty else days.iloc[0] - pd.Timedelta(days=days.iloc[0].weekday())


def _leaders(staff: DataFrame, day: pd.Timestamp) -> DataFrame:
    """The leaders in post on a day, the highest first. One row per person."""
    held = staff[staff["role"].isin(LEADERS) & (staff["started_on"] <= day) & ~(staff["ended_on"] < day)]
    return held.sort_values("role", key=lambda roles: roles.map(LEADERS.index), kind="stable")


def _graded_twice(
    random: Random, audits: DataFrame, month: str, monday: pd.Timestamp, leaders: DataFrame
) -> list[dict[str, object]]:
    """Records of the cycle that others audit, graded by leaders as well. One row per audit."""
    grades = audits[[f"grade_{area}" for area in KEY_AREAS]].isin([*GRADES, "not applicable"]).all(axis="columns")
    known = (
        audits["cycle_month"].eq(month) & audits["selection_route"].eq("random") & audits["overall_grade"].isin(GRADES)
    )
    chosen = audits[known & grades & audits["child_id"].notna() & ~audits["auditor_role"].isin(LEADERS)]
    rows = random.sample(range(len(chosen)), min(TWICE, len(chosen)))
    return [
        _second(
            random,
            chosen.iloc[row],
            leaders.iloc[place % len(leaders)],
            audit_id=f"A{month.replace('-', '')}-{900 + place}",
            day=monday + pd.Timedelta(days=place % 5),
        )
        for place, row in enumerate(sorted(rows))
    ]


def _second(random: Random, first: Series, leader: Series, *, audit_id: str, day: pd.Timestamp) -> dict[str, object]:
    """A leader's audit of a record that somebody else audits: its days as far apart as those of the other."""
    apart = day - first["audited_on"]
    days = {name: first[name] + apart for name in first.index if is_date(name) and pd.notna(first[name])}
    grades = {name: _near(random, first[name]) for name in first.index if name.startswith("grade_")}
    overall = _within(_near(random, first["overall_grade"]), list(grades.values()))
    said = IMPACT[:2] if overall in GRADES[:2] else IMPACT[2:]
    return {
        **first.to_dict(), **days, **grades, **dict.fromkeys(NOT_KEPT), "audit_id": audit_id,
        "auditor_id": leader["worker_id"], "auditor_role": leader["role"], "selection_route": "practice week",
        "overall_grade": overall, "is_disputed": False, "is_immediate_concern": False,
        "impact_statement": random.choice(said), "list_sent_on": first["list_sent_on"],
    }  # fmt: skip


def _near(random: Random, grade: str) -> str:
    """The same grade, or now and then the next: leaders are a little stricter."""
    if grade not in GRADES or random.random() < ALIKE_SHARE:
        return grade
    return GRADES[min(len(GRADES) - 1, max(0, GRADES.index(grade) + random.choice((-1, 1, 1))))]


def _within(overall: str, areas: list[str]) -> str:
    """An overall grade no better than the best key area and no worse than the worst."""
    places = [GRADES.index(grade) for grade in areas if grade in GRADES] or [GRADES.index(overall)]
    return GRADES[min(max(places), max(min(places), GRADES.index(overall)))]


def _observed(
    random: Random, frames: Mapping[str, DataFrame], monday: pd.Timestamp, leaders: DataFrame
) -> list[dict[str, object]]:
    """What leaders, and an elected member, watched in the week. One row per observation."""
    staff, seen = frames["staff"], frames["observations"]
    at_work = staff[staff["role"].eq("social worker") & (staff["started_on"] <= monday) & staff["ended_on"].isna()]
    chosen = random.sample(range(len(at_work)), min(SEEN + 1, len(at_work)))
    rows = []
    for place, row in enumerate(chosen):
        is_member = place == SEEN
        leader, day = leaders.iloc[place % len(leaders)], monday + pd.Timedelta(days=place % 5)
        rows.append(
            {"observation_id": f"O{len(seen) + 1 + place:05d}-{monday:%y}", "worker_id": at_work.iloc[row]["worker_id"],
             "observer_id": None if is_member else leader["worker_id"],
             "observer_role": "elected member" if is_member else leader["role"], "observed_on": day,
             "kind": "meeting" if is_member else ("direct work", "meeting")[place % 2], "trigger": "interval",
             "received_on": day + pd.Timedelta(days=14)}
        )  # fmt: skip
    return rows


def _training(random: Random, month: str, monday: pd.Timestamp) -> list[dict[str, object]]:
    """Two more events of the week, to which practitioners and leaders come. One row per event."""
    rows: list[dict[str, object]] = []
    for place, theme in enumerate(("direct-work", "supervision")):
        invited = random.randint(30, 60)
        rows.append(
            {"event_id": f"LPW{month[2:4]}{place + 1}", "kind": "practice week", "theme_code": theme,
             "team": "all teams", "held_on": monday + pd.Timedelta(days=1 + 2 * place), "invited": invited,
             "attended": invited - random.randint(5, 20)}
        )  # fmt: skip
    return rows


def _more(frame: DataFrame, rows: list[dict[str, object]]) -> DataFrame:
    """The frame with more rows at its end, each column in its type."""
    if not rows:
        return frame
    more = DataFrame(rows).reindex(columns=frame.columns)
    typed = {name: Series(more[name].to_numpy(dtype=object)).astype(frame[name].dtype) for name in frame.columns}
    return pd.concat([frame, DataFrame(typed)], ignore_index=True)

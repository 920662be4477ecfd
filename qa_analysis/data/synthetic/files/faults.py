"""Record-level faults planted in a council, and what was planted where, so that a check can be checked.

Each fault is called as the contracts call the rule that it breaks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from random import Random

import pandas as pd
from pandas import DataFrame, Series

from qa_analysis.data.synthetic.columns import KEY_AREAS, KEYS, is_date
from qa_analysis.data.synthetic.era import stream

NO_SUCH_AUDIT = "A209901"
DAYS = pd.Timedelta(days=1)
Frames = Mapping[str, DataFrame]
Rows = list[int]


@dataclass(frozen=True)
class Faulty:
    """A council with faults in it. `planted` has one row per fault: dataset, key, fault."""

    frames: dict[str, DataFrame]
    planted: DataFrame


@dataclass(frozen=True)
class Fault:
    """A kind of fault: where it can be planted, and how."""

    name: str
    dataset: str
    fits: Callable[[Frames], Series]  # which rows it can be planted in
    plant: Callable[[DataFrame, Rows], Mapping[str, object]]  # column -> what the chosen rows then hold


def plant_faults(frames: Frames, seed: int = 2022, *, each: int = 2, only: tuple[str, ...] = ()) -> Faulty:
    """Each kind of fault planted in a few rows of its own, or those kinds named alone. New frames."""
    faulty = dict(frames)
    random = stream(seed, "faults")
    taken: dict[str, set[int]] = {}
    planted: list[dict[str, str]] = []
    for fault in FAULTS:
        if (only and fault.name not in only) or fault.dataset not in faulty:
            continue
        rows = _rows(random, fault, faulty, taken.setdefault(fault.dataset, set()), each)
        faulty[fault.dataset] = _planted(faulty[fault.dataset], fault, rows)
        keys = _keys(fault.dataset, frames[fault.dataset])
        planted += [{"dataset": fault.dataset, "key": keys[row], "fault": fault.name} for row in rows]
    return Faulty(faulty, DataFrame(planted, columns=["dataset", "key", "fault"]))


def _keys(dataset: str, frame: DataFrame) -> Series:
    """The key of each row, its columns joined by "+"."""
    columns = (frame[name].dt.strftime("%Y-%m-%d") if is_date(name) else frame[name] for name in KEYS[dataset])
    return reduce(lambda left, right: left + "+" + right, columns)


def _rows(random: Random, fault: Fault, frames: Frames, taken: set[int], each: int) -> Rows:
    """Rows that a fault fits and that hold no other fault yet."""
    fits = fault.fits(frames).fillna(value=False).astype(bool)
    free = [row for row in frames[fault.dataset].index[fits] if row not in taken]
    rows = sorted(random.sample(free, min(each, len(free))))
    taken.update(rows)
    return rows


def _planted(frame: DataFrame, fault: Fault, rows: Rows) -> DataFrame:
    """The frame with the fault in those rows."""
    chosen = frame.index.isin(rows)
    values = fault.plant(frame, rows)
    return frame.assign(**{name: frame[name].where(~chosen, value) for name, value in values.items()})


def _always(dataset: str) -> Callable[[Frames], Series]:
    return lambda frames: pd.Series(data=True, index=frames[dataset].index)


def _filled(dataset: str, *columns: str) -> Callable[[Frames], Series]:
    return lambda frames: frames[dataset][list(columns)].notna().all(axis="columns")


def _before(column: str, other: str, days: int) -> Callable[[DataFrame, Rows], Mapping[str, object]]:
    """A day so many days before another one of the row."""
    return lambda frame, rows: {column: frame.loc[rows, other] - days * DAYS}


def _to(**values: object) -> Callable[[DataFrame, Rows], Mapping[str, object]]:
    return lambda frame, rows: values


def _orphaned(frame: DataFrame, rows: Rows) -> Mapping[str, object]:
    """Another audit for each row, none of which exists."""
    return {"audit_id": Series([f"{NO_SUCH_AUDIT}-{row:05d}" for row in rows], index=rows)}


def _same(column: str, other: str) -> Callable[[DataFrame, Rows], Mapping[str, object]]:
    return lambda frame, rows: {column: frame.loc[rows, other]}


def _no_area_good(frames: Frames) -> Series:
    """Audits of which no area is good, help and protection is not inadequate, and the panel saw nothing."""
    audits = frames["audits"]
    areas = audits[[f"grade_{area}" for area in KEY_AREAS]]
    is_moderated = audits["audit_id"].isin(frames["moderations"]["audit_id"])
    is_safe = audits["grade_help_protection_stability"] == "requires improvement"
    return ~areas.isin(["outstanding", "good"]).any(axis="columns") & is_safe & ~is_moderated


def _moderation_where_not_judged(frames: Frames) -> Series:
    """Panel decisions with area grades on audits whose assessment could not be judged."""
    could_not = frames["audits"].loc[frames["audits"]["grade_assessment"] == "not applicable", "audit_id"]
    moderations = frames["moderations"]
    return moderations["audit_id"].isin(could_not) & moderations["grade_assessment"].notna()


def _finding_where_not_judged(frames: Frames) -> Series:
    """Findings of audits whose assessment could not be judged."""
    could_not = frames["audits"].loc[frames["audits"]["grade_assessment"] == "not applicable", "audit_id"]
    return frames["findings"]["audit_id"].isin(could_not)


def _coded_elsewhere(frames: Frames) -> Series:
    """Findings coded to a prompt outside supervision and oversight."""
    findings = frames["findings"]
    return findings["theme_code"].notna() & (findings["key_area"] != "supervision_oversight")


def _ended_and_never_away(frames: Frames) -> Series:
    staff = frames["staff"]
    return staff["ended_on"].notna() & staff["leave_from_on"].isna() & ~staff["is_nqsw"]


def _of_children(frames: Frames) -> Series:
    return frames["audits"]["subject"] == "child"


FAULTS = (
    # links to an audit that is not there
    Fault("audit-not-found", "actions", _filled("actions", "audit_id"), _orphaned),
    Fault("audit-not-found", "moderations", _always("moderations"), _orphaned),
    Fault("audit-not-found", "findings", _always("findings"), _orphaned),
    # days in the wrong order
    Fault("moderated-before-audit", "moderations", _always("moderations"), _before("moderated_on", "moderated_on", 90)),
    Fault("completed-before-agreed", "actions", _filled("actions", "completed_on"),
          _before("completed_on", "agreed_on", 3)),
    Fault("due-before-agreed", "actions", _filled("actions", "due_on"), _before("due_on", "agreed_on", 4)),
    Fault("signed-off-before-completed", "actions", _filled("actions", "signed_off_on"),
          _before("signed_off_on", "completed_on", 2)),
    Fault("audited-before-notice", "audits", _filled("audits", "notice_on"), _before("notice_on", "audited_on", -3)),
    Fault("review-ends-before-it-begins", "audits", _always("audits"), _before("review_from_on", "review_to_on", -2)),
    Fault("form-sent-before-found", "immediate_concerns", _filled("immediate_concerns", "form_sent_on"),
          _before("form_sent_on", "found_on", 6)),
    Fault("ended-before-started", "staff", _ended_and_never_away, _before("ended_on", "started_on", 30)),
    Fault("answered-before-raised", "practice_alerts", _filled("practice_alerts", "responded_on"),
          _before("responded_on", "raised_on", 5)),
    # grades and areas that contradict each other
    Fault("overall-above-every-area", "audits", _no_area_good, _to(overall_grade="good")),
    Fault("area-not-judged-by-audit", "findings", _finding_where_not_judged,
          _to(key_area="assessment", theme_code=None)),
    Fault("area-not-judged-by-audit", "moderations", _moderation_where_not_judged, _to(grade_assessment="inadequate")),
    # what is missing, or no code
    Fault("impact-statement-blank", "audits", _filled("audits", "impact_statement"), _to(impact_statement=None)),
    Fault("child-not-recorded", "audits", _of_children, _to(child_id=None)),
    Fault("code-not-in-list", "audits", _of_children, _to(age_band="12-14")),
    Fault("changed-without-reason", "moderations", _filled("moderations", "reason_for_change"),
          _to(reason_for_change=None, reason_about=None)),
    Fault("value-missing", "family_feedback", _always("family_feedback"),
          _to(outcome=None, views=None, text=None)),
    Fault("audit-not-named", "actions", _filled("actions", "audit_id"), _to(audit_id=None)),
    Fault("value-missing", "conferences", _always("conferences"), _to(child_id=None)),
    # what cannot be
    Fault("own-supervisor", "supervision", _filled("supervision", "supervisor_id"),
          _same("supervisor_id", "worker_id")),
    Fault("more-came-than-were-asked", "learning_events", _filled("learning_events", "attended"), _to(attended=999)),
    Fault("theme-of-another-area", "findings", _coded_elsewhere, _to(theme_code="6.6")),
)  # fmt: skip

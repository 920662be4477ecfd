"""Supervision sessions, and practice observed."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.era import Era, after, last_day, month_of, some_days_after, stream, working
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.people.staff import Holding, Roster
from qa_analysis.data.synthetic.planted import Planted
from qa_analysis.data.synthetic.wording.observed import OBSERVED_DEVELOPMENT, OBSERVED_STRENGTHS

SUPERVISION_DAYS = 29  # from one session to the next, at least
DUE_DAYS = 34  # after which the next one is due
FELL_BEHIND_DAYS = 14  # how much longer once supervision has fully worsened
SKIPPED_SHARE = 0.06
REFLECTIVE_SHARE, REFLECTIVE_LOST = 0.6, 0.3  # share of sessions that are reflective, and how much of it is lost
DISCUSSED_SHARE = 0.72  # audits discussed in the next supervision

OBSERVED_DAYS, ASYE_OBSERVED_DAYS = 170, 95  # from one observation to the next
MISSED_SHARE = 0.12
WORKER_KINDS = {"direct work": 60, "meeting": 25, "peer": 10, "other": 5}
MANAGER_KINDS = {"supervision": 62, "meeting": 33, "other": 5}
TRIGGERS = {"interval": 80, "audit action": 8, "supervision": 7, "pdr": 5}
LATE_RETURN_SHARE = 0.1
UNCODED_SHARE = 0.15  # observations that nobody gave a theme


@dataclass(frozen=True)
class Session:
    """One supervision of one worker."""

    holding: Holding
    supervisor_id: str | None
    held_on: date
    next_due_on: date
    is_reflective: bool


def sessions(seed: int, roster: Roster, era: Era, planted: Planted) -> list[Session]:
    """Every supervision of practitioners and their managers, by day."""
    random = stream(seed, "supervision")
    supervised = (holding for holding in roster.holdings if holding.post.is_practitioner or _is_first_line(holding))
    held = (session for holding in supervised for session in _of_holding(random, holding, roster, era, planted))
    return sorted(held, key=lambda session: (session.held_on, session.holding.worker.worker_id))


def _is_first_line(holding: Holding) -> bool:
    return holding.post.role == "team manager"


def _of_holding(random: Random, holding: Holding, roster: Roster, era: Era, planted: Planted) -> Iterator[Session]:
    """One worker's sessions in a post, now and then one skipped."""
    day = working(max(holding.started_on, era.starts_on) + timedelta(days=random.randint(2, SUPERVISION_DAYS)))
    while day <= (holding.ended_on or era.extracted_on):
        fallen = -planted.lift(planted.worsened_area, month_of(day), took_part=True) / planted.worsening
        if holding.is_present(day) and random.random() > SKIPPED_SHARE:
            supervisor_id = roster.worker_in(holding.post.manager, day) if holding.post.manager else None
            is_reflective = random.random() < REFLECTIVE_SHARE - REFLECTIVE_LOST * fallen
            yield Session(holding, supervisor_id, day, after(day, DUE_DAYS), is_reflective)
        day = some_days_after(random, day, SUPERVISION_DAYS, SUPERVISION_DAYS + 6 + round(FELL_BEHIND_DAYS * fallen))


def days_held(held: Sequence[Session]) -> Mapping[str, list[date]]:
    """When each worker had supervision, in order."""
    days: dict[str, list[date]] = {}
    for session in held:
        days.setdefault(session.holding.worker.worker_id, []).append(session.held_on)
    return days


def supervision_rows(seed: int, held: Sequence[Session], audits: Sequence[Judged]) -> Iterator[dict[str, object]]:
    """One row per session, and one more for each further audit discussed in it."""
    discussed = _discussed(stream(seed, "audits discussed"), held, audits)
    number = 0
    for session in held:
        about = discussed.get((session.holding.worker.worker_id, session.held_on), [None])
        for judged in about:
            number += 1
            child = judged and judged.case.spell.child
            yield {
                "supervision_id": f"S{number:06d}", "worker_id": session.holding.worker.worker_id,
                "supervisor_id": session.supervisor_id, "held_on": session.held_on,
                "child_id": child.child_id if child and not child.is_carer else None,
                "next_due_on": session.next_due_on, "is_reflective": session.is_reflective,
                "audit_id": judged and judged.case.audit_id,
            }  # fmt: skip


def _discussed(
    random: Random, held: Sequence[Session], audits: Sequence[Judged]
) -> dict[tuple[str, date], list[Judged | None]]:
    """The audits discussed in each session: those of the worker since the session before, most of them."""
    days, discussed = days_held(held), dict[tuple[str, date], list[Judged | None]]()
    for judged in audits:
        worker = judged.case.worker.worker.worker_id
        later = days.get(worker, [])[bisect_right(days.get(worker, []), judged.case.audited_on) :]
        if later and random.random() < DISCUSSED_SHARE:
            discussed.setdefault((worker, later[0]), []).append(judged)
    return discussed


def observation_rows(seed: int, roster: Roster, era: Era) -> Iterator[dict[str, object]]:
    """One row per observation of practice."""
    random, coding = stream(seed, "observations"), stream(seed, "observations coded")
    seen = [
        (day, holding)
        for holding in roster.holdings
        if holding.post.is_practitioner or _is_first_line(holding)
        for day in _days_observed(random, holding, era)
    ]
    for number, (day, holding) in enumerate(sorted(seen, key=lambda one: (one[0], one[1].worker.worker_id)), start=1):
        is_coded = coding.random() >= UNCODED_SHARE
        yield {
            "observation_id": f"O{number:05d}", **_observation(random, day, holding, roster, is_coded=is_coded)
        }  # fmt: skip


def _days_observed(random: Random, holding: Holding, era: Era) -> Iterator[date]:
    """When somebody in a post is observed: more often in the assessed and supported year."""
    day = working(max(holding.started_on, era.starts_on) + timedelta(days=random.randint(20, OBSERVED_DAYS)))
    while day <= (holding.ended_on or era.extracted_on):
        if holding.is_present(day) and random.random() > MISSED_SHARE:
            yield day
        every = ASYE_OBSERVED_DAYS if _is_in_asye(holding, day) else OBSERVED_DAYS
        day = some_days_after(random, day, every - 30, every + 30)


def _is_in_asye(holding: Holding, day: date) -> bool:
    return holding.is_nqsw and (day - holding.started_on).days < 365


def _observation(random: Random, day: date, holding: Holding, roster: Roster, *, is_coded: bool) -> dict[str, object]:
    """One observation."""
    kinds = MANAGER_KINDS if _is_first_line(holding) else WORKER_KINDS
    kind = random.choices(list(kinds), list(kinds.values()))[0]
    in_asye = _is_in_asye(holding, day)
    trigger = "asye" if in_asye else random.choices(list(TRIGGERS), list(TRIGGERS.values()))[0]
    assessor = roster.present("practice assessor lead/1", day) if in_asye and random.random() < 0.4 else None
    observer = assessor or roster.manager_of(holding.post, day)
    strengths, shown = random.choice(OBSERVED_STRENGTHS[kind])
    development, developed = random.choice(OBSERVED_DEVELOPMENT[kind])
    return {
        "worker_id": holding.worker.worker_id, "observer_id": observer and observer.worker.worker_id,
        "observer_role": observer and observer.post.role, "observed_on": day, "kind": kind, "trigger": trigger,
        "theme_code": developed if is_coded else None, "strengths_theme_code": shown if is_coded else None,
        "development_theme_code": developed if is_coded else None, "strengths": strengths, "development": development,
        "received_on": _received_on(random, day),
    }  # fmt: skip


def _received_on(random: Random, day: date) -> date:
    """The half-yearly return it came with, in July or in January; some are late."""
    due = last_day(f"{day.year}-07") if day.month <= 6 else last_day(f"{day.year + 1}-01")
    if random.random() < LATE_RETURN_SHARE:
        return some_days_after(random, due, 3, 30)
    return some_days_after(random, due - timedelta(days=20), 0, 16)

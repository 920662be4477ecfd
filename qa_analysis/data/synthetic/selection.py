"""Which records are audited in each cycle, by which route, when, and by whom."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from qa_analysis.data.synthetic.era import Era, last_day, stream, working_before, working_days_of
from qa_analysis.data.synthetic.people.auditors import auditor_of, co_auditor_of
from qa_analysis.data.synthetic.people.children import Spell
from qa_analysis.data.synthetic.people.services import (
    OUTSIDE_THEME_WEIGHT,
    REVISIT_CYCLES,
    SERVICES,
    THEME_STATUSES,
    planned_of,
    revisit_of,
    themes_of,
)
from qa_analysis.data.synthetic.people.staff import Holding, Roster
from qa_analysis.data.synthetic.planted import PLANTED
from qa_analysis.dates import months_after

UNDONE_SHARE = 0.09  # of planned audits that are not done, at most
ROUTE_WEIGHTS = {"random": 84, "nominated good": 5, "reactive": 5}
REVISIT_WEIGHT, INDUCTION_WEIGHT, PRACTICE_WEEK_WEIGHT = 18, 3, 14
PRACTICE_WEEK_MONTH = "10"
SAME_CHILD_SHARE = 0.3  # of revisit audits that look at a child of the first audit again
CHILD_REST_CYCLES = 12  # a child is not audited twice within a year
CONSECUTIVE_SHARE = 0.04  # of picks that would audit a worker two cycles running, how many go ahead
SECOND_SHARE = 0.3  # the same for a second audit of a worker in one cycle; there is never a third
SHORT_NOTICE_SHARE, SLIPPED_SHARE, LATE_SHARE = 0.03, 0.05, 0.01
TRIES = 600


@dataclass(frozen=True)
class Case:
    """A record picked for audit in a cycle, with its dates and the people concerned."""

    audit_id: str
    month: str
    theme: str
    route: str
    spell: Spell
    list_sent_on: date | None
    notice_on: date | None
    audited_on: date
    worker: Holding
    auditor: Holding
    co_auditor: Holding | None

    @property
    def age_band(self) -> str | None:
        """The child's age band on the day of the audit; None for carers."""
        return self.spell.child.age_band(self.audited_on)

    @property
    def team_manager_post(self) -> str:
        """The post that manages the key worker's team."""
        return f"{self.spell.post.team}/manager"

    @property
    def service_manager_post(self) -> str:
        """The post that manages the service."""
        return f"{self.spell.post.service_area}/manager"


@dataclass
class _Draw:
    """What is known as records are drawn: who was audited lately."""

    random: Random
    era: Era
    spells: Sequence[Spell]
    roster: Roster
    last_audited: dict[str, int] = field(default_factory=dict)  # child -> place of the cycle
    children_of: dict[tuple[int, str], list[str]] = field(default_factory=dict)  # cycle and theme -> children
    before: Counter[str] = field(default_factory=Counter)  # workers audited in the previous cycle
    workers: Counter[str] = field(default_factory=Counter)  # and in this one
    auditors: Counter[str] = field(default_factory=Counter)

    @cached_property
    def spells_of(self) -> dict[str, list[Spell]]:
        """The spells of each child."""
        spells: dict[str, list[Spell]] = {}
        for spell in self.spells:
            spells.setdefault(spell.child.child_id, []).append(spell)
        return spells


def cases(seed: int, era: Era, spells: Sequence[Spell], roster: Roster) -> list[Case]:
    """Every audit of every cycle, in the order drawn."""
    draw = _Draw(stream(seed, "selection"), era, spells, roster)
    return [case for place in range(len(era.months)) for case in _cycle(draw, place)]


def plan_rows(era: Era) -> Iterator[dict[str, object]]:
    """One row per theme and cycle of the audit plan."""
    for place, month in enumerate(era.months):
        for theme, planned in _planned(place).items():
            revisited = revisit_of(era.months, place, theme)
            yield {
                "cycle_month": month, "theme_code": theme, "factor": _factor(place, month, revisited),
                "planned_audits": planned, "is_planned": theme != "neglect", "revisit_of": revisited,
            }  # fmt: skip


def _factor(place: int, month: str, revisited: str | None) -> str:
    """Why a theme was chosen."""
    others = ("performance data", "trend", "case review", "complaint or compliment", "external scrutiny")
    if month.endswith(PRACTICE_WEEK_MONTH):
        return "practice week"
    return "close the loop" if revisited else others[place % len(others)]


def _planned(place: int) -> dict[str, int]:
    """Audits planned for each theme of a cycle: three in five for the first of two."""
    first, *others = themes_of(place)
    whole = planned_of(place)
    second = whole * 2 // 5 if others else 0
    return {first: whole - second} | {theme: second for theme in others}


def _cycle(draw: _Draw, place: int) -> Iterator[Case]:
    """The audits of one cycle."""
    draw.before, draw.workers, draw.auditors = draw.workers, Counter(), Counter()
    month = draw.era.months[place]
    list_sent_on = draw.random.choice(working_days_of(months_after(month, -1))[-4:])
    number = 0
    for theme, planned in _planned(place).items():
        frame = _Frame.of(draw, month, theme, list_sent_on)
        routes = _routes(draw, place, theme, planned - draw.random.randint(0, int(planned * UNDONE_SHARE)))
        for route in routes:
            number += 1
            yield _case(draw, place, theme, route, frame, f"A{month.replace('-', '')}-{number:03d}")


def _routes(draw: _Draw, place: int, theme: str, audits: int) -> list[str]:
    """How each audit of a theme came to be chosen."""
    month = draw.era.months[place]
    weights = dict(ROUTE_WEIGHTS)
    if revisit_of(draw.era.months, place, theme):
        weights["revisit"] = REVISIT_WEIGHT
    if month >= PLANTED.auditors_widened:
        weights["induction"] = INDUCTION_WEIGHT
    if month.endswith(PRACTICE_WEEK_MONTH):
        weights["practice week"] = PRACTICE_WEEK_WEIGHT
    return draw.random.choices(list(weights), list(weights.values()), k=audits)


@dataclass(frozen=True)
class _Frame:
    """The records that may be drawn for a theme, those inside the theme far more likely."""

    spells: Sequence[Spell]
    cumulative: Sequence[float]
    list_sent_on: date

    @classmethod
    def of(cls, draw: _Draw, month: str, theme: str, list_sent_on: date) -> "_Frame":
        """Records open at the month-end before the cycle and on the day of the list, of services audited by then."""
        joined = {service.name for service in SERVICES if service.joins_from <= month}
        day = last_day(months_after(month, -1))
        spells = [
            spell
            for spell in draw.spells
            if spell.is_open(day) and spell.is_open(list_sent_on) and spell.post.service_area in joined
            if not spell.child.is_restricted
        ]
        inside = THEME_STATUSES.get(theme)
        weights = (1 if inside is None or spell.case_status in inside else OUTSIDE_THEME_WEIGHT for spell in spells)
        return cls(spells, list(accumulate(weights)), list_sent_on)


def _case(draw: _Draw, place: int, theme: str, route: str, frame: _Frame, audit_id: str) -> Case:
    """One audit: its day, its record, its auditor."""
    month = draw.era.months[place]
    audited_on = _audited_on(draw.random, month, frame.list_sent_on)
    spell, worker = _picked(draw, place, theme, route, frame, audited_on)
    auditor, route = auditor_of(draw.random, draw.roster, draw.auditors, month, route, spell, audited_on)
    draw.last_audited[spell.child.child_id] = place
    draw.children_of.setdefault((place, theme), []).append(spell.child.child_id)
    draw.workers[worker.worker.worker_id] += 1
    draw.auditors[auditor.worker.worker_id] += 1
    return Case(
        audit_id, month, theme, route, spell, None if route == "reactive" else frame.list_sent_on,
        _notice_on(draw.random, route, frame.list_sent_on, audited_on), audited_on, worker, auditor,
        co_auditor_of(draw.random, draw.roster, route, audited_on),
    )  # fmt: skip


def _audited_on(random: Random, month: str, list_sent_on: date) -> date:
    """A working day at least eight days after the list; some slip into the next month, a few by weeks."""
    roll, following = random.random(), working_days_of(months_after(month, 1))
    if roll < LATE_SHARE:
        return random.choice([day for day in following if 11 <= day.day <= 16])
    if roll < LATE_SHARE + SLIPPED_SHARE:
        return random.choice([day for day in following if day.day <= 8])
    soonest, christmas = list_sent_on + timedelta(days=8), date(int(month[:4]), 12, 22)
    days = [day for day in working_days_of(month) if soonest <= day and (day <= christmas or not month.endswith("-12"))]
    return random.choice(days)


def _notice_on(random: Random, route: str, list_sent_on: date, audited_on: date) -> date:
    """The day the worker was told: with the list, unless the audit was called at short notice."""
    short = working_before(audited_on - timedelta(days=random.randint(1, 8)))
    if route == "reactive":
        return short
    return max(short, list_sent_on) if random.random() < SHORT_NOTICE_SHARE else list_sent_on


def _picked(draw: _Draw, place: int, theme: str, route: str, frame: _Frame, audited_on: date) -> tuple[Spell, Holding]:
    """A record drawn by chance, workers and children audited lately mostly spared."""
    is_same = route == "revisit" and draw.random.random() < SAME_CHILD_SHARE
    if is_same and (again := _again(draw, place, theme, audited_on)):
        return again
    for tries in range(TRIES):
        spell = draw.random.choices(frame.spells, cum_weights=frame.cumulative)[0]
        worker = draw.roster.covering(spell.post, audited_on)
        if worker and _is_fair(draw, place, spell, worker, is_desperate=tries > TRIES // 2):
            return spell, worker
    raise AssertionError("the council is too small for its audits")


def _is_fair(draw: _Draw, place: int, spell: Spell, worker: Holding, *, is_desperate: bool) -> bool:
    """Whether a draw stands."""
    last = draw.last_audited.get(spell.child.child_id)
    if last is not None and place - last < CHILD_REST_CYCLES:
        return False
    if not worker.post.is_practitioner:
        return False
    worker_id = worker.worker.worker_id
    if draw.workers[worker_id] > 1 and not is_desperate:
        return False
    share = CONSECUTIVE_SHARE if draw.before[worker_id] else 1.0
    share *= SECOND_SHARE if draw.workers[worker_id] else 1.0
    return draw.random.random() < share


def _again(draw: _Draw, place: int, theme: str, audited_on: date) -> tuple[Spell, Holding] | None:
    """A child of the cycle that is revisited, where the record is still open and was not audited since."""
    earlier = place - REVISIT_CYCLES
    for child_id in draw.children_of.get((earlier, theme), []):
        for spell in draw.spells_of[child_id]:
            worker = draw.roster.covering(spell.post, audited_on)
            is_new = draw.last_audited[child_id] == earlier
            if is_new and spell.is_open(audited_on) and worker and not draw.before[worker.worker.worker_id]:
                return spell, worker
    return None

"""The children and foster carers whose records are open, and the month-end caseload that audits are drawn from."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.era import Era, after, last_day, stream
from qa_analysis.data.synthetic.people.posts import POST, POSTS, Post
from qa_analysis.data.synthetic.people.services import FOSTERING, SAFEGUARDING, SERVICES, Service
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.dates import months_after

RESTRICTED_SHARE = 0.015  # records only some staff may open
STEP_UP_SHARE = {"Early Help": 0.1, "Assessment": 0.35, "Safeguarding": 0.12}  # families who move to the next service
NEXT_SERVICE = {"Early Help": "Assessment", "Assessment": "Safeguarding", "Safeguarding": "Cared For"}
CP_SHARE, CHANGED_STATUS_SHARE = 0.4, 0.25  # of safeguarding families; of them, those whose status changes once
YEAR_DAYS = 365.25
ADULT, LEAVES_SERVICE = 18, 25  # ages at which a cared-for child becomes a care leaver, and support ends
HANDOVER_DAYS = 30  # how long a worker's free place waits for a family already known
AGE_BANDS = ((5, "0-4"), (10, "5-9"), (16, "10-15"), (200, "16+"))


@dataclass(frozen=True)
class Child:
    """A child, or a fostering household (which has no date of birth here)."""

    child_id: str
    born: date | None
    sibling_group: str | None
    is_restricted: bool

    @property
    def is_carer(self) -> bool:
        """Whether the record is about foster carers."""
        return self.born is None

    def age_band(self, day: date) -> str | None:
        """The child's age band on a day; None for carers."""
        if self.born is None:
            return None
        years = (day - self.born).days / YEAR_DAYS
        return next(band for limit, band in AGE_BANDS if years < limit)


@dataclass(frozen=True)
class Spell:
    """A record open with one practitioner's post, in one status, from start to the day before end."""

    child: Child
    post: Post
    case_status: str
    officer: Post | None
    opened_on: date
    start: date
    end: date

    def is_open(self, day: date) -> bool:
        """Whether the record is open there on a day."""
        return self.start <= day < self.end


@dataclass(frozen=True)
class _Family:
    children: tuple[Child, ...]
    opened_on: date


@dataclass
class _Arrivals:
    """Where families come from: newcomers, and those moving on from another service."""

    random: Random
    era: Era
    known_ids: set[int] = field(default_factory=set)
    moving: dict[str, list[tuple[date, int, _Family]]] = field(default_factory=dict)

    def newcomer(self, service: Service, opened_on: date) -> _Family:
        """A family never seen before."""
        size = self.random.choice(service.family_sizes)
        group = f"SG{len(self.known_ids):05d}" if size > 1 else None
        return _Family(tuple(self._child(service, opened_on, group) for _ in range(size)), opened_on)

    def moving_on(self, service: Service, free: date) -> tuple[date, _Family] | None:
        """A family that another service hands over soon after a place is free."""
        waiting = self.moving.get(service.name, [])
        place = bisect_left(waiting, (free, -1))
        if place < len(waiting) and (waiting[place][0] - free).days <= HANDOVER_DAYS:
            day, _, family = waiting.pop(place)
            return day, family
        return None

    def hand_over(self, service: Service, family: _Family, day: date) -> None:
        """Some families go on to the next service when their time in one ends."""
        if self.random.random() < STEP_UP_SHARE.get(service.name, 0) and day <= self.era.extracted_on:
            waiting = self.moving.setdefault(NEXT_SERVICE[service.name], [])
            insort(waiting, (day, len(self.known_ids) + len(waiting), family))

    def _child(self, service: Service, opened_on: date, group: str | None) -> Child:
        youngest, oldest = service.ages
        age_days = int(self.random.uniform(youngest, oldest + 1) * YEAR_DAYS)
        born = None if service is FOSTERING else opened_on - timedelta(days=age_days)
        return Child(str(self._new_id()), born, group, self.random.random() < RESTRICTED_SHARE)

    def _new_id(self) -> int:
        """A number such as the case system gives, six to eight digits."""
        while (number := int(10 ** self.random.uniform(5.79, 7.18))) in self.known_ids:
            pass
        self.known_ids.add(number)
        return number


def records(seed: int, era: Era) -> tuple[Spell, ...]:
    """Every record open at some time of the era, with the posts it was with."""
    arrivals = _Arrivals(stream(seed, "children"), era)
    order = ("Early Help", "Assessment", "Safeguarding", "Cared For", "Care Leavers", "Fostering")
    services = sorted(SERVICES, key=lambda service: order.index(service.name))
    return tuple(
        spell
        for service in services
        for post in POSTS
        if post.is_practitioner and post.service_area == service.name
        for _ in range(service.families)
        for spell in _place(arrivals, service, post)
    )


def _place(arrivals: _Arrivals, service: Service, post: Post) -> Iterator[Spell]:
    """One place on a practitioner's caseload: a family, then the next."""
    random, era = arrivals.random, arrivals.era
    free = era.starts_on - timedelta(days=31)
    if post.opens_on and post.opens_on > free:
        start = after(post.opens_on, random.randint(0, 60))
    else:
        start = free - timedelta(days=int(random.expovariate(1 / service.stay_days)))
    family = arrivals.newcomer(service, start)
    stays_from = max(start, free)
    while start <= era.extracted_on:
        end = _end(random, service, family, stays_from)
        yield from _spells(random, service, post, family, start, end)
        arrivals.hand_over(service, family, end)
        known = arrivals.moving_on(service, end)
        start, family = known or _next_newcomer(arrivals, service, end)
        stays_from = start


def _next_newcomer(arrivals: _Arrivals, service: Service, free: date) -> tuple[date, _Family]:
    start = after(free, arrivals.random.randint(0, 20))
    return start, arrivals.newcomer(service, start)


def _end(random: Random, service: Service, family: _Family, since: date) -> date:
    """When a family's time in a service ends: never before a few weeks, for children no later than adulthood."""
    end = after(since, 21 + int(random.expovariate(1 / service.stay_days)))
    born = [child.born for child in family.children if child.born]
    oldest = LEAVES_SERVICE if service.name == "Care Leavers" else ADULT
    limits = [day + timedelta(days=int(oldest * YEAR_DAYS)) for day in born]
    return max(min([end, *limits]), since + timedelta(days=7))


def _spells(random: Random, service: Service, post: Post, family: _Family, start: date, end: date) -> Iterator[Spell]:
    """The family's spells with one practitioner: one each, or two where the case status changes."""
    parts = _statuses(random, service, start, end)
    officers = {status: _officer(random, service, status) for status, _, _ in parts}
    for child in family.children:
        for status, since, until in parts:
            yield Spell(child, post, status, officers[status], family.opened_on, since, until)


def _statuses(random: Random, service: Service, start: date, end: date) -> Sequence[tuple[str, date, date]]:
    """The case statuses in turn, with their days."""
    if service is not SAFEGUARDING:
        return [(service.statuses[0], start, end)]
    first, second = ("CP", "CIN") if random.random() < CP_SHARE else ("CIN", "CP")
    if random.random() > CHANGED_STATUS_SHARE or (end - start).days < 120:
        return [(first, start, end)]
    changed = start + timedelta(days=random.randint(45, (end - start).days - 45))
    return [(first, start, changed), (second, changed, end)]


def _officer(random: Random, service: Service, status: str) -> Post | None:
    """Who reviews the plan: nobody for children in need."""
    if service.officer is None or status == "CIN":
        return None
    return random.choice([post for post in POSTS if post.role == service.officer])


def caseload_rows(spells: Sequence[Spell], roster: Roster, era: Era) -> Iterator[dict[str, object]]:
    """One row per open record at each month-end, from the one before the first cycle."""
    for month in (months_after(era.months[0], -1), *era.months):
        day = last_day(month)
        managers = _managers(roster, day)
        for spell in spells:
            if spell.is_open(day) and (worker := roster.covering(spell.post, day)):
                yield {
                    "snapshot_on": day, "child_id": spell.child.child_id, "case_status": spell.case_status,
                    "age_band": spell.child.age_band(day), "service_area": spell.post.service_area,
                    "team": spell.post.team, "key_worker_id": worker.worker.worker_id,
                    "team_manager_id": managers[f"{spell.post.team}/manager"],
                    "service_manager_id": managers[f"{spell.post.service_area}/manager"],
                    "opened_on": spell.opened_on, "sibling_group": spell.child.sibling_group,
                    "is_restricted": spell.child.is_restricted, **_officer_on(spell, managers),
                }  # fmt: skip


def _managers(roster: Roster, day: date) -> Mapping[str, str | None]:
    """Who is at work in each post that manages or reviews."""
    posts = (key for key, post in POST.items() if not post.is_practitioner)
    return {key: roster.worker_in(key, day) for key in posts}


def _officer_on(spell: Spell, present: Mapping[str, str | None]) -> dict[str, object]:
    """The reviewing officer, where the record has one and the post is filled."""
    worker_id = present[spell.officer.key] if spell.officer else None
    role = spell.officer.role if spell.officer and worker_id else None
    return {"reviewing_officer_id": worker_id, "reviewing_officer_role": role}

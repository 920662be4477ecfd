"""The people who work in the synthetic council: they join, leave, move teams and go on leave."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import count
from random import Random

from qa_analysis.data.synthetic.era import Era, after, first_day, some_days_after, stream, working, working_before
from qa_analysis.data.synthetic.people.names import new_name
from qa_analysis.data.synthetic.people.posts import LINK_TEAMS, POSTS, Post
from qa_analysis.data.synthetic.planted import PLANTED

AGENCY_SHARE = 0.16  # of practitioners
NQSW_SHARE = 0.22  # of social workers who join
MOVER_SHARE = 0.2  # of leavers who take another post in the council
LEAVE_SHARE = 0.1  # posts held in which somebody is away for months
AGENCY_DAYS = 300  # how long agency staff stay, on average
ASYE_DAYS = 365  # the assessed and supported year
LONGEST_VACANCY_DAYS = 55
LONGEST_WAIT_DAYS = 60  # how long somebody waits between two posts in the council
FIRST_WORKER = 101
NEEDS_SUPPORT = ("assistant team manager", "practice assessor lead")  # before they audit
READY_SHARE = 0.8


@dataclass(frozen=True)
class Worker:
    """A person."""

    worker_id: str
    name: str
    is_agency: bool


@dataclass(frozen=True)
class Holding:
    """A post held by a person for a time."""

    post: Post
    worker: Worker
    started_on: date
    ended_on: date | None = None
    fte: float = 1.0
    is_nqsw: bool = False
    leave: tuple[date, date] | None = None
    ready_on: date | None = None  # when somebody who needs support before auditing had it

    def is_held(self, day: date) -> bool:
        """Whether the person holds the post on a day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def is_present(self, day: date) -> bool:
        """Whether the person holds the post on a day and is not away."""
        return self.is_held(day) and not (self.leave and self.leave[0] <= day <= self.leave[1])


@dataclass(frozen=True)
class Roster:
    """Who holds which post when."""

    holdings: tuple[Holding, ...]
    _covered: dict[tuple[str, date], Holding | None] = field(default_factory=dict, compare=False)

    @cached_property
    def by_post(self) -> Mapping[str, Sequence[Holding]]:
        """The people who held each post, in turn."""
        turns: dict[str, list[Holding]] = {post.key: [] for post in POSTS}
        for holding in self.holdings:
            turns[holding.post.key].append(holding)
        return turns

    def present(self, post: str, day: date) -> Holding | None:
        """Who is at work in a post on a day."""
        return next((holding for holding in self.by_post[post] if holding.is_present(day)), None)

    def worker_in(self, post: str, day: date) -> str | None:
        """The id of who is at work in a post on a day; None where it is vacant."""
        holding = self.present(post, day)
        return holding.worker.worker_id if holding else None

    def covering(self, post: Post, day: date) -> Holding | None:
        """Who does the work of a practitioner's post on a day: its holder, or a colleague in the team."""
        if (post.key, day) not in self._covered:
            turns = (self.present(key, day) for key in post.colleagues)
            self._covered[post.key, day] = next((holding for holding in turns if holding), None)
        return self._covered[post.key, day]

    def in_role(self, role: str, day: date) -> list[Holding]:
        """Everyone at work in a role on a day."""
        posts = (post.key for post in POSTS if post.role == role)
        return [holding for key in posts if (holding := self.present(key, day))]

    def manager_of(self, post: Post, day: date) -> Holding | None:
        """Who manages a post on a day."""
        return self.present(post.manager, day) if post.manager else None


def recruit(seed: int, era: Era) -> Roster:
    """Every post filled and refilled over the era, vacancies between."""
    random = stream(seed, "staff")
    holdings = _holdings(random, stream(seed, "names"), era)
    return Roster(tuple(_readied(random, _with_leave(random, holding, era), era) for holding in holdings))


def _holdings(random: Random, naming: Random, era: Era) -> Iterator[Holding]:
    """Each post held in turn: when a holding ends the post falls vacant, and is filled some weeks later."""
    people = _People(random, naming)
    order = count()
    vacancies = [(max(era.starts_on, post.opens_on or era.starts_on), next(order), post) for post in POSTS]
    heapq.heapify(vacancies)
    while vacancies:
        day, _, post = heapq.heappop(vacancies)
        holding = people.appointed(post, day, era)
        yield holding
        if holding.ended_on:
            people.leaves(holding)
            refilled = some_days_after(random, holding.ended_on, 1, LONGEST_VACANCY_DAYS)
            if refilled <= era.extracted_on:
                heapq.heappush(vacancies, (refilled, next(order), post))


@dataclass
class _People:
    """Everyone known to the council, and those between two posts."""

    random: Random
    naming: Random
    names: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_WORKER))
    between_posts: list[Holding] = field(default_factory=list)

    def appointed(self, post: Post, day: date, era: Era) -> Holding:
        """Somebody takes a post: one who waits for one like it, or a newcomer."""
        started_on = self._long_ago(day) if day == era.starts_on else working(day)
        earlier = self._mover(post, started_on)
        worker = earlier.worker if earlier else self._newcomer(post)
        is_nqsw = not earlier and not worker.is_agency and self._is_newly_qualified(post)
        return Holding(
            post, worker, started_on, era.known(self._end(post, worker, day)),
            fte=1.0 if worker.is_agency else self.random.choice((1.0, 1.0, 1.0, 1.0, 0.8, 0.6)), is_nqsw=is_nqsw,
        )  # fmt: skip

    def leaves(self, holding: Holding) -> None:
        """Some of those who leave a post want another one in the council."""
        if not holding.worker.is_agency and holding.post.is_practitioner and self.random.random() < MOVER_SHARE:
            self.between_posts.append(holding)

    def _newcomer(self, post: Post) -> Worker:
        is_agency = post.is_practitioner and self.random.random() < AGENCY_SHARE
        return Worker(f"W{next(self.numbers):04d}", new_name(self.naming, self.names), is_agency)

    def _mover(self, post: Post, day: date) -> Holding | None:
        """Somebody who left a post like it, in another team, not long ago."""
        for holding in self.between_posts:
            waited = (day - (holding.ended_on or day)).days
            is_like = holding.post.role == post.role and holding.post.team != post.team
            if is_like and 0 < waited <= LONGEST_WAIT_DAYS:
                self.between_posts.remove(holding)
                return holding
        return None

    def _is_newly_qualified(self, post: Post) -> bool:
        return post.role == "social worker" and self.random.random() < NQSW_SHARE

    def _long_ago(self, day: date) -> date:
        """When somebody already in post at the beginning had started."""
        return working(day - timedelta(days=self.random.randint(40, 2600)))

    def _end(self, post: Post, worker: Worker, day: date) -> date:
        """The last working day in the post."""
        stay = AGENCY_DAYS if worker.is_agency else post.stay_days
        return working_before(after(day, 20) + timedelta(days=int(self.random.expovariate(1 / stay))))


def _with_leave(random: Random, holding: Holding, era: Era) -> Holding:
    """The holding, sometimes with months away in it."""
    until = holding.ended_on or era.extracted_on
    since = max(holding.started_on, era.starts_on)
    if not holding.post.is_practitioner or (until - since).days < 200 or random.random() > LEAVE_SHARE:
        return holding
    away_from = after(since, random.randint(30, (until - since).days - 60))
    back_on = working_before(min(away_from + timedelta(days=random.randint(28, 240)), until))
    return replace(holding, leave=(away_from, back_on))


def _readied(random: Random, holding: Holding, era: Era) -> Holding:
    """The holding, with the day its holder was ready to audit where the role needs support first; some never are."""
    if holding.post.role not in NEEDS_SUPPORT or random.random() > READY_SHARE:
        return holding
    since = max(holding.started_on, first_day(PLANTED.auditors_widened))
    return replace(holding, ready_on=era.known(some_days_after(random, since, 20, 120)))


def staff_rows(roster: Roster, era: Era) -> Iterator[dict[str, object]]:
    """One row per post held."""
    for holding in roster.holdings:
        manager = roster.manager_of(holding.post, max(holding.started_on, era.starts_on))
        asye_ends = holding.started_on + timedelta(days=ASYE_DAYS) if holding.is_nqsw else None
        left_early = asye_ends and holding.ended_on and holding.ended_on < asye_ends
        yield {
            "worker_id": holding.worker.worker_id, "name": holding.worker.name, "role": holding.post.role,
            "team": holding.post.team, "service_area": holding.post.service_area,
            "manager_id": manager and manager.worker.worker_id,
            "started_on": holding.started_on, "ended_on": holding.ended_on, "fte": holding.fte,
            "is_agency": holding.worker.is_agency, "is_nqsw": holding.is_nqsw,
            "asye_started_on": holding.started_on if holding.is_nqsw else None,
            "asye_ended_on": None if left_early else era.known(asye_ends),
            "is_first_line_manager": holding.post.role == "team manager",
            "auditor_ready_on": holding.ready_on,
            "leave_from_on": holding.leave and holding.leave[0],
            "leave_to_on": holding.leave and holding.leave[1],
            "link_team": LINK_TEAMS.get(holding.post.key),
        }  # fmt: skip

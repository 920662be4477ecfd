"""What SMT decided, what learning was offered, and what services and teams reported each month."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from qa_analysis.data.synthetic.era import Era, after, some_days_after, stream, working_days_of
from qa_analysis.data.synthetic.people.posts import POST, POSTS
from qa_analysis.data.synthetic.people.services import LEFT_OUT_TEAMS, NEW_TEAM, NEW_TEAM_OPENS_ON, SERVICES, themes_of
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.data.synthetic.planted import Planted
from qa_analysis.data.synthetic.wording.meetings import (
    ACHIEVEMENTS,
    CHALLENGES,
    DECISIONS,
    LEARNING_PROGRAMME,
    MITIGATIONS,
    NAMED,
    PROGRESS,
)
from qa_analysis.dates import months_after

MEETING_FROM_DAY = 15  # SMT meets in the middle of the month, once the numbers of the cycle before are true
DECISIONS_A_MONTH = (3, 4, 4, 5, 6)
DONE_SHARE = 0.86
THEME_TAKEN_UP_SHARE = 0.6  # decisions about a theme that SMT takes up after a cycle on it
OWNER_POSTS = tuple(
    key for key, post in POST.items()
    if post.role in ("service manager", "assistant director", "principal social worker", "quality assurance manager",
                     "safeguarding service manager")
)  # fmt: skip

BRIEFING_SHARE, SESSION_SHARE = 0.55, 0.4  # of those invited who come
TRAINING_MONTHS = 4  # the assessment programme runs in the four months after the improvement begins
ALL_STAFF_EVENTS = ("newsletter", "practice week")
NEWSLETTER_EVERY = 2
TEAM_NARRATIVE_SHARE = 0.9  # teams that hand in their report
NAMING_TEAM, NAMING_EVERY = "Willow", 6  # a team whose manager now and then writes a child's name


def decision_rows(seed: int, roster: Roster, era: Era, planted: Planted) -> Iterator[dict[str, object]]:
    """One row per decision of SMT; it meets in the month after each cycle."""
    random = stream(seed, "decisions")
    number = 0
    taken: Counter[str] = Counter()
    for place, month in enumerate(era.months):
        meeting_on = _meeting_on(months_after(month, 1))
        for item, words, theme in _decided(random, place, month, planted, taken):
            number += 1
            taken[item] += 1
            is_first = taken[item] == 1
            yield {
                "decision_id": f"SMT{number:04d}", "meeting_on": meeting_on,
                "item": item if is_first else f"{item}: progress",
                "decision": words if is_first else random.choice(PROGRESS),
                "owner_id": _owner(random, roster, meeting_on), "theme_code": theme,
                **_due_and_done(random, meeting_on),
            }  # fmt: skip


def _decided(
    random: Random, place: int, month: str, planted: Planted, taken: Counter[str]
) -> list[tuple[str, str, str | None]]:
    """What SMT takes up after a cycle: often its theme, what it took up least so far, and the learning programme."""
    order = sorted(DECISIONS, key=lambda decision: (taken[decision[0]], random.random()))
    first = [one for one in order if one[2] == themes_of(place)[0] and random.random() < THEME_TAKEN_UP_SHARE][:1]
    if month == planted.improves_from:
        first = [one for one in order if one[0] == LEARNING_PROGRAMME]
    others = [one for one in order if one not in first and one[0] != LEARNING_PROGRAMME]
    return [*first, *others][: random.choice(DECISIONS_A_MONTH)]


def _meeting_on(month: str) -> date:
    """The first working Wednesday or Thursday from the 15th."""
    return next(day for day in working_days_of(month) if day.day >= MEETING_FROM_DAY and day.weekday() in (2, 3))


def _owner(random: Random, roster: Roster, day: date) -> str:
    """Somebody in a senior post that is filled."""
    held = [holding for key in OWNER_POSTS if (holding := roster.present(key, day))]
    return random.choice(held).worker.worker_id


def _due_and_done(random: Random, meeting_on: date) -> dict[str, object]:
    """When a decision is due, and when it was carried out if it was."""
    days = random.choice((28, 28, 42, 56, 84))
    done_on = some_days_after(random, meeting_on, days // 2, days + 20) if random.random() < DONE_SHARE else None
    return {"due_on": after(meeting_on, days), "completed_on": done_on}


def event_rows(seed: int, era: Era, planted: Planted) -> Iterator[dict[str, object]]:
    """One row per learning event and team invited to it."""
    random = stream(seed, "learning")
    number = 0
    for place, month in enumerate(era.months):
        for kind, theme in _events(place, month, planted):
            number += 1
            day = random.choice(working_days_of(month)[3:])
            for team in _teams(day, kind, is_programme=kind == "training"):
                yield {"event_id": f"L{number:04d}", "kind": kind, "held_on": day, "theme_code": theme, "team": team,
                       **_attendance(random, kind)}  # fmt: skip


def _events(place: int, month: str, planted: Planted) -> Iterator[tuple[str, str | None]]:
    """What was offered in a month, and about which theme."""
    if place:
        yield "briefing", themes_of(place - 1)[0]  # to those audited in the cycle before
    if month >= "2023-01" and place:
        yield "reflective session", themes_of(place - 1)[0]
    if planted.improves_from < month <= months_after(planted.improves_from, TRAINING_MONTHS):
        yield "training", "assessment-quality"
    if place % 6 == 5:
        yield "training", themes_of(place)[0]
    if month.endswith("-10"):
        yield "practice week", themes_of(place)[0]
    if place % NEWSLETTER_EVERY:
        yield "newsletter", None


def _teams(day: date, kind: str, *, is_programme: bool) -> list[str]:
    """The teams invited: all that exist, but for those the training did not reach."""
    teams = [team for service in SERVICES for team in service.teams]
    if day.isoformat() < NEW_TEAM_OPENS_ON:
        teams.remove(NEW_TEAM)
    if is_programme:
        return [team for team in teams if team not in LEFT_OUT_TEAMS]
    return ["all teams"] if kind in ALL_STAFF_EVENTS else teams


def _attendance(random: Random, kind: str) -> dict[str, int | None]:
    """How many were invited and how many came; nobody attends a newsletter."""
    if kind in ALL_STAFF_EVENTS:
        invited = random.randint(150, 180)
        return {"invited": invited, "attended": None if kind == "newsletter" else invited * 2 // 3}
    invited = random.randint(3, 8)
    share = 0.85 if kind == "training" else SESSION_SHARE if kind == "reflective session" else BRIEFING_SHARE
    return {"invited": invited, "attended": sum(random.random() < share for _ in range(invited))}


def narrative_rows(seed: int, roster: Roster, era: Era) -> Iterator[dict[str, object]]:
    """One row per service and team that reported in a month."""
    random = stream(seed, "narratives")
    teams = {post.team: post for post in POSTS if post.role == "team manager"}
    for place, month in enumerate(era.months):
        day = working_days_of(month)[-1]
        named = NAMED if place % NAMING_EVERY == 0 else ""
        for service in SERVICES:
            yield from _narrative(random, roster, month, day, "service", service.name, f"{service.name}/manager")
        for team, post in teams.items():
            if (post.opens_on is None or post.opens_on <= day) and random.random() < TEAM_NARRATIVE_SHARE:
                more = named if team == NAMING_TEAM else ""
                yield from _narrative(random, roster, month, day, "team", team, post.key, more=more)


def _narrative(
    random: Random, roster: Roster, month: str, day: date, level: str, entity: str, post: str, *, more: str = ""
) -> Iterator[dict[str, object]]:
    """One report, where its author's post is filled; service reports say a little more."""
    author = roster.present(post, day)
    if author is None:
        return
    sentences = 2 if level == "service" else 1
    banks = {"achievements": ACHIEVEMENTS, "challenges": CHALLENGES, "mitigating_actions": MITIGATIONS}
    said = {name: " ".join(random.sample(bank, sentences)) for name, bank in banks.items()}
    yield {
        "month": month, "level": level, "entity": entity, "author_id": author.worker.worker_id, **said,
        "challenges": f"{said['challenges']} {more}".strip(),
    }  # fmt: skip

"""Performance indicators, conferences and reviews with their partners, and what outsiders recommended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from qa_analysis.data.synthetic.era import Era, months_apart, some_days_after, stream, working, working_days_of
from qa_analysis.data.synthetic.people.children import Spell
from qa_analysis.data.synthetic.people.services import NEW_TEAM, NEW_TEAM_OPENS_ON, SERVICES
from qa_analysis.data.synthetic.people.staff import Roster
from qa_analysis.data.synthetic.planted import Planted
from qa_analysis.data.synthetic.wording.reviews import RECOMMENDATIONS


@dataclass(frozen=True)
class Indicator:
    """A performance indicator: a percentage of things done as they should be, or not."""

    code: str
    name: str
    better_is: str
    level: float  # per cent at the start
    monthly: float  # points a month
    target: float | None
    monthly_cases: tuple[int, int]
    services: tuple[str, ...]
    from_month: int = 0  # of the era: the first that it was counted in
    per: float = 100  # what the quotient is multiplied by in the column value
    is_bare: bool = False  # the value alone is supplied, without what was counted
    is_late: bool = False  # the newest months have not come yet
    noise: float = 2.5  # points by which months differ
    later_name: str = ""  # what it is called from the second year on, counted otherwise


EVERYWHERE = tuple(service.name for service in SERVICES)
CHILDREN = ("Assessment", "Safeguarding", "Cared For")
INDICATORS = (
    Indicator("KPI01", "Assessments completed in 45 working days", "higher", 78, 0.4, 85, (40, 90), ("Assessment",)),
    Indicator("KPI02", "Child protection visits in time", "higher", 84, 0.1, 90, (120, 180), ("Safeguarding",)),
    Indicator("KPI03", "Child protection reviews in time", "higher", 91, 0.1, 95, (15, 40), ("Safeguarding",)),
    Indicator("KPI04", "Cared-for reviews in time", "higher", 90, 0.1, 95, (30, 60), ("Cared For",)),
    Indicator("KPI05", "Supervision held in time", "higher", 82, 0.0, 90, (20, 60), EVERYWHERE),
    Indicator("KPI06", "Repeat referrals within a year", "lower", 24, -0.1, 20, (60, 120), ("Assessment",)),
    Indicator("KPI07", "Plans up to date", "higher", 80, 0.2, 90, (60, 140), CHILDREN),
    Indicator("KPI08", "Care leavers in touch", "higher", 92, 0.0, 95, (80, 120), ("Care Leavers",)),
    Indicator("KPI09", "Children with three or more placements", "lower", 11, 0.0, 9, (180, 220), ("Cared For",)),
    Indicator("KPI10", "Posts filled by agency staff", "lower", 19, -0.2, None, (10, 40), EVERYWHERE),
    Indicator("KPI11", "Reviews with an alert", "neither", 8, 0.1, None, (40, 70), ("Safeguarding", "Cared For")),
    Indicator("KPI12", "Contacts decided in one working day", "higher", 97.5, 0.0, 80, (150, 190), ("Assessment",),
              noise=0.3),
    Indicator("KPI13", "Children in care per 10,000 children", "neither", 0.93, 0.0, None, (57_000, 57_400),
              ("Cared For",), noise=0.02, per=10_000),
    Indicator("KPI14", "Average caseload of a social worker", "lower", 17, 0.0, 16, (2_000, 2_001), ("Safeguarding",),
              noise=0.4, is_bare=True),
    Indicator("KPI15", "Return interviews in 72 hours", "higher", 71, 0.0, 90, (12, 30), ("Safeguarding",),
              from_month=17),
    Indicator("KPI16", "Health assessments in time", "higher", 83, 0.0, 90, (30, 55), ("Cared For",), is_late=True),
    Indicator("KPI17", "Personal education plans in time", "higher", 74, 0.0, 85, (60, 90), ("Cared For",),
              later_name="Personal education plans in time and of good quality"),
)  # fmt: skip
REDEFINED_FROM, LOST_BY_IT = 12, 14.0  # months into the era; points lost where quality counts as well
TOLERANCE = 5.0
LATE_BY = 2  # months
MANY = 1_000  # cases: of so many, how many are counted is as good as normal
SUPERVISION_CODE, SUPERVISION_LOST = "KPI05", 16.0  # points lost once supervision has fully worsened

CONFERENCES_A_MONTH = {
    "initial child protection": (6, 14), "review child protection": (10, 22), "cared for review": (22, 40),
}  # fmt: skip
STATUS_OF = {"initial child protection": "CP", "review child protection": "CP", "cared for review": "CLA"}
HELD_LATE_SHARE = 0.09
MUCH_LATER_SHARE, MUCH_LATER_DAYS = 0.03, (15, 75)  # of all: held so long after that they are overdue for a while
PARTNERS = {"school": 0.82, "health visitor or school nurse": 0.78, "police": 0.55, "GP": 0.12, "adult services": 0.5}
INVITED_SHARE, REPORT_SHARE = 0.93, 0.6


def indicator_rows(seed: int, era: Era, planted: Planted) -> Iterator[dict[str, object]]:
    """One row per indicator, month and entity: services first, then the directorate as their sum."""
    random = stream(seed, "indicators")
    for indicator in INDICATORS:
        for month in _months(indicator, era):
            parts = [_counts(random, indicator, month, era, planted) for _ in indicator.services]
            for service, (done, of) in zip(indicator.services, parts, strict=True):
                yield _indicator(indicator, era, month, "service", service, done, of)
            done, of = sum(one for one, _ in parts), sum(one for _, one in parts)
            yield _indicator(indicator, era, month, "directorate", "Children's Services", done, of)
            if indicator.code == SUPERVISION_CODE:
                yield from _by_team(random, indicator, month, era, planted)


def _by_team(
    random: Random, indicator: Indicator, month: str, era: Era, planted: Planted
) -> Iterator[dict[str, object]]:
    """The indicator of every team there is."""
    for service in SERVICES:
        for team in service.teams:
            if team != NEW_TEAM or month >= NEW_TEAM_OPENS_ON[:7]:
                done, of = _counts(random, indicator, month, era, planted, cases=(6, 9))
                yield _indicator(indicator, era, month, "team", team, done, of)


def _months(indicator: Indicator, era: Era) -> tuple[str, ...]:
    """The months it was counted in and has come for; a council of few months has those of all."""
    started = era.months[indicator.from_month :] or era.months
    return started[:-LATE_BY] if indicator.is_late and len(started) > LATE_BY else started


def _is_redefined(indicator: Indicator, era: Era, month: str) -> bool:
    return bool(indicator.later_name) and era.place(month) >= REDEFINED_FROM


def _counts(
    random: Random,
    indicator: Indicator,
    month: str,
    era: Era,
    planted: Planted,
    *,
    cases: tuple[int, int] | None = None,
) -> tuple[int, int]:
    """How many of how many."""
    level = indicator.level + indicator.monthly * months_apart(era.months[0], month) + random.gauss(0, indicator.noise)
    if indicator.code == SUPERVISION_CODE:
        fallen = -planted.lift(planted.worsened_area, month, took_part=True) / planted.worsening
        level -= SUPERVISION_LOST * fallen
    if _is_redefined(indicator, era, month):
        level -= LOST_BY_IT
    of = random.randint(*(cases or indicator.monthly_cases))
    if of >= MANY:
        return round(random.gauss(of * level / 100, (of * level / 100) ** 0.5)), of
    return sum(random.random() * 100 < level for _ in range(of)), of


def _indicator(
    indicator: Indicator, era: Era, month: str, level: str, entity: str, done: int, of: int
) -> dict[str, object]:  # fmt: skip
    counted = {} if indicator.is_bare else {"numerator": done, "denominator": of}
    return {
        "indicator_code": indicator.code, "period": month, "level": level, "entity": entity, **counted,
        "name": indicator.later_name if _is_redefined(indicator, era, month) else indicator.name,
        "value": round(indicator.per * done / of, 1), "better_is": indicator.better_is, "target": indicator.target,
        "tolerance": TOLERANCE if indicator.target else None,
    }  # fmt: skip


def conference_rows(seed: int, spells: Sequence[Spell], roster: Roster, era: Era) -> list[dict[str, object]]:
    """One row per child per conference or review."""
    random, later = stream(seed, "conferences"), stream(seed, "conferences put off")
    rows = [
        _conference(random, kind, random.choice(open_then), day, roster)
        for month in era.months
        for kind, number in CONFERENCES_A_MONTH.items()
        for day in sorted(random.choices(working_days_of(month), k=random.randint(*number)))
        if (open_then := [one for one in spells if one.case_status == STATUS_OF[kind] and one.is_open(day)])
    ]
    return [
        {"conference_id": f"CON{number:05d}"} | _put_off(later, row, era) for number, row in enumerate(rows, start=1)
    ]


def _put_off(random: Random, conference: dict[str, object], era: Era) -> dict[str, object]:
    """The conference, a few of them held much later, or not yet by the day of the extracts."""
    due_on, is_put_off = conference["due_on"], random.random() < MUCH_LATER_SHARE
    assert isinstance(due_on, date)
    held_on = era.known(some_days_after(random, due_on, *MUCH_LATER_DAYS))
    if not is_put_off:
        return conference
    return conference | {"held_on": held_on, **({} if held_on else {"child_participated": None})}


def _conference(random: Random, kind: str, spell: Spell, day: date, roster: Roster) -> dict[str, object]:
    """One conference or review of one child."""
    chair = spell.officer and roster.present(spell.officer.key, day)
    is_young = spell.child.age_band(day) == "0-4"
    return {
        "kind": kind, "child_id": spell.child.child_id, "due_on": day,
        "held_on": some_days_after(random, day, 1, 14) if random.random() < HELD_LATE_SHARE else working(day),
        "chair_id": chair and chair.worker.worker_id, "team": spell.post.team,
        "child_participated": "under 4" if is_young else random.choices(("yes", "no"), (62, 38))[0],
    }  # fmt: skip


def contribution_rows(seed: int, conferences: Sequence[dict[str, object]]) -> Iterator[dict[str, object]]:
    """One row per conference and partner agency."""
    random = stream(seed, "contributions")
    for conference in conferences:
        for agency, share in PARTNERS.items():
            is_invited = random.random() < INVITED_SHARE
            row = {
                "conference_id": conference["conference_id"], "agency": agency, "is_invited": is_invited,
                "attended": is_invited and random.random() < share,
                "report_received": is_invited and random.random() < REPORT_SHARE,
            }  # fmt: skip
            if conference["held_on"]:  # of one not yet held nothing is known
                yield row


def recommendation_rows(seed: int, era: Era) -> Iterator[dict[str, object]]:
    """One row per recommendation of an outside review, spread over the era."""
    random = stream(seed, "reviews")
    for number, (source, theme, words) in enumerate(RECOMMENDATIONS, start=1):
        month = era.months[(number - 1) * len(era.months) // len(RECOMMENDATIONS)]
        dated_on = random.choice(working_days_of(month))
        closed_on = era.known(some_days_after(random, dated_on, 120, 500))
        yield {
            "recommendation_id": f"X{number:03d}", "source": source, "dated_on": dated_on, "theme_code": theme,
            "recommendation": words, "status": "closed" if closed_on else "open", "closed_on": closed_on,
        }  # fmt: skip

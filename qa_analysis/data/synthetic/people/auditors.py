"""Who audits: the Practice Improvement Team, then managers of every level."""

from collections import Counter
from datetime import date, timedelta
from random import Random

from qa_analysis.data.synthetic.people.children import Spell
from qa_analysis.data.synthetic.people.staff import NEEDS_SUPPORT, Holding, Roster
from qa_analysis.data.synthetic.planted import PLANTED

IMPROVEMENT_ROLE = "practice improvement team"
MANAGER_ROLES = (
    "team manager", "service manager", "assistant director", "IRO", "FIRO", "CP chair", "panel advisor",
    "assistant team manager", "practice assessor lead", "principal social worker", "quality assurance manager",
)  # fmt: skip
SENIOR_ROLES = ("service manager", "assistant director")  # audit in practice week
IMPROVEMENT_SHARE = 0.3  # of audits once managers audit too
INDUCTION_DAYS = 150  # how long a manager counts as new
MANAGER_LIMIT, IMPROVEMENT_LIMIT = 2, 9  # audits each in one cycle
NEAR_SHARE = 0.015  # audits by somebody too near the record, which a check of independence should find


def auditor_of(
    random: Random, roster: Roster, done: Counter[str], month: str, route: str, spell: Spell, day: date
) -> tuple[Holding, str]:
    """The auditor, and the route: an induction audit without a new manager is an ordinary one."""
    team = roster.in_role(IMPROVEMENT_ROLE, day)
    if month < PLANTED.auditors_widened or route in ("revisit", "reactive"):
        return _least_busy(random, team, done, IMPROVEMENT_LIMIT), route
    managers = [one for role in MANAGER_ROLES for one in roster.in_role(role, day) if _may_audit(one, day)]
    far = [holding for holding in managers if not _is_near(holding, spell)]
    if route == "induction":
        new = [one for one in far if (day - one.started_on).days < INDUCTION_DAYS and not done[_id(one)]]
        return (random.choice(new), route) if new else (_least_busy(random, far, done, MANAGER_LIMIT), "random")
    if route == "practice week":
        far = [holding for holding in far if holding.post.role in SENIOR_ROLES]
    elif random.random() < IMPROVEMENT_SHARE:
        return _least_busy(random, team, done, IMPROVEMENT_LIMIT), route
    near_allowed = managers if random.random() < NEAR_SHARE else far
    return _least_busy(random, near_allowed, done, MANAGER_LIMIT), route


def co_auditor_of(random: Random, roster: Roster, route: str, day: date) -> Holding | None:
    """A member of the Practice Improvement Team beside a new manager."""
    return random.choice(roster.in_role(IMPROVEMENT_ROLE, day)) if route == "induction" else None


def _may_audit(holding: Holding, day: date) -> bool:
    """Assistant team managers and practice assessor leads audit once they are ready; nobody in their first days."""
    if holding.post.role in NEEDS_SUPPORT:
        return holding.ready_on is not None and holding.ready_on <= day
    return holding.started_on + timedelta(days=14) <= day


def _is_near(holding: Holding, spell: Spell) -> bool:
    """Whether somebody manages the service or reviews the child."""
    return holding.post.service_area == spell.post.service_area or holding.post == spell.officer


def _least_busy(random: Random, people: list[Holding], done: Counter[str], limit: int) -> Holding:
    """Anyone with audits to spare; where nobody has, the least busy."""
    free = [holding for holding in people if done[_id(holding)] < limit]
    return random.choice(free) if free else min(people, key=lambda holding: done[_id(holding)])


def _id(holding: Holding) -> str:
    return holding.worker.worker_id

"""The posts of the synthetic council: who does what, where, and who manages them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qa_analysis.data.synthetic.people.services import (
    ASSESSMENT,
    IMPROVEMENT_TEAM,
    NEW_TEAM,
    NEW_TEAM_OPENS_ON,
    REVIEW_UNIT,
    SAFEGUARDING,
    SENIOR,
    SERVICES,
    Service,
)

PRACTITIONER_DAYS, MANAGER_DAYS, SENIOR_DAYS = 1000, 1500, 3500  # how long people stay in post, on average


@dataclass(frozen=True)
class Post:
    """A post, whoever holds it."""

    key: str
    role: str
    team: str
    service_area: str
    manager: str | None
    stay_days: int = MANAGER_DAYS
    opens_on: date | None = None
    is_practitioner: bool = False
    colleagues: tuple[str, ...] = ()  # its own key first, then the team's others in the order they cover for it


def _team_posts(service: Service, team: str) -> Iterator[Post]:
    """The practitioners of a team and their managers."""
    opens_on = date.fromisoformat(NEW_TEAM_OPENS_ON) if team == NEW_TEAM else None
    keys = [f"{team}/{number}" for number in range(1, service.workers + 1)]
    for place, key in enumerate(keys):
        yield Post(
            key, service.worker_role, team, service.name, f"{team}/manager", PRACTITIONER_DAYS, opens_on,
            is_practitioner=True, colleagues=(*keys[place:], *keys[:place], f"{team}/manager"),
        )  # fmt: skip
    yield Post(f"{team}/manager", "team manager", team, service.name, f"{service.name}/manager", opens_on=opens_on)
    if service in (ASSESSMENT, SAFEGUARDING):
        yield Post(
            f"{team}/assistant", "assistant team manager", team, service.name, f"{team}/manager", opens_on=opens_on
        )


def _of_unit(
    role: str, number: int, team: str, area: str, manager: str | None, stay: int = MANAGER_DAYS
) -> Iterator[Post]:
    """Several posts of a role outside the operational teams."""
    for place in range(1, number + 1):
        yield Post(f"{role}/{place}", role, team, area, manager, stay)


def _posts() -> Iterator[Post]:
    for service in SERVICES:
        for team in service.teams:
            yield from _team_posts(service, team)
        director = 2 if service in (ASSESSMENT, SAFEGUARDING) or service.name == "Early Help" else 3
        yield Post(f"{service.name}/manager", "service manager", SENIOR, service.name, f"assistant director/{director}")
    quality, review, improvement = "Quality Assurance", "Safeguarding and Review", f"{IMPROVEMENT_TEAM}/manager"
    yield Post(improvement, "service manager", IMPROVEMENT_TEAM, quality, "assistant director/1", SENIOR_DAYS)
    yield from _of_unit("practice improvement team", 5, IMPROVEMENT_TEAM, quality, improvement, SENIOR_DAYS)
    yield from _of_unit("quality assurance manager", 1, IMPROVEMENT_TEAM, quality, improvement, SENIOR_DAYS)
    yield from _of_unit("principal social worker", 1, IMPROVEMENT_TEAM, quality, "assistant director/1", SENIOR_DAYS)
    yield from _of_unit("practice assessor lead", 2, IMPROVEMENT_TEAM, quality, improvement)
    unit = "safeguarding service manager/1"
    yield from _of_unit("safeguarding service manager", 1, REVIEW_UNIT, review, "assistant director/1", SENIOR_DAYS)
    yield from _of_unit("IRO", 6, REVIEW_UNIT, review, unit)
    yield from _of_unit("FIRO", 1, REVIEW_UNIT, review, unit)
    yield from _of_unit("CP chair", 4, REVIEW_UNIT, review, unit)
    yield from _of_unit("panel advisor", 1, REVIEW_UNIT, review, unit)
    yield from _of_unit("assistant director", 3, SENIOR, "Leadership", "director/1", SENIOR_DAYS)
    yield Post("director/1", "director of children's services", SENIOR, "Leadership", None, SENIOR_DAYS)


POSTS = tuple(_posts())
POST: Mapping[str, Post] = {post.key: post for post in POSTS}
LINK_TEAMS: Mapping[str, str] = {  # whose link a reviewing officer is; the newest team has none yet
    "IRO/1": "Oak", "IRO/2": "Rowan", "IRO/3": "Willow", "IRO/4": "Horizon", "IRO/5": "Compass",
    "FIRO/1": "Fostering East; Fostering West", "CP chair/1": "Harbour", "CP chair/2": "Lighthouse",
    "CP chair/3": "Dunes", "CP chair/4": "Assessment North; Assessment Central; Assessment South",
}  # fmt: skip

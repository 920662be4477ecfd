"""The services, teams and audit themes of the synthetic council."""

from collections.abc import Mapping
from dataclasses import dataclass

from qa_analysis.dates import months_after


@dataclass(frozen=True)
class Service:
    """A service area, how its teams are staffed and what its records are like."""

    name: str
    teams: tuple[str, ...]
    worker_role: str
    workers: int  # practitioners' posts in each team
    families: int  # open families for each worker
    stay_days: int  # how long a record is open, on average
    statuses: tuple[str, ...]  # case statuses its records have
    officer: str | None  # who reviews its children's plans
    ages: tuple[int, int]  # youngest and oldest age in years at which a record opens
    family_sizes: tuple[int, ...]  # children in a family, one number as likely as another
    effect: float  # how much better or worse its practice is, on the latent scale
    joins_from: str = "2022-06"  # the first cycle in which it is audited


ASSESSMENT = Service(
    "Assessment", ("Assessment North", "Assessment Central", "Assessment South"), "social worker",
    6, 6, 75, ("CIN",), None, (0, 16), (1, 1, 1, 1, 2, 2, 3), -0.05,
)  # fmt: skip
SAFEGUARDING = Service(
    "Safeguarding", ("Harbour", "Lighthouse", "Dunes", "Marina"), "social worker",
    7, 7, 290, ("CIN", "CP"), "CP chair", (0, 15), (1, 1, 1, 1, 2, 2, 3), -0.12,
)  # fmt: skip
CARED_FOR = Service(
    "Cared For", ("Oak", "Rowan", "Willow"), "social worker",
    6, 9, 900, ("CLA",), "IRO", (0, 16), (1, 1, 1, 1, 2), 0.15,
)  # fmt: skip
CARE_LEAVERS = Service(
    "Care Leavers", ("Horizon", "Compass"), "personal advisor",
    5, 13, 800, ("care leaver",), None, (17, 20), (1,), -0.05,
)  # fmt: skip
FOSTERING = Service(
    "Fostering", ("Fostering East", "Fostering West"), "supervising social worker",
    5, 10, 1500, ("fostering",), "FIRO", (4, 14), (1,), 0.2, joins_from="2023-02",
)  # fmt: skip
EARLY_HELP = Service(
    "Early Help", ("Early Help North", "Early Help South"), "family support worker",
    5, 7, 160, ("early help",), None, (0, 16), (1, 1, 1, 2, 2, 3), 0.08,
)  # fmt: skip
SERVICES = (ASSESSMENT, SAFEGUARDING, CARED_FOR, CARE_LEAVERS, FOSTERING, EARLY_HELP)

NEW_TEAM, NEW_TEAM_OPENS_ON = "Marina", "2023-04-03"  # a team that did not exist in the first cycles
LEFT_OUT_TEAMS = ("Dunes", "Willow", "Horizon", "Early Help South")  # took no part in the learning about assessment
IMPROVEMENT_TEAM = "Practice Improvement Team"
REVIEW_UNIT = "Safeguarding and Review Unit"
SENIOR = "Senior Management"

# A schedule of themes, one line a cycle. A revisit comes six cycles after; some themes are never revisited, so that
# there are loops left open to find.
SCHEDULE: tuple[tuple[str, ...], ...] = (
    ("neglect",), ("child-protection-planning",), ("chronologies",), ("supervision",), ("direct-work",),
    ("step-down",), ("assessment-quality",), ("child-protection-planning",), ("chronologies", "fostering-support"),
    ("supervision",), ("direct-work",), ("step-down", "cared-for-planning"), ("assessment-quality",),
    ("management-oversight",), ("neglect", "fostering-support"), ("supervision",), ("multi-agency-core-groups",),
    ("cared-for-planning", "care-leavers-pathway"), ("assessment-quality",), ("management-oversight",), ("neglect",),
    ("supervision",), ("multi-agency-core-groups",), ("care-leavers-pathway",), ("assessment-quality",),
    ("management-oversight",),
)  # fmt: skip
REVISIT_CYCLES = 6
REVISITS_FROM = 7  # the assurance cycle began in January 2023, seven cycles after the first

THEME_STATUSES: Mapping[str, tuple[str, ...]] = {  # whose records a theme is about; all of them where not named
    "assessment-quality": ("CIN", "CP", "early help", "CLA"),
    "child-protection-planning": ("CP", "CIN"),
    "cared-for-planning": ("CLA",),
    "neglect": ("CIN", "CP", "early help"),
    "step-down": ("CIN", "CP", "early help"),
    "fostering-support": ("fostering",),
    "care-leavers-pathway": ("care leaver", "CLA"),
    "multi-agency-core-groups": ("CP", "CIN", "CLA"),
}
OUTSIDE_THEME_WEIGHT = 0.12  # chance of a record outside the theme, against one inside, so that every service is seen

PLANNED_AUDITS = (
    16, 17, 16, 18, 18, 17, 38, 40, 42, 43, 44, 42, 46, 44, 40, 45, 46, 44, 42, 46, 45, 48, 46, 48, 48, 46,
)  # fmt: skip


def themes_of(place: int) -> tuple[str, ...]:
    """The audit themes of a cycle, counted from the first; past the schedule those of six cycles before."""
    return SCHEDULE[place] if place < len(SCHEDULE) else themes_of(place - REVISIT_CYCLES)


def planned_of(place: int) -> int:
    """How many audits were planned in a cycle."""
    return PLANNED_AUDITS[min(place, len(PLANNED_AUDITS) - 1)]


def revisit_of(months: tuple[str, ...], place: int, theme: str) -> str | None:
    """The cycle a theme revisits: the one six before, where it ran then and revisits had begun."""
    earlier = place - REVISIT_CYCLES
    if place < REVISITS_FROM or earlier < 0 or theme not in themes_of(earlier):
        return None
    return months_after(months[place], -REVISIT_CYCLES)

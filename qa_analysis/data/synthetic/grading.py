"""How good each record truly is, what the auditor saw of it, and what the panel would say."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from qa_analysis.data.synthetic.columns import GRADES, KEY_AREAS
from qa_analysis.data.synthetic.era import Era, stream
from qa_analysis.data.synthetic.people.auditors import IMPROVEMENT_ROLE
from qa_analysis.data.synthetic.people.services import LEFT_OUT_TEAMS, SERVICES, revisit_of
from qa_analysis.data.synthetic.planted import Planted
from qa_analysis.data.synthetic.selection import Case

CUTS = (2.1, 0.74, -1.1)  # where outstanding, good and requires improvement begin on the latent scale
TEAM_SPREAD, WORKER_SPREAD = 0.12, 0.22
SHARED_SPREAD, AREA_SPREAD = 0.7, 0.68  # what the six areas of an audit have in common, and what each has alone
OVERALL_STRETCH, OVERALL_SPREAD = 1.25, 0.2  # the overall judgement spreads as widely as an area's does
ROUTE_EFFECT = {"nominated good": 0.95, "reactive": -0.95, "induction": 0.0, "practice week": 0.1}
CHOSEN_BECAUSE_WEAK = -0.12  # a theme is first chosen when there is reason to worry
AREA_EFFECT = {
    "help_protection_stability": 0.05, "recording_communication": 0.0, "assessment": -0.4,
    "relationships_direct_work": 0.2, "multi_agency": 0.05, "supervision_oversight": 0.25,
}  # fmt: skip
NOT_APPLICABLE_SHARE = {  # areas that cannot be judged in some services
    ("assessment", "Care Leavers"): 0.2, ("assessment", "Fostering"): 0.25, ("assessment", "Cared For"): 0.08,
    ("multi_agency", "Early Help"): 0.05, ("multi_agency", "Care Leavers"): 0.08, ("multi_agency", "Fostering"): 0.12,
    ("relationships_direct_work", "Fostering"): 0.1,
}  # fmt: skip
AUDITOR_SEVERITY_SPREAD = 0.2  # between auditors
AUDITOR_SHARED_ERROR, AUDITOR_AREA_ERROR = 0.38, 0.38
PANEL_ERROR = 0.38
ANCHORING = 0.55  # weight of the auditor's view where the panel saw it
DISPUTED_SHARE_WRONG, DISPUTED_SHARE_RIGHT = 0.27, 0.065  # disputes are likelier where the grade is not deserved
CONCERN_SHARE_INADEQUATE, CONCERN_SHARE_OTHER = 0.28, 0.006


@dataclass(frozen=True)
class Judged:
    """An audit as it is in truth and as the auditor graded it; scores are on the latent scale, higher better."""

    case: Case
    truth: Mapping[str, float]  # by key area, those not applicable left out
    overall_truth: float
    seen: Mapping[str, float]
    overall_seen: float
    grades: Mapping[str, str]  # the auditor's, by key area
    overall: str
    is_disputed: bool
    is_concern: bool


class Grader:
    """Grades the audits of one council."""

    def __init__(self, seed: int, era: Era, planted: Planted) -> None:
        """Teams, workers and auditors keep their ways throughout."""
        self._seed, self._era, self._planted = seed, era, planted
        self._random = stream(seed, "grading")
        self._effects: dict[str, float] = {}

    def judged(self, case: Case) -> Judged:
        """The audit graded."""
        random = self._random
        truth = self._truth(case)
        overall_truth = _overall(random, truth)
        shift = self._optimism(case) + random.gauss(0, AUDITOR_SHARED_ERROR)
        seen = {area: score + shift + random.gauss(0, AUDITOR_AREA_ERROR) for area, score in truth.items()}
        overall_seen = overall_truth + shift + random.gauss(0, AUDITOR_AREA_ERROR / 2)
        grades, overall = coherent({area: grade_of(score) for area, score in seen.items()}, grade_of(overall_seen))
        is_right = overall == grade_of(overall_truth)
        concern_share = CONCERN_SHARE_INADEQUATE if overall == "inadequate" else CONCERN_SHARE_OTHER
        return Judged(
            case, truth, overall_truth, seen, overall_seen, grades, overall,
            is_disputed=random.random() < (DISPUTED_SHARE_RIGHT if is_right else DISPUTED_SHARE_WRONG),
            is_concern=random.random() < concern_share,
        )  # fmt: skip

    def _truth(self, case: Case) -> dict[str, float]:
        """How good each applicable area is."""
        random, service = self._random, case.spell.post.service_area
        common = self._common(case) + random.gauss(0, SHARED_SPREAD)
        took_part = case.spell.post.team not in LEFT_OUT_TEAMS
        return {
            area: common + AREA_EFFECT[area] + random.gauss(0, AREA_SPREAD)
            + self._planted.lift(area, case.month, took_part=took_part)
            for area in KEY_AREAS
            if random.random() >= NOT_APPLICABLE_SHARE.get((area, service), 0)
        }  # fmt: skip

    def _common(self, case: Case) -> float:
        """What service, team, worker, theme and route do to every area alike."""
        service = next(service for service in SERVICES if service.name == case.spell.post.service_area)
        place = self._era.place(case.month)
        is_first = revisit_of(self._era.months, place, case.theme) is None
        return (
            service.effect
            + self._effect(f"team {case.spell.post.team}", TEAM_SPREAD)
            + self._effect(f"worker {case.worker.worker.worker_id}", WORKER_SPREAD)
            + ROUTE_EFFECT.get(case.route, 0.0)
            + (CHOSEN_BECAUSE_WEAK if is_first else 0.0)
        )

    def _optimism(self, case: Case) -> float:
        """How much better than the panel this auditor grades."""
        is_team = case.auditor.post.role == IMPROVEMENT_ROLE
        usual = self._planted.improvement_team_optimism if is_team else self._planted.auditor_optimism
        return usual + self._effect(f"auditor {case.auditor.worker.worker_id}", AUDITOR_SEVERITY_SPREAD)

    def _effect(self, name: str, spread: float) -> float:
        """The same lasting effect every time a name is asked for."""
        if name not in self._effects:
            self._effects[name] = stream(self._seed, name).gauss(0, spread)
        return self._effects[name]


def panel_grades(random: Random, judged: Judged, *, was_blind: bool) -> tuple[dict[str, str], str]:
    """The panel's grade of each applicable area and its overall grade."""
    weight = 0.0 if was_blind else ANCHORING

    def graded(truth: float, seen: float) -> str:
        return grade_of((1 - weight) * (truth + random.gauss(0, PANEL_ERROR)) + weight * seen)

    areas = {area: graded(score, judged.seen[area]) for area, score in judged.truth.items()}
    return coherent(areas, graded(judged.overall_truth, judged.overall_seen))


def grade_of(score: float) -> str:
    """The grade a score earns."""
    return next((grade for grade, cut in zip(GRADES, CUTS, strict=False) if score >= cut), GRADES[-1])


def coherent(areas: dict[str, str], overall: str) -> tuple[dict[str, str], str]:
    """An overall grade within the range of the areas', and never good where protection is inadequate."""
    places = [GRADES.index(grade) for grade in areas.values()]
    place = min(max(GRADES.index(overall), min(places)), max(places))
    if areas["help_protection_stability"] == "inadequate":
        place = max(place, GRADES.index("requires improvement"))
    return areas, GRADES[place]


def _overall(random: Random, truth: Mapping[str, float]) -> float:
    """The judgement of the whole: about the mean of the areas, spread as widely as each."""
    return OVERALL_STRETCH * sum(truth.values()) / len(truth) + random.gauss(0, OVERALL_SPREAD)

"""What auditors found: strengths and areas for development, in words, most of them coded to a prompt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from qa_analysis.data.synthetic.columns import GRADES
from qa_analysis.data.synthetic.era import stream
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.planted import Planted
from qa_analysis.data.synthetic.wording.developments import DEVELOPMENTS
from qa_analysis.data.synthetic.wording.grammar import fill, finding_text
from qa_analysis.data.synthetic.wording.shared import SAFEGUARDING
from qa_analysis.data.synthetic.wording.strengths import STRENGTHS

AREA_OF = {
    "1": "help_protection_stability", "2": "recording_communication", "3": "assessment",
    "4": "relationships_direct_work", "5": "multi_agency", "6": "supervision_oversight",
}  # fmt: skip
UNCODED_SHARE = 0.2  # findings the auditor left without a code
STRENGTHS_BY_GRADE = {  # how many of each an audit of that overall grade has
    "outstanding": (3, 3, 4), "good": (2, 2, 3, 3), "requires improvement": (1, 2, 2), "inadequate": (0, 1, 1),
}  # fmt: skip
DEVELOPMENTS_BY_GRADE = {
    "outstanding": (0, 1), "good": (1, 2, 2), "requires improvement": (2, 3, 3), "inadequate": (3, 4, 4),
}  # fmt: skip
MOST_FINDINGS = 6
WEIGHT_BY_GRADE = {"outstanding": 0.05, "good": 0.35, "requires improvement": 1.0, "inadequate": 1.8}  # to be developed
PERSISTENT_WEIGHT = 3.2
STRENGTH_WEIGHTS = {"4.1": 2.0, "4.2": 2.2, "4.3": 1.6, "3.4": 1.5, "5.1": 1.5, "1.3": 1.4}
DEVELOPMENT_WEIGHTS = {
    "3.6": 4.0, "3.9": 1.4, "5.3": 1.6, "6.3": 1.5, "2.4": 1.3, "4.4": 0.25, "3.11": 0.5, "2.7": 0.6,
}  # fmt: skip
OFFICER_PROMPT = "6.4"  # of no meaning where nobody reviews the plan
SAFEGUARDING_SHARE = {"1": 0.12, "3": 0.07, "5": 0.07, "2": 0.01, "4": 0.04, "6": 0.06}
INADEQUATE_FACTOR = 3.5
OFFICER_WORDS = {
    "IRO": "Independent Reviewing Officer", "FIRO": "fostering reviewing officer", "CP chair": "conference chair",
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One strength or area for development."""

    finding_id: str
    judged: Judged
    prompt: str
    is_strength: bool
    is_coded: bool
    is_safeguarding: bool
    text: str

    @property
    def area(self) -> str:
        """The key area it belongs to."""
        return AREA_OF[self.prompt[0]]


def found(seed: int, audits: Sequence[Judged], planted: Planted) -> list[Finding]:
    """Everything found in the audits."""
    random = stream(seed, "findings")
    weights = DEVELOPMENT_WEIGHTS | dict.fromkeys(planted.persistent_codes, PERSISTENT_WEIGHT)
    return [finding for judged in audits for finding in _of_audit(random, judged, planted, weights)]


def finding_rows(findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """One row per finding."""
    for finding in findings:
        yield {
            "finding_id": finding.finding_id, "audit_id": finding.judged.case.audit_id, "key_area": finding.area,
            "polarity": "strength" if finding.is_strength else "development",
            "theme_code": finding.prompt if finding.is_coded else None,
            "is_safeguarding": finding.is_safeguarding, "text": finding.text,
        }  # fmt: skip


def _of_audit(random: Random, judged: Judged, planted: Planted, weights: Mapping[str, float]) -> Iterator[Finding]:
    """Two to six findings, strengths first."""
    good = _prompts(random, judged, STRENGTHS_BY_GRADE, STRENGTH_WEIGHTS, wants_good=True)
    poor = _prompts(random, judged, DEVELOPMENTS_BY_GRADE, weights, wants_good=False)
    if planted.emerging_area in judged.grades and random.random() < planted.emergence(judged.case.month):
        poor = [planted.emerging_code, *(prompt for prompt in poor if prompt != planted.emerging_code)]
    good = good[: MOST_FINDINGS - len(poor)]
    if len(good) + len(poor) < 2:
        good = _prompts(random, judged, {judged.overall: (2,)}, STRENGTH_WEIGHTS, wants_good=True)
    both = [(prompt, True) for prompt in good] + [(prompt, False) for prompt in poor]
    for number, (prompt, is_strength) in enumerate(both, start=1):
        yield _finding(random, judged, f"F{judged.case.audit_id[1:]}-{number}", prompt, is_strength=is_strength)


def _prompts(
    random: Random,
    judged: Judged,
    number_by_grade: Mapping[str, Sequence[int]],
    weights: Mapping[str, float],
    *,
    wants_good: bool,
) -> list[str]:
    """Different prompts, likelier from areas whose grade fits."""
    fitting = _weights_of(judged, wants_good=wants_good)
    prompts = [prompt for prompt in STRENGTHS if AREA_OF[prompt[0]] in fitting]
    if judged.case.spell.officer is None:
        prompts.remove(OFFICER_PROMPT)
    each = [weights.get(prompt, 1.0) * fitting[AREA_OF[prompt[0]]] / _size(prompt) for prompt in prompts]
    picked = random.choices(prompts, each, k=random.choice(number_by_grade[judged.overall]))
    return list(dict.fromkeys(picked))


def _weights_of(judged: Judged, *, wants_good: bool) -> dict[str, float]:
    """How likely each applicable area is to give a finding of the polarity."""
    scale = dict(zip(GRADES, reversed(WEIGHT_BY_GRADE.values()), strict=True)) if wants_good else WEIGHT_BY_GRADE
    return {area: scale[grade] for area, grade in judged.grades.items()}


def _size(prompt: str) -> float:
    """Areas with many prompts do not have as many more findings."""
    return float(sum(other[0] == prompt[0] for other in STRENGTHS) ** 0.6)


def _finding(random: Random, judged: Judged, finding_id: str, prompt: str, *, is_strength: bool) -> Finding:
    """One finding in words."""
    officer = judged.case.spell.officer
    words = {"age_band": judged.case.age_band, "officer": OFFICER_WORDS[officer.role] if officer else None}
    template = random.choice((STRENGTHS if is_strength else DEVELOPMENTS)[prompt])
    text = finding_text(random, template, is_strength=is_strength, **words)
    factor = INADEQUATE_FACTOR if judged.overall == "inadequate" else 1.0
    is_safeguarding = not is_strength and random.random() < SAFEGUARDING_SHARE[prompt[0]] * factor
    if is_safeguarding:
        text = f"{text} {fill(random, random.choice(SAFEGUARDING), **words)}"
    is_coded = random.random() >= UNCODED_SHARE
    return Finding(finding_id, judged, prompt, is_strength, is_coded, is_safeguarding, text)

"""The auditor's answer to each of the 36 prompts, for the cycles whose forms held them."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from qa_analysis.data.synthetic.era import Era, stream
from qa_analysis.data.synthetic.findings import AREA_OF, OFFICER_PROMPT, Finding
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.wording.shared import ANSWER_COMMENTS
from qa_analysis.data.synthetic.wording.strengths import STRENGTHS

ANSWERED_CYCLES = 12  # forms before these did not keep the answers
YES_FROM, PARTLY_FROM = 0.25, -0.85  # on the latent scale of the prompt's area
ANSWER_SPREAD = 0.6
COMMENT_SHARE = 0.06
HARDER = {"1.4": 0.55, "2.2": 0.5, "6.6": 0.45, "3.6": 0.35, "3.11": 0.4, "5.3": 0.25}  # seldom met in full
EASIER = {"3.1": 0.9, "2.3": 0.5, "2.7": 0.3, "4.3": 0.3, "6.1": 0.3}  # mostly met
LACKING, PRAISED = 0.9, 0.6  # how much worse, or better, a prompt is where the audit has a finding about it
Lean = Mapping[tuple[str, str], float]  # by audit and prompt


def answer_rows(
    seed: int, audits: Sequence[Judged], findings: Sequence[Finding], era: Era
) -> Iterator[dict[str, object]]:
    """One row per audit and prompt."""
    random, lean = stream(seed, "answers"), _lean(findings)
    for judged in audits:
        if judged.case.month in era.months[-ANSWERED_CYCLES:]:
            for prompt in STRENGTHS:
                yield {
                    "audit_id": judged.case.audit_id, "prompt_code": prompt,
                    "answer": _answer(random, judged, prompt, lean.get((judged.case.audit_id, prompt), 0.0)),
                    "comment": random.choice(ANSWER_COMMENTS) if random.random() < COMMENT_SHARE else None,
                }  # fmt: skip


def _lean(findings: Sequence[Finding]) -> Lean:
    """How much better or worse what an audit found makes its answers."""
    return {(one.judged.case.audit_id, one.prompt): PRAISED if one.is_strength else -LACKING for one in findings}


def _answer(random: Random, judged: Judged, prompt: str, lean: float) -> str:
    """Yes, partly or no as the area was seen; not applicable where it could not be judged."""
    score = judged.seen.get(AREA_OF[prompt[0]])
    if score is None or (prompt == OFFICER_PROMPT and judged.case.spell.officer is None):
        return "not applicable"
    score += random.gauss(0, ANSWER_SPREAD) + lean + EASIER.get(prompt, 0.0) - HARDER.get(prompt, 0.0)
    return "yes" if score > YES_FROM else "partly" if score > PARTLY_FROM else "no"

"""The auditor's answer to each of the 36 prompts, for the cycles whose forms held them."""

from collections.abc import Iterator, Sequence
from random import Random

from qa_analysis.data.synthetic.era import Era, stream
from qa_analysis.data.synthetic.findings import AREA_OF, OFFICER_PROMPT
from qa_analysis.data.synthetic.grading import Judged
from qa_analysis.data.synthetic.wording.shared import ANSWER_COMMENTS
from qa_analysis.data.synthetic.wording.strengths import STRENGTHS

ANSWERED_CYCLES = 12  # forms before these did not keep the answers
YES_FROM, PARTLY_FROM = 0.25, -0.85  # on the latent scale of the prompt's area
ANSWER_SPREAD = 0.6
COMMENT_SHARE = 0.06


def answer_rows(seed: int, audits: Sequence[Judged], era: Era) -> Iterator[dict[str, object]]:
    """One row per audit and prompt."""
    random = stream(seed, "answers")
    for judged in audits:
        if judged.case.month in era.months[-ANSWERED_CYCLES:]:
            for prompt in STRENGTHS:
                yield {
                    "audit_id": judged.case.audit_id, "prompt_code": prompt,
                    "answer": _answer(random, judged, prompt),
                    "comment": random.choice(ANSWER_COMMENTS) if random.random() < COMMENT_SHARE else None,
                }  # fmt: skip


def _answer(random: Random, judged: Judged, prompt: str) -> str:
    """Yes, partly or no as the area was seen; not applicable where it could not be judged."""
    score = judged.seen.get(AREA_OF[prompt[0]])
    if score is None or (prompt == OFFICER_PROMPT and judged.case.spell.officer is None):
        return "not applicable"
    score += random.gauss(0, ANSWER_SPREAD)
    return "yes" if score > YES_FROM else "partly" if score > PARTLY_FROM else "no"

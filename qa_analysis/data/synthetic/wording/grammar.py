"""Sentences made from templates, so that thousands of findings do not look alike."""

from collections.abc import Mapping, Sequence
from random import Random

from qa_analysis.data.synthetic.wording.shared import (
    CHILD_WORDS,
    GOOD_EVIDENCE,
    GOOD_IMPACT,
    LEADS,
    POOR_EVIDENCE,
    POOR_IMPACT,
    SLOTS,
)
from qa_analysis.english import at_first

LEAD_SHARE = 0.3  # findings that open with a few words of scene-setting
IMPACT_SHARE = 0.4  # findings that go on to say what difference it made to the child
EVIDENCE_SHARE = 0.3  # findings that go on to say where it was seen


def fill(random: Random, template: str, *, age_band: str | None, officer: str | None = None) -> str:
    """The template with its gaps filled, for a child of that age (a carer's household where None)."""
    return template.format_map(_words(random, age_band, officer))


def finding_text(random: Random, template: str, *, is_strength: bool, age_band: str | None, officer: str | None) -> str:
    """A finding of one to three sentences about one audit."""
    words = _words(random, age_band, officer)
    sentences = [template, *_further(random, is_strength=is_strength)]
    if random.random() < LEAD_SHARE:
        sentences[0] = random.choice(LEADS) + _lower_first(sentences[0])
    return " ".join(sentence.format_map(words) for sentence in sentences)


def _further(random: Random, *, is_strength: bool) -> Sequence[str]:
    """A sentence on the difference made, one on the evidence, or none."""
    impact, evidence = (GOOD_IMPACT, GOOD_EVIDENCE) if is_strength else (POOR_IMPACT, POOR_EVIDENCE)
    roll = random.random()
    if roll < IMPACT_SHARE:
        return [random.choice(impact)]
    return [random.choice(evidence)] if roll < IMPACT_SHARE + EVIDENCE_SHARE else []


def _words(random: Random, age_band: str | None, officer: str | None) -> Mapping[str, str]:
    """One choice for every gap, and the same with a capital letter."""
    chosen = {slot: random.choice(words) for slot, words in SLOTS.items()}
    chosen["child"] = random.choice(CHILD_WORDS[age_band or "carer"])
    chosen["officer"] = officer or "reviewing officer"
    return chosen | {at_first(slot): at_first(word) for slot, word in chosen.items()}


def _lower_first(sentence: str) -> str:
    """The sentence to follow a lead; a gap that asks for a capital is asked for without one."""
    if sentence.startswith("{"):
        return "{" + _lower_first(sentence[1:])
    return sentence[:1].lower() + sentence[1:]

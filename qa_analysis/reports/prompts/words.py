"""The prompts of the audit tool in sentences: one claim each, with its number, denominator and interval."""

from qa_analysis.english import in_a_sentence, listed
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.populations import POOLED
from qa_analysis.measures.prompts.answers import PROMPT
from qa_analysis.measures.prompts.changes import LESS, MORE
from qa_analysis.month.month import Month
from qa_analysis.reports.prompts.tables import weakest
from qa_analysis.telling.claims import reserve_of
from qa_analysis.telling.wording import by_cadence, change_in_points, last_cycles, part_of, percent, share_of

NAMED = 3  # weakest prompts in one sentence


def named_in(month: Month, code: str) -> str:
    """A prompt in a sentence, by its words: its number would be read as a figure."""
    return in_a_sentence(month.rules.prompts.get(code, code))


def supplied_sentence(month: Month) -> str:
    """For how many audits there are answers."""
    held = month.figure("audits_with_answers", period=month.year)
    if held is None or not held.numerator:
        return f"No audit of {last_cycles(month)} has answers to the prompts."
    return f"Answers were supplied for {part_of(held, 'headline audit', first=True)} of {last_cycles(month)}."


def covered_sentences(month: Month) -> list[str]:
    """In how many audits the answers cover every key area, and the area left out most; nothing without answers."""
    every = month.figure("areas_covered", period=month.year)
    if every is None or not every.is_given:
        return []
    said = f"Every key area was answered in {part_of(every, 'audit')} with answers"
    areas = figures_of(month.figures("areas_covered", by="key_area", period=month.year))
    least = min(areas, key=lambda one: one.numerator)
    if least.numerator == least.denominator:
        return [f"{said}."]
    title = month.rules.key_areas[least.group[0]]
    return [f"{said}; left out most often was {in_a_sentence(title)}, by {least.denominator - least.numerator:,}."]


def weakest_sentences(month: Month) -> list[str]:
    """Which prompts are answered yes least often, and that their order is loose."""
    found = weakest(month, NAMED)
    if not found:
        return ["No prompt was answered in enough audits to say how often it is answered yes."]
    named = [f"{named_in(month, one.group[0])} ({percent(one.value)} of {one.denominator:,})" for one in found]
    return [f"Answered yes least often: {listed(named)}."]


def change_sentences(month: Month) -> list[str]:
    """Which prompts are answered yes more or less often than six months before, and what stands in between."""
    found = figures_of(month.figures("prompt_change", by=PROMPT, population=POOLED))
    if not found:
        return ["Prompts six months before: there are no answers to compare with."]
    said = [*_changed(month, found, LESS), *_changed(month, found, MORE)]
    if not said and all(one.verdict == TOO_FEW_TO_JUDGE for one in found):
        said = ["Too few audits to judge whether prompts are answered yes more or less often than six months before."]
    if not said:
        said = ["No prompt is clearly answered yes more or less often than six months before."]
    return [*said, *spanned(month)]


def spanned(month: Month) -> list[str]:
    """What stands between the last three cycles and those of six months before."""
    held = reserve_of(figures_of(month.figures("prompt_change", by=PROMPT, population=POOLED)))
    return [by_cadence(month, f"{held}: the last three cycles and those of six months before.")] if held else []


def _changed(month: Month, found: list[Figure], word: str) -> list[str]:
    """The prompts of which one thing may be said, the largest change first."""
    some = sorted((one for one in found if one.verdict == word), key=lambda one: -abs(one.value))
    if not some:
        return []
    named = [f"{named_in(month, one.group[0])} ({change_in_points(one)})" for one in some]
    return [f"Answered {word} than six months before: {'; '.join(named)}."]


def against_sentences(month: Month) -> list[str]:
    """How often the answers and the findings of one audit differ."""
    year = month.year
    unfound, though_yes, though_no = (
        month.figure(name, period=year)
        for name in ("prompt_no_without_finding", "prompt_yes_with_finding", "prompt_no_with_strength")
    )
    asked = (
        ("Answers of no without an area for development on the same prompt", unfound),
        ("Areas for development on a prompt that the same audit answers yes", though_yes),
        ("Strengths on a prompt that the same audit answers no", though_no),
    )
    said = [f"{words}: {share_of(one)}." for words, one in asked if one]
    return said or ["No answer and finding of one audit are on the same prompt."]


def headline_sentences(month: Month) -> list[str]:
    """The report in a few claims."""
    return [
        supplied_sentence(month),
        *covered_sentences(month),
        *weakest_sentences(month),
        *change_sentences(month),
        *against_sentences(month)[1:2],
    ]

"""The yearly survey of staff in sentences: one claim each, with its number and what it rests on."""

from qa_analysis.dates import day_name, month_name
from qa_analysis.english import counted, in_letters, listed
from qa_analysis.measures.figure import TOO_FEW_TO_JUDGE, Figure, figures_of
from qa_analysis.measures.staff_survey.answers import CLAIMED, QUESTION
from qa_analysis.measures.staff_survey.waves import day_of
from qa_analysis.month.month import Month
from qa_analysis.telling.wording import change_in_points, interval, percent

OF_WHOLE_ALONE = "The staff survey is reported for the whole council alone, so that nobody can tell who answered what."
NO_WAVE = "No wave of the yearly survey of staff had ended by this date."
FEW_IN_ALL = (
    "What staff said is not shown: too few answered, or so few came or left since the wave before that the difference "
    "would tell of them."
)


def waves_of(month: Month) -> list[str]:
    """The waves that there are figures of, as their months, oldest first."""
    return sorted(set(month.over_time("staff_survey_forms")["period"]))


def agreed(month: Month, wave: str) -> list[Figure]:
    """How many agree with each statement of a wave, in the order of the questions. One figure per question."""
    return figures_of(month.figures("staff_survey_agree", by=QUESTION, period=wave))


def fewest(month: Month) -> str:
    """On how many forms every figure rests at least, in letters."""
    return in_letters(month.rules.staff_survey_floor + 1)


def headline_sentences(month: Month) -> list[str]:
    """Who answered, what most and fewest agree with, and what changed."""
    if not month.scope.is_whole:
        return [OF_WHOLE_ALONE]
    held = waves_of(month)
    if not held:
        return [NO_WAVE]
    return [response_sentence(month, held), *ends_sentences(month, held[-1]), *change_sentences(month, held)]


def response_sentence(month: Month, held: list[str]) -> str:
    """How many of those in post answered, and how many in the wave before."""
    now = month.figure("staff_survey_response", period=held[-1])
    forms = month.count("staff_survey_forms", period=held[-1])
    if now is None:
        return f"{counted(forms, 'form')} came back. Of how many people is not known: no staff list was supplied."
    if not now.is_given:
        why = now.note.removeprefix("not shown: ")
        return f"{counted(forms, 'form')} came back. A response rate is not shown: {why}."
    day = day_name(day_of(held[-1]).date())
    said = f"{percent(now.value)} of the people in post on {day} answered ({now.numerator:,} of {now.denominator:,})"
    before = month.figure("staff_survey_response", period=held[-2]) if len(held) > 1 else None
    if before is None or not before.is_given:
        return f"{said}."
    return (
        f"{said}; in {month_name(before.period)} it was {percent(before.value)} ({before.numerator:,} of "
        f"{before.denominator:,})."
    )


def ends_sentences(month: Month, wave: str) -> list[str]:
    """The statements that most, and that fewest, agree with."""
    found = sorted(agreed(month, wave), key=lambda one: -one.value)
    if not found:
        return [FEW_IN_ALL]
    most, least = (
        f"“{one.group[0]}” ({percent(one.value)} of {one.denominator:,}; {interval(one, first=first)})"
        for one, first in ((found[0], True), (found[-1], False))
    )
    if found[0].value == found[-1].value:
        return [f"As many agree with {most} as with every other statement."] if len(found) > 1 else [f"Agree: {most}."]
    return [f"Agreement is highest with {most} and lowest with {least}."]


def change_sentences(month: Month, held: list[str]) -> list[str]:
    """Which statements more, or fewer, agree with than in the wave before."""
    found = figures_of(month.figures("staff_survey_change", by=QUESTION, period=held[-1]))
    if not found:
        return ["There is no earlier wave with the same statements to compare with."]
    said = [
        f"Since {month_name(held[-2])}, {word} with {listed(_named(found, word))}."
        for word in CLAIMED
        if _named(found, word)
    ]
    if said:
        return said
    if all(one.verdict == TOO_FEW_TO_JUDGE for one in found):
        return [f"Too few answered to judge whether anything changed since {month_name(held[-2])}."]
    return [f"No statement has clearly gained or lost agreement since {month_name(held[-2])}."]


def _named(found: list[Figure], word: str) -> list[str]:
    some = sorted((one for one in found if one.verdict == word), key=lambda one: -abs(one.value))
    return [f"“{one.group[0]}” ({change_in_points(one)})" for one in some]


def places_sentence(month: Month) -> str:
    """Why a place may not be shown."""
    return (
        f"A service, team or role is shown where at least {fewest(month)} people answered, so that a reader who knows "
        "one of the answers still cannot tell the others'. Some larger ones are left out as well: with them, "
        "subtracting would show a smaller group, or who came or left since the wave before. Roles are shown where no "
        "earlier wave had any."
    )


def comments_sentence(month: Month, wave: str) -> str:
    """How many comments there are, and who has them."""
    held = month.count("staff_survey_comments", period=wave)
    if not held:
        return "No comment was written."
    said = counted(held, "comment")
    return f"{said} came with the answers. The Quality Assurance Manager has a list; none is shown here."

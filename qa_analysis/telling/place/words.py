"""A service or a team in sentences: one claim each, with its number, what it is out of, and what it does not show.

Every sentence is true of whatever place the month is of, and of the whole as well.
"""

from collections.abc import Mapping
from typing import Final

from qa_analysis.dates import day_name, month_name, span_name
from qa_analysis.english import agreeing, counted, listed
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.month.month import Month
from qa_analysis.month.place import PlaceMonth
from qa_analysis.telling.indicators.shown import DATASET, to_look_at
from qa_analysis.telling.indicators.watched import whole
from qa_analysis.telling.indicators.words import look_sentence
from qa_analysis.telling.prompts import PROMPT, is_compliance, prompt_title
from qa_analysis.telling.wording import last_cycles, no_place_year, part_of, percent, share_of, were

FOUND_AS: Final[Mapping[str, tuple[str, str]]] = {
    "strength": ("Strength counted most often", "Strengths counted most often"),
    "development": ("Area for development counted most often", "Areas for development counted most often"),
}


def audits_sentence(month: Month) -> str:
    """How many audits the cycle had, and the year."""
    now, year = month.count("audits_completed"), sum(audits_by_cycle(month).values())
    this = counted(now, "audit") if now else "No audit"
    return (
        f"{this} {agreeing(now or 1, 'was', 'were')} completed in the cycle of {month_name(month.month)}, and "
        f"{f'{year:,}' if year else 'none'} over {last_cycles(month)}."
    )


def audits_by_cycle(month: Month) -> dict[str, int]:
    """The audits of each cycle of the year, oldest first."""
    by = "service_area" if month.scope.is_whole else ""  # of the whole, earlier cycles are counted by service alone
    found = month.over_time("audits_completed", by=by, periods=month.cycles)
    sizes = found.groupby("period")["value"].sum()
    return {cycle: int(sizes.get(cycle, 0)) for cycle in month.cycles}


def grades_sentence(month: Month) -> str:
    """How good practice was graded over the year, beside the whole; a month of a place is too short to say."""
    if not month.practice_year:
        return no_place_year()
    found = month.figure("good_or_better", period=month.practice_year)
    when = span_name(month.practice_year)
    if found is None or (found.is_given and not found.denominator):
        return f"No headline audit was graded over the year {when}."
    if found.is_withheld:
        return f"How audits of the year {when} were graded is not shown: they are of too few children or workers."
    return (
        f"Over the year {when} auditors graded {part_of(found, 'headline audit', first=True)} good or better"
        f"{_beside_the_whole(month)}."
    )


def _beside_the_whole(month: Month) -> str:
    """The same share of all services, where the edition of the whole tells it of the same year."""
    if not isinstance(month, PlaceMonth) or month.whole is None:
        return ""
    found = month.whole.figure("good_or_better", period=month.practice_year)
    if found is None or not found.denominator or found.is_doubtful:
        return ""
    return f"; of all services {percent(found.value)}. Places audit different children and are not ranked"


def indicators_sentence(month: Month) -> str:
    """How many indicators need a look, and which; nothing where none were supplied."""
    if DATASET not in month.supplied or not (every := whole(month)):
        return ""
    some = to_look_at(every)
    names = f": {listed([one.name for one in some[:NAMED]])}{_and_more(len(some))}." if some else "."
    return f"{look_sentence(len(some)).removesuffix('.')}{names}"


NAMED: Final = 3  # figures in one sentence; the table has them all


def _and_more(some: int) -> str:
    return f" and {some - NAMED} more" if some > NAMED else ""


def actions_sentence(month: Month) -> str:
    """What is open, overdue and waiting for a sign-off."""
    found = [month.figure(f"actions_{state}") for state in ("open", "overdue", "unsigned")]
    if any(one is not None and one.is_withheld for one in found):
        return "How many actions are open is not shown: they are of too few children or owners."
    still, late, waiting = (int(one.value) if one else 0 for one in found)
    if not still and not waiting:
        return f"No action was open on {day_name(month.as_at)}, and none waited for a sign-off."
    return (
        f"{counted(still, 'action was', 'actions were')} open on {day_name(month.as_at)}, {late or 'none'} of them "
        f"overdue. {counted(waiting, 'completed action') if waiting else 'No completed action'} "
        f"{agreeing(waiting or 1, 'waits', 'wait')} for a sign-off."
    )


def in_time_sentence(month: Month) -> str:
    """How many of the actions that fell due in the year were completed in time; nothing where none did."""
    year = month.figure("actions_due_in_time", period=month.year)
    if year is None or not year.denominator > 0:
        return ""
    limit = f"{month.rules.action_days} {month.rules.action_calendar} days"
    return (
        f"Of the actions that fell due over {last_cycles(month)}, {share_of(year, 'action')} {were(year)} completed "
        f"within {limit}."
    )


def themes_sentence(month: Month) -> str:
    """The strength and the area for development found most often over the year; nothing where too few to say."""
    said = [_counted_most(month, words, some) for side, words in FOUND_AS.items() if (some := themes(month, side))]
    return " ".join(said)


def _counted_most(month: Month, words: tuple[str, str], some: list[Figure]) -> str:
    """The theme found in most audits, or those found in equally many: a count, which claims no difference."""
    first = [one for one in some if one.numerator == some[0].numerator]
    names, is_one = [prompt_title(month, *found.group) for found in first], len(first) == 1
    said, each = (words[0], "") if is_one else (words[1], "each ")
    return f"{said} over the year: {listed(names)}, {each}in {share_of(first[0], 'headline audit')}."


def themes(month: Month, polarity: str) -> list[Figure]:
    """The themes of the year that enough audits show, most frequent first. Compliance is no strength of practice."""
    found = figures_of(month.figures("theme_prevalence", by=PROMPT, period=month.practice_year))
    some = [
        one
        for one in found
        if one.group[-1] == polarity and one.is_given and not one.is_doubtful
        and not (polarity == "strength" and is_compliance(month.rules, one.group[0]))
    ]  # fmt: skip
    return sorted(some, key=lambda one: -one.numerator)

"""Observations of practice in sentences: one claim each, with its number, denominator and interval."""

from collections.abc import Callable
from functools import wraps
from typing import Final

from qa_analysis.dates import day_name, period_of, span_name
from qa_analysis.english import agreeing, counted, in_a_sentence, in_letters, listed
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.observations.half_years import Return
from qa_analysis.measures.observations.held import LATE, NOT_RECEIVED
from qa_analysis.measures.observations.people import EXPERIENCED, MANAGERS
from qa_analysis.measures.observations.required import MORE, NONE, ONE
from qa_analysis.month.month import Month
from qa_analysis.reports.observations.tables import leading
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import part_of, share_of

NO_HALF_YEAR = "No half-year of observations had ended before this audit cycle."
PEOPLE = ("person", "people")
TIMES = {"none": "never", "1": "once", "2": "twice", "3 or more": "three times or more"}
KIND = {EXPERIENCED: "of direct work", MANAGERS: "of supervision"}
KEPT_BACK: Final = "Observations of this place: too few to show."
COUNTED: Final = (
    "observations_made", "observations_by_return", "people_not_due", "people_lacking_observations",
    "people_still_needing", "newly_qualified_people", "observed_theme", "actions_from_observations",
    "actions_from_observations_done",
)  # fmt: skip


def newest(month: Month) -> Return:
    """The return that the report is of."""
    return Return.up_to(month.month, month.rules)


def year_of(month: Month) -> str:
    """The year that ends with the half-year, as figures write it."""
    return period_of(newest(month).year)


def ahead_of(month: Month) -> str:
    """The year that began with the half-year, as figures write it."""
    return period_of((*newest(month).half_year, *newest(month).to_come))


def unless_kept_back(sentences: Callable[[Month], list[str]]) -> Callable[[Month], list[str]]:
    """The sentences, or of a place so small that some of their counts may not be told, that alone."""

    @wraps(sentences)
    def told(month: Month) -> list[str]:
        return [KEPT_BACK] if _is_kept_back(month) else sentences(month)

    return told


def _is_kept_back(month: Month) -> bool:
    """Whether a count that these sentences would tell may not be told of the place."""
    return not month.scope.is_whole and any(
        one.is_withheld for measure in COUNTED for one in figures_of(month.held.of(measure))
    )


@unless_kept_back
def headline_sentences(month: Month) -> list[str]:
    """What a head of service has to know: required and held, who will miss, returns, and what was seen."""
    said = [
        *required_sentences(month)[:1],
        *forecast_sentences(month)[:1],
        *return_sentences(month)[:1],
        *seen_sentences(month)[:2],
    ]
    return said or [NO_HALF_YEAR]


@unless_kept_back
def summary_sentences(month: Month) -> list[str]:
    """The same for the Senior Management Team: who was observed, who will miss, and what was seen."""
    said = [*required_sentences(month)[:1], *forecast_sentences(month)[:1], *seen_sentences(month)[:2]]
    return said or [NO_HALF_YEAR]


@unless_kept_back
def required_sentences(month: Month) -> list[str]:
    """How many people were observed as required in the year, and what the others lacked."""
    period = year_of(month)
    every = month.figure("people_observed_as_required", period=period)
    if every is None:
        return _not_due(month)
    said = [
        f"In {span_name(period)}, {part_of(every, *PEOPLE, first=True)} had the observations that are required of "
        "them, in number and in kind."
    ]
    one, more = _lacking(month, "people_lacking_observations", "lacking", period)
    if lacked := [
        f"{words} for {counted(many, *PEOPLE)}" for words, many in (("one", one), ("two or more", more)) if many
    ]:
        said.append(f"Lacking at the end of it: {listed(lacked)}.")
    said += [sentence for group in KIND if (sentence := _of_kind(month, group))]
    said += _not_due(month)
    return said if newest(month).is_of_full_year else [*said, _short_year(month)]


def _not_due(month: Month) -> list[str]:
    """Of how many none was required yet; nothing where that is nobody."""
    early = month.count("people_not_due", period=year_of(month))
    if not early:
        return []
    was = agreeing(early, "was", "were")
    return [f"None was required yet of {counted(early, *PEOPLE)}, who {was} at work for too few months."]


def _of_kind(month: Month, group: str) -> str:
    """How many of a group had one of the kind that is required."""
    named = {"by": "staff_group", "group": group, "period": year_of(month)}
    found = month.figure("people_observed_in_kind", **named)
    if found is None:
        return ""
    return f"At least one observation {KIND[group]}: {share_of(found)} {group}."


def _short_year(month: Month) -> str:
    months = len(newest(month).year)
    return (
        f"The council's figures begin {in_letters(months)} {agreeing(months, 'month', 'months')} before the end of "
        "this half-year, so that less is required than of a whole year."
    )


@unless_kept_back
def forecast_sentences(month: Month) -> list[str]:
    """How many are expected to miss by the end of the year that has begun, and what that rests on."""
    period = ahead_of(month)
    one, more = _lacking(month, "people_still_needing", "needed", period)
    ends = span_name(newest(month).to_come[-1])
    if month.figures("people_still_needing", by="needed", period=period).empty:
        return []
    if not (any_needed := month.count("people_still_needing", period=period)):
        return [f"Everybody in post has had what is required of them by the end of {ends}."]
    still = (
        f"Of the people in post, {one:,} still {agreeing(one, 'needs', 'need')} one observation, {more:,} two or more "
        f"and {month.count('people_still_needing', by='needed', group=NONE, period=period):,} no more."
    )
    missing = month.figure("people_expected_to_miss", period=period)
    if missing is None or not missing.is_given:
        need = agreeing(any_needed, "needs", "need")
        return [
            f"By the end of {ends}, {counted(any_needed, *PEOPLE)} in post still {need} an observation. There is no "
            "whole year of observations yet, or too few people, to forecast how many will go without.",
            still,
        ]
    return [
        f"By the end of {ends}, about {missing.value:.0f} of the {counted(missing.denominator, *PEOPLE)} who still "
        f"{agreeing(missing.denominator, 'needs', 'need')} an observation are expected to go without (likely range "
        f"{missing.lower:.0f} to {missing.upper:.0f}). Their managers have lists by name.",
        still,
        *(_basis(one) for one in figures_of(month.figures("needed_and_had", by="needed", period=year_of(month)))),
    ]


def _lacking(month: Month, measure: str, by: str, period: str) -> tuple[int, int]:
    """How many lack one observation, and how many two or more."""
    return month.count(measure, by=by, group=ONE, period=period), month.count(measure, by=by, group=MORE, period=period)


def _basis(had: Figure) -> str:
    """What the forecast of one group rests on."""
    needed = {ONE: "one", MORE: "two or more"}.get(had.group[0], "one or more")
    return (
        f"Of those who half-way through {span_name(had.period)} still needed {needed}, {share_of(had)} had been "
        "observed as required by its end."
    )


@unless_kept_back
def return_sentences(month: Month) -> list[str]:
    """How many observations were made, and how many were returned in time."""
    this = newest(month)
    if not this.half_year:
        return []
    made, before = (
        month.count("observations_made", period=period_of(some)) for some in (this.half_year, this.half_year_before)
    )
    earlier = period_of(this.half_year_before)
    against = f" ({before:,} in {span_name(earlier)})" if earlier else ""
    total = f"In {span_name(this.period)}, {counted(made, 'observation')} {agreeing(made, 'was', 'were')} made{against}"
    in_time = month.figure("observations_in_time", period=this.period)
    if in_time is None:
        return [f"{total}.", *(["When they were returned is not recorded."] if made else [])]
    day = day_name(this.due_on.date())
    late, never = (
        month.count("observations_by_return", by="return", group=word, period=this.period)
        for word in (LATE, NOT_RECEIVED)
    )
    rest = (
        f"; {late:,} came later and {never:,} {agreeing(never, 'has', 'have')} not been received"
        if late or never
        else ""
    )
    return [f"{total}. By {day}, {share_of(in_time)} had been returned{rest}."]


@unless_kept_back
def newly_sentences(month: Month) -> list[str]:
    """How often the newly qualified were observed, by whom, and against their programme where its number is given."""
    period = year_of(month)
    held = month.count("newly_qualified_people", period=period)
    if not held:
        return ["Nobody was in their assessed and supported year (ASYE)."]
    found = figures_of(month.figures("newly_qualified_people", by="observed", period=period))
    times = listed([f"{TIMES[one.group[0]]} {one.value:.0f}" for one in found if one.value])
    said = [
        f"In {span_name(period)}, {counted(held, *PEOPLE)} {agreeing(held, 'was', 'were')} in their assessed and "
        f"supported year (ASYE). Observed in that time: {times}."
    ]
    seen_by = month.figure("newly_qualified_seen_by_assessor", period=period)
    if seen_by:
        said.append(
            "By a Team Manager or Practice Assessor Lead, as the framework asks: "
            f"{share_of(seen_by, 'observation')} whose observer's role is recorded."
        )
    programmed = month.figure("newly_qualified_as_programmed", period=period)
    if month.rules.observations_of_newly_qualified is None:
        said.append(
            "How many their programme asks for is the council's rule, and none was given, so nobody is called behind."
        )
    elif programmed:
        said.append(f"Observed as often as their programme asks: {share_of(programmed, *PEOPLE)}.")
    return said


@unless_kept_back
def seen_sentences(month: Month) -> list[str]:
    """What to celebrate, what to develop, and how many observations say so."""
    period = newest(month).period
    said = []
    for polarity, words in (("strength", "To celebrate"), ("development", "Training needs")):
        found = leading(month, polarity, period)
        if not found.empty:
            themes = [
                f"{in_a_sentence(prompt_title(month, one.group[0], polarity))} ({one.value:.0f})"
                for one in figures_of(found.head(3))
            ]
            said.append(f"{words}, by number of observations: {listed(themes)}.")
    coded = month.figure("observations_coded", period=period)
    if coded and coded.denominator > 0:
        said.append(f"A theme was given to {share_of(coded, 'observation')}; the others are counted in none.")
    agreed = month.count("actions_from_observations", period=period)
    done = month.figure("actions_from_observations_done", period=period)
    if agreed and done:
        said.append(
            f"Observations led to {counted(agreed, 'action')}, of which {done.numerator:,} "
            f"{agreeing(done.numerator, 'has', 'have')} been completed."
        )
    return said

"""The sections of a service's or a team's page. Each takes the month of any place, and of the whole."""

from pandas import DataFrame

from qa_analysis.dates import day_name, month_name, span_name
from qa_analysis.english import at_first, counted
from qa_analysis.framework import MANAGERS
from qa_analysis.measures.figure import Figure, figures_of
from qa_analysis.measures.performance.direction import ABOVE, BELOW
from qa_analysis.month.month import Month
from qa_analysis.telling.blocks import Html, absent, bullets, message, page, paragraph, table, table_unless_zero
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.indicators.shown import CALLED, DATASET, others, pictures, to_look_at
from qa_analysis.telling.indicators.tables import indicators_table
from qa_analysis.telling.indicators.watched import Watched, whole
from qa_analysis.telling.place.words import (
    actions_sentence,
    audits_by_cycle,
    audits_sentence,
    grades_sentence,
    in_time_sentence,
    indicators_sentence,
    themes,
    themes_sentence,
)
from qa_analysis.telling.prompts import prompt_title
from qa_analysis.telling.wording import share_of, tally

THEMES_SHOWN = 3
LETTERS = 3  # of a month's name over a column


def opening(month: Month) -> Html:
    """What this is, and the message: a claim a line, before any table."""
    said = (
        indicators_sentence(month), grades_sentence(month), themes_sentence(month), actions_sentence(month),
        audits_sentence(month),
    )  # fmt: skip
    return message(cover_line(month), bullets(filter(None, said), kind="claims", ordered=True))


def indicators(month: Month, *, is_drawn: bool = True) -> Html:
    """Every indicator, those that need a look first, with the small pictures of two years where they are wanted."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    known = whole(month)
    first = to_look_at(known)
    every = [*first, *others(known)]
    if not every:
        return paragraph("No indicator of this place was supplied.")
    return page(
        table(indicators_table(month, every), "Performance indicators, those that need a look first"),
        *unlike_others(month, known),
        *pictures(month, every if is_drawn else first),
    )


def unlike_others(month: Month, known: list[Watched]) -> list[Html]:
    """The indicators in which the place lies outside limits that chance alone seldom passes; nothing without any."""
    names = {one.about.group[0]: one.name for one in known}
    found = figures_of(month.figures("indicator_against_others", by="indicator"))
    said = [
        f"{names.get(one.group[0], one.group[0])}: {one.verdict}." for one in found if one.verdict in (ABOVE, BELOW)
    ]
    return [paragraph("Unlike the others by more than chance alone often gives:"), bullets(said)] if said else []


def practice(month: Month) -> Html:
    """How the audits of the year were graded and what they found; of each cycle how many there were, and no more."""
    return page(*_by_team(month), *_themes(month), *_cycles(month))


def _by_team(month: Month) -> list[Html]:
    """The teams of a service: audits of the year, and their grades where they may be shown."""
    audits = figures_of(month.figures("audits_of_place", by="team", period=month.year))
    if not audits:
        return []
    graded = {
        one.group[0]: one for one in figures_of(month.figures("good_or_better", by="team", period=month.place_year))
    }
    rows = [[one.group[0], f"{one.value:.0f}", _share(graded.get(one.group[0]))] for one in audits]
    return [table(DataFrame(rows, columns=["Team", "Audits in the year", GOOD]), "Teams, in alphabetical order",
                  numbers=["Audits in the year"])]  # fmt: skip


GOOD = "Good or better, headline audits"


def _share(found: Figure | None) -> str:
    if found is None:
        return "none graded"
    return share_of(found)


def _themes(month: Month) -> list[Html]:
    """The strengths and the areas for development found in most audits of the year, where there are enough."""
    if "findings" not in month.supplied:
        return [absent("Findings")]
    rows = [
        [prompt_title(month, *one.group), at_first(words), share_of(one)]
        for polarity, words in (("strength", "strength"), ("development", "area for development"))
        for one in themes(month, polarity)[:THEMES_SHOWN]
    ]
    if not rows:
        by_service = " Areas for development are shown by service." if month.scope.team else ""
        return [paragraph(f"No theme was found in enough audits of the year to be shown.{by_service}")]
    shown = DataFrame(rows, columns=["Theme", "Found as", "Headline audits with it"])
    return [table(shown, f"Themes found most often, {span_name(month.practice_year)}")]


def _cycles(month: Month) -> list[Html]:
    """The audits of each cycle, and of each team of a service: how many were done, never how they were graded."""
    found = month.over_time("audits_completed", by="team", periods=month.cycles)
    teams = {
        str(team): dict(zip(rows["period"], rows["value"].astype(int), strict=True))
        for team, rows in found.groupby("group")
    }
    held = {**teams, "All" if teams else "Audits": audits_by_cycle(month)}
    if not any(held[name].values() for name in list(held)[-1:]):
        return []
    rows = [[name, *(sizes.get(cycle, 0) for cycle in month.cycles)] for name, sizes in held.items()]
    names = [f"{month_name(cycle)[:LETTERS]} {cycle[2:4]}" for cycle in month.cycles]
    return [table(DataFrame(rows, columns=["Team" if teams else "Cycle", *names]), "Audits completed in each cycle",
                  numbers=names)]  # fmt: skip


def actions(month: Month) -> Html:
    """The actions to update before the meeting: how many, and where their list is."""
    if "actions" not in month.supplied:
        return absent("Actions")
    where = "Each Team Manager has these actions one by one, in a list in the folder restricted/."
    said = (in_time_sentence(month), issues_sentence(month), where)
    return page(_to_do(month), bullets(filter(None, said)))


def issues_sentence(month: Month) -> str:
    """How many data quality issues there are to correct in the records of the place."""
    issues = len(month.quality)
    return (
        f"{counted(issues, 'data quality issue')} to correct in its records."
        if issues and not month.scope.is_whole
        else ""
    )


def _to_do(month: Month) -> Html:
    """The actions of the place by state, and of each of its teams. One row per team and one for all."""
    states = {"Open": "actions_open", "Overdue": "actions_overdue", "Waiting for a sign-off": "actions_unsigned"}
    teams = {
        name: {one.group[0]: one for one in figures_of(month.figures(measure, by="team"))}
        for name, measure in states.items()
    }
    every = sorted({team for found in teams.values() for team in found})
    rows = [[team, *(tally(found.get(team)) for found in teams.values())] for team in every]
    rows.append(
        [
            "All" if every else month.scope.words or "All",
            *(tally(month.figure(measure)) for measure in states.values()),
        ]
    )
    shown, caption = DataFrame(rows, columns=["Team", *states]), f"Actions, {day_name(month.as_at)}"
    return table_unless_zero(shown, caption, numbers=list(states), otherwise=actions_sentence(month))


def method(month: Month) -> Html:
    """What the page rests on, and what it leaves out."""
    floor = month.rules.floor[MANAGERS]
    return paragraph(
        "A signal is a change beyond the ordinary ups and downs, by the rules of the NHS programme Making Data Count. "
        "No signal is a normal answer. How audits were graded, and what they found, is shown over a year to the "
        f"end of a quarter, from {floor.children} children and {floor.people} workers on.",
        kind="note",
    )

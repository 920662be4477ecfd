"""The sections of the report on observations of practice: who was seen as often as required, and what was seen."""

from qa_analysis.dates import span_name
from qa_analysis.english import in_letters
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Recipient, Report, RestrictedList, half_yearly
from qa_analysis.reports.observations import charts as figures
from qa_analysis.reports.observations.lists import manager_lists, notes_list, returns_list
from qa_analysis.reports.observations.tables import (
    groups_table,
    made_table,
    others_table,
    places_table,
    themes_table,
)
from qa_analysis.reports.observations.words import (
    NO_HALF_YEAR,
    forecast_sentences,
    headline_sentences,
    newest,
    newly_sentences,
    required_sentences,
    return_sentences,
    seen_sentences,
    summary_sentences,
    year_of,
)
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.supply import OBSERVED, told_of

PLACES = {"service_area": "service", "team": "team"}
SIDES = {"strength": "Strengths to celebrate", "development": "Areas for development to train for"}


def opening(month: Month) -> Html:
    """What this is, of which half-year, and what a head of service has to know."""
    if "observations" not in month.supplied:
        return page(cover_line(month), absent(OBSERVED))
    of = f"observations of {span_name(newest(month).period)}" if newest(month).half_year else ""
    return message(
        cover_line(month, of), heading("In brief", level=2), bullets(headline_sentences(month), kind="claims")
    )


def summary(month: Month) -> Html:
    """Observations in the Senior Management Team's report."""
    if "observations" not in month.supplied:
        return absent(OBSERVED)
    return bullets(summary_sentences(month))


@told_of("observations")
@told_of("staff")
def required(month: Month) -> Html:
    """Who was observed as often and in the kind that is required over the year, by group, service and team."""
    period = year_of(month)
    said = required_sentences(month)
    if not said:
        return paragraph(NO_HALF_YEAR if not period else "Nobody was in post of whom an observation was required.")
    groups, parts = groups_table(month, period), [bullets(said)]
    if not groups.empty:
        parts.append(table(groups, f"People observed as required, {span_name(period)}"))
    for by, name in PLACES.items():
        parts += _by_place(month, by, name, period)
    if month.figures("people_observed_as_required", by="team", period=period).empty:
        parts.append(paragraph("Services and teams are told of in the months of the half-yearly report.", kind="note"))
    others = others_table(month)
    return page(
        *parts,
        paragraph(
            f"Required are {in_letters(month.rules.observations_a_year)} a year, of fewer months in post and not on "
            "long leave the whole part of their share; a month counts with half its days. Two observations on one day "
            "count once, and peer observations are counted apart. Both conditions are on the person: enough of them, "
            "and one of direct work or, of a first-line manager, of supervision. A person counts in the team of their "
            "last month. Services and teams are not ranked.",
            kind="note",
        ),
        *(
            []
            if others.empty
            else [table(others, "Roles of which no observation is asked", numbers=["People in post"])]
        ),
    )


def _by_place(month: Month, by: str, name: str, period: str) -> list[Html]:
    """The picture of services, or of teams, with its table; the table alone where few may be told of."""
    shown = places_table(month, by, period)
    if shown.empty:
        return []
    drawn = (
        [
            chart(
                figures.by_place(month, by, period),
                alt=f"Dots with intervals of the share of people observed as required, by {name}; the same figures are "
                "in the table.",
                caption=f"People observed as required, {span_name(period)}, by {name}, with the number of people (n). "
                "No difference between them is claimed.",
            )
        ]
        if figures.has_places(month, by, period)
        else []
    )
    return [*drawn, table(shown, f"People observed as required by {name}")]


@told_of("observations")
@told_of("staff")
def forecast(month: Month) -> Html:
    """Who is expected to go without by the end of the year that has begun, in numbers."""
    said = forecast_sentences(month)
    if not said:
        return paragraph("There is nobody in post of whom an observation is required.")
    return page(
        bullets(said),
        paragraph(
            "A forecast, no target: it takes as many to go without as did of those in the same position half-way "
            "through the year before. It does not know what managers will do about it.",
            kind="note",
        ),
    )


@told_of("observations")
def made(month: Month) -> Html:
    """How many observations were made and returned, of what, for what reason and by whom."""
    parts = [bullets(return_sentences(month) or [NO_HALF_YEAR])]
    for by, name in (("kind", "What was observed"), ("trigger", "What led to it"), ("observer_role", "Who observed")):
        shown = made_table(month, by, name)
        if not shown.empty:
            parts.append(table(shown, f"Observations: {name.lower()}", numbers=list(shown.columns[1:])))
    return page(*parts)


@told_of("observations")
@told_of("staff")
def newly(month: Month) -> Html:
    """How often the newly qualified were observed, and by whom."""
    return bullets(newly_sentences(month) if year_of(month) else [NO_HALF_YEAR])


@told_of("observations")
def seen(month: Month) -> Html:
    """What to celebrate and what to develop, by the codebook that audits go by."""
    said = seen_sentences(month)
    parts = [bullets(said) if said else paragraph("No observation of the half-year was given a theme.")]
    for polarity, name in SIDES.items():
        shown = themes_table(month, polarity, (newest(month).period, year_of(month)))
        if not shown.empty:
            parts.append(table(shown, f"{name}, in observations and in audits", numbers=list(shown.columns[1:3])))
    return page(
        *parts,
        paragraph(
            "Observers see practice, auditors see records: a theme in both is seen from two sides, and their numbers "
            "are not compared. The Principal Social Worker has what observers wrote.",
            kind="note",
        ),
    )


REPORT = Report(
    name="observations",
    title="Observations of practice",
    question="Is everybody's practice observed as often as the framework asks, and what is seen?",
    every=half_yearly(1, 7),
    needs=("observations",),
    families=(family.OBSERVATIONS,),
    restricted=(
        RestrictedList("each person's manager", manager_lists, needs=("observations", "staff")),
        RestrictedList("Practice Improvement Team", returns_list, needs=("observations",)),
        RestrictedList("Principal Social Worker", notes_list, needs=("observations",)),
    ),
    summary=summary,
    recipients=(Recipient.SMT_MEETING, Recipient.IMPROVEMENT_TEAM),
    place=46,
)

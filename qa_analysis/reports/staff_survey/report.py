"""The sections of the report on the yearly survey of staff: who answered, what they said, and what changed."""

from qa_analysis.dates import month_name
from qa_analysis.english import at_first
from qa_analysis.measures import family
from qa_analysis.measures.staff_survey.answers import SAID
from qa_analysis.measures.staff_survey.waves import DATASET
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, RestrictedList, yearly
from qa_analysis.reports.staff_survey import charts as figures
from qa_analysis.reports.staff_survey.lists import comments
from qa_analysis.reports.staff_survey.tables import BY, answers_table, change_table, places_table, response_table
from qa_analysis.reports.staff_survey.words import (
    FEW_IN_ALL,
    NO_WAVE,
    OF_WHOLE_ALONE,
    comments_sentence,
    headline_sentences,
    places_sentence,
    waves_of,
)
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line

CALLED = "Staff survey"
NOT_COMPARED = "Places are not compared: most differences between so few answers are chance."
HELD_IN = 11  # the month of the rule staff_survey_month: its answers are in when the data of the cycle are taken


def opening(month: Month) -> Html:
    """What this is, and the survey in a few claims."""
    if DATASET not in month.supplied:
        return page(cover_line(month), absent(CALLED))
    return message(cover_line(month), heading("In brief", level=2), bullets(headline_sentences(month), kind="claims"))


def summary(month: Month) -> Html:
    """The survey in another report: who answered, what they said and what changed."""
    return absent(CALLED) if DATASET not in month.supplied else bullets(headline_sentences(month))


def response(month: Month) -> Html:
    """How many answered: of all in post, and by service, team and role where enough did."""
    held, why = _held(month)
    if not held:
        return why
    shown = response_table(month, held)
    if shown.empty:
        return paragraph("No response rate: no staff list was supplied.")
    return page(
        table(shown, f"Who answered, {month_name(held[-1])}", numbers=["Answered", "In post", "Response rate"]),
        paragraph(
            "In post is counted on the last day of the month, people on long leave among them. Those who did not "
            "answer may think otherwise than those who did.",
            kind="note",
        ),
        paragraph(places_sentence(month), kind="note"),
    )


def answers(month: Month) -> Html:
    """How each question was answered, from strongly agree to strongly disagree."""
    held, why = _held(month)
    if not held:
        return why
    shown, wave = answers_table(month, held[-1]), month_name(held[-1])
    if shown.empty:
        return paragraph(FEW_IN_ALL)
    numbers = [at_first(word) for word in SAID.values()]
    return page(
        chart(
            figures.answers(month, held[-1]),
            alt="A bar per question in five segments, the share of answers from strongly agree to strongly disagree. "
            "The same figures are in the table.",
            caption=f"How each question was answered, {wave} (%)",
        ),
        table(shown, f"Answers to each question, {wave}", numbers=numbers),
        paragraph(
            "Answers are counted and no mean is taken: nobody knows whether a step from one answer to the next is as "
            "large as another. The range in brackets is that of as many answers from people like these.",
            kind="note",
        ),
    )


def change(month: Month) -> Html:
    """Which statements more or fewer agree with than in the wave before."""
    held, why = _held(month)
    if len(held) < 2:
        return why if not held else paragraph("This is the first wave, so there is nothing to compare with.")
    shown = change_table(month, held)
    if shown.empty:
        return paragraph(FEW_IN_ALL)
    return page(
        table(shown, f"Agree or strongly agree, {month_name(held[-2])} and {month_name(held[-1])}"),
        paragraph(
            "Both waves ask mostly the same people, and no form says who filled it in. So they are compared as if "
            "others had answered, which makes the range too wide rather than too narrow: a change that is "
            "named here stands all the more. All statements are looked at together, so of those said to have changed "
            "one in ten may be a chance find (Benjamini and Hochberg).",
            kind="note",
        ),
    )


def places(month: Month) -> Html:
    """Who agrees, by service, team and role, where enough answered."""
    held, why = _held(month)
    if not held:
        return why
    parts = list[Html]()
    for by, noun in BY.items():
        shown = places_table(month, by, held[-1])
        parts.append(
            paragraph(f"No {noun.lower()} can be shown of this wave.")
            if shown.empty
            else table(shown, f"Agree or strongly agree, by {noun.lower()}, {month_name(held[-1])}")
        )
    return page(*parts, paragraph(NOT_COMPARED, kind="note"))


def said_besides(month: Month) -> Html:
    """How many comments there are, and who has them."""
    held, why = _held(month)
    return paragraph(comments_sentence(month, held[-1])) if held else why


def _held(month: Month) -> tuple[list[str], Html]:
    """The waves to tell of; where there is none, why."""
    if DATASET not in month.supplied:
        return [], absent(CALLED)
    if not month.scope.is_whole:
        return [], paragraph(OF_WHOLE_ALONE)
    return waves_of(month), paragraph(NO_WAVE)


REPORT = Report(
    name="staff-survey",
    title="Staff survey",
    question="Who answered the yearly survey of staff, what did they say, and what changed?",
    every=yearly(HELD_IN),
    needs=(DATASET,),
    families=(family.STAFF_SURVEY,),
    restricted=(RestrictedList("Quality Assurance Manager", comments, needs=(DATASET,)),),
    summary=summary,
    place=61,
)

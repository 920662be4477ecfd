"""The sections of the partnership's edition: multi-agency working, partners, and recommendations still open."""

from pandas import DataFrame

from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.declared import Audience, Recipient, Report, RestrictedList
from qa_analysis.reports.partnership.lists import recommendations_list
from qa_analysis.reports.partnership.words import (
    OF_AGENCIES,
    grades_sentences,
    open_table,
    prompts_table,
    to_discuss,
)
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table
from qa_analysis.telling.boards import board_cover, told_of_partners
from qa_analysis.telling.shared_words import quarter
from qa_analysis.telling.shared_words import second_reader as second_reader

REVIEWS = "External reviews"


def cover(month: SharedMonth) -> Html:
    """What this is, whom it is for, and how its figures are protected."""
    whose = "the Safeguarding Partnership and its Performance and Quality Assurance subgroup"
    return board_cover(month, whose=whose, cycles=quarter(month.now))


def discuss(month: SharedMonth) -> Html:
    """What there is to discuss."""
    return bullets(to_discuss(month), ordered=True)


def working_together(month: SharedMonth) -> Html:
    """Multi-agency working in audits: its grade and its prompts."""
    shown = prompts_table(month)
    return page(
        bullets(grades_sentences(month)),
        *_prompts(shown, month),
        paragraph("Grades and answers are the auditors' own judgements of the council's records.", kind="note"),
    )


def _prompts(shown: DataFrame, month: SharedMonth) -> list[Html]:
    """The table of prompts; a line where neither answers nor findings were supplied."""
    if shown.columns.size < 2:
        return [absent("Answers to the prompts, and findings")]
    return [table(shown, f"Multi-agency prompts in audits of {quarter(month.now)}")]


def partners(month: SharedMonth) -> Html:
    """Whether partners were invited, came and sent their reports."""
    return told_of_partners(month, OF_AGENCIES)


def recommendations(month: SharedMonth) -> Html:
    """What reviews recommended and is still open, by kind of review."""
    if "external_reviews" not in month.supplied:
        return absent(REVIEWS)
    shown = open_table(month)
    if shown.empty:
        return paragraph("No recommendation of a review from outside is open.")
    post = month.rules.council.post("Principal Social Worker")
    return page(
        table(shown, "Recommendations not closed yet"),
        paragraph(
            f"The {post} has each recommendation in full, the oldest first, with what audits found on its theme, and "
            "can bring it to the subgroup.",
            kind="note",
        ),
    )


REPORT = Report(
    name="partnership",
    title="Working together: partnership edition",
    question="How well do agencies work together, and which recommendations are still open?",
    audience=Audience.EVERYONE,
    families=family.FOR_EVERYONE,
    restricted=(RestrictedList("Principal Social Worker", recommendations_list, needs=("external_reviews",)),),
    recipients=(Recipient.SUBGROUP,),
    place=86,
)

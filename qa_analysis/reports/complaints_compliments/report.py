"""The sections of the report on complaints and compliments: the year to date, and in April the whole year."""

from pandas import DataFrame

from qa_analysis.measures import family
from qa_analysis.measures.complaints.clocks import DATASET
from qa_analysis.month.month import Month
from qa_analysis.reports.complaints_compliments import tables
from qa_analysis.reports.complaints_compliments.lists import open_complaints
from qa_analysis.reports.complaints_compliments.words import sentences
from qa_analysis.reports.declared import Report, RestrictedList, yearly
from qa_analysis.telling.blocks import Html, absent, bullets, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line

CALLED = "Complaints and compliments"


def cover(month: Month) -> Html:
    """The message: how many came, in time or not, which run out next, and how many were upheld."""
    if DATASET not in month.supplied:
        return page(cover_line(month), absent(CALLED))
    return message(cover_line(month), heading("In brief", level=2), bullets(sentences(month), kind="claims"))


def in_time(month: Month) -> Html:
    """Answered in time by each clock, and how long it took. One row per clock."""
    shown, days = tables.clocks(month), tables.days(month)
    if shown.empty:
        return paragraph("No complaint's last day fell in these months.")
    return page(
        table(shown, "Answered in time, of those whose last day has come"),
        table(days, "How long complaints took, those still open counted for as long", numbers=["Complaints"]),
        paragraph(
            "Each limit counts the complaints whose last day by it fell in these months and has come. Days are working "
            "days in England; the day after is the first. The start of stage 2 is disputed, so both readings stand "
            "here. One late case shows in the longest, which a mean would hide.",
            kind="note",
        ),
    )


def waiting(month: Month) -> Html:
    """The open complaints by when they run out. One row per state."""
    return _or(tables.waiting(month), "Open complaints", "No complaint is open.", numbers=["Open complaints"])


def outcomes(month: Month) -> Html:
    """What was decided, stage by stage."""
    return _or(tables.outcomes(month), "Outcomes", "No complaint came in these months.", numbers=["Complaints"])


def services(month: Month) -> Html:
    """Complaints and compliments by service."""
    numbers = ["Complaints", "Compliments"]
    return page(
        _or(tables.services(month), "By service", "No complaint or compliment came in these months.", numbers=numbers),
        paragraph(
            "Services differ in how many children and families they work with, so they are not compared.",
            kind="note",
        ),
    )


def themes(month: Month) -> Html:
    """What complaints are about, beside audits and compliments on the same theme."""
    shown = tables.themes(month)
    return page(
        _or(shown, "Themes of complaints, beside audits", "No complaint came in these months.",
            numbers=["Complaints", "Of these upheld", "Compliments"]),
        paragraph(
            "That both name a theme does not show that one explains the other. Where they differ, ask why: families "
            "and auditors see different things.",
            kind="note",
        ),
    )  # fmt: skip


def method(month: Month) -> Html:
    """By which limits, and what is not known."""
    return bullets(
        [
            "Limits are those of the Children Act 1989 Representations Procedure (England) Regulations 2006; a council "
            "that holds itself to others writes them into framework.yaml (complaint_days).",
            "A complaint counts once, however many stages it has; withdrawn ones run no clock.",
            "Two years are compared by an exact test of two counts, without a number of children.",
            "A rise in complaints may mean that people are heard.",
        ]
    )


def summary(month: Month) -> Html:
    """The message alone, for other reports."""
    return absent(CALLED) if DATASET not in month.supplied else bullets(sentences(month))


def _or(shown: DataFrame, caption: str, otherwise: str, *, numbers: list[str]) -> Html:
    """The table, or a sentence where there is nothing in it."""
    return paragraph(otherwise) if shown.empty else table(shown, caption, numbers=numbers)


REPORT = Report(
    name="complaints-compliments",
    title="Complaints and compliments",
    question="What do people complain of and thank us for, and are they answered in time?",
    every=yearly(3),
    needs=(DATASET,),
    families=(family.COMPLAINTS,),
    restricted=(RestrictedList("Quality Assurance Manager", open_complaints, needs=(DATASET,)),),
    summary=summary,
    place=60,
)

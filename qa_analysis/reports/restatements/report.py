"""The sections of the report on what changed in figures that were published before."""

from qa_analysis.english import counted
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report
from qa_analysis.reports.restatements import tables
from qa_analysis.reports.restatements.words import sentences, since_first, since_last, where_none
from qa_analysis.telling.blocks import Html, bullets, page, paragraph, table
from qa_analysis.telling.cover import cover_line


def cover(month: Month) -> Html:
    """What is compared, of which cycle, on which day."""
    return cover_line(month, "compared with every publication up to it")


def summary(month: Month) -> Html:
    """How many published figures differ today, and why: what other reports show."""
    told = bullets(sentences(month))
    if since_last(month).empty:
        return told
    return page(told, table(tables.by_cause(month), "Why published figures changed", numbers=["Figures changed"]))


def changed(month: Month) -> Html:
    """Each figure as it was published last and as it is. One row per figure."""
    held = since_last(month)
    if held.empty:
        return paragraph(where_none(month, "None differs from its last publication."))
    return page(
        table(tables.figures(held), "Published figures that today's data give differently"),
        paragraph(
            f"{_more(len(held))}tables/restated.csv has each with its limits and, for figures of the whole, how much "
            "of the change each cause makes.",
            kind="note",
        ),
    )


def reworded(month: Month) -> Html:
    """What past reports said and today's data would not. One row per figure whose words differ."""
    held = tables.reworded(month)
    if held.empty:
        return paragraph(where_none(month, "Nothing that was said of a figure would be said differently today."))
    return table(held, "What was said, and what today's data would say")


def drifted(month: Month) -> Html:
    """Figures that moved since they were first published. One row per figure."""
    held = since_first(month)
    if held.empty:
        return paragraph(
            where_none(month, "No figure has moved further since its first publication than since its last.")
        )
    shown = tables.figures(held).drop(columns="Why")
    return table(shown, "Published figures that have moved since the first time")


def records(month: Month) -> Html:
    """What became of the records behind the newest publication. One row per dataset."""
    if month.restated_rows.empty:
        return paragraph(
            where_none(month, "No record behind the newest publication came late, was corrected or is gone.")
        )
    shown = tables.rows(month)
    return table(shown, "Records behind the newest publication", numbers=list(shown.columns[1:]))


def settling(month: Month) -> Html:
    """How far figures usually move after they are published. One row per measure."""
    if month.settling.empty:
        return paragraph("No figure has been published again in a later month, so every figure is provisional.")
    return page(
        table(tables.settling(month), "How far figures have moved a month after they were published"),
        paragraph(
            "Changes are in audits, or in whatever a measure counts, with 95% confidence intervals from three cycles "
            "on. A figure is provisional until the band in which 95% of later changes lie is under one of these. "
            "“Settled after 2” means two months after. A drift is tested from twelve publications on: "
            "tables/settling.csv.",
            kind="note",
        ),
    )


def _more(held: int) -> str:
    """That not all are shown."""
    return f"The first {tables.SHOWN} of {counted(held, 'figure')} are shown. " if held > tables.SHOWN else ""


REPORT = Report(
    name="restatements",
    title="What changed in published figures",
    question="Which published figures would be different today, and why?",
    families=(family.DATA_QUALITY,),
    summary=summary,
    place=80,
)

"""The sections of the report on Practice Week: who took part, beside the headline figures, and leaders' grades."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, RestrictedList, yearly
from qa_analysis.reports.practice_week.lists import for_members, graded_twice
from qa_analysis.reports.practice_week.tables import (
    areas_table,
    differences_table,
    grades_table,
    kinds_table,
    took_part_table,
    year_table,
)
from qa_analysis.reports.practice_week.words import (
    BESIDE,
    DATASETS,
    NONE_YET,
    calibration_sentences,
    headline_sentences,
    member_sentences,
    week_count,
    week_month,
    week_sentence,
    year_sentence,
)
from qa_analysis.telling.blocks import (
    Html,
    absent,
    bullets,
    heading,
    message,
    page,
    paragraph,
    table,
    table_unless_zero,
)
from qa_analysis.telling.cover import cover_line

NOBODY = "No audit and no observation of Practice Week is recorded."


def opening(month: Month) -> Html:
    """What this is, and Practice Week in a few claims."""
    return message(
        cover_line(month), heading("In brief", level=2), bullets(headline_sentences(month), kind="claims"),
        *(paragraph(week_sentence(month, of), kind="note") for of in _held(month)),
    )  # fmt: skip


def summary(month: Month) -> Html:
    """Practice Week in another report: who took part, and how leaders' grades compare."""
    return bullets(headline_sentences(month))


def took_part(month: Month) -> Html:
    """Who did what: audits, observations and training, by senior leaders, elected members and others."""
    if not (of := week_month(month)):
        return paragraph(NONE_YET)
    kinds, groups = kinds_table(month, of), took_part_table(month, of)
    numbers = list(map(str, groups.columns[1:]))
    parts = [table_unless_zero(groups, "Who took part", numbers=numbers, otherwise=NOBODY)]
    if not kinds.empty:
        parts.append(table(kinds, "What was observed", numbers=["Observations"]))
    parts += [absent(words) for dataset, words in DATASETS.items() if dataset not in month.supplied]
    return page(
        *parts,
        paragraph("Who of those who came to training was a leader or an elected member is not recorded.", kind="note"),
    )


def grades(month: Month) -> Html:
    """How the week's audits were graded, beside the headline audits and not among them."""
    if not (of := week_month(month)):
        return paragraph(NONE_YET)
    shown = grades_table(month, of)
    if shown.empty:
        return page(paragraph("Too few audits of Practice Week to show their grades."), paragraph(BESIDE, kind="note"))
    return page(
        table(shown, "Overall grades of Practice Week, beside the headline", numbers=list(map(str, shown.columns[1:]))),
        paragraph(f"{BESIDE} Both columns are of different records and are not compared.", kind="note"),
    )


def calibration(month: Month) -> Html:
    """Whether leaders and usual auditors grade the same records alike."""
    if not (of := week_month(month)):
        return paragraph(NONE_YET)
    parts = [bullets(calibration_sentences(month, of))]
    shown = differences_table(month, of)
    if not shown.empty:
        parts += [
            table(shown, "Leader's grade against the usual auditor's", numbers=["Records"]),
            table(areas_table(month, of), "Same grade, by key area"),
        ]
    if not week_count(month, "leader_pairs", of):
        return page(*parts)
    return page(
        *parts,
        paragraph(
            "Neither grade is the right one because of who gave it. Leaders chose these records, so the agreement is "
            "of them alone. The Quality Assurance Manager has the list of records graded twice.",
            kind="note",
        ),
    )


def through_the_year(month: Month) -> Html:
    """Whether senior leaders audit throughout the year."""
    shown, said = year_table(month), paragraph(year_sentence(month))
    if shown["Audits"].eq("0").all():
        return said
    return page(said, table(shown, "Audits by senior leaders", numbers=["Audits"]))


def elected_members(month: Month) -> Html:
    """What may go to elected members: how many took part, and nothing of any record."""
    if not (of := week_month(month)):
        return paragraph(NONE_YET)
    return page(
        bullets(member_sentences(month, of)),
        paragraph(
            "A workbook with these numbers alone is made for elected members, to be sent on its own.", kind="note"
        ),
    )


def _held(month: Month) -> tuple[str, ...]:
    return tuple(filter(None, (week_month(month),)))


REPORT = Report(
    name="practice-week",
    title="Practice Week",
    question="Who took part in Practice Week, and do leaders and usual auditors see practice alike?",
    every=yearly(10),
    families=(family.PRACTICE_WEEK,),
    restricted=(
        RestrictedList("Quality Assurance Manager", graded_twice),
        RestrictedList("Elected members", for_members),
    ),
    summary=summary,
    place=62,
)

"""The sections of the report on prompts: how auditors answer them, and whether their findings say the same."""

from qa_analysis.dates import span_name
from qa_analysis.english import listed
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Report, RestrictedList, quarterly
from qa_analysis.reports.prompts import charts as figures
from qa_analysis.reports.prompts.lists import differing_list
from qa_analysis.reports.prompts.tables import against_table, answers_table, weakest_table
from qa_analysis.reports.prompts.words import (
    against_sentences,
    change_sentences,
    headline_sentences,
    spanned,
    supplied_sentence,
    weakest_sentences,
)
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.supply import ANSWERED, told_of
from qa_analysis.telling.wording import by_cadence, no_place_year

TOGETHER = 2  # key areas in one picture, so that it has room on a page
NO_COMPARISON = (
    "The order of prompts close to each other may be chance, and no difference is claimed. Auditors of "
    "different roles, and services, look at different cases: their figures stand side by side and are not compared."
)


def opening(month: Month) -> Html:
    """What this is, and the prompts in a few claims."""
    if "audit_answers" not in month.supplied:
        return page(cover_line(month), absent(ANSWERED))
    return message(cover_line(month), heading("In brief", level=2), bullets(headline_sentences(month), kind="claims"))


def summary(month: Month) -> Html:
    """The prompts in another report: the weakest, and what changed."""
    if "audit_answers" not in month.supplied:
        return absent(ANSWERED)
    return bullets([*weakest_sentences(month), *change_sentences(month)])


@told_of("audit_answers")
def answers(month: Month) -> Html:
    """How each prompt was answered over the year, area by area."""
    shown = answers_table(month)
    if shown.empty:
        return paragraph(supplied_sentence(month))
    areas, parts = list(month.rules.key_areas), list[Html]()
    for begin in range(0, len(areas), TOGETHER):
        some = areas[begin : begin + TOGETHER]
        codes = figures.codes_of(month, some)
        if codes:
            titles = listed([month.rules.key_areas[area] for area in some])
            parts.append(
                chart(
                    figures.answers(month, codes),
                    alt=f"Bars in three segments, the share of headline audits that answer each prompt yes, partly and "
                    f"no: {titles}. The same figures are in the table.",
                    caption=f"{titles}: answers in headline audits, {span_name(month.year)} (%). Not applicable is "
                    "left out.",
                )
            )
    return page(
        *parts,
        table(shown, f"Answers to the prompts, {span_name(month.year)}", numbers=["Partly", "No", "Not applicable"]),
        *(paragraph(held, kind="note") for held in spanned(month)),
        paragraph(NO_COMPARISON, kind="note"),
    )


@told_of("audit_answers")
def over_time(month: Month) -> Html:
    """Whether prompts are answered yes more or less often than before, and what stands in between."""
    parts = [bullets(change_sentences(month))]
    if figures.has_cycles(month):
        parts.append(
            chart(
                figures.over_cycles(month),
                alt="Small line charts of the share of headline audits that answer each of the weakest prompts yes, "
                "cycle by cycle; the values are in measures.csv, measure prompt_answered_yes.",
                caption="The prompts answered yes least often, cycle by cycle. Hollow points rest on under five "
                "audits.",
            )
        )
    return page(
        *parts,
        paragraph(
            by_cadence(month, "Three cycles together are held against the three of six months before. ")
            + "All prompts are looked at at once, "
            "so of those said to have changed one in ten may be a chance find (Benjamini and Hochberg).",
            kind="note",
        ),
    )


@told_of("audit_answers")
def by_whom(month: Month) -> Html:
    """The weakest prompts by the auditor's role, and by service."""
    roles = weakest_table(month, "auditor_role", month.year)
    parts = [
        paragraph("Too few audits by any role to name its weakest prompts.")
        if roles.empty
        else table(roles, f"Prompts answered yes least often, by auditor's role, {span_name(month.year)}")
    ]
    services = weakest_table(month, "service_area", month.place_year)
    if not month.place_year:
        parts.append(paragraph(no_place_year(), kind="note"))
    elif not services.empty:
        parts.append(table(services, f"Prompts answered yes least often, by service, {span_name(month.place_year)}"))
    return page(*parts, paragraph(NO_COMPARISON, kind="note"))


@told_of("audit_answers")
@told_of("findings")
def against_findings(month: Month) -> Html:
    """Whether answers and findings of the same audit say the same."""
    parts = [bullets(against_sentences(month))]
    for measure, title, name in (
        ("prompt_yes_with_finding", "Areas for development whose prompt was answered yes", "Answered yes"),
        ("prompt_no_without_finding", "Prompts answered no without an area for development", "Without a finding"),
    ):
        shown = against_table(month, measure, name)
        if not shown.empty:
            parts.append(table(shown, title))
    return page(
        *parts,
        paragraph(
            "An auditor writes down the few findings that matter most, so most answers of no have none. A finding may "
            "be of one thing while the whole was answered. Findings that nobody coded are not seen. The Quality "
            "Assurance Manager has a list of the audits whose answers and findings differ.",
            kind="note",
        ),
    )


REPORT = Report(
    name="prompts",
    title="Prompts of the audit tool",
    question="Which prompts do auditors answer yes, partly and no, and do their findings say the same?",
    every=quarterly(3, 6, 9, 12),
    needs=("audit_answers",),
    families=(family.PROMPTS,),
    restricted=(RestrictedList("Quality Assurance Manager", differing_list, needs=("audit_answers", "findings")),),
    summary=summary,
    place=52,
)

"""The sections of the themes report: what do auditors keep finding, and is it changing? One function per section."""

from pandas import DataFrame, Series

from qa_analysis.dates import month_name, span_name
from qa_analysis.english import counted
from qa_analysis.measures import family
from qa_analysis.measures.themes.course import EMERGING, FADING, PERSISTENT
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Recipient, Report, RestrictedList
from qa_analysis.reports.themes import charts as figures
from qa_analysis.reports.themes.balance_list import balance_list
from qa_analysis.reports.themes.good_practice_list import register_book
from qa_analysis.reports.themes.phrase_list import phrase_list
from qa_analysis.reports.themes.suggestion_list import suggestion_list
from qa_analysis.reports.themes.tables import (
    course_table,
    courses,
    findings_table,
    pairs_table,
    phrases_table,
    prevalence_table,
    separating_table,
    services_table,
    strengths_table,
    suggested_table,
    wording_table,
)
from qa_analysis.reports.themes.words import (
    RULES,
    balance_sentence,
    coded_sentence,
    course_sentences,
    impact_sentences,
    spanned,
    suggestion_sentences,
    unanswered,
)
from qa_analysis.telling.blocks import Html, absent, bullets, chart, heading, page, paragraph, table, table_unless_zero
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.prompts import prevalent, prompt_title, strength_sentences
from qa_analysis.telling.supply import told_of
from qa_analysis.telling.wording import all_cycles, by_cadence, no_place_year

DEVELOPMENTS_SHOWN, CHARTED, STRENGTHS_SAID, QUOTED = 10, 8, 3, 6
NOT_THE_CAUSE = (
    "The same auditor writes the grade and the findings of an audit. A theme found more often in audits below good is "
    "a good place to look first, but it is not shown to be the reason for the grade."
)


@told_of("findings")
def summary(month: Month) -> Html:
    """Areas for development in the Senior Management Team's report: the leading ones, and what is new or persistent."""
    found = prevalence_table(month, "development", most=5)
    parts = [bullets([*course_sentences(month), *unanswered(month)])]
    if found.empty:
        parts.append(paragraph("No coded area for development was recorded in the headline audits of this cycle."))
    else:
        parts.append(table(found, "Most frequent areas for development, per headline audit"))
        parts += [paragraph(held, kind="note") for held in spanned(month)]
    return page(
        *parts,
        paragraph(coded_sentence(month), kind="note"),
        _findings(month),
    )


def _findings(month: Month) -> Html:
    """The findings by key area; a sentence where there are none."""
    shown = findings_table(month)
    return table_unless_zero(
        shown, "Findings by key area", numbers=list(shown.columns[1:]), otherwise="No finding was recorded this cycle."
    )


def cover(month: Month) -> Html:
    """What this is, for which cycle, true on which day, from how many audits and findings."""
    audits = month.count("audits_headline")
    return page(
        cover_line(month, counted(audits, "headline audit")),
        paragraph(
            "A theme counts once in an audit, however often the auditor mentioned it. Strengths and areas for "
            "development are counted separately. No person and no team is ranked.",
            kind="note",
        ),
        paragraph(coded_sentence(month), kind="note"),
    )


@told_of("findings")
def strengths(month: Month) -> Html:
    """What is done well, and where to learn from it."""
    said = strength_sentences(month, STRENGTHS_SAID)
    if not said:
        return paragraph("No coded strength was recorded in the headline audits of this cycle.")
    return page(
        bullets(said, kind="claims"),
        table(strengths_table(month), "Strengths most often seen, per headline audit"),
        *(paragraph(held, kind="note") for held in spanned(month)),
        paragraph(
            "Teams to learn from are named in alphabetical order, and only where two or more teams had at least five "
            "headline audits in the year and showed the strength in at least three of them, and in at least one in "
            "five. Strengths marked (compliance) show that something was present, complete or on time. They are "
            "counted, and not offered as good practice.",
            kind="note",
        ),
    )


@told_of("findings")
def developments(month: Month) -> Html:
    """The areas for development, now and six months ago."""
    codes = list(prevalent(month, "development", CHARTED)["code"])
    if not codes:
        return paragraph("No coded area for development was recorded in the headline audits of this cycle.")
    return page(
        chart(
            figures.then_and_now(month, codes),
            alt=by_cadence(
                month,
                "Dots with intervals, the share of headline audits with each leading area for development in the last "
                "three cycles and in the three cycles six months before; the values are in measures.csv, measure "
                "theme_prevalence.",
            ),
            caption=by_cadence(month, "Headline audits with it as an area for development, three cycles pooled, with ")
            + "95% confidence intervals. "
            "Intervals that overlap do not by themselves show that nothing changed: the table gives the verdict.",
        ),
        table(
            prevalence_table(month, "development", most=DEVELOPMENTS_SHOWN),
            "Areas for development most often seen, per headline audit",
        ),
        *(paragraph(held, kind="note") for held in spanned(month)),
        heading(f"By service: {prompt_title(month, codes[0], 'development')}", level=3),
        *_by_service(month, codes[0]),
    )


def _by_service(month: Month, code: str) -> tuple[Html, ...]:
    """How common a theme is in each service, over the year that services are told of."""
    shown = services_table(month, code)
    if not month.place_year:
        return (paragraph(no_place_year(), kind="note"),)
    return (
        table(shown, f"The leading area for development by service, {span_name(month.place_year)}"),
        paragraph("Services work with different children and are not ranked.", kind="note"),
    )


@told_of("findings")
def course(month: Month) -> Html:
    """Which areas for development are emerging, persistent and fading."""
    asked = ((EMERGING, "theme_emergence"), (FADING, "theme_emergence"), (PERSISTENT, "theme_cycles"))
    said = {word: (measure, courses(month, word, measure, "development")) for word, measure in asked}
    groups = [(code, word) for word, (_, codes) in said.items() for code in codes]
    parts = [bullets([*course_sentences(month), *unanswered(month)], kind="claims")]
    if groups:
        named = ", ".join(f"{prompt_title(month, code, 'development')} ({word})" for code, word in groups)
        parts.append(
            chart(
                figures.courses(month, groups),
                alt=f"Small line charts of the share of headline audits in each cycle: {named}; the values are in "
                "measures.csv, measure theme_prevalence.",
                caption="Share of headline audits with it as an area for development, cycle by cycle. Hollow points "
                "rest on under five audits.",
            )
        )
    for word, (measure, codes) in said.items():
        if codes:
            shown = course_table(month, word, measure, "development")
            parts.append(table(shown, f"{word.capitalize()} areas for development"))
    rules = by_cadence(month, " ".join(f"{word.capitalize()}: {rule}." for word, rule in RULES.items()))
    return page(*parts, paragraph(f"{rules} How often the rules are wrong: docs/methods.md.", kind="note"))


@told_of("findings")
def together(month: Month) -> Html:
    """Which areas for development occur together in one audit."""
    shown = pairs_table(month)
    parts = []
    if shown.empty:
        parts.append(
            paragraph("No two areas for development clearly occur together more, or less, often than by chance.")
        )
    else:
        parts.append(table(shown, f"Areas for development found together, headline audits of {all_cycles(month)}"))
    if figures.has_map(month):
        parts.append(
            chart(
                figures.pair_map(month),
                alt="Grid of the number of audits that have both of two areas for development; the counts are in "
                "measures.csv, measure theme_pair.",
                caption=f"Headline audits of {all_cycles(month)} with both. Blank: under five audits. A count alone "
                "does not show a link: two frequent themes often occur together by chance.",
            )
        )
    return page(*parts)


@told_of("findings")
def separating(month: Month) -> Html:
    """What distinguishes audits graded below good: themes, and the words of their findings."""
    themes, phrases = separating_table(month), phrases_table(month)
    parts = [
        paragraph("No theme is clearly more common in audits below good, or in audits good or better.")
        if themes.empty
        else table(themes, f"Themes clearly more or less common in audits graded below good, {all_cycles(month)}")
    ]
    if not phrases.empty:
        parts.append(
            table(phrases, "Words and phrases typical of audits below good, or good or better, in at least five audits")
        )
    return page(
        *parts,
        paragraph(NOT_THE_CAUSE, kind="note"),
        paragraph(
            "Phrases are ranked, not tested. To keep names out, only phrases made of the framework's own words are "
            "shown. The whole list is for the Principal Social Worker alone.",
            kind="note",
        ),
    )


def impact(month: Month) -> Html:
    """Whether findings and actions describe impact on the child, or whether something was done."""
    parts = [bullets([*impact_sentences(month), balance_sentence(month)], kind="claims")]
    if not month.over_time("finding_wording", by="wording").empty:
        parts += [
            chart(
                figures.wording_over_time(month),
                alt="Bars of the share of findings in each cycle that mention impact, compliance, both or neither; "
                "the values are in measures.csv, measure finding_wording.",
                caption="Findings of headline audits by wording (%).",
            ),
            table(wording_table(month), "Findings and actions by wording"),
        ]
    return page(
        *parts,
        paragraph(
            "Findings are sorted by two lists of words, which are in docs/methods.md and can be changed by the "
            "council. A finding that matches neither list may still be about the child, so the change over time says "
            "more than the level.",
            kind="note",
        ),
    )


def in_their_words(month: Month) -> Html:
    """Findings approved for quoting: strengths first, one a theme, the newest cycle first."""
    if "approved_quotations" not in month.supplied:
        return absent("Findings approved for quoting")
    if month.quotations.empty:
        return paragraph("No finding of the year has been approved for quoting.")
    parts = []
    for polarity, title in (("strength", "Strengths"), ("development", "Areas for development")):
        quoted = _one_a_theme(month.quotations[month.quotations["polarity"] == polarity]).head(QUOTED)
        if not quoted.empty:
            parts += [heading(title, level=3), bullets(_quoted(month, row) for _, row in quoted.iterrows())]
    return page(
        *parts,
        paragraph(
            "Each was approved for quoting by a named role, and names and identifiers are masked. For managers only: "
            "do not copy into anything shared more widely.",
            kind="note",
        ),
    )


@told_of("findings")
def suggested(month: Month) -> Html:
    """Codes suggested for findings that nobody coded: never mixed with the auditors' own."""
    shown, told = suggested_table(month), suggestion_sentences(month)
    said = [bullets(told)] if told else []
    if shown.empty:
        return page(paragraph("No codes are suggested this month."), *said)
    return page(
        *said,
        table(shown, "Suggested, not confirmed: themes of findings without a code"),
        paragraph(
            "Suggested from the codebook and the council's own coded findings, and not counted in any other figure. "
            "The Principal Social Worker checks and corrects the list.",
            kind="note",
        ),
    )


def _one_a_theme(quoted: DataFrame) -> DataFrame:
    """The newest quotation of each theme, and of those not coded each area's. One row per theme."""
    return quoted.assign(of=quoted["theme_code"].where(quoted["theme_code"] != "", quoted["key_area"])).drop_duplicates(
        "of"
    )


def _quoted(month: Month, row: Series) -> str:
    """One quotation with what it is about and when it was found."""
    area = month.rules.key_areas.get(row["key_area"], row["key_area"])
    about = prompt_title(month, row["theme_code"], row["polarity"]) if row["theme_code"] else area
    return f"“{row['text']}” ({about}, {month_name(row['cycle'])})"


REPORT = Report(
    name="themes",
    title="Themes in audit findings",
    question="What do auditors keep finding, is it changing, and what do families say?",
    families=(family.FINDINGS, family.VOICES),
    restricted=(
        RestrictedList("Principal Social Worker", phrase_list, needs=("findings",)),
        RestrictedList("Principal Social Worker", suggestion_list, needs=("findings",)),
        RestrictedList("Quality Assurance Manager", balance_list, needs=("findings",)),
        RestrictedList("Principal Social Worker", register_book, needs=("findings", "approved_quotations")),
    ),
    summary=summary,
    recipients=(Recipient.SMT_MEETING,),
    place=50,
)

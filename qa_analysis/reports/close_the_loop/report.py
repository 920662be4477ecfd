"""The sections of closing the loop: did last half-year's learning stick? One function per section."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.charts import changes
from qa_analysis.reports.close_the_loop.tables import (
    ledger_table,
    planner_table,
    split_table,
    three_ways,
    verdict_table,
)
from qa_analysis.reports.close_the_loop.words import (
    HOW_JUDGED,
    NO_VERDICT_OF_A_THEME,
    between,
    ledger_sentences,
    periods,
    planner_sentence,
    split_sentence,
    unlike_sentences,
    verdict_title,
)
from qa_analysis.reports.declared import Report
from qa_analysis.telling.blocks import Html, bullets, chart, heading, page, paragraph, table
from qa_analysis.telling.cover import cover_line

NOTHING = "There is no headline audit of six months ago to compare with, so no loop can be judged this cycle."


def cover(month: Month) -> Html:
    """What is compared with what, true on which day."""
    return page(
        cover_line(month, periods(month)),
        paragraph(
            "Grades are the auditors' judgements, aligned to Ofsted descriptors; they are not Ofsted's. Six months "
            "allow time for learning to embed and be evidenced.",
            kind="note",
        ),
    )


def verdicts(month: Month) -> Html:
    """What may be said of the overall grade and of each key area."""
    shown = verdict_table(month)
    if shown.empty:
        return paragraph(NOTHING)
    title = verdict_title(month)
    return page(
        heading(title, level=3),
        chart(
            changes(month),
            alt=f"{title}. Dots with intervals of the change of each grade; the same figures are in the table.",
            caption=f"Change of the share of headline audits graded good or better, {periods(month)}. "
            "An asterisk: not directly comparable, see the table.",
        ),
        table(shown, "How far each grade moved, and what may be said of it", numbers=["Change"]),
        *map(paragraph, between(month)),
        paragraph(HOW_JUDGED, kind="note"),
    )


def other_ways(month: Month) -> Html:
    """The same change as the other comparisons see it, in support and without a verdict of their own."""
    shown = three_ways(month)
    if shown.empty:
        return paragraph(NOTHING)
    return table(shown, "The overall grade, compared in three ways", numbers=list(shown.columns[1:]))


def like_for_like(month: Month) -> Html:
    """What else changed, and what remains of the change where it is held still."""
    shown = split_table(month)
    if shown.empty:
        return paragraph(NOTHING)
    return page(
        bullets(unlike_sentences(month)),
        paragraph(split_sentence(month)),
        table(shown, "The change of the overall grade, split into mix and remainder", numbers=list(shown.columns[1:3])),
        paragraph(
            "The mix is what would have changed had each kind of audit been graded as before; the remainder is what "
            "changed within kinds. Kinds seen in one period only count as mix.",
            kind="note",
        ),
    )


def planner(month: Month) -> Html:
    """What this many audits could have shown, and how many would show less."""
    shown = planner_table(month)
    if shown.empty:
        return paragraph(NOTHING)
    return page(
        paragraph(planner_sentence(month)),
        table(shown, "How many audits a change needs to be noticed four times in five", numbers=[shown.columns[1]]),
    )


def ledger(month: Month) -> Html:
    """Each theme from raised to audited again."""
    shown = ledger_table(month)
    if shown.empty:
        return paragraph("No audit theme was recorded in the last twelve cycles.")
    return page(
        bullets(ledger_sentences(month)),
        table(shown, "The loop of each audit theme", numbers=["Decided", "Wider actions", "Learning", "Change"]),
        paragraph(
            "Decisions, actions for a team, a service or the partnership, and learning are those since the theme was "
            "raised.",
            kind="note",
        ),
        paragraph(NO_VERDICT_OF_A_THEME, kind="note"),
    )


def summary(month: Month) -> Html:
    """Closing the loop in the Senior Management Team's report: the verdicts, and the loops left open."""
    shown = verdict_table(month)
    if shown.empty:
        return page(paragraph(NOTHING), bullets(ledger_sentences(month)))
    return page(
        heading(verdict_title(month), level=3),
        table(shown, f"How far each grade moved: {periods(month)}", numbers=["Change"]),
        *map(paragraph, between(month)),
        bullets([planner_sentence(month), *ledger_sentences(month)]),
    )


REPORT = Report(
    name="close-the-loop",
    title="Did last half-year's learning stick?",
    question="Did last half-year's learning stick, and is it like for like?",
    families=(family.SIX_MONTHS_ON, family.GRADES),
    summary=summary,
    place=30,
)

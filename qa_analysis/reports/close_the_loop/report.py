"""The sections of closing the loop: has practice changed since six months ago? One function per section."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.close_the_loop.charts import changes
from qa_analysis.reports.close_the_loop.tables import (
    IN_POINTS,
    ledger_table,
    planner_table,
    split_table,
    three_ways,
    verdict_table,
)
from qa_analysis.reports.close_the_loop.words import (
    HOW_JUDGED,
    NO_VERDICT_OF_A_THEME,
    ledger_sentences,
    periods,
    planner_sentence,
    split_sentence,
    starred,
    unlike_sentences,
    verdict_title,
)
from qa_analysis.reports.declared import Report
from qa_analysis.telling.blocks import Html, bullets, chart, heading, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.wording import by_cadence, last_cycles, missing_before

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
    """What we can say about the overall grade and each key area."""
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
        table(shown, "Change in each grade since six months ago, in percentage points", numbers=IN_POINTS),
        *map(paragraph, [*starred(month), *missing_before(month)]),
        paragraph(by_cadence(month, HOW_JUDGED), kind="note"),
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
        table(shown, "Change in the overall grade: mix of cases and remainder", numbers=list(shown.columns[1:3])),
        paragraph(
            "The mix is how much the grade would have changed if each kind of audit had been graded as before. The "
            "remainder is what changed within each kind. Kinds of audit found in only one period count as mix.",
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
        table(shown, "Audits needed to detect a change four times in five", numbers=[shown.columns[1]]),
    )


def ledger(month: Month) -> Html:
    """Each theme from raised to audited again."""
    shown = ledger_table(month)
    if shown.empty:
        return paragraph(f"No audit theme was recorded in {last_cycles(month)}.")
    return page(
        bullets(ledger_sentences(month)),
        table(shown, "Follow-up of each audit theme", numbers=["Decided", "Wider actions", "Learning", "Change"]),
        paragraph(
            "Decisions, wider actions (for a team, a service or the partnership) and learning are counted from when "
            "the theme was raised.",
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
        table(shown, f"Change in each grade, in percentage points: {periods(month)}", numbers=IN_POINTS),
        *map(paragraph, starred(month)),
        bullets([planner_sentence(month), *ledger_sentences(month)]),
    )


REPORT = Report(
    name="close-the-loop",
    title="Closing the loop",
    question="Has practice changed since six months ago, and are the two periods comparable?",
    families=(family.SIX_MONTHS_ON, family.GRADES),
    summary=summary,
    place=30,
)

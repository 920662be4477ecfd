"""The sections of the annual review of the framework: its promises, its rules, and what they ask of the board.

It falls due with September's cycle. The framework is of October and is to be reviewed in October each year: the twelve
cycles that end with September are its year, and their data are taken on 10 October, in time for that review.
"""

from pandas import DataFrame

from qa_analysis.dates import month_name, span_name
from qa_analysis.measures import family
from qa_analysis.measures.framework_review.promises import PARTS
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Recipient, Report, yearly
from qa_analysis.reports.framework_review import charts as figures
from qa_analysis.reports.framework_review.tables import (
    NUMBERS,
    plan_table,
    policies_table,
    promises_table,
)
from qa_analysis.reports.framework_review.words import (
    NO_QUESTION,
    headline_sentences,
    idle_titles,
    published_sentence,
    questions,
    silent_titles,
    targets_sentence,
)
from qa_analysis.telling.blocks import Html, bullets, chart, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.promises import changes_table, not_counted_table, words_table
from qa_analysis.telling.provenance import past_review, rules_sentence, sign_off_sentence
from qa_analysis.telling.wording import all_cycles


def opening(month: Month) -> Html:
    """What this is, and the message."""
    return message(
        cover_line(month, f"{all_cycles(month)}, {span_name(month.year)}" if len(month.cycles) > 1 else ""),
        bullets(headline_sentences(month), kind="claims", ordered=True),
    )


def asked(month: Month) -> Html:
    """The questions to the board."""
    said = questions(month)
    return page(
        bullets(said, ordered=True) if said else paragraph(NO_QUESTION),
        paragraph(
            f"{targets_sentence(month)} A promise that could not be known for more than a third of its cases is asked "
            "about as a matter of recording first. These are questions: figures do not say what to amend.",
            kind="note",
        ),
    )


def promises(month: Month) -> Html:
    """Each promise: kept, not kept and not known. A table for each part of the framework."""
    parts = [table(shown, part, numbers=NUMBERS) for part in PARTS if len(shown := promises_table(month, part))]
    return page(
        *parts,
        paragraph(published_sentence(month)),
        *_titles("No case in the year:", idle_titles(month)),
        *_titles("No extract tells of these, because they are not recorded or not supplied:", silent_titles(month)),
        paragraph(
            "Kept, not kept and not known add up to all cases. A blank or unreadable entry is not known, so a share "
            "may be a range: from none of these kept to all of them. All cases of the year are counted, so there is "
            "no other interval, except for grades upheld: there the panel's random third stands for all audits. "
            "Observation is counted over the two half-years returned last.",
            kind="note",
        ),
    )


def _titles(lead: str, titles: list[str]) -> list[Html]:
    """Promises without figures, under a line that says why; nothing where there are none."""
    return [paragraph(lead), bullets(titles)] if titles else []


def over_time(month: Month) -> Html:
    """How each promise went, cycle by cycle."""
    some, left = figures.drawn(month), figures.not_drawn(month)
    if not some:
        return paragraph("There are too few cycles with five cases or more to show how promises went.")
    return page(
        *(
            chart(
                figures.over_cycles(month, codes),
                alt="Small line charts of the share of cases in which each promise was kept, cycle by cycle; the "
                "values are in measures.csv, measure promise_kept.",
                caption="Promises kept, cycle by cycle (% of all cases; what could not be known counts as not kept). "
                "Hollow points rest on under five cases.",
            )
            for codes in some
        ),
        *([paragraph(f"Not drawn, because kept in every case or of too few cases in most cycles: {'; '.join(left)}.",
                     kind="note")] if left else []),
    )  # fmt: skip


def rules(month: Month) -> Html:
    """What changed in the rules within the year, and whether they are past their review."""
    shown = changes_table(month)
    review = past_review(month).replace("that they come from ", "")
    due = f"The framework is to be reviewed in {month_name(month.rules.review_due)}."
    return page(
        table(shown, f"Rules that changed, {span_name(month.year)}")
        if len(shown)
        else paragraph("No rule changed within these cycles."),
        paragraph(review or due),
    )


def improvement_plan(month: Month) -> Html:
    """The Improvement Plan's priorities with the figures that tell of them, and the journey to good."""
    shown = plan_table(month)
    course = month.over_time("good_or_better", periods=month.cycles)
    drawn = (
        [
            chart(
                figures.good_or_better(month),
                alt="Line chart of the share of headline audits graded good or better, cycle by cycle; the values are "
                "in measures.csv, measure good_or_better.",
                caption="Headline audits graded good or better, cycle by cycle (%). Whether that changed is in the SMT "
                "report.",
            )
        ]
        if course["value"].notna().sum() > 1
        else []
    )
    said = _or(
        shown, "Priorities of the Improvement Plan",
        "The council has not said which figures tell of its Improvement Plan (improvement_plan in council.yaml).",
    )  # fmt: skip
    return page(said, *drawn)


def policies(month: Month) -> Html:
    """The policies that rules rest on, with version and clause."""
    return _or(
        policies_table(month), "Policies and the rules that rest on them",
        "The council has not said which policies its rules rest on (policies in council.yaml).",
    )  # fmt: skip


def words(month: Month) -> Html:
    """The framework's own words behind each promise, and those that nothing counts."""
    return page(
        table(words_table(), "The framework's words behind each promise"),
        table(not_counted_table(), "What the framework promises and this review does not count"),
    )


def method(month: Month) -> Html:
    """By which rules, and who signs off."""
    return bullets(
        filter(
            None,
            [
                "Each promise is one sentence of the framework, counted once, by one measure (promise_kept, "
                "promise_not_kept and promise_not_known in measures.csv).",
                "A case belongs to the cycle of its audit; an action to the month of its last day in time; a "
                "supervision to the month in which it fell due; a decision to the month of its meeting.",
                rules_sentence(month),
                sign_off_sentence(month),
            ],
        )
    )


def summary(month: Month) -> Html:
    """The message alone, for other reports and the month's front page."""
    return bullets(headline_sentences(month))


def _or(shown: DataFrame, caption: str, otherwise: str) -> Html:
    return table(shown, caption) if len(shown) else paragraph(otherwise)


REPORT = Report(
    name="framework-review",
    title="Annual review of the framework",
    question="Which promises of the framework were kept, which could not be known, and what should be amended?",
    every=yearly(9),
    families=(family.FRAMEWORK_REVIEW,),
    summary=summary,
    recipients=(Recipient.LEADERSHIP_TEAM,),
    place=62,
)

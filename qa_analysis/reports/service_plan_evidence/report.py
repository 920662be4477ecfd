"""The sections of the evidence for a Service Plan: three cycles of one service, and the year where three are too few.

Quarters are those of the financial year: it falls due with the cycles of June, September, December and March.
"""

from pandas import DataFrame

from qa_analysis.framework import MANAGERS
from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Place, Recipient, Report, quarterly
from qa_analysis.reports.service_plan_evidence.tables import (
    evidence_table,
    indicators_table,
    learning_table,
    whole_of,
    work_table,
)
from qa_analysis.reports.service_plan_evidence.words import (
    in_time_sentence,
    quarter_words,
    whole_sentence,
    work_sentence,
)
from qa_analysis.telling.blocks import Html, absent, bullets, message, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.indicators.shown import CALLED, DATASET
from qa_analysis.telling.place.sections import practice as practice_of_year
from qa_analysis.telling.place.words import grades_sentence, indicators_sentence, themes_sentence
from qa_analysis.telling.provenance import rules_sentence, sign_off_sentence


def opening(month: Month) -> Html:
    """What this is, and the message: a claim a line."""
    said = (
        work_sentence(month), in_time_sentence(month), grades_sentence(month), themes_sentence(month),
        indicators_sentence(month),
    )  # fmt: skip
    return message(cover_line(month, quarter_words(month)), bullets(filter(None, said), kind="claims", ordered=True))


def work(month: Month) -> Html:
    """Audits and actions of the quarter, beside those of all services."""
    return table(work_table(month), "Audits and actions of the quarter")


def practice(month: Month) -> Html:
    """Grades and themes: of the service over the year to the end of the quarter, of all services over three cycles."""
    floor = month.rules.floor[MANAGERS]
    return page(
        paragraph(
            "How audits of one service were graded, and what they found, is told over a whole year to the "
            f"end of the quarter, from {floor.children} children and {floor.people} workers on: beside the year, three "
            "cycles of one service would let single months be calculated. " + whole_sentence(whole_of(month)),
            kind="note",
        ),
        practice_of_year(month),
    )


def indicators(month: Month) -> Html:
    """The indicators of the quarter: what was counted in three months, added up."""
    if DATASET not in month.supplied:
        return absent(CALLED)
    return page(
        _or(indicators_table(month), "Indicators of the quarter",
            "No indicator has figures of all three months that could be added up."),
        paragraph(
            "Numerators and denominators of the three months are added; a mean of months is never taken. Whoever is "
            "counted in each month counts in each, so a range is rather too narrow. An indicator with a month missing, "
            "or not shown because of few cases, is left out.",
            kind="note",
        ),
    )  # fmt: skip


def learning(month: Month) -> Html:
    """Learning events of the quarter."""
    if "learning_events" not in month.supplied:
        return absent("Learning events")
    return _or(learning_table(month), "Learning of the quarter", "No learning event was held in the quarter.")


def plans(month: Month) -> Html:
    """Which plans the evidence on each theme feeds, by the council's own tags."""
    shown = evidence_table(month)
    untagged = "The council has not said which plans its themes feed (theme_tags in council.yaml)."
    return page(
        *([] if month.rules.own.plans.theme_tags else [paragraph(untagged)]),
        _or(
            shown, "Themes, and the plans that they feed", "No wider action and no learning of the quarter has a theme."
        ),
        paragraph(
            "Audits are those of the year to the end of the quarter; actions for a team, a service or the partnership, "
            "and learning, are those of the quarter. A theme that too few audits had is not told.",
            kind="note",
        ),
    )


def method(month: Month) -> Html:
    """By which rules, and who signs off."""
    return bullets(
        filter(
            None,
            [
                "Counts of audits, actions and learning events say what was done and not how well. All of them are "
                "counted, so they have no interval; shares have a Wilson 95% confidence interval.",
                "Services work with different children and are not ranked.",
                rules_sentence(month),
                sign_off_sentence(month),
            ],
        )
    )


def _or(shown: DataFrame, caption: str, otherwise: str) -> Html:
    return table(shown, caption) if len(shown) else paragraph(otherwise)


REPORT = Report(
    name="service-plan-evidence",
    title="Service Plan evidence",
    question="What does the quarter tell the review of the Service Plan?",
    every=quarterly(3, 6, 9, 12),
    each=Place.SERVICE,
    families=(family.SERVICE_PLAN, *family.OF_A_PLACE),
    recipients=(Recipient.SERVICES,),
    place=82,
)

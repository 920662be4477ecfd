"""The sections of the members' edition of the annual review: promises kept, rules changed, and questions to ask."""

from qa_analysis.dates import month_name, span_name
from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.declared import Audience, Recipient, Report, yearly
from qa_analysis.reports.framework_review_members.words import kept_table, questions, silent_titles, without_digits
from qa_analysis.telling.blocks import Html, bullets, page, paragraph, table
from qa_analysis.telling.boards import board_cover
from qa_analysis.telling.promises import changes_table, words_table
from qa_analysis.telling.provenance import past_review
from qa_analysis.telling.shared_words import second_reader as second_reader


def cover(month: SharedMonth) -> Html:
    """What this is, whom it is for, and how its figures are protected."""
    return board_cover(
        month,
        whose="elected members, and whoever else wants to know whether the framework does what it promises",
        cycles=span_name(month.year),
        besides="Promises about how workers do their work are not in it, and no team is named.",
    )


def discuss(month: SharedMonth) -> Html:
    """What members may ask."""
    return bullets(questions(month), ordered=True)


def promises(month: SharedMonth) -> Html:
    """How often each promise was kept, and how often nobody can say."""
    shown, silent = kept_table(month), silent_titles(month)
    return page(
        table(shown, f"Promises of the framework, {span_name(month.year)}")
        if len(shown)
        else paragraph("No promise could be counted."),
        *([paragraph("Not recorded or not supplied:"), bullets(silent)] if silent else []),
        paragraph(
            "Shares are of all cases of the year. What could not be known is counted neither as kept nor as not kept.",
            kind="note",
        ),
    )


def rules(month: SharedMonth) -> Html:
    """What changed in the rules, and whether they are past their review."""
    shown = without_digits(changes_table(month).drop(columns="The framework's words"))
    review = past_review(month).replace("that they come from ", "")
    return page(
        table(shown, f"Rules that changed, {span_name(month.year)}")
        if len(shown)
        else paragraph("No rule changed within these cycles."),
        paragraph(review or f"The framework is to be reviewed in {month_name(month.rules.review_due)}."),
    )


def words(month: SharedMonth) -> Html:
    """The framework's own words behind each promise."""
    shown = without_digits(words_table(with_workers=False).drop(columns="Rule of framework.yaml"))
    return table(shown, "The framework's words behind each promise")


REPORT = Report(
    name="framework-review-members",
    title="Annual review of the framework: members' edition",
    question="Does the framework do what it promises to children and families?",
    audience=Audience.EVERYONE,
    every=yearly(9),
    families=(family.SHARED_REVIEW,),
    recipients=(Recipient.MEMBERS,),
    place=86,
)

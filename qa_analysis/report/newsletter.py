"""The paragraph for the staff newsletter: thanks, one thing to celebrate, one to do differently, where to learn more."""

from qa_analysis.dates import day_name
from qa_analysis.report.briefing import second_reader as second_reader
from qa_analysis.report.display import Html, page, paragraph
from qa_analysis.report.shared_edition import SharedMonth
from qa_analysis.report.shared_words import (
    about,
    audits_told,
    good_sentence,
    in_practice,
    in_short,
    in_turn,
    part,
    quarter,
)


def scoop(month: SharedMonth) -> Html:
    """The paragraph itself, ready to be copied."""
    return paragraph(" ".join((thanks(month), celebrate(month), differently(month), families(month), learn_more())))


def thanks(month: SharedMonth) -> str:
    """Thanks to auditors and those audited, with how practice was graded."""
    return (
        "Thank you to all our auditors, and to every practitioner who opened up their work to them. From "
        f"{quarter(month, month.now)} we looked at {audits_told(month)} from across the service. {good_sentence(month)}"
    )


def celebrate(month: SharedMonth) -> str:
    """The strength found most, or that there are too few audits to name one."""
    found = in_turn(month, "strength")
    if found is None:
        return (
            "There are too few findings to pick out one thing to celebrate yet, but there was good practice to be seen."
        )
    return (
        f"Let us celebrate {in_short(month, found.code)}: auditors saw this done well in {about(found.audits)} audits. "
        "If you had a part in that, well done."
    )


def differently(month: SharedMonth) -> str:
    """The area for development found most, with what to do, or that there are too few audits to name one."""
    found = in_turn(month, "development")
    if found is None:
        return "There are too few, as well, to say what we should all do differently."
    return (
        f"One thing to do differently is about {in_short(month, found.code)}, which came up in {about(found.audits)} "
        f"audits. {in_practice(month, found.code)}"
    )


def families(month: SharedMonth) -> str:
    """In how many audits a family was heard; nothing where that cannot be told."""
    share = part(month.told("shared_families_spoken_to"), "audits")
    if not share:
        return "Thank you, too, to the families who told us how it was for them."
    return f"In {share} a family member told us how it was for them. Thank you to them, too."


def learn_more() -> str:
    """Where to learn more, and whom to talk to."""
    return (
        "Want to know more? Read this month's practice briefing, come to the next reflective learning session, or have a "
        "word with your Team Manager, the Practice Improvement Team or the Principal Social Worker."
    )


def provenance(month: SharedMonth) -> Html:
    """Where the paragraph comes from, in one line."""
    return page(
        paragraph(
            f"From the council's own audits of {quarter(month, month.now)}, as known on {day_name(month.as_at)}. Grades are "
            f"the auditors' own. Counts are to the nearest {month.rules.shared_edition.nearest} and shares are rounded; "
            "small ones are left out. Every number is in the workbook of the same name.",
            kind="note",
        )
    )

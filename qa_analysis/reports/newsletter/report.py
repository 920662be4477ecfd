"""The paragraph for the newsletter: thanks, something to celebrate, something to change, where to learn more."""

from qa_analysis.dates import day_name
from qa_analysis.english import in_a_sentence
from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.declared import NEWSLETTER, Audience, Recipient, Report
from qa_analysis.telling.blocks import Html, paragraph
from qa_analysis.telling.shared_words import (
    about,
    audits_told,
    good_sentence,
    in_practice,
    in_short,
    in_turn,
    label,
    part,
    quarter,
    when,
)
from qa_analysis.telling.shared_words import second_reader as second_reader


def told(month: SharedMonth) -> Html:
    """The paragraph itself, ready to be copied."""
    return paragraph(
        " ".join(
            filter(None, (thanks(month), celebrate(month), differently(month), families(month), learn_more(month)))
        )
    )


def thanks(month: SharedMonth) -> str:
    """Thanks to auditors and those audited, with how practice was graded."""
    return (
        "Thank you to all our auditors, and to every practitioner who opened up their work to them. "
        f"{when(month)} we carried out {audits_told(month)} across the service. {good_sentence(month)}"
    )


def celebrate(month: SharedMonth) -> str:
    """The strength found most, or that there are too few audits to name one; that nobody could look is said once."""
    if "findings" not in month.supplied:
        return (
            "What auditors wrote was not part of our data this month, so there is no one thing to celebrate or to do "
            "differently yet."
        )
    found = in_turn(month, "strength")
    if found is None:
        return "There are too few findings of good practice yet to pick out one thing to celebrate with you."
    return (
        f"This month we are celebrating {in_short(month, found.code)}: auditors saw this done well in "
        f"{about(found.audits)} audits. If you played a part in that, well done."
    )


def differently(month: SharedMonth) -> str:
    """The area for development found most, with what to do, or that there are too few audits to name one."""
    if "findings" not in month.supplied:
        return ""
    found = in_turn(month, "development")
    if found is None:
        return "There are also too few findings to say what we should all do differently."
    lacking = in_a_sentence(label(month, found.code, "development"))
    return (
        f"One area for development came up in {about(found.audits)} audits: {lacking}. {in_practice(month, found.code)}"
    )


def families(month: SharedMonth) -> str:
    """In how many audits a family was heard; where that cannot be told, thanks alone."""
    share = part(month.told("shared_families_spoken_to"), "audits")
    if not share:
        return "Thank you, too, to every family that talks with our auditors about how things are for them."
    return f"In {share} a family member told us how it was for them: thank you."


def learn_more(month: SharedMonth) -> str:
    """Where to learn more, and whom to talk to."""
    post = month.rules.council.post
    return (
        "Want to know more? Read this month's practice briefing, come to the next reflective learning session, or have "
        f"a word with your {post('Team Manager')}, the {post('Practice Improvement Team')} or the "
        f"{post('Principal Social Worker')}."
    )


def provenance(month: SharedMonth) -> Html:
    """Where the paragraph comes from, in one line."""
    return paragraph(
        f"For {month.rules.council.newsletter}. From the council's own audits of {quarter(month.now)}, data as at "
        f"{day_name(month.as_at)}. Grades are the auditors' own. "
        f"Counts are rounded to the nearest {month.rules.shared_edition.nearest}, shares are "
        "rounded, and small ones are left out. Every number is in the workbook of the same name.",
        kind="note",
    )


REPORT = Report(
    name="newsletter",
    title=f"Paragraph for {NEWSLETTER}",
    question="What should everyone hear from our audits? A paragraph of about 150 words for the staff newsletter",
    audience=Audience.EVERYONE,
    families=(family.SHARED_EDITION,),
    recipients=(Recipient.WORKFORCE,),
    place=90,
)

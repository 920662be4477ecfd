"""The sections of the briefing for practitioners and managers: what went well, what to do differently, what is next.

It may be read by everyone. It names no team and nobody, quotes nobody, and every figure is of the shared edition.
"""

from qa_analysis.dates import month_name
from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.briefing.words import (
    areas_ahead,
    areas_behind,
    changed,
    development_points,
    how_to_read,
    in_time,
    more_developments,
    more_strengths,
    spoken_to,
    strength_points,
    team_questions,
)
from qa_analysis.reports.declared import Audience, Recipient, Report
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, points
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.shared_words import audits_told, good_sentence, quarter
from qa_analysis.telling.shared_words import second_reader as second_reader

TOO_FEW_FOUND = (
    "There are too few coded findings to say more without showing whose work they were about. We will say more when "
    "there are more audits."
)


def cover(month: SharedMonth) -> Html:
    """What this is, whom it is for, and what it rests on."""
    return page(
        cover_line(month, title="Practice briefing", cycles=f"audits of {quarter(month.now)}"),
        paragraph(
            "For everyone who works with children and families, and for their managers. Seven minutes: five to read "
            "it, two to choose one thing to try."
        ),
        paragraph(
            f"It rests on {audits_told(month)} from across the service. Records were selected at random, or audited "
            f"again after six months. {good_sentence(month)}"
        ),
        paragraph(how_to_read(month), kind="note"),
    )


def strengths(month: SharedMonth) -> Html:
    """What was done well, with what good looks like in the framework's own words."""
    if "findings" not in month.supplied:
        return page(*(paragraph(line) for line in areas_ahead(month)), absent("Findings"))
    said = strength_points(month)
    return page(
        *(paragraph(line) for line in areas_ahead(month)),
        points(said) if said else paragraph(TOO_FEW_FOUND),
        *(paragraph(line) for line in more_strengths(month)),
    )


def developments(month: SharedMonth) -> Html:
    """What came up for development, each with one thing to do differently."""
    if "findings" not in month.supplied:
        return page(*(paragraph(line) for line in areas_behind(month)), absent("Findings"))
    said = development_points(month)
    return page(
        *(paragraph(line) for line in areas_behind(month)),
        points(said) if said else paragraph("Here too there are too few findings to say more."),
        *(paragraph(line) for line in more_developments(month)),
    )


def questions(month: SharedMonth) -> Html:
    """Open questions for a team meeting, made from what came up most."""
    return bullets(team_questions(month), ordered=True)


def six_months_on(month: SharedMonth) -> Html:
    """What changed since six months ago, where that is clear enough to be told."""
    return bullets(changed(month))


def next_steps(month: SharedMonth) -> Html:
    """What happens next, how to take part, and whom to talk to, by role."""
    post = month.rules.council.post
    again = month_name(month.rules.revisit_due(month.month))
    return points(
        [
            ("In your team.", "Choose one thing above, try it this month, and tell each other how it went."),
            (
                "In the learning session.",
                "If your work was part of an audit, you will be invited to the monthly reflective learning session. "
                "Come and say what the audit saw and what it missed.",
            ),
            *in_time(month),
            *spoken_to(month),
            (
                "Whom to talk to.",
                f"Your {post('Team Manager')} about an action or a child. The {post('Practice Improvement Team')} "
                f"about an audit and what good looks like. The {post('Principal Social Worker')} about ideas, tools "
                f"and training. The {post('Quality Assurance Manager')} about this briefing.",
            ),
            ("Six months on.", f"We audit again in {again}, to see whether practice has changed."),
        ]
    )


REPORT = Report(
    name="briefing",
    title="Practice briefing",
    question="What did we do well, what can we do differently, and how can I take part? Two sides for "
    "practitioners and managers",
    audience=Audience.EVERYONE,
    families=(family.SHARED_EDITION,),
    recipients=(Recipient.INVOLVED, Recipient.WORKFORCE),
    place=80,
)

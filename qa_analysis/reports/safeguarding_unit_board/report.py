"""The sections of the board edition: what the partnership and the Corporate Parenting Board may read of the unit."""

from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.declared import Audience, Recipient, Report
from qa_analysis.reports.safeguarding_unit_board.words import (
    alert_sentences,
    children_sentence,
    in_time_sentences,
    partners_table,
    span,
    to_discuss,
    took_part_sentence,
)
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph, table
from qa_analysis.telling.cover import cover_line
from qa_analysis.telling.shared_words import second_reader as second_reader

CONFERENCES, ALERTS, PARTNERS = "Conferences and reviews", "Practice alerts", "Partners' attendance and reports"


def cover(month: SharedMonth) -> Html:
    """What this is, whom it is for, and how its figures are protected."""
    return page(
        cover_line(month, cycles=span(month)),
        paragraph("For the Safeguarding Partnership and the Corporate Parenting Board."),
        paragraph(
            f"Counts are rounded to the nearest {month.rules.shared_edition.nearest}, and small ones are left out, so "
            "that no child, family or worker can be identified. No team is named.",
            kind="note",
        ),
    )


def discuss(month: SharedMonth) -> Html:
    """What there is to discuss."""
    return bullets(to_discuss(month), ordered=True)


def children(month: SharedMonth) -> Html:
    """The children who are cared for or on a plan."""
    if "caseload" not in month.supplied:
        return absent("Open records")
    return paragraph(children_sentence(month))


def conferences(month: SharedMonth) -> Html:
    """Whether conferences and reviews were held in time, and whether children took part."""
    if "conferences" not in month.supplied:
        return absent(CONFERENCES)
    return page(
        bullets([*in_time_sentences(month), took_part_sentence(month)]),
        paragraph("One that has not been held yet counts as not in time.", kind="note"),
    )


def alerts(month: SharedMonth) -> Html:
    """Practice alerts, formal and informal."""
    if "practice_alerts" not in month.supplied:
        return absent(ALERTS)
    return bullets(alert_sentences(month))


def partners(month: SharedMonth) -> Html:
    """Whether partners came and sent their reports."""
    if not {"conferences", "partner_contributions"} <= set(month.supplied):
        return absent(PARTNERS)
    shown = partners_table(month)
    if shown.empty:
        return paragraph(
            "No agency was invited often enough to say how often it came without showing whose case it was."
        )
    return page(
        table(shown, f"Conferences and reviews held in {span(month)}, by agency"),
        paragraph("In alphabetical order and not ranked: agencies are invited to different conferences.", kind="note"),
    )


REPORT = Report(
    name="safeguarding-unit-board",
    title="Safeguarding Unit: board edition",
    question="What should the Safeguarding Partnership and the Corporate Parenting Board know of conferences, alerts "
    "and partners?",
    audience=Audience.EVERYONE,
    families=(family.SHARED_UNIT,),
    recipients=(Recipient.BOARD_MANAGER, Recipient.PARTNERSHIP, Recipient.CORPORATE_PARENTING),
    place=85,
)

"""The sections of the board edition: what the partnership and the Corporate Parenting Board may read of the unit."""

from qa_analysis.measures import family
from qa_analysis.month.shared import SharedMonth
from qa_analysis.reports.declared import Audience, Recipient, Report
from qa_analysis.reports.safeguarding_unit_board.words import (
    OF_AGENCIES,
    alert_sentences,
    children_sentence,
    in_time_sentences,
    to_discuss,
    took_part_sentence,
)
from qa_analysis.telling.blocks import Html, absent, bullets, page, paragraph
from qa_analysis.telling.boards import board_cover, told_of_partners
from qa_analysis.telling.shared_words import quarter
from qa_analysis.telling.shared_words import second_reader as second_reader

CONFERENCES, ALERTS = "Conferences and reviews", "Practice alerts"


def cover(month: SharedMonth) -> Html:
    """What this is, whom it is for, and how its figures are protected."""
    whose = "the Safeguarding Partnership and the Corporate Parenting Board"
    return board_cover(month, whose=whose, cycles=quarter(month.now))


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
    return told_of_partners(month, OF_AGENCIES)


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

"""The sections of a Team Manager's sheet: those of a service's page, on fewer rows."""

from qa_analysis.measures import family
from qa_analysis.month.month import Month
from qa_analysis.reports.declared import Place, Report
from qa_analysis.telling.blocks import Html
from qa_analysis.telling.meeting.narrative import narrative as narrative
from qa_analysis.telling.meeting.supervision import supervision as supervision
from qa_analysis.telling.place.sections import actions as actions
from qa_analysis.telling.place.sections import indicators as shown
from qa_analysis.telling.place.sections import opening as opening
from qa_analysis.telling.place.sections import practice as practice


def indicators(month: Month) -> Html:
    """Every indicator of the team, with a picture of those that need a look."""
    return shown(month, is_drawn=False)


REPORT = Report(
    name="team",
    title="Team",
    question="How is the team performing, and what does its manager need to report?",
    each=Place.TEAM,
    families=family.OF_A_PLACE,
    place=81,
)

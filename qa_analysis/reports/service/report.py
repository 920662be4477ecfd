"""The sections of a Service Manager's page: the message first, then performance, practice and actions to update.

Each takes the month of any place. Another, such as one on supervision or a manager's narrative, is imported here and in
the report of teams, and gets a cell in both notebooks: it asks the month for figures as it would ask that of the whole.
"""

from qa_analysis.measures import family
from qa_analysis.reports.declared import Place, Recipient, Report
from qa_analysis.telling.meeting.narrative import narrative as narrative
from qa_analysis.telling.meeting.supervision import supervision as supervision
from qa_analysis.telling.place.sections import actions as actions
from qa_analysis.telling.place.sections import indicators as indicators
from qa_analysis.telling.place.sections import method as method
from qa_analysis.telling.place.sections import opening as opening
from qa_analysis.telling.place.sections import practice as practice

REPORT = Report(
    name="service",
    title="Service",
    question="How is the service performing, and what needs to be said at the performance meeting?",
    each=Place.SERVICE,
    families=family.OF_A_PLACE,
    recipients=(Recipient.SMT_MEETING,),
    presented_by="Service Manager",
    place=80,
)

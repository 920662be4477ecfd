"""What those who spoke with the auditor said: their views, and whether things got better, where it was written down."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.dates import period_of
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_ROUTE
from qa_analysis.measures.themes.what_changed import BETTER, MIXED, NOT_SAID, UNCLEAR, WORSE, what_changed

VIEWS = ("positive", "mixed", "negative")
NOT_RECORDED = "not recorded"
SAID = (BETTER, WORSE, MIXED, UNCLEAR, NOT_RECORDED)
ENGAGED = "engaged"


@declares(
    Measure(
        "family_said_views",
        title="Views of those who spoke with the auditor",
        family=family.VOICES,
        counts="dated contacts in which a child, parent or carer engaged, by whether what was said was positive, mixed "
        "or negative, those without a recorded view apart, of all of them, for the month and for twelve cycles",
        by="views",
        limits="what people thought of the service, not whether things got better; several people of one audit each "
        "count; only where family feedback was supplied",
        unit="share",
    ),
    Measure(
        "family_said_change",
        title="Those who spoke with the auditor, by whether they said that things changed",
        family=family.VOICES,
        counts="dated contacts in which a child, parent or carer engaged, by whether their words say that things are "
        "better, worse or no different, or both, or do not say, those without recorded words apart, of all of them, "
        "for the month and for twelve cycles",
        by="change",
        limits="the extract has no column for it: goes by lists of words, so most words stay without a direction, and "
        "that is no sign that nothing changed; no figure where no words were supplied at all; several people of one "
        "audit each count; only where family feedback was supplied",
        unit="share",
    ),
)
def said(tables: Tables) -> list[Figure]:
    """Views, and what changed, in the words of families: the month's and the year's. One figure per answer."""
    feedback = tables.optional("family_feedback")
    if feedback is None:
        return []
    year = _answers(tables, feedback)
    of_month = year[year["audit_id"].isin(cycle_audits(tables)["audit_id"])]
    asked: list[tuple[str, str, tuple[str, ...]]] = [("family_said_views", "views", (*VIEWS, NOT_RECORDED))]
    if feedback["text"].notna().any():
        asked.append(("family_said_change", "change", SAID))
    return [
        share(
            measure, int((some[by] == answer).sum()), len(some), by=by, group=answer,
            period=period_of(cycles), population=EVERY_ROUTE, few=tables.rules.percentage_from,
        )
        for cycles, some in (((tables.month,), of_month), (tables.rolling_cycles, year))
        for measure, by, answers in asked
        for answer in answers
        if len(some)
    ]  # fmt: skip


def _answers(tables: Tables, feedback: DataFrame) -> DataFrame:
    """What was said in each of the year's contacts that engaged. One row per contact: audit_id, views, change."""
    year = tables.audits.loc[tables.audits["cycle_month"].isin(tables.rolling_cycles), "audit_id"]
    is_heard = feedback["contacted_on"].notna() & (feedback["outcome"] == ENGAGED)
    heard = feedback[is_heard & feedback["audit_id"].isin(year)]
    change = what_changed(heard["text"], tables.rules).mask(heard["text"].isna(), NOT_RECORDED)
    # "Not said" is of records that speak of compliance: a family does not.
    return heard[["audit_id"]].assign(
        views=heard["views"].fillna(NOT_RECORDED), change=change.replace(NOT_SAID, UNCLEAR)
    )

"""Whether auditors talked with the reviewing officer where there is one, and with the key worker before they graded."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, share
from qa_analysis.measures.populations import EVERY_ROUTE, WITH_REVIEWING_OFFICER, month_and_year

OFFICER_ON, OFFICER_REASON = "reviewing_officer_conversation_on", "reviewing_officer_conversation_reason"
WORKER_ON = "key_worker_conversation_on"


@declares(
    Measure(
        "reviewing_officer_conversation",
        title="Audits with a reviewing officer conversation",
        family=family.AUDIT_CYCLE,
        counts="audits of children who are cared for, subject to a child protection plan or in a fostering household "
        "with a dated conversation with the IRO, FIRO or CP Chair, of all such audits, for the month and for twelve "
        "cycles",
        limits="only where the form asks for the day of the conversation; the framework asks for one where relevant, "
        "so one that was not held need not be wrong",
        unit="share",
    ),
    Measure(
        "reviewing_officer_reason",
        title="No reviewing officer conversation, with a reason",
        family=family.AUDIT_CYCLE,
        counts="audits in which a conversation with a reviewing officer was to be expected and none is dated that say "
        "why, of all of those, for the month and for twelve cycles",
        limits="only where the form asks for the reason",
        unit="share",
    ),
    Measure(
        "graded_before_conversation",
        title="Audits graded before the key worker conversation",
        family=family.AUDIT_CYCLE,
        counts="audits dated before the conversation with the key worker, of those with both days, for the month and "
        "for twelve cycles",
        limits="the day of the audit stands for the day it was graded on, which no extract holds; one on the same day "
        "is in order",
        unit="share",
    ),
)
def key_conversations(tables: Tables) -> list[Figure]:
    """Conversations with reviewing officers, and grades given before the key worker's. One figure per question."""
    year = audits_of_year(tables)
    return [
        row
        for audits, period in month_and_year(tables, year)
        for row in [*_officers(tables, audits, period), *_order(tables, audits, period)]
    ]


def _officers(tables: Tables, audits: DataFrame, period: str) -> list[Figure]:
    expected = audits[audits["case_status"].isin(list(tables.rules.reviewing_officers))]
    if expected.empty or not tables.holds("audits", OFFICER_ON):
        return []
    labels = {"period": period, "population": WITH_REVIEWING_OFFICER}
    few, held = tables.rules.percentage_from, expected[OFFICER_ON].notna()
    rows = [share("reviewing_officer_conversation", int(held.sum()), len(expected), few=few, **labels)]
    if tables.holds("audits", OFFICER_REASON) and not held.all():
        said = expected.loc[~held, OFFICER_REASON].notna()
        rows.append(share("reviewing_officer_reason", int(said.sum()), len(said), few=few, **labels))
    return rows


def _order(tables: Tables, audits: DataFrame, period: str) -> list[Figure]:
    dated = audits.dropna(subset=["audited_on", WORKER_ON])
    if dated.empty:
        return []
    before = int((dated["audited_on"] < dated[WORKER_ON]).sum())
    return [
        share(
            "graded_before_conversation", before, len(dated), few=tables.rules.percentage_from, period=period,
            population=EVERY_ROUTE,
        )
    ]  # fmt: skip

"""Whether practitioners and families were part of the audit."""

from pandas import DataFrame, Series

from qa_analysis.data.tables import Tables
from qa_analysis.measures import family
from qa_analysis.measures.audits.volumes import cycle_audits
from qa_analysis.measures.declared import Measure, declares
from qa_analysis.measures.figure import Figure, counts_by, share
from qa_analysis.measures.populations import EVERY_ROUTE

SPOKEN_TO, CONTACTED, ENGAGED = "was_key_worker_spoken_to", "was_family_contacted", "was_family_spoken_to"
# What of an audit is looked at here: who asks of many cycles need not carry its other columns along.
OF_AUDIT = (
    "audit_id", "cycle_month", "key_worker_conversation_on", "key_worker_conversation_minutes",
    "key_worker_conversation_mode", SPOKEN_TO, CONTACTED, ENGAGED,
)  # fmt: skip
ATTEMPTED, ENGAGED_SHARE = "family_contact_attempted", "family_engaged"


@declares(
    Measure(
        "key_worker_conversation_held",
        title="Audits with a key worker conversation",
        family=family.VOICES,
        counts="audits of the cycle, every route, with a conversation with the key worker dated by the as-at "
        "date, of all its audits",
        limits="a conversation by video or telephone counts; where the form asks yes or no and not for the day, yes "
        "counts",
        unit="share",
    ),
    Measure(
        "key_worker_conversations",
        title="Key worker conversations by mode",
        family=family.VOICES,
        counts="conversations with key workers dated by the as-at date for audits of the cycle, every route, by "
        "how they were held",
        by="key_worker_conversation_mode",
        unit="conversations",
    ),
    Measure(
        "key_worker_conversation_an_hour",
        title="Key worker conversations of an hour",
        family=family.VOICES,
        counts="conversations with key workers of at least sixty minutes, of those with recorded minutes, for "
        "audits of the cycle, every route",
        limits="conversations without recorded minutes are left out",
        unit="share",
    ),
    Measure(
        "family_contact_attempted",
        title="Audits with family contact attempted",
        family=family.VOICES,
        counts="audits of the cycle, every route, with a contact with the family, other than not appropriate, "
        "dated by the as-at date, of all its audits",
        limits="several people of one audit count once; contacts without a date are not in it; only where family "
        "feedback was supplied, or the audit form asks yes or no: then yes counts",
        unit="share",
    ),
    Measure(
        "family_engaged",
        title="Audits with a family engaged",
        family=family.VOICES,
        counts="audits of the cycle, every route, in which a family member engaged with the auditor by the as-at "
        "date, of all its audits",
        limits="several people of one audit count once; contacts without a date are not in it; only where family "
        "feedback was supplied, or the audit form asks yes or no: then yes counts",
        unit="share",
    ),
    Measure(
        "family_contact_attempted_where_appropriate",
        title="Audits with family contact attempted, where appropriate",
        family=family.VOICES,
        counts="audits of the cycle, every route, with a contact with the family, other than not appropriate, "
        "dated by the as-at date, of its audits without those in which every contact was not appropriate",
        limits="several people of one audit count once; contacts without a date are not in it; only where family "
        "feedback was supplied",
        unit="share",
    ),
    Measure(
        "family_contacts",
        title="Family contacts by outcome",
        family=family.VOICES,
        counts="contacts with families dated by the as-at date for audits of the cycle, every route, by outcome",
        by="outcome",
        limits="several people of one audit each count; only where family feedback was supplied",
        unit="contacts",
    ),
    Measure(
        "family_views",
        title="Families' views",
        family=family.VOICES,
        counts="contacts in which a family member engaged for audits of the cycle, every route, by whether what "
        "was said was positive, mixed or negative",
        by="views",
        limits="several people of one audit each count; contacts without a recorded view are left out; only "
        "where family feedback was supplied",
        unit="contacts",
    ),
)
def voice(tables: Tables) -> list[Figure]:
    """Conversations with key workers, contact with families and what came of it. One figure per question."""
    return [*conversations(tables), *families(tables)]


def conversations(tables: Tables) -> list[Figure]:
    """The share of audits with a key-worker conversation, how it was held, and whether an hour was given.

    None where no audit says anything of one: then conversations were not recorded, which is not that none were held.
    """
    if not (tables.holds("audits", "key_worker_conversation_on") or tables.holds("audits", SPOKEN_TO)):
        return []
    audits, labels = cycle_audits(tables), _labels(tables)
    held = audits[audits["key_worker_conversation_on"].notna() | _says_yes(audits, SPOKEN_TO)]
    minutes = held["key_worker_conversation_minutes"].dropna()
    few = tables.rules.percentage_from
    rows = [
        share("key_worker_conversation_held", len(held), len(audits), few=few, **labels),
        *counts_by(held, "key_worker_conversation_mode", "key_worker_conversations", unit="conversations", **labels),
    ]
    if len(minutes):
        hour = int((minutes >= tables.rules.conversation_minutes).sum())
        rows.append(share("key_worker_conversation_an_hour", hour, len(minutes), few=few, **labels))
    return rows


def families(tables: Tables) -> list[Figure]:
    """The share of audits in which a family was contacted, and in which one engaged; outcomes and views as counts."""
    feedback = tables.optional("family_feedback")
    if feedback is None or (len(feedback) and not tables.holds("family_feedback", "contacted_on")):
        return _families_by_form(tables)
    audits, labels = cycle_audits(tables), _labels(tables)
    dated = feedback[feedback["audit_id"].isin(audits["audit_id"]) & feedback["contacted_on"].notna()]
    contacted = dated[dated["outcome"] != "not appropriate"]
    engaged = dated[dated["outcome"] == "engaged"]
    few = tables.rules.percentage_from
    return [
        share(
            ATTEMPTED, len({*contacted["audit_id"], *_ids(audits, CONTACTED, ENGAGED)}), len(audits), few=few, **labels
        ),
        share(ENGAGED_SHARE, len({*engaged["audit_id"], *_ids(audits, ENGAGED)}), len(audits), few=few, **labels),
        *_appropriate(tables, feedback, _audits(contacted)),
        *counts_by(dated, "outcome", "family_contacts", unit="contacts", **labels),
        *counts_by(engaged.dropna(subset="views"), "views", "family_views", unit="contacts", **labels),
    ]


def _families_by_form(tables: Tables) -> list[Figure]:
    """What the audit form's own yes and no say of contact with families, where no contact is kept by itself."""
    audits, labels, few = cycle_audits(tables), _labels(tables), tables.rules.percentage_from
    figures = []
    if tables.holds("audits", CONTACTED):
        figures.append(share(ATTEMPTED, len(_ids(audits, CONTACTED, ENGAGED)), len(audits), few=few, **labels))
    if tables.holds("audits", ENGAGED):
        figures.append(share(ENGAGED_SHARE, len(_ids(audits, ENGAGED)), len(audits), few=few, **labels))
    return figures


def _ids(audits: DataFrame, *columns: str) -> set[str]:
    """The audits whose form says yes in any of the columns."""
    return {audit for column in columns for audit in audits.loc[_says_yes(audits, column), "audit_id"]}


def _says_yes(audits: DataFrame, column: str) -> Series:
    """Whether each audit's form says yes; rows kept by an earlier version have no such column."""
    return audits[column].fillna(False).astype(bool) if column in audits else Series(False, index=audits.index)


def _appropriate(tables: Tables, feedback: DataFrame, contacted: int) -> list[Figure]:
    """The second rate the framework's two sentences call for: leaving out audits where contact was not appropriate."""
    audits = cycle_audits(tables)
    of_cycle = feedback[feedback["audit_id"].isin(audits["audit_id"])]
    never = of_cycle["outcome"].eq("not appropriate").groupby(of_cycle["audit_id"]).all()
    whole = len(audits) - int(never.sum())
    few = tables.rules.percentage_from
    return [share("family_contact_attempted_where_appropriate", contacted, whole, few=few, **_labels(tables))]


def _audits(contacts: DataFrame) -> int:
    """How many audits the contacts belong to: several people may be asked about one."""
    return int(contacts["audit_id"].nunique())


def _labels(tables: Tables) -> dict[str, str]:
    return {"period": tables.month, "population": EVERY_ROUTE}

"""Promises of each audit: the conversations that belong to it, and what is written, sent and discussed after it."""

from pandas import DataFrame

from qa_analysis.data.tables import Tables
from qa_analysis.measures.audit_cycle.after_audit import (
    ALERT,
    COPY,
    DATED,
    DONE,
    NOT_ASKED,
    NOT_KNOWN,
    NOT_YET,
    SUPERVISION,
)
from qa_analysis.measures.audit_cycle.after_audit import NOTE as FILE_NOTE
from qa_analysis.measures.audit_cycle.key_conversations import OFFICER_ON, OFFICER_REASON, WORKER_ON
from qa_analysis.measures.audit_cycle.steps_taken import steps_by_name
from qa_analysis.measures.audits.linked import numbers_in, told_by_audit
from qa_analysis.measures.audits.volumes import audits_of_year
from qa_analysis.measures.framework_review.promise import PERSON, stated
from qa_analysis.measures.voices.contact import CONTACTED, ENGAGED, SPOKEN_TO

NOT_APPROPRIATE = "not appropriate"


def key_worker_spoken_to(tables: Tables) -> DataFrame | None:
    """Whether the auditor spoke with each key worker, by its day or the form's yes. One row per audit."""
    if not (tables.holds("audits", WORKER_ON) or tables.holds("audits", SPOKEN_TO)):
        return None
    audits = audits_of_year(tables)
    said = audits[SPOKEN_TO].astype("boolean")
    rows = audits.assign(**{PERSON: audits["key_worker_id"]})
    return stated(rows, kept=audits[WORKER_ON].notna() | said.fillna(value=False), known=said.notna())


def reviewing_officer_spoken_to(tables: Tables) -> DataFrame | None:
    """Whether the auditor spoke with each reviewing officer that there is; not, where the form says why not.

    One row per audit of a child with a reviewing officer.
    """
    if not tables.holds("audits", OFFICER_ON):
        return None
    audits = audits_of_year(tables)
    is_expected = audits["case_status"].isin(list(tables.rules.reviewing_officers))
    expected = audits[["cycle_month", OFFICER_ON, OFFICER_REASON]][is_expected]
    return stated(expected, kept=expected[OFFICER_ON].notna(), known=expected[OFFICER_REASON].notna())


def family_contacted(tables: Tables) -> DataFrame | None:
    """Whether each family was contacted, of those of whom the record does not say that it was not appropriate.

    One row per audit.
    """
    feedback, audits = tables.optional("family_feedback"), audits_of_year(tables)
    by_form = [name for name in (CONTACTED, ENGAGED) if tables.holds("audits", name)]
    if feedback is None and not by_form:
        return None
    said = audits[[CONTACTED, ENGAGED]].astype("boolean")
    says_yes, says_no = said.fillna(value=False).any(axis=1), said[CONTACTED].eq(other=False).fillna(value=False)
    if feedback is None:
        return stated(audits, kept=says_yes, known=says_no)
    tried = feedback["contacted_on"].notna() & (feedback["outcome"] != NOT_APPROPRIATE)
    never = feedback["outcome"].eq(NOT_APPROPRIATE).groupby(feedback["audit_id"]).all()
    kept = says_yes | audits["audit_id"].isin(feedback.loc[tried, "audit_id"])
    asked = kept | ~audits["audit_id"].isin(never.index[never])
    return stated(audits[["cycle_month"]][asked], kept=kept[asked], known=says_no[asked])


def file_note(tables: Tables) -> DataFrame | None:
    """Whether each audit's actions were put into a file note. One row per audit."""
    return _step(tables, FILE_NOTE)


def alert_to_tray(tables: Tables) -> DataFrame | None:
    """Whether each audit's alert went to the Team Manager's tray. One row per audit."""
    return _step(tables, ALERT)


def officer_copied(tables: Tables) -> DataFrame | None:
    """Whether each reviewing officer was copied into the note. One row per audit with a reviewing officer."""
    return _step(tables, COPY)


def actions_dated(tables: Tables) -> DataFrame | None:
    """Whether each action of an audit has a date. One row per audit with an action."""
    return _step(tables, DATED)


def form_on_file(tables: Tables) -> DataFrame | None:
    """Whether each audit form was loaded onto the file. One row per audit."""
    if not tables.holds("audits", "form_loaded_on"):
        return None
    audits = audits_of_year(tables)
    unread = tables.unread("audits", "form_loaded_on").reindex(audits.index)
    return stated(audits, kept=audits["form_loaded_on"].notna(), known=~unread)


def discussed_in_next(tables: Tables) -> DataFrame | None:
    """Whether each audit was discussed in the key worker's next supervision. One row per audit with one held since."""
    held = _step(tables, SUPERVISION)
    if held is None:
        return None
    workers = told_by_audit(tables, "key_worker_id", numbers_in(tables, held["audit_id"]))
    return held.assign(**{PERSON: workers.set_axis(held.index)}).drop(columns="audit_id")


def _step(tables: Tables, step: str) -> DataFrame | None:
    """How one step stands after each audit of which it is asked and due; None where no audit's is recorded.

    A step done later than it was due is not kept. One row per audit.
    """
    rows = steps_by_name(tables)[step]
    rows = rows[~rows["state"].isin([NOT_ASKED, NOT_YET])]
    if len(rows) and rows["state"].eq(NOT_KNOWN).all():
        return None
    held = stated(rows, kept=rows["state"] == DONE, known=rows["state"] != NOT_KNOWN)
    return held.assign(audit_id=rows["audit_id"]) if step == SUPERVISION else held

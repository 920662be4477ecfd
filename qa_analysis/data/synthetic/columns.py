"""The datasets of the data dictionary: their columns in order, and rows made into frames of the right types."""

from collections.abc import Iterable, Mapping
from datetime import date

import pandas as pd
from pandas import DataFrame, Series

KEY_AREAS = (
    "help_protection_stability", "recording_communication", "assessment", "relationships_direct_work",
    "multi_agency", "supervision_oversight",
)  # fmt: skip
GRADES = ("outstanding", "good", "requires improvement", "inadequate")
_AREA_GRADES = " ".join(f"grade_{area}" for area in KEY_AREAS)

COLUMNS: Mapping[str, tuple[str, ...]] = {
    dataset: tuple(columns.split())
    for dataset, columns in {
        "audits": f"""
            audit_id cycle_month theme_code service_area team child_id subject case_status age_band key_worker_id
            team_manager_id service_manager_id reviewing_officer_id reviewing_officer_role auditor_id auditor_role
            co_auditor_id selection_route draw_id list_sent_on notice_on audited_on review_from_on review_to_on
            longer_lookback_reason key_worker_conversation_on key_worker_conversation_mode
            key_worker_conversation_minutes reviewing_officer_conversation_on reviewing_officer_conversation_reason
            team_manager_conversation_on {_AREA_GRADES} overall_grade impact_statement is_disputed disputed_by
            is_immediate_concern form_loaded_on file_note_on manager_alert_on form_version was_key_worker_spoken_to
            was_family_contacted was_family_spoken_to form_status reviewing_officer_copied_on""",
        "moderations": f"""
            moderation_id audit_id route moderated_on panel was_blind {_AREA_GRADES} overall_grade reason_for_change
            reason_about fed_back_on""",
        "findings": "finding_id audit_id key_area polarity theme_code is_safeguarding text",
        "actions": """
            action_id source audit_id child_id level theme_code key_area description is_safeguarding owner_id owner_role
            team_manager_id team service_area agreed_on due_on completed_on signed_off_on signed_off_by_id
            signed_off_role quality_manager_told_on""",
        "immediate_concerns": """
            concern_id audit_id found_on team_manager_told_on service_manager_told_on form_sent_on
            is_in_team_manager_tray is_in_service_manager_tray has_summary suggested_actions signed_off_on
            signed_off_role supervision_discussed_on wider_review""",
        "caseload": """
            snapshot_on child_id case_status age_band service_area team key_worker_id team_manager_id
            service_manager_id reviewing_officer_id reviewing_officer_role opened_on sibling_group is_restricted""",
        "staff": """
            worker_id name role team service_area manager_id started_on ended_on fte is_agency is_nqsw asye_started_on
            asye_ended_on is_first_line_manager auditor_ready_on leave_from_on leave_to_on link_team""",
        "supervision": """
            supervision_id worker_id supervisor_id child_id held_on next_due_on is_reflective audit_id""",
        "family_feedback": """
            feedback_id audit_id respondent contacted_on method outcome barrier support_used views text""",
        "audit_answers": "audit_id prompt_code answer comment",
        "audit_plan": "cycle_month theme_code factor planned_audits is_planned revisit_of",
        "observations": """
            observation_id worker_id observer_id observer_role observed_on kind trigger theme_code strengths development
            received_on strengths_theme_code development_theme_code""",
        "indicators": """
            indicator_code name period level entity numerator denominator value better_is target tolerance""",
        "narratives": "month level entity author_id achievements challenges mitigating_actions",
        "smt_decisions": "decision_id meeting_on item decision owner_id due_on completed_on theme_code",
        "practice_alerts": """
            alert_id raised_on raised_by_id raised_by_role is_formal child_id team theme_code response_due_on
            responded_on outcome resolved_on""",
        "conferences": "conference_id kind child_id due_on held_on chair_id team child_participated",
        "partner_contributions": "conference_id agency is_invited attended report_received",
        "complaints_compliments": """
            record_id kind stage received_on due_on responded_on service_area team theme_code outcome received_by
            text first_record_id is_extended statement_agreed_on investigator_appointed_on
            independent_person_appointed_on panel_met_on panel_reported_on owner_id""",
        "survey_responses": "response_id survey wave role team question answer comment",
        "external_reviews": "recommendation_id source dated_on theme_code recommendation status closed_on",
        "learning_events": "event_id kind held_on theme_code team invited attended",
        "approved_quotations": "finding_id approved_by_role approved_on wording has_consent is_anonymous",
        "code_corrections": "finding_id suggested_code theme_code corrected_by_role corrected_on",
    }.items()
}

_OTHER_KEYS: Mapping[str, tuple[str, ...]] = {  # the first column is the key of every other dataset
    "caseload": ("snapshot_on", "child_id"), "staff": ("worker_id", "started_on"),
    "audit_answers": ("audit_id", "prompt_code"), "audit_plan": ("cycle_month", "theme_code"),
    "indicators": ("indicator_code", "period", "level", "entity"), "narratives": ("month", "level", "entity"),
    "partner_contributions": ("conference_id", "agency"), "survey_responses": ("response_id", "question"),
    "learning_events": ("event_id", "team"),
}  # fmt: skip
KEYS: Mapping[str, tuple[str, ...]] = {
    dataset: _OTHER_KEYS.get(dataset, columns[:1]) for dataset, columns in COLUMNS.items()
}

_YES_NO = {("partner_contributions", "attended"), ("partner_contributions", "report_received")}
_WHOLE = {
    ("audits", "key_worker_conversation_minutes"), ("immediate_concerns", "suggested_actions"),
    ("audit_plan", "planned_audits"), ("survey_responses", "answer"),
    ("learning_events", "invited"), ("learning_events", "attended"),
}  # fmt: skip
_NUMBERS = {"fte", "numerator", "denominator", "value", "target", "tolerance"}


_PLANNED = {"due_on", "next_due_on", "response_due_on", "leave_to_on"}  # dates that may lie ahead


def shaped(dataset: str, rows: Iterable[Mapping[str, object]], *, known_until: date) -> DataFrame:
    """The rows as the data dictionary has them: every column, in order, in its type. One row per row given.

    What would happen after the last day known is blank, but for what is planned.
    """
    frame = DataFrame(list(rows), columns=list(COLUMNS[dataset]))
    frame = frame.assign(**{name: _typed(dataset, frame[name]) for name in COLUMNS[dataset]})
    last = pd.Timestamp(known_until)
    days = [name for name in COLUMNS[dataset] if is_date(name) and name not in _PLANNED]
    return frame.assign(**{name: frame[name].where(~(frame[name] > last)) for name in days})


def is_yes_no(dataset: str, column: str) -> bool:
    """Whether a column holds yes or no."""
    return column.startswith(("is_", "was_", "has_")) or (dataset, column) in _YES_NO


def is_date(column: str) -> bool:
    """Whether a column holds a day."""
    return column.endswith("_on")


def is_grade(column: str) -> bool:
    """Whether a column holds a grade."""
    return column.startswith("grade_") or column == "overall_grade"


def _typed(dataset: str, column: Series) -> Series:
    """The column in the type of its kind."""
    name = str(column.name)
    if is_yes_no(dataset, name):
        return column.astype("boolean")
    if is_date(name):
        return pd.to_datetime(column).astype("datetime64[us]")
    if (dataset, name) in _WHOLE:
        return column.astype("Int64")
    return column.astype("float64") if name in _NUMBERS else column.astype("str")

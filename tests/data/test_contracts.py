import pytest

from qa_analysis.data.contracts import DATASETS, comparable, load_contracts
from qa_analysis.framework import resource, rules_for

CONTRACTS = load_contracts()
FOLDER = resource("data_contracts")

# The columns of the data dictionary, as it has them; * is required.
DICTIONARY = {
    "audits": """
        audit_id* cycle_month* theme_code* service_area* team* child_id* subject case_status age_band key_worker_id*
        team_manager_id service_manager_id reviewing_officer_id reviewing_officer_role auditor_id* auditor_role*
        co_auditor_id selection_route* draw_id list_sent_on notice_on audited_on* review_from_on review_to_on
        longer_lookback_reason key_worker_conversation_on key_worker_conversation_mode key_worker_conversation_minutes
        reviewing_officer_conversation_on reviewing_officer_conversation_reason team_manager_conversation_on
        grade_help_protection_stability* grade_recording_communication* grade_assessment*
        grade_relationships_direct_work* grade_multi_agency* grade_supervision_oversight* overall_grade*
        impact_statement is_disputed disputed_by is_immediate_concern form_loaded_on file_note_on manager_alert_on
        form_version""",
    "moderations": """
        moderation_id* audit_id* route* moderated_on* panel was_blind grade_help_protection_stability
        grade_recording_communication grade_assessment grade_relationships_direct_work grade_multi_agency
        grade_supervision_oversight overall_grade* reason_for_change reason_about fed_back_on""",
    "findings": "finding_id* audit_id* key_area* polarity* theme_code is_safeguarding text*",
    "actions": """
        action_id* source* audit_id child_id level* theme_code key_area description* is_safeguarding owner_id*
        owner_role team_manager_id team service_area agreed_on* due_on completed_on signed_off_on signed_off_by_id
        signed_off_role quality_manager_told_on""",
    "immediate_concerns": """
        concern_id* audit_id* found_on* team_manager_told_on service_manager_told_on form_sent_on
        is_in_team_manager_tray is_in_service_manager_tray has_summary suggested_actions signed_off_on signed_off_role
        supervision_discussed_on wider_review""",
    "caseload": """
        snapshot_on* child_id* case_status* age_band service_area* team* key_worker_id* team_manager_id
        service_manager_id reviewing_officer_id reviewing_officer_role opened_on* sibling_group is_restricted""",
    "staff": """
        worker_id* name role* team* service_area* manager_id started_on* ended_on fte is_agency is_nqsw asye_started_on
        asye_ended_on is_first_line_manager auditor_ready_on leave_from_on leave_to_on""",
    "supervision": "supervision_id* worker_id* supervisor_id child_id held_on* next_due_on is_reflective audit_id",
    "family_feedback": """
        feedback_id* audit_id* respondent* contacted_on method outcome* barrier support_used views text""",
    "audit_answers": "audit_id* prompt_code* answer* comment",
    "audit_plan": "cycle_month* theme_code* factor* planned_audits* is_planned revisit_of",
    "observations": """
        observation_id* worker_id* observer_id observer_role observed_on* kind* trigger theme_code strengths
        development received_on""",
    "indicators": """
        indicator_code* name* period* level* entity* numerator denominator value better_is* target tolerance""",
    "narratives": "month* level* entity* author_id achievements challenges mitigating_actions",
    "smt_decisions": "decision_id* meeting_on* item* decision* owner_id* due_on completed_on theme_code",
    "practice_alerts": """
        alert_id* raised_on* raised_by_id raised_by_role is_formal* child_id team theme_code response_due_on
        responded_on outcome""",
    "conferences": "conference_id* kind* child_id* due_on held_on chair_id team child_participated",
    "partner_contributions": "conference_id* agency* is_invited attended report_received",
    "complaints_compliments": """
        record_id* kind* stage received_on* due_on responded_on service_area team theme_code outcome received_by
        text""",
    "survey_responses": "response_id* survey* wave* role team question* answer comment",
    "external_reviews": "recommendation_id* source* dated_on* theme_code recommendation* status closed_on",
    "learning_events": "event_id* kind* held_on* theme_code team invited attended",
    "approved_quotations": "finding_id* approved_by_role* approved_on* wording",
    "code_corrections": "finding_id* suggested_code theme_code corrected_by_role corrected_on",
}
KEYS = {
    "caseload": ("snapshot_on", "child_id"),
    "staff": ("worker_id", "started_on"),
    "audit_answers": ("audit_id", "prompt_code"),
    "audit_plan": ("cycle_month", "theme_code"),
    "indicators": ("indicator_code", "period", "level", "entity"),
    "narratives": ("month", "level", "entity"),
    "partner_contributions": ("conference_id", "agency"),
    "survey_responses": ("response_id", "question"),
    "learning_events": ("event_id", "team"),
}
FREE_TEXT = {
    "approved_quotations": {"wording"},
    "audits": {"longer_lookback_reason", "reviewing_officer_conversation_reason", "impact_statement"},
    "moderations": {"reason_for_change"},
    "findings": {"text"},
    "actions": {"description"},
    "family_feedback": {"text"},
    "audit_answers": {"comment"},
    "observations": {"strengths", "development"},
    "narratives": {"achievements", "challenges", "mitigating_actions"},
    "smt_decisions": {"decision"},
    "complaints_compliments": {"text"},
    "survey_responses": {"comment"},
    "external_reviews": {"recommendation"},
}
NAMES_NOBODY = {  # identifiers of records, not of people
    "draw_id", "audit_id", "moderation_id", "finding_id", "action_id", "concern_id", "supervision_id", "feedback_id",
    "observation_id", "decision_id", "alert_id", "conference_id", "record_id", "response_id", "recommendation_id",
    "event_id", "first_record_id",
}  # fmt: skip


# Asked by forms as yes or no where the dictionary asks for a day, or by the framework alone; optional, and after the
# dictionary's own columns.
ADDED = {
    "audits": (
        "was_key_worker_spoken_to", "was_family_contacted", "was_family_spoken_to", "form_status",
        "reviewing_officer_copied_on",
    ),
    "approved_quotations": ("has_consent", "is_anonymous"),
    "complaints_compliments": (
        "first_record_id", "is_extended", "statement_agreed_on", "investigator_appointed_on",
        "independent_person_appointed_on", "panel_met_on", "panel_reported_on", "owner_id",
    ),
    "staff": ("link_team",),
    "practice_alerts": ("resolved_on",),
    "observations": ("strengths_theme_code", "development_theme_code"),
}  # fmt: skip

# What the contracts say -----------------------------------------------------------------------------------------------


def test_every_dataset_of_the_dictionary_has_a_contract_in_its_order():
    assert tuple(CONTRACTS)[: len(DATASETS)] == DATASETS == tuple(DICTIONARY)


@pytest.mark.parametrize("dataset", DICTIONARY)
def test_a_contract_has_the_dictionarys_columns_in_its_order_and_requires_the_same(dataset: str):
    names = [f"{column.name}*" if column.required else column.name for column in CONTRACTS[dataset].columns]
    assert names == [*DICTIONARY[dataset].split(), *ADDED.get(dataset, ())]


def test_keys_are_the_dictionarys():
    expected = {name: KEYS.get(name, (columns.split()[0].rstrip("*"),)) for name, columns in DICTIONARY.items()}
    assert {name: contract.key for name, contract in CONTRACTS.items()} == expected


def test_the_first_four_datasets_are_core():
    assert [name for name, contract in CONTRACTS.items() if contract.is_core] == [
        "audits", "moderations", "findings", "actions",
    ]  # fmt: skip


def test_without_audits_or_actions_alone_there_is_no_report():
    assert [name for name, contract in CONTRACTS.items() if contract.is_needed] == ["audits", "actions"]


def test_every_identifier_of_a_person_is_pseudonymised():
    named = {column.name for contract in CONTRACTS.values() for column in contract.columns if column.person}
    ids = {column.name for contract in CONTRACTS.values() for column in contract.columns if column.name.endswith("_id")}
    assert named == ids - NAMES_NOBODY | {"name", "sibling_group"}


@pytest.mark.parametrize(
    ("column", "domain"),
    [
        ("child_id", "child"),
        ("sibling_group", "child"),
        ("name", "name"),
        ("chair_id", "worker"),
        ("owner_id", "worker"),
    ],
)
def test_children_workers_and_names_are_told_apart(column: str, domain: str):
    found = {
        c.person for name in CONTRACTS if name != "indicators" for c in CONTRACTS[name].columns if c.name == column
    }
    assert found == {domain}


def test_the_name_of_an_indicator_is_nobodys():
    assert CONTRACTS["indicators"].column("name").person is None


def test_free_text_is_marked_wherever_the_dictionary_has_it():
    marked = {name: {c.name for c in contract.columns if c.free_text} for name, contract in CONTRACTS.items()}
    assert {name: columns for name, columns in marked.items() if columns} == FREE_TEXT


def test_links_lead_to_audits_findings_and_conferences():
    links = {
        f"{name}.{column.name}": column.references
        for name, contract in CONTRACTS.items()
        for column in contract.columns
        if column.references
    }
    about_audits = [
        "moderations", "findings", "actions", "immediate_concerns", "supervision", "family_feedback", "audit_answers",
    ]  # fmt: skip
    assert links == {f"{name}.audit_id": "audits.audit_id" for name in about_audits} | {
        "partner_contributions.conference_id": "conferences.conference_id",
        "approved_quotations.finding_id": "findings.finding_id",
        "code_corrections.finding_id": "findings.finding_id",
    }


@pytest.mark.parametrize(
    ("column", "severity"),
    [
        ("audits.audit_id", "error"),
        ("audits.cycle_month", "error"),
        ("audits.selection_route", "error"),
        ("moderations.overall_grade", "error"),
        ("audits.audited_on", "warning"),
        ("audits.overall_grade", "warning"),
        ("actions.agreed_on", "warning"),
        ("findings.polarity", "warning"),
        ("audits.child_id", None),
        ("audits.notice_on", None),
        ("learning_events.team", None),
        ("caseload.child_id", "error"),
    ],
)
def test_how_serious_a_blank_is(column: str, severity: str | None):
    dataset, name = column.split(".")
    assert CONTRACTS[dataset].column(name).blank == severity


@pytest.mark.parametrize(
    ("column", "severity"),
    [
        ("audits.overall_grade", "error"),
        ("audits.grade_assessment", "error"),
        ("moderations.grade_assessment", "error"),
        ("audits.selection_route", "error"),
        ("findings.key_area", "warning"),
        ("actions.source", "warning"),
        ("actions.key_area", "warning"),
        ("audits.case_status", "warning"),
        ("audits.audited_on", "warning"),
        ("family_feedback.outcome", "warning"),
        ("audit_answers.prompt_code", "warning"),
    ],
)
def test_how_serious_an_unknown_value_is(column: str, severity: str):
    dataset, name = column.split(".")
    assert CONTRACTS[dataset].column(name).unknown == severity


def test_the_overall_grade_is_one_of_four_and_an_area_may_be_not_applicable():
    grades = ("outstanding", "good", "requires improvement", "inadequate")
    assert CONTRACTS["audits"].column("overall_grade").codes == grades
    assert CONTRACTS["audits"].column("grade_assessment").codes == (*grades, "not applicable")


def test_lists_that_the_framework_has_too_are_the_frameworks():
    rules = rules_for("2023-06")
    assert CONTRACTS["audit_answers"].column("prompt_code").codes == tuple(rules.prompts)
    assert CONTRACTS["findings"].column("key_area").codes == tuple(rules.key_areas)
    assert CONTRACTS["actions"].column("key_area").codes == tuple(rules.key_areas)
    assert {*rules.auditor_roles, *rules.panel_roles} <= set(CONTRACTS["moderations"].column("panel").code_aliases)
    known = {comparable(word): code for word, code in CONTRACTS["audits"].column("theme_code").code_aliases.items()}
    assert {comparable(name): code for code, name in rules.themes.items()}.items() <= known.items()


def test_a_code_of_an_open_list_is_known_however_it_is_written():
    assert CONTRACTS["audits"].column("auditor_role").code_aliases["team manager"] == "team manager"


@pytest.mark.parametrize(
    ("dataset", "column"),
    [
        ("audits", "audited_on"), ("moderations", "moderated_on"), ("findings", None), ("actions", "agreed_on"),
        ("caseload", "snapshot_on"), ("staff", "started_on"), ("conferences", None), ("audit_plan", None),
    ],
)  # fmt: skip
def test_the_date_by_which_a_row_has_happened(dataset: str, column: str | None):
    assert CONTRACTS[dataset].happens_on == column


def test_what_is_planned_may_lie_ahead():
    planned = {f"{name}.{c.name}" for name, contract in CONTRACTS.items() for c in contract.columns if c.is_planned}
    assert planned == {
        "actions.due_on", "supervision.next_due_on", "smt_decisions.due_on", "practice_alerts.response_due_on",
        "conferences.due_on", "complaints_compliments.due_on", "staff.ended_on", "staff.asye_ended_on",
        "staff.leave_from_on", "staff.leave_to_on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "heading", "column"),
    [
        ("audits", "Child LCS ID", "child_id"),
        ("audits", "Month of audit", "cycle_month"),
        ("audits", "IRO/CP Chair", "reviewing_officer_id"),
        ("audits", "1. Help, Protection and Stability - grade", "grade_help_protection_stability"),
        ("audits", "6. Supervision and management oversight", "grade_supervision_oversight"),
        ("audits", "Date of conversation with worker", "key_worker_conversation_on"),
        ("audits", "TM", "team_manager_id"),
        ("moderations", "Moderated grade", "overall_grade"),
        ("moderations", "Moderator comments", "reason_for_change"),
        ("actions", "By whom", "owner_id"),
        ("actions", "By when", "due_on"),
        ("caseload", "Allocated Worker", "key_worker_id"),
    ],
)
def test_headings_met_in_practice_are_known(dataset: str, heading: str, column: str):
    wanted = comparable(heading)
    found = [c.name for c in CONTRACTS[dataset].columns if wanted in map(comparable, (c.name, *c.aliases))]
    assert found == [column]


@pytest.mark.parametrize(
    ("dataset", "column", "word", "code"),
    [
        ("audits", "case_status", "looked after child", "CLA"),
        ("audits", "auditor_role", "TM", "team manager"),
        ("audits", "key_worker_conversation_mode", "teams", "video"),
        ("findings", "key_area", "3. assessment", "assessment"),
        ("moderations", "panel", "PSW", "principal social worker"),
        ("audit_answers", "answer", "n/a", "not applicable"),
    ],
)
def test_words_met_in_practice_are_known(dataset: str, column: str, word: str, code: str):
    assert CONTRACTS[dataset].column(column).code_aliases[word] == code


def test_a_heading_that_may_be_a_yes_or_no_beside_a_date_is_not_taken_for_the_date():
    known = {comparable(alias) for column in CONTRACTS["actions"].columns for alias in column.aliases}
    assert "completed" not in known
    assert "date completed" in known

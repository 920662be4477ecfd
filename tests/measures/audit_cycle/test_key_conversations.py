from small import found, tables

from qa_analysis.measures.audit_cycle.key_conversations import key_conversations

JUNE = "2023-06"


def test_a_reviewing_officer_is_expected_of_a_child_cared_for_or_on_a_plan_and_of_a_fostering_household() -> None:
    rows = key_conversations(
        tables(
            audits=[
                {"case_status": "CP", "reviewing_officer_conversation_on": "2023-06-14"},
                {"case_status": "CLA", "reviewing_officer_conversation_reason": "on leave"},
                {"case_status": "fostering"},
                {"case_status": "CIN", "reviewing_officer_conversation_on": "2023-06-14"},
                {"case_status": None},
            ],
        )
    )
    held = found(rows, "reviewing_officer_conversation", period=JUNE)
    said = found(rows, "reviewing_officer_reason", period=JUNE)
    assert (held.numerator, held.denominator) == (1, 3)
    assert (said.numerator, said.denominator) == (1, 2)


def test_a_conversation_after_the_day_of_the_audit_came_after_the_grade_and_one_on_the_day_did_not() -> None:
    days = ("2023-06-14", "2023-06-15", "2023-06-16", None)
    rows = key_conversations(
        tables(audits=[{"audited_on": "2023-06-15", "key_worker_conversation_on": day} for day in days])
    )
    row = found(rows, "graded_before_conversation", period=JUNE)
    assert (row.numerator, row.denominator) == (1, 3)


def test_what_the_form_does_not_ask_for_is_not_recorded_and_never_failed() -> None:
    assert key_conversations(tables(audits=[{"case_status": "CP"}])) == []

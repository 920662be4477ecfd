"""Fostering in the cycle: audits about carers, which name no child, count as audits and as nobody's child."""

from small import found, tables

from qa_analysis.measures.audit_cycle.key_conversations import key_conversations
from qa_analysis.measures.audits.children import children_audited
from qa_analysis.measures.audits.volumes import volumes
from qa_analysis.measures.grades.grades import grades
from qa_analysis.questions.scope import audited

CARERS = {"service_area": "Fostering", "team": "Fostering", "subject": "carer", "child_id": None,
          "case_status": "fostering", "reviewing_officer_role": "FIRO"}  # fmt: skip
HELD = tables(
    audits=[
        *({**CARERS, "overall_grade": grade} for grade in ("good", "good", "inadequate")),
        {"child_id": "C1", "case_status": "CLA", "overall_grade": "good"},
        {**CARERS, "reviewing_officer_conversation_on": "2023-06-14"},
    ],
    caseload=[
        {"snapshot_on": "2023-05-31", "child_id": child, "case_status": status, "service_area": "S", "team": "North",
         "key_worker_id": "kw"}
        for child, status in (("C1", "CLA"), ("C2", "CIN"), ("F1", "fostering"))
    ],
)  # fmt: skip


def test_audits_of_carers_count_among_the_cycles_audits_and_in_its_grades() -> None:
    assert found(volumes(HELD), "audits_completed", by="").value == 5
    assert found(volumes(HELD), "audits_completed", group="Fostering", by="service_area").value == 4
    row = found(grades(HELD), "good_or_better", by="", period="2023-06")
    assert (row.numerator, row.denominator) == (4, 5)


def test_households_are_no_open_children_and_their_audits_reach_none() -> None:
    row = found(children_audited(HELD), "open_children_audited", by="")
    assert (row.numerator, row.denominator) == (1, 2)


def test_a_conversation_with_the_fostering_reviewing_officer_is_expected() -> None:
    row = found(key_conversations(HELD), "reviewing_officer_conversation", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 5)


def test_each_carers_audit_stands_for_itself_where_people_are_counted() -> None:
    assert audited(HELD.audits)["child"].nunique() == 5

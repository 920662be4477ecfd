"""What families spoke of, by the prompt that their words suggest, beside what their own audit found on it."""

from typing import Any

from small import found, tables

from qa_analysis.measures.voices.by_subject import views_by_subject

PLAN = "The plan makes sense to me, I have it on the fridge."
AUDITS = [{"child_id": f"child {number}", "key_worker_id": f"kw {number}"} for number in range(1, 5)]


def heard(number: int, words: str | None, **more: Any) -> dict[str, Any]:
    return {"audit_id": f"audits-{number}", "feedback_id": f"f {number}", "text": words, "views": "positive", **more}


def test_a_subject_of_three_children_is_told_with_what_their_audits_found() -> None:
    said = [heard(1, PLAN), heard(2, PLAN), heard(3, PLAN), heard(4, "It is okay.")]
    findings = [
        {"audit_id": "audits-1", "theme_code": "1.1", "polarity": "strength"},
        {"audit_id": "audits-2", "theme_code": "1.1", "polarity": "development"},
        {"audit_id": "audits-3", "theme_code": "6.5", "polarity": "development"},
    ]
    figures = views_by_subject(tables("2023-06", audits=AUDITS, findings=findings, family_feedback=said))
    told = {
        row.measure: row.value for row in figures if row.group in ((), ("1.1",))
    }  # fmt: skip
    assert told == {
        "family_contacts_with_words": 4, "family_contacts_with_a_subject": 3, "family_views_by_subject": 3,
        "family_views_positive_by_subject": 3, "family_views_mixed_by_subject": 0,
        "family_views_negative_by_subject": 0, "family_views_found_strength": 1, "family_views_found_development": 1,
    }  # fmt: skip


def test_a_subject_of_two_children_is_told_of_nobody() -> None:
    said = [heard(1, PLAN), heard(2, PLAN), heard(2, PLAN, feedback_id="f 2b"), heard(3, "It is okay.")]
    figures = views_by_subject(tables("2023-06", audits=AUDITS, family_feedback=said))
    assert {row.measure for row in figures} == {"family_contacts_with_words", "family_contacts_with_a_subject"}
    assert found(figures, "family_contacts_with_a_subject").value == 3


def test_without_words_or_without_the_dataset_there_is_no_figure() -> None:
    assert views_by_subject(tables("2023-06", audits=AUDITS, family_feedback=[heard(1, None)])) == []
    assert views_by_subject(tables("2023-06", audits=AUDITS)) == []

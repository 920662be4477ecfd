from small import found, tables

from qa_analysis.measures.audits.selection import selection
from qa_analysis.measures.voices.contact import voice


def test_a_conversation_dated_after_the_day_was_not_held_yet() -> None:
    rows = voice(
        tables(
            audits=[
                {"key_worker_conversation_on": "2023-06-14"},
                {"key_worker_conversation_on": "2023-07-11"},
                {"key_worker_conversation_on": None},
            ]
        )
    )
    row = found(rows, "key_worker_conversation_held")
    assert (row.numerator, row.denominator) == (1, 3)


def test_contact_counts_audits_not_people_and_needs_a_date_by_the_day() -> None:
    feedback = [
        {"audit_id": "audits-1", "outcome": "engaged"},
        {"audit_id": "audits-1", "outcome": "declined", "respondent": "child"},
        {"audit_id": "audits-2", "outcome": "not appropriate"},
        {"audit_id": "audits-3", "outcome": "no reply"},
        {"audit_id": "audits-4", "outcome": "engaged", "contacted_on": None},
        {"audit_id": "audits-5", "outcome": "engaged", "contacted_on": "2023-07-11"},
    ]
    rows = voice(tables(audits=[{}] * 6, family_feedback=feedback))
    tried, engaged = found(rows, "family_contact_attempted"), found(rows, "family_engaged")
    assert (tried.numerator, tried.denominator) == (2, 6)
    assert (engaged.numerator, engaged.denominator) == (1, 6)
    where_appropriate = found(rows, "family_contact_attempted_where_appropriate")
    assert (where_appropriate.numerator, where_appropriate.denominator) == (2, 5)


def test_feedback_not_supplied_gives_no_figure() -> None:
    rows = voice(tables(audits=[{}]))
    assert not [row for row in rows if row.measure.startswith("family")]


def test_exactly_seven_days_is_enough_notice() -> None:
    rows = selection(tables(audits=[{"notice_on": "2023-06-08"}, {"notice_on": "2023-06-09"}, {"notice_on": None}]))
    row = found(rows, "notice_under_7_days")
    assert (row.numerator, row.denominator) == (1, 2)


def test_a_worker_audited_in_two_cycles_running_is_counted_once() -> None:
    before = {"cycle_month": "2023-05", "audited_on": "2023-05-10"}
    held = tables(
        audits=[
            {"key_worker_id": "a"}, {"key_worker_id": "a"}, {"key_worker_id": "b"},
            {"key_worker_id": "a", **before, "selection_route": "reactive"}, {"key_worker_id": "c", **before},
        ]
    )  # fmt: skip
    assert found(selection(held), "consecutive_month_workers").value == 1


def test_where_the_form_asks_yes_or_no_yes_is_a_conversation() -> None:
    audits = [{"was_key_worker_spoken_to": answer} for answer in (True, False, None)]
    row = found(voice(tables(audits=audits)), "key_worker_conversation_held")
    assert (row.numerator, row.denominator) == (1, 3)


def test_a_day_and_a_yes_of_one_audit_are_one_conversation() -> None:
    audits = [{"was_key_worker_spoken_to": True, "key_worker_conversation_on": "2023-06-14"}, {}]
    row = found(voice(tables(audits=audits)), "key_worker_conversation_held")
    assert (row.numerator, row.denominator) == (1, 2)


def test_a_form_that_asks_whether_the_family_was_spoken_to_says_who_engaged_and_not_who_was_tried() -> None:
    rows = voice(tables(audits=[{"was_family_spoken_to": True}, {"was_family_spoken_to": False}]))
    assert [(row.measure, row.numerator, row.denominator) for row in rows] == [("family_engaged", 1, 2)]


def test_contacts_and_the_forms_yes_count_each_audit_once() -> None:
    audits = [{"was_family_contacted": True}, {"was_family_contacted": True}, {"was_family_contacted": False}]
    rows = voice(tables(audits=audits, family_feedback=[{"audit_id": "audits-1", "outcome": "engaged"}]))
    assert found(rows, "family_contact_attempted").numerator == 2
    assert found(rows, "family_engaged").numerator == 1

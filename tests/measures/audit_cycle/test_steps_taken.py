from small import found, tables

from qa_analysis.measures.audit_cycle.after_audit import ALERT, NOTE
from qa_analysis.measures.audit_cycle.steps_taken import steps_taken


def test_the_share_of_a_step_is_of_the_audits_that_it_was_asked_for_and_known_of() -> None:
    rows = steps_taken(
        tables(audits=[{"file_note_on": "2023-06-20"}, {}, {"cycle_month": "2023-05", "file_note_on": "2023-06-01"}])
    )
    now, year = (
        found(rows, "after_audit_done", group=NOTE, period=period) for period in ("2023-06", "2022-07/2023-06")
    )
    assert (now.numerator, now.denominator) == (1, 2)
    assert (year.numerator, year.denominator) == (2, 3)
    assert found(rows, "after_audit_missing", period="2023-06", group="auditor").value == 1


def test_a_step_that_the_council_records_of_no_audit_is_not_recorded_and_has_no_figure() -> None:
    rows = steps_taken(tables(audits=[{"file_note_on": "2023-06-20"}]))
    assert not [row for row in rows if row.group == (ALERT,)]

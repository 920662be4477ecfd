"""The headlines of the SMT report: one claim each, with its number, its interval and what it does not show."""

import re

import pytest
from small import asked, month, tables

from qa_analysis.month.month import Month
from qa_analysis.reports.smt_report.headlines import actions, difference, families, graded, headlines, key_areas, panel

THEN = {"cycle_month": "2022-12", "audited_on": "2022-12-12"}
BARE = re.compile(r"\d+(?:\.\d+)?")


def audits(good: int, of: int, **more: str) -> list[dict[str, str]]:
    return [{"overall_grade": "good" if place < good else "inadequate", **more} for place in range(of)]


def test_a_change_without_evidence_is_never_called_one() -> None:
    said = graded(month(tables(audits=[*audits(15, 38), *audits(14, 33, **THEN)])))
    assert said.startswith("Auditors graded 39% of audits good or better (15 of 38; likely range 26% to 55%) and 23 as")
    assert "no clear evidence of change" in said
    assert "; a sample of this size would only reliably show a rise of" in said


def test_improving_is_said_with_its_interval() -> None:
    said = graded(month(tables(audits=[*audits(36, 40), *audits(12, 40, **THEN)])))
    assert re.search(r"\(up 60 percentage points; range \+\d+ to \+\d+\): improving\.", said)


def test_too_few_audits_are_not_judged() -> None:
    said = graded(month(tables(audits=[*audits(6, 9), *audits(12, 40, **THEN)])))
    assert said.endswith("too few audits to judge a change.")


def test_a_first_month_has_nothing_to_compare_with() -> None:
    assert "no headline audit of December 2022" in graded(month(tables(audits=audits(3, 9))))


def test_a_month_of_showcased_audits_has_no_headline() -> None:
    said = graded(month(tables(audits=audits(3, 3, selection_route="nominated good"))))
    assert said.startswith("No headline audit")


def test_a_worse_area_is_named_with_its_interval() -> None:
    then = [{"grade_assessment": "good", **THEN} for _ in range(40)]
    now = [{"grade_assessment": "inadequate"} for _ in range(40)]
    said = key_areas(month(tables(audits=[*then, *now])))
    assert said.startswith("Assessment (down 100 percentage points; range \u2212100 to ")


def test_a_panel_that_has_not_met_is_said() -> None:
    assert panel(month(tables(audits=audits(3, 9)))).startswith(
        "The panel has not yet moderated an audit of this cycle; 3 audits were due."
    )


def test_the_panel_sentence_counts_each_direction() -> None:
    moderations = [
        {"audit_id": "audits-1", "overall_grade": "inadequate"},
        {"audit_id": "audits-2", "overall_grade": "good"},
        {"audit_id": "audits-3", "overall_grade": "good"},
    ]
    said = panel(month(tables(audits=audits(9, 9), moderations=moderations)))
    assert said.startswith("The panel upheld 2 of the 3 grades it moderated, lowered 1 and raised none: too few to")
    assert "too few to say how far auditors and panel agree" in said


def statements(*texts: str | None) -> Month:
    return month(tables(audits=[{"impact_statement": text} for text in texts]))


def test_what_the_records_say_changed_for_the_child_has_its_direction_and_its_share() -> None:
    said = difference(
        statements(*["The child is safer now."] * 6, "The child is not safer.", "The form was completed.")
    )
    assert said.startswith(
        "Things got better for the child in 75% of audits (6 of 8; 41% to 93%), by the words of their"
    )
    assert "in 1 they got worse or did not change, in none some got better and others not; 1 does not say." in said


def test_wording_that_our_reading_cannot_place_is_not_a_record_that_does_not_say() -> None:
    said = difference(statements(*["Mother moved to another town in March."] * 5, None, "The child is safer now."))
    assert said.startswith(
        "For most children we cannot say what difference was made: of 7 audits 1 does not say and in 5"
    )
    assert "in 5 the wording gave no clear direction. Things got better in 1," in said


def test_without_any_statement_the_difference_is_not_known() -> None:
    assert difference(statements(None, None)).startswith("What difference it made to children cannot be said")


def test_nobody_is_quoted_where_page_one_would_run_over(monkeypatch: pytest.MonkeyPatch) -> None:
    held = month(
        tables(
            audits=[{"impact_statement": "The child is safer now."}] * 8,
            findings=[{"audit_id": "audits-1", "text": "The child is safer now."}],
            approved_quotations=[
                {"finding_id": "findings-1", "approved_by_role": "principal social worker", "approved_on": "2023-07-01"}
            ],
        )
    )
    fits = headlines(held)
    assert fits[3].endswith(" \u201cThe child is safer now.\u201d")
    monkeypatch.setattr("qa_analysis.reports.smt_report.headlines.LETTERS", sum(map(len, fits)) - 1)
    assert [text.partition(" \u201c")[0] for text in fits] == headlines(held)


def test_no_overdue_action_is_said_plainly() -> None:
    assert actions(month(tables(audits=[{}], actions=[{"agreed_on": "2023-07-01"}]))).endswith("; none is overdue.")


def test_feedback_that_did_not_come_is_said_once() -> None:
    assert families(month(tables(audits=[{}]))) == "Families' views: not supplied this month."


def test_the_audit_forms_own_yes_and_no_are_told_where_contacts_are_not_kept_one_by_one() -> None:
    audits = [{"was_family_contacted": True, "was_family_spoken_to": place < 2} for place in range(3)]
    assert families(month(tables(audits=audits))) == (
        "By the audit form, auditors contacted families in 3 of 3 audits; a family member spoke with the auditor in 2 "
        "of 3 audits. What families said was not supplied."
    )


@pytest.mark.parametrize("good", [0, 7, 20])
def test_every_number_in_the_headlines_is_one_of_the_measures(good: int) -> None:
    feedback = [{"audit_id": f"audits-{number}"} for number in range(1, 8)]
    held = month(tables(audits=[*audits(good, 20), *audits(9, 17, **THEN)], family_feedback=feedback, actions=[{}] * 9))
    text = " ".join(headlines(held)).replace("December 2022", "")
    numbers = asked(held)[["numerator", "denominator", "value", "lower", "upper"]].stack().dropna()
    shown = {f"{number:.0f}" for number in numbers} | {f"{abs(100 * number):.0f}" for number in numbers}
    rules = {str(held.rules.action_days)}
    assert [number for number in BARE.findall(text) if number not in shown | rules] == []

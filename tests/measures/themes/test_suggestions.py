from typing import Any

import pytest
from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.figure import TOO_FEW, joined
from qa_analysis.measures.populations import SUGGESTED
from qa_analysis.measures.themes.findings import themes
from qa_analysis.measures.themes.suggestions import (
    CORRECTED,
    SILENT,
    SURE,
    UNSURE,
    learnt_from,
    suggested_themes,
    suggestions,
)
from qa_analysis.stats.wording.text import LEARNT_FROM

SUPERVISION = "Supervision is regular and takes place every four weeks as the policy asks."
BEFORE, NOW = "audits-1", "audits-2"
AREA = {"key_area": "supervision_oversight", "polarity": "development"}
CODED = [{"audit_id": BEFORE, "theme_code": "6.1", "text": SUPERVISION, **AREA}] * 6
WHO = {"corrected_by_role": "principal social worker"}


def month(*of_now: dict[str, Any], before: list[dict[str, Any]] = CODED, **more: Any) -> Tables:
    audits = [{"audit_id": BEFORE, "cycle_month": "2023-05", "audited_on": "2023-05-15"}, {"audit_id": NOW}]
    findings = [*before, *({"audit_id": NOW, **AREA, **finding} for finding in of_now)]
    return tables(audits=audits, findings=findings, **more)


def test_a_finding_without_a_code_reads_like_those_that_were_coded_before() -> None:
    held = suggestions(month({"text": SUPERVISION}))
    assert held[["code", "outcome"]].to_numpy().tolist() == [["6.1", SURE]]


def test_a_suggestion_is_counted_apart_and_as_no_theme() -> None:
    held = month(
        {"text": SUPERVISION}, {"text": "?"}, {"text": "Hello there."}, {"theme_code": "6.1", "text": SUPERVISION}
    )
    rows = suggested_themes(held)
    counted = found(rows, "suggested_theme_count", group="6.1+development")
    assert (counted.value, counted.population) == (1, SUGGESTED)
    outcomes = {joined(row.group): row.value for row in rows if row.measure == "suggestions"}
    assert outcomes[SURE] == 1
    assert outcomes[UNSURE] + outcomes[SILENT] == 2
    assert found(themes(held), "theme_count", group="6.1+development").value == 1


def test_how_often_it_agrees_is_told_by_findings_it_has_not_learnt_from() -> None:
    rows = suggested_themes(
        month({"text": SUPERVISION, "theme_code": "6.1"}, {"text": SUPERVISION, "theme_code": "6.5"})
    )
    agrees = found(rows, "suggestion_agrees", group="theme")
    assert (agrees.numerator, agrees.denominator, agrees.note) == (1, 2, TOO_FEW)
    assert found(rows, "suggestion_dared", group="theme").value == 1
    # Coded otherwise in the month alone: nothing of the month is learnt from, so the suggestion stays what it was.
    other = month(*[{"text": SUPERVISION, "theme_code": "6.5"}] * 30)
    assert set(suggestions(other)["code"]) == {"6.1"}


def test_without_a_key_area_the_area_is_suggested_too_and_doubts_multiply() -> None:
    held = suggestions(month({"text": SUPERVISION, "key_area": None})).iloc[0]
    assert (held["suggested_area"], held["code"]) == ("supervision_oversight", "6.1")
    with_area = suggestions(month({"text": SUPERVISION})).iloc[0]
    assert held["confidence"] == pytest.approx(with_area["confidence"] * held["area_confidence"])


def test_the_key_area_on_record_bounds_the_theme() -> None:
    held = suggestions(month({"text": SUPERVISION, "key_area": "assessment"})).iloc[0]
    assert held["code"].startswith("3.") or held["code"] == "impact"
    assert held["suggested_area"] == "supervision_oversight"


def test_what_was_corrected_is_learnt_from_next_month_and_suggested_no_more() -> None:
    odd = "The trampoline was oiled and the trampoline was blue."
    before = [*CODED, *[{"audit_id": BEFORE, "text": odd, **AREA}] * 6]
    given = [
        {"finding_id": f"findings-{number}", "theme_code": "6.4", "suggested_code": "6.4" if number > 8 else "6.1",
         "corrected_on": "2023-06-01", **WHO}
        for number in range(7, 13)
    ]  # fmt: skip
    assert suggestions(month({"text": odd}, before=before)).iloc[0]["outcome"] != SURE
    held = month({"text": odd}, before=before, code_corrections=given)
    assert suggestions(held)[["code", "outcome"]].to_numpy().tolist() == [["6.4", SURE]]
    kept = found(suggested_themes(held), "suggestion_kept")
    assert (kept.numerator, kept.denominator) == (4, 6)
    assert "6.4+development" not in {joined(row.group) for row in themes(held) if row.measure == "theme_count"}


def test_a_finding_of_the_month_given_a_code_since_is_corrected_and_no_suggestion() -> None:
    given = [{"finding_id": "findings-7", "theme_code": "6.5", "corrected_on": "2023-06-20", **WHO}]
    rows = suggested_themes(month({"text": SUPERVISION}, code_corrections=given))
    assert found(rows, "suggestions", group=CORRECTED).value == 1
    assert not [row for row in rows if row.measure == "suggested_theme_count"]


def test_a_correction_made_after_the_day_is_not_known_yet() -> None:
    given = [{"finding_id": "findings-7", "theme_code": "6.5", "corrected_on": "2023-09-20", **WHO}]
    assert suggestions(month({"text": SUPERVISION}, code_corrections=given)).iloc[0]["outcome"] == SURE


def test_with_nothing_coded_yet_the_codebook_is_what_is_learnt_from() -> None:
    asked = "Supervision happened every month and is on the file."
    assert suggestions(month({"text": asked}, before=[])).iloc[0]["code"].startswith("6.")


def test_a_month_without_findings_has_no_figure() -> None:
    assert suggested_themes(month()) == []


BULLETS = {
    "No evidence of contingency planning": "1.4",
    "SMART plan needed": "1.2",
    "Good use of genogram": "2.2",
    "Chronology not up to date": "2.2",
    "Voice of the child is strong": "4.2",
    "Clear evidence of relationship with child": "4.3",
    "Gaps in supervision": "6.1",
    "Lack of management oversight": "6.5",
    "Life story work not started": "2.6",
    "Too much jargon": "2.7",
}


def test_plain_bullets_get_their_codes_where_nobody_has_coded_anything_yet() -> None:
    held = suggestions(
        tables(
            audits=[{"audit_id": "a"}],
            findings=[{"audit_id": "a", "text": text, "theme_code": None, "key_area": None} for text in BULLETS],
        )
    )
    found = held.set_index("text")
    sure = found[found["outcome"] == SURE]
    assert len(sure) >= 8
    assert {text: code for text, code in sure["code"].items() if code != BULLETS[text]} == {}


OF_PLANS = "The plan is clear and has a date for every step."


def of_cycle(cycle: str, *findings: tuple[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    audit = {"audit_id": f"a-{cycle}", "cycle_month": cycle, "audited_on": f"{cycle}-15"}
    return audit, [{"audit_id": f"a-{cycle}", "theme_code": code, "text": text, **AREA} for code, text in findings]


@pytest.mark.parametrize(("newest", "learnt"), [(LEARNT_FROM, False), (LEARNT_FROM - 1, True), (1, True)])
def test_older_cycles_are_learnt_from_where_the_newest_has_too_few_of_a_code(newest: int, learnt: bool) -> None:
    cycles = [
        of_cycle("2023-03", *[("6.1", OF_PLANS)] * 3),
        of_cycle("2023-04", *[("6.1", SUPERVISION)] * newest, ("6.1", "?"), ("6.5", "?")),
    ]
    audits, findings = [audit for audit, _ in cycles], [one for _, some in cycles for one in some]
    known = learnt_from(tables(audits=[*audits, {}], findings=findings))
    assert known["text"].tolist().count(OF_PLANS) == (3 if learnt else 0)
    assert known["text"].tolist().count(SUPERVISION) == newest

from small import found, tables

from qa_analysis.measures.themes.findings import safeguarding_without_action, themes
from qa_analysis.measures.themes.prevalence import theme_prevalence


def held(**more: object):
    findings = [
        {"audit_id": "audits-1", "theme_code": "3.1", "polarity": "development"},
        {"audit_id": "audits-1", "theme_code": "3.1", "polarity": "development"},
        {"audit_id": "audits-1", "theme_code": "3.10", "polarity": "development"},
        {"audit_id": "audits-2", "theme_code": "3.1", "polarity": "strength"},
        {"audit_id": "audits-2", "theme_code": None, "polarity": "strength"},
        {"audit_id": "audits-3", "theme_code": "3.1", "polarity": "strength"},
    ]
    return tables(audits=[{}, {}, {"selection_route": "reactive"}], findings=findings, **more)


def test_findings_are_counted_by_prompt_and_three_one_is_not_three_ten() -> None:
    rows = themes(held())
    assert found(rows, "theme_count", group="3.1+development").value == 2
    assert found(rows, "theme_count", group="3.10+development").value == 1
    assert found(rows, "theme_count", group="3.1+strength").value == 1  # the reactive audit is not in the headline
    assert found(rows, "theme_count", group="not coded+strength").value == 1


def test_prevalence_counts_audits_so_that_a_wordy_audit_counts_once() -> None:
    row = found(theme_prevalence(held()), "theme_prevalence", group="3.1+development", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 2)


def test_every_area_has_both_counts_even_when_none() -> None:
    rows = themes(held())
    assert found(rows, "finding_count", group="assessment+development").value == 3
    assert found(rows, "finding_count", group="multi_agency+strength").value == 0


def test_a_safeguarding_finding_without_an_action_is_counted() -> None:
    findings = [
        {"audit_id": "audits-1", "is_safeguarding": True, "polarity": "development"},
        {"audit_id": "audits-2", "is_safeguarding": True, "polarity": "development"},
    ]
    council = tables(
        audits=[{}, {}],
        findings=findings,
        actions=[
            {"audit_id": "audits-1", "is_safeguarding": True},
            {"audit_id": "audits-2", "is_safeguarding": False},
        ],
    )
    rows = safeguarding_without_action(council)
    assert found(rows, "safeguarding_findings").value == 2
    assert found(rows, "safeguarding_findings_without_action").value == 1

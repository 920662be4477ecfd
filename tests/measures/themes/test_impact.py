import pandas as pd
from small import found, tables

from qa_analysis.framework import resource, rules_for
from qa_analysis.measures.themes.impact import impact, wording

RULES = rules_for("2023-06")


def kind(text: str) -> str:
    return str(wording(pd.Series([text]), RULES).iloc[0])


def test_wording_is_told_by_whole_words_of_the_lists() -> None:
    assert kind("Because of this the child feels safer.") == "impact"
    assert kind("The visit was not recorded on file.") == "compliance"
    assert kind("The late plan meant that the child waited.") == "both"
    assert kind("The worker is curious.") == "neither"
    assert kind("The plan was related to need.") == "neither"  # "late" is no part of "related"
    assert kind("OUTCOMES were better for her") == "impact"


def test_findings_of_the_headline_are_counted_by_wording_and_polarity() -> None:
    held = tables(
        audits=[{}, {"selection_route": "reactive"}],
        findings=[
            {"audit_id": "audits-1", "text": "The child feels heard."},
            {"audit_id": "audits-1", "text": "The chronology is missing.", "polarity": "development"},
            {"audit_id": "audits-2", "text": "The child feels heard."},
        ],
    )
    rows = impact(held)
    row = found(rows, "finding_wording", group="impact", period="2023-06")
    assert (row.numerator, row.denominator) == (1, 2)
    assert found(rows, "finding_wording", group="development+compliance").value == 1
    assert found(rows, "finding_wording", group="strength+compliance").value == 0


def test_actions_are_those_agreed_in_the_period() -> None:
    held = tables(
        audits=[{}],
        actions=[
            {"description": "Complete the chronology", "agreed_on": "2023-06-02"},
            {"description": "Help the child feel safer", "agreed_on": "2023-05-02"},
            {"description": "Complete the form", "agreed_on": "2023-07-02"},
        ],
    )
    rows = impact(held)
    month = found(rows, "action_wording", group="compliance", period="2023-06")
    assert (month.numerator, month.denominator) == (1, 1)
    assert found(rows, "action_wording", group="impact", period="2022-07/2023-06").denominator == 2


def test_a_missing_impact_statement_is_counted_only_where_the_extract_has_any() -> None:
    rows = impact(tables(audits=[{"impact_statement": "x"}, {}, {"selection_route": "reactive"}]))
    month = found(rows, "impact_statement_missing", period="2023-06")
    assert (month.numerator, month.denominator) == (2, 3)
    assert not [row for row in impact(tables(audits=[{}])) if row.measure == "impact_statement_missing"]


def test_both_lists_are_printed_in_the_methods() -> None:
    page = (resource("data_contracts").parent / "docs" / "methods.md").read_text(encoding="utf-8")
    assert ", ".join(RULES.impact_words) in page
    assert ", ".join(RULES.compliance_words) in page

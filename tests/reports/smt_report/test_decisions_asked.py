import re

from small import month, tables

from qa_analysis.reports.smt_report.decisions import asked

MODERATED = [{"audit_id": "audits-1"}]


def decisions(markup: str) -> list[str]:
    return re.findall(r'<th scope="row">(.*?)</th>', markup)


def test_safeguarding_comes_first() -> None:
    late = {"due_on": "2023-07-01", "is_safeguarding": True}
    rows = decisions(asked(month(tables(audits=[{}], actions=[late], moderations=MODERATED))).markup)
    assert rows[0] == "Agree how overdue safeguarding actions will be completed"


def test_at_most_five_decisions_are_asked() -> None:
    held = tables(
        audits=[{}, {}],
        actions=[{"due_on": "2023-07-01", "is_safeguarding": True}],
        findings=[{"audit_id": "audits-2", "is_safeguarding": True, "polarity": "development", "theme_code": "6.1"}],
        smt_decisions=[
            {"meeting_on": "2023-06-20", "due_on": "2023-07-01", "item": "x", "decision": "x", "owner_id": "w"}
        ],
        family_feedback=[{"audit_id": "audits-1"}],
    )
    assert len(decisions(asked(month(held)).markup)) == 5


def test_a_month_with_nothing_pressing_asks_for_nothing() -> None:
    assert "no decision of their own" in asked(month(tables(audits=[{}], moderations=MODERATED))).markup


def test_each_decision_has_a_post_and_a_date() -> None:
    markup = asked(month(tables(audits=[{}, {}]))).markup
    assert "Principal Social Worker" in markup
    assert "10 August 2023" in markup

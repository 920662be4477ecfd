from lists import write_lists
from small import found, tables

from qa_analysis.measures.figure import joined
from qa_analysis.measures.themes.both_kinds import balance
from qa_analysis.reports.themes.balance_list import balance_list, one_sided

FINDINGS = [
    {"audit_id": "audits-1", "polarity": "strength"}, {"audit_id": "audits-1", "polarity": "development"},
    {"audit_id": "audits-2", "polarity": "strength"}, {"audit_id": "audits-3", "polarity": "development"},
]  # fmt: skip


def test_an_audit_shares_both_kinds_one_alone_or_none() -> None:
    rows = balance(tables(audits=[{}, {}, {}, {"selection_route": "reactive"}], findings=FINDINGS))
    month = {joined(row.group): (row.numerator, row.denominator) for row in rows if row.period == "2023-06"}
    assert month == {
        "both": (1, 4), "strengths only": (1, 4), "developments only": (1, 4), "no findings": (1, 4),
    }  # fmt: skip


def test_the_list_names_the_audits_and_is_not_written_without_any(tmp_path) -> None:
    held = tables(audits=[{}] * 4, findings=FINDINGS)
    assert one_sided(held).to_dict("list") == {
        "Audit": ["audits-2", "audits-3", "audits-4"],
        "Findings": ["strengths only", "developments only", "no findings"],
    }
    write_lists(tmp_path, tables(audits=[{}], findings=FINDINGS[:2]), balance_list)
    assert not (tmp_path / "restricted").exists()


def test_no_findings_at_all_is_a_share_of_all_audits() -> None:
    assert found(balance(tables(audits=[{}])), "findings_balance", group="no findings", period="2023-06").value == 1

"""The good-practice register: strengths somebody approved, and whether anything stands in the way of sharing them."""

from typing import Any

from small import found, tables

from qa_analysis.data.tables import Tables
from qa_analysis.measures.themes.good_practice import good_practice, register

FINDINGS = [
    {"audit_id": f"audits-{1 + number % 3}", "theme_code": "1.1" if number < 3 else "4.2", "polarity": side}
    for number, side in enumerate(("strength", "strength", "development", "strength", "strength"))
]  # fmt: skip


def approved(finding: int, **more: Any) -> dict[str, Any]:
    usual = {"approved_by_role": "principal social worker", "approved_on": "2023-06-28"}
    return {"finding_id": f"findings-{finding}", **usual, **more}


def council(*rows: dict[str, Any]) -> Tables:
    return tables("2023-06", audits=[{}, {}, {}], findings=FINDINGS, approved_quotations=rows)


def test_strengths_are_counted_and_those_ready_have_both_flags() -> None:
    figures = good_practice(
        council(
            approved(1, has_consent=True, is_anonymous=True),
            approved(2, has_consent=True, is_anonymous=False),
            approved(3, has_consent=True, is_anonymous=True),  # for development: no good practice
            approved(4, has_consent=None, is_anonymous=True),
        )
    )
    assert found(figures, "good_practice_approved", by="").value == 3
    assert found(figures, "good_practice_to_share", by="").value == 1
    assert found(figures, "good_practice_approved", group="1.1").value == 2
    assert found(figures, "good_practice_to_share", group="4.2").value == 0


def test_the_register_says_what_still_stands_in_the_way() -> None:
    held = register(
        council(approved(1), approved(5, has_consent=True, is_anonymous=True), approved(4, approved_on=None))
    )
    assert held is not None
    assert dict(zip(held["finding_id"], held["lacking"], strict=True)) == {
        "findings-1": "consent not recorded; anonymity not checked", "findings-5": "",
    }  # fmt: skip


def test_without_approvals_there_is_no_register() -> None:
    assert good_practice(tables("2023-06", audits=[{}], findings=[])) == []

"""Whether answers and findings of the same audit say the same."""

from small import found, tables

from qa_analysis.measures.prompts.against_findings import (
    FOUND_THOUGH_YES,
    PRAISED_THOUGH_NO,
    against_findings,
    differing,
)

HELD = tables(
    audits=[{"audit_id": "a"}, {"audit_id": "b"}, {"audit_id": "c", "selection_route": "induction"}],
    audit_answers=[
        {"audit_id": audit, "prompt_code": code, "answer": answer}
        for audit, code, answer in (
            ("a", "1.1", "no"), ("a", "1.2", "no"), ("a", "3.1", "yes"), ("a", "3.10", "partly"), ("a", "4.1", "no"),
            ("b", "1.1", "yes"), ("b", "1.2", "not applicable"), ("c", "1.1", "no"),
        )
    ],
    findings=[
        {"audit_id": audit, "theme_code": code, "polarity": polarity}
        for audit, code, polarity in (
            ("a", "1.1", "development"), ("a", "1.1", "development"),  # twice in an audit is once
            ("a", "3.10", "development"),  # and none of 3.1
            ("a", "4.1", "strength"),
            ("b", "1.1", "development"), ("b", "1.2", "development"),  # the second was not answered
            ("b", None, "development"), ("c", "1.1", "development"),
        )
    ],
)  # fmt: skip


def test_an_answer_of_no_without_a_finding_on_the_same_prompt_in_the_same_audit_is_counted() -> None:
    rows = against_findings(HELD)
    every = found(rows, "prompt_no_without_finding", by="")
    assert (every.numerator, every.denominator) == (2, 3)  # 1.2 and 4.1 of audit a
    assert found(rows, "prompt_no_without_finding", group="1.1").numerator == 0


def test_an_area_for_development_whose_prompt_is_answered_yes_is_counted_once_an_audit() -> None:
    every = found(against_findings(HELD), "prompt_yes_with_finding", by="")
    assert (every.numerator, every.denominator) == (1, 3)


def test_a_strength_whose_prompt_is_answered_no_is_counted() -> None:
    every = found(against_findings(HELD), "prompt_no_with_strength", by="")
    assert (every.numerator, every.denominator) == (1, 1)


def test_what_contradicts_is_named_audit_by_audit_and_what_was_only_left_out_is_not() -> None:
    listed = differing(HELD)[["audit_id", "prompt_code", "how"]].to_numpy().tolist()
    assert listed == [["a", "4.1", PRAISED_THOUGH_NO], ["b", "1.1", FOUND_THOUGH_YES]]


def test_where_no_prompt_was_answered_there_is_no_share_of_nothing() -> None:
    assert against_findings(tables(audits=[{}], audit_answers=[], findings=[{"audit_id": "audits-1"}])) == []

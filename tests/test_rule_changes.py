"""Which rules changed within some cycles."""

from qa_analysis.rule_changes import rule_changes

BOOK = {
    "days": [
        {"valid_from": "2022-06", "value": 7, "source": "a week"},
        {"valid_from": "2023-04", "value": 7, "source": "so"},
        {"valid_from": "2023-05", "value": 10, "source": "ten days"},
    ],
    "roles": [
        {"valid_from": "2022-06", "value": ["a", "b"], "source": "x"},
        {"valid_from": "2022-12", "value": ["b", "c"], "source": "y"},
    ],
    "always": [{"valid_from": "2022-06", "value": 1, "source": "z"}],
}  # fmt: skip


def test_a_rule_that_changed_is_told_with_both_values_and_one_written_anew_alike_is_not() -> None:
    first, second = rule_changes("2022-07", "2023-06", versions=BOOK)
    assert (first.rule, first.since, first.added, first.removed) == ("roles", "2022-12", ("c",), ("a",))
    assert (second.rule, second.since, second.before, second.after, second.source) == (
        "days", "2023-05", 7, 10, "ten days"
    )  # fmt: skip


def test_what_changed_before_or_after_these_cycles_is_no_change_of_them() -> None:
    assert rule_changes("2023-01", "2023-04", versions=BOOK) == ()
    assert [one.rule for one in rule_changes("2022-12", "2022-12", versions=BOOK)] == ["roles"]


def test_the_frameworks_own_change_is_the_widening_of_auditors() -> None:
    assert [(one.rule, one.since) for one in rule_changes("2022-07", "2023-06")] == [("auditor_roles", "2022-12")]

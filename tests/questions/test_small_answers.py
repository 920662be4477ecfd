"""Answers about few: groups put together, refused or without a judgement, so that nobody is told apart."""

import pandas as pd
import pytest
from asking import ask, audits

from qa_analysis.questions.scope import TOGETHER


def test_groups_of_under_three_children_are_put_together_and_the_total_stays() -> None:
    answer = ask(audits=audits(("A", 10, 5), ("B", 2, 1), ("C", 4, 2), ("D", 8, 8))).grades(by="team")
    rows = answer.table[(answer.table["measure"] == "good_or_better") & (answer.table["by"] == "team")]
    assert dict(zip(rows["group"], rows["denominator"], strict=True)) == {"A": 10, "D": 8, TOGETHER: 6}
    assert "2 teams" in answer.caveat


def test_coverage_puts_small_teams_together_too_and_says_how_many_were_seen() -> None:
    answer = ask(audits=audits(("A", 10, 5), ("B", 2, 1), ("C", 4, 2), ("D", 8, 8))).coverage(by="team")
    rows = answer.table[answer.table["by"] == "team"]
    assert dict(zip(rows["group"], rows["value"], strict=True)) == {"A": 10, "D": 8, TOGETHER: 6}
    assert answer.sentence == "24 audits in June 2023, in 4 teams."
    assert "2 teams are shown together as" in answer.caveat
    assert not ask(audits=audits(("A", 10, 5), ("B", 2, 1))).coverage(team="B").is_given


def test_a_small_team_that_was_seen_is_not_told_as_never_seen_and_few_open_records_are_no_number() -> None:
    records = [{"snapshot_on": "2023-06-30", "team": team, "child_id": f"{team} {number}"}
               for team, size in (("A", 5), ("B", 4), ("X", 2), ("Y", 3)) for number in range(size)]  # fmt: skip
    answer = ask(audits=audits(("A", 10, 5), ("B", 2, 1), ("C", 4, 2)), caseload=records).coverage(by="team")
    unseen = answer.table[answer.table["measure"] == "open_records_never_audited"].set_index("group")
    assert list(unseen.index) == ["X", "Y"]
    assert (unseen["note"]["X"], unseen["value"]["Y"]) == ("under 3", 3)
    assert pd.isna(unseen["value"]["X"])
    assert "2 teams with open records had no audit: X, Y." in answer.sentence


def test_a_group_that_is_one_persons_work_is_not_shown_by_itself() -> None:
    one = [row | {"key_worker_id": "the one"} for row in audits(("B", 9, 2))]
    answer = ask(audits=[*audits(("A", 10, 5), ("C", 12, 6)), *one]).grades(by="team")
    assert "B" not in set(answer.table["group"])


@pytest.mark.parametrize("question", ["grades", "trend", "findings", "families"])
def test_an_answer_about_fewer_than_three_children_is_refused(question: str) -> None:
    answer = ask(audits=audits(("A", 10, 5), ("B", 2, 1))).ask(question, team="B")
    assert not answer.is_given
    assert answer.table.empty
    assert "Fewer than 3 children" in answer.sentence
    assert "At least 3 are needed" in answer.caveat


def test_an_answer_that_leaves_a_child_by_subtraction_is_refused() -> None:
    answer = ask(audits=audits(("A", 10, 5), ("B", 2, 1))).grades(team="A")
    assert not answer.is_given
    assert "wider answer" in answer.sentence


def test_one_persons_work_is_not_judged() -> None:
    one = [row | {"key_worker_id": "the one"} for row in audits(("A", 12, 2))]
    assert "one person" in ask(audits=one).grades().sentence
    acted = [{"team": "A", "owner_id": "the one", "child_id": f"child {number}"} for number in range(6)]
    assert "one person" in ask(audits=audits(("A", 6, 3)), actions=acted).overdue().sentence


def test_a_role_that_one_person_holds_is_not_shown() -> None:
    owners = (("IRO", "a"), ("social worker", "b"), ("social worker", "c"), ("manager", "d"), ("manager", "e"))
    acted = [
        {"owner_role": role, "owner_id": owner, "child_id": f"{owner} {number}", "due_on": "2023-06-20"}
        for role, owner in owners
        for number in range(4)
    ]  # fmt: skip
    groups = set(ask(audits=audits(("A", 6, 3)), actions=acted).overdue(by="role").table["group"])
    assert groups == {"", "social worker", TOGETHER} or groups == {"", "manager", TOGETHER}


def test_what_was_found_in_one_or_two_audits_is_not_told() -> None:
    found = [
        {"audit_id": f"audits-{number}", "theme_code": code, "polarity": "development"}
        for code, times in (("1.1", 4), ("1.2", 2)) for number in range(1, times + 1)
    ]  # fmt: skip
    answer = ask(audits=audits(("A", 10, 5)), findings=found).findings()
    assert list(answer.table["group"]) == ["1.1+development"]


def test_few_audits_are_not_told_grade_by_grade_nor_family_by_family() -> None:
    held = audits(("A", 4, 2), ("B", 30, 12))
    contacts = [{"audit_id": f"audits-{number}", "outcome": "declined"} for number in range(1, 35)]
    qa = ask(audits=held, family_feedback=contacts)
    assert set(qa.grades(team="A").table["measure"]) == {"good_or_better"}
    assert set(qa.grades(team="B").table["measure"]) == {"good_or_better", "grade_count"}
    assert "family_contacts" not in set(qa.families(team="A").table["measure"])
    assert "family_contacts" in set(qa.families(team="B").table["measure"])

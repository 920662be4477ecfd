"""Each further subject on a small table that can be counted by eye, and the rules that protect its people."""

from pathlib import Path
from typing import Any

import pytest
from asking import ask
from small import frame, tables

from qa_analysis.framework import rules_for
from qa_analysis.measures.voices.by_subject import with_subjects
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.answer import Answer
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions


def audits(size: int, **more: Any) -> list[dict[str, Any]]:
    """So many audits, each of another child, worker and auditor."""
    mark = " ".join(str(value) for value in more.values())
    return [
        {"audit_id": f"{mark} {number}", "child_id": f"child {mark} {number}", "key_worker_id": f"kw {mark} {number}",
         "auditor_id": f"au {number}", "overall_grade": "good" if number % 2 else "inadequate", **more}
        for number in range(size)
    ]  # fmt: skip


def counted(answer: Answer, measure: str) -> dict[str, tuple[float, float]]:
    """Group -> how many of how many."""
    rows = answer.table[answer.table["measure"] == measure]
    return {group: (n, of) for group, n, of in zip(rows["group"], rows["numerator"], rows["denominator"], strict=True)}


def numbers(answer: Answer, measure: str, by: str) -> dict[str, float]:
    rows = answer.table[(answer.table["measure"] == measure) & (answer.table["by"] == by)]
    return dict(zip(rows["group"], rows["value"], strict=True))


def answers(held: list[dict[str, Any]], code: str, *given: str) -> list[dict[str, Any]]:
    return [
        {"audit_id": audit["audit_id"], "prompt_code": code, "answer": answer}
        for audit, answer in zip(held, given, strict=False)
    ]


def test_a_prompt_is_the_share_answered_yes_without_those_not_applicable() -> None:
    held = audits(8)
    given = answers(held, "1.1", "yes", "yes", "no", "partly", "yes", "yes", "not applicable", "not applicable")
    answer = ask(audits=held, audit_answers=given).prompts(prompt="1.1")
    assert counted(answer, "prompt_answered_yes") == {"1.1": (4, 6)}
    assert counted(answer, "prompt_answered_no") == {"1.1": (1, 6)}


def test_a_prompt_that_one_team_answers_twice_is_told_as_a_whole_alone() -> None:
    north, south = audits(6, team="North"), audits(6, team="South")
    given = [*answers(north, "1.1", *["yes"] * 6), *answers(south, "1.1", *["no"] * 6)]
    few = [*answers(north, "1.2", *["yes"] * 6), *answers(south, "1.2", "yes", "no")]
    answer = ask(audits=[*north, *south], audit_answers=[*given, *few]).prompts(by="team")
    assert counted(answer, "prompt_answered_yes") == {
        "1.1": (6, 12), "North+1.1": (6, 6), "South+1.1": (0, 6), "1.2": (7, 8),
    }  # fmt: skip


def test_a_role_of_two_auditors_is_nobody_to_be_told_of() -> None:
    one_role = [row | {"auditor_role": "team manager", "auditor_id": f"au {row['auditor_id'][-1] in '01'}"}
                for row in audits(12, team="North")]  # fmt: skip
    others = audits(12, team="South")
    qa = ask(audits=[*one_role, *others])
    refused = qa.grades(role="team manager")
    assert not refused.is_given
    assert "Fewer than 3 auditors of this role" in refused.sentence
    assert qa.grades().is_given
    assert not qa.grades(by="role").is_given


def test_what_a_role_leaves_to_one_auditor_is_refused_once_the_rest_was_told() -> None:
    many = [row | {"auditor_role": "team manager"} for row in audits(9, team="North")]
    alone = [row | {"auditor_id": "the one", "auditor_role": "IRO"} for row in audits(9, team="South")]
    qa = ask(audits=[*many, *alone])
    assert qa.grades().is_given
    assert "Together with an answer given before" in qa.grades(role="team manager").sentence


def test_age_and_status_narrow_audits_and_the_records_that_nobody_audited() -> None:
    young = audits(6, team="North", age_band="0-4", case_status="CP")
    older = audits(6, team="South", age_band="10-15", case_status="CIN")
    records = [
        {"snapshot_on": "2023-06-30", "team": team, "child_id": f"{team} {number}", "age_band": age}
        for team, age in (("North", "0-4"), ("South", "0-4"), ("South", "10-15"))
        for number in range(4)
    ]
    qa = ask(audits=[*young, *older], caseload=records)
    assert counted(qa.grades(status="CP"), "good_or_better")[""] == (3, 6)
    answer = qa.coverage(by="team", age="0-4")
    assert "1 team with open records had no audit: South." in answer.sentence


def test_a_month_of_a_split_is_that_month() -> None:
    held = [*audits(6, cycle_month="2023-05", audited_on="2023-05-15"), *audits(8, cycle_month="2023-06")]
    by_month = counted(ask(audits=held).grades(by="month"), "good_or_better")
    alone = counted(ask(audits=held).grades(month="2023-05"), "good_or_better")
    assert by_month == {"": (7, 14), "2023-05": (3, 6), "2023-06": (4, 8)}
    assert alone[""] == by_month["2023-05"]


def test_a_prompt_is_no_theme_and_a_theme_no_prompt() -> None:
    held = [*audits(6, theme_code="neglect"), *audits(6, theme_code="supervision")]
    found = [{"audit_id": audit["audit_id"], "theme_code": "1.4", "polarity": "development"} for audit in held]
    qa = ask(audits=held, findings=found)
    assert counted(qa.findings(theme="neglect"), "theme_prevalence") == {"1.4+development": (6, 6)}
    assert counted(qa.findings(prompt="1.4"), "theme_prevalence") == {"1.4+development": (12, 12)}
    assert "not split by “theme”" in qa.findings(by="theme").sentence
    assert "There is no prompt “neglect”" in qa.findings(prompt="neglect").sentence
    assert "There is no theme “1.4”" in qa.grades(theme="1.4").sentence


def test_findings_of_each_team_are_a_share_of_its_own_audits() -> None:
    north, south = audits(6, team="North"), audits(8, team="South")
    found = [{"audit_id": audit["audit_id"], "theme_code": "1.4", "polarity": "development"}
             for audit in [*north[:4], *south[:3]]]  # fmt: skip
    answer = ask(audits=[*north, *south], findings=found).findings(by="team", prompt="1.4")
    assert counted(answer, "theme_prevalence") == {
        "North+1.4+development": (4, 6), "South+1.4+development": (3, 8),
    }  # fmt: skip


def test_change_by_team_puts_the_same_teams_together_in_both_periods() -> None:
    now = [*audits(12, team="North"), *audits(12, team="East"), *audits(2, team="South"), *audits(5, team="West")]
    then = [
        row | {"audit_id": f"then {row['audit_id']}", "child_id": f"then {row['child_id']}", "cycle_month": "2022-12",
               "audited_on": "2022-12-15"}
        for team, size in (("North", 12), ("East", 12), ("South", 6), ("West", 6))
        for row in audits(size, team=team)
    ]  # fmt: skip
    answer = ask(audits=[*now, *then]).change(now="2023-06", by="team")
    shares = answer.table[(answer.table["measure"] == "good_or_better") & (answer.table["by"] == "team")]
    assert sorted(zip(shares["period"], shares["group"], shares["denominator"], strict=True)) == [
        ("2022-12", "East", 12), ("2022-12", "North", 12), ("2022-12", "smaller groups together", 12),
        ("2023-06", "East", 12), ("2023-06", "North", 12), ("2023-06", "smaller groups together", 7),
    ]  # fmt: skip
    assert "loop_verdict" not in set(answer.table["measure"])


def actions(size: int, days: int, **more: Any) -> list[dict[str, Any]]:
    """So many actions, each done after so many days."""
    mark = " ".join(str(value) for value in more.values())
    return [
        {"action_id": f"{mark} {number}", "child_id": f"child {mark} {number}", "owner_id": f"owner {number}",
         "agreed_on": "2023-04-03", "completed_on": f"2023-04-{3 + days:02}", "team": "North", **more}
        for number in range(size)
    ]  # fmt: skip


def test_days_are_the_median_of_the_actions_asked_for() -> None:
    held = [*actions(5, 7, is_safeguarding=True, level="child"), *actions(6, 20, is_safeguarding=False, level="team")]
    qa = ask(audits=audits(6), actions=held)
    assert numbers(qa.days(safeguarding="yes"), "days_to_complete_median", "") == {"": 7}
    assert numbers(qa.days(by="level"), "days_to_complete_median", "level") == {"child": 7, "team": 20}
    assert counted(qa.actions(level="team"), "completed_in_40_working_days")[""] == (6, 6)


def test_actions_left_by_a_filter_are_not_told() -> None:
    held = [*actions(5, 7, is_safeguarding=True), *actions(2, 20, is_safeguarding=False)]
    assert not ask(audits=audits(6), actions=held).days(safeguarding="yes").is_given


def sessions(held: list[dict[str, Any]], discussed: int) -> list[dict[str, Any]]:
    """A supervision of each key worker after the audit; in the first so many the audit is discussed."""
    return [
        {"worker_id": audit["key_worker_id"], "held_on": "2023-06-25", "is_reflective": number % 2 == 0,
         "audit_id": audit["audit_id"] if number < discussed else None}
        for number, audit in enumerate(held)
    ]  # fmt: skip


def test_audits_below_good_discussed_are_those_of_them_alone() -> None:
    held = audits(12)  # every other of them below good
    qa = ask(audits=held, supervision=sessions(held, 8))
    assert counted(qa.supervision(), "discussed_in_next_supervision") == {"": (8, 12)}
    assert counted(qa.supervision(kind="below good"), "below_good_discussed_in_next") == {"": (4, 6)}
    assert numbers(qa.supervision(), "days_to_next_supervision_median", "") == {"": 10}


def test_supervision_that_names_no_audit_says_so() -> None:
    held = audits(6)
    refused = ask(audits=held, supervision=sessions(held, 0)).supervision()
    assert "Supervision records name no audit" in refused.sentence


def test_observations_are_counted_with_the_people_observed_and_never_one_of_them() -> None:
    seen = [{"worker_id": f"w {number % 4}", "observed_on": "2023-06-10", "kind": "direct work"} for number in range(6)]
    alone = [{"worker_id": "the one", "observed_on": "2023-06-11", "kind": "peer"} for _ in range(5)]
    more = [{"worker_id": f"v {number}", "observed_on": "2023-06-12", "kind": "meeting"} for number in range(3)]
    answer = ask(audits=audits(6), observations=[*seen, *alone, *more]).observations()
    assert numbers(answer, "observations_held", "kind") == {"direct work": 6, "smaller groups together": 8}
    assert numbers(answer, "people_observed", "") == {"": 8}


def complaints(size: int, month: str, **more: Any) -> list[dict[str, Any]]:
    mark = f"{month} {more}"
    return [
        {"record_id": f"{mark} {number}", "kind": "complaint", "received_on": f"{month}-05", "due_on": f"{month}-19",
         "responded_on": f"{month}-{15 if number % 2 else 25}", "outcome": "upheld", "team": "North", **more}
        for number in range(size)
    ]  # fmt: skip


def test_complaints_about_drift_stand_beside_audits_that_found_it() -> None:
    months = ("2023-03", "2023-04", "2023-05", "2023-06")
    held = [row for month in months for row in audits(5, cycle_month=month, audited_on=f"{month}-15")]
    found = [{"audit_id": audit["audit_id"], "theme_code": "6.5", "polarity": "development"} for audit in held[::2]]
    came = [*complaints(3, "2023-03", theme_code="6.5"), *complaints(4, "2023-06", theme_code="6.5")]
    answer = ask(audits=held, findings=found, complaints_compliments=came).complaints(subject="6.5", by="month")
    assert numbers(answer, "complaints_received", "month") == {"2023-03": 3, "2023-06": 4}
    assert "complaints: 3 from March 2023 to April 2023, 4 from May 2023 to June 2023" in answer.sentence
    assert counted(answer, "audits_with_the_same_subject")["2023-03"] == (3, 5)
    assert counted(answer, "complaints_answered_in_time")[""] == (3, 7)


def test_alerts_formal_and_informal_are_apart_and_those_waiting_are_counted() -> None:
    raised = [
        {"alert_id": f"a {number}", "child_id": f"c {number}", "raised_by_id": f"r {number}", "raised_on": "2023-06-01",
         "is_formal": number < 4, "responded_on": "2023-06-09" if number != 3 else None}
        for number in range(7)
    ]  # fmt: skip
    answer = ask(audits=audits(6), practice_alerts=raised).alerts()
    assert answer.sentence.startswith("4 formal alerts and 3 informal alerts were raised")
    assert counted(answer, "alerts_answered")[""] == (6, 7)
    assert numbers(answer, "days_to_answer_alert_median", "") == {"": 8}


def test_what_followed_the_learning_is_told_of_teams_that_came_and_that_did_not() -> None:
    months = ("2023-02", "2023-03", "2023-05", "2023-06")
    held = [
        row for month in months for team in ("North", "South")
        for row in audits(4, team=team, cycle_month=month, audited_on=f"{month}-15", theme_code="neglect")
    ]  # fmt: skip
    events = [{"event_id": "L1", "kind": "training", "held_on": "2023-04-20", "theme_code": "neglect", "team": team,
               "invited": 6, "attended": attended} for team, attended in (("North", 5), ("South", 0))]  # fmt: skip
    answer = ask(audits=held, learning_events=events).learning(subject="neglect")
    assert counted(answer, "followed_good_or_better") == {
        "teams that came+before": (4, 8), "teams that came+after": (4, 8),
        "teams that did not+before": (4, 8), "teams that did not+after": (4, 8),
    }  # fmt: skip
    assert counted(answer, "learning_attended") == {"": (5, 12), "North": (5, 6), "South": (0, 6)}


def heard(held: list[dict[str, Any]], *words: str) -> list[dict[str, Any]]:
    return [
        {"audit_id": audit["audit_id"], "feedback_id": f"f {audit['audit_id']}", "text": text, "views": "mixed"}
        for audit, text in zip(held, words, strict=False)
    ]


PLAN, LETTERS = "The plan makes sense to me, I have it on the fridge.", "They are full of words I have to look up."


def test_a_sentence_of_a_family_suggests_a_prompt_and_two_suggest_two() -> None:
    words = heard(audits(2), f"{PLAN} Letters are full of jargon.", "It is okay.")
    said = with_subjects(frame("family_feedback", words), rules_for("2023-06"))
    assert list(said["subject"].dropna()) == ["1.1", "2.7"]
    assert said["feedback_id"].nunique() == 2


def test_views_by_subject_stand_beside_what_their_audits_found_and_quote_nobody() -> None:
    held = audits(5)
    feedback = with_subjects(frame("family_feedback", heard(held, PLAN, PLAN, PLAN, PLAN, "It is okay.")),
                             rules_for("2023-06"))  # fmt: skip
    found = [{"audit_id": audit["audit_id"], "theme_code": "1.1", "polarity": "development"} for audit in held[:2]]
    known = tables("2023-06", audits=held, findings=found)
    of_all = {**known.frames, "family_feedback": feedback.drop(columns="text")}
    qa = Questions(
        Held(type(known)(known.month, known.as_at, known.rules, of_all), extracts_table(()), Path("nowhere"))
    )
    answer = qa.views()
    assert numbers(answer, "family_views_by_subject", "prompt") == {"1.1": 4}
    assert numbers(answer, "family_views_found_development", "prompt") == {"1.1": 2}
    assert answer.sentence.startswith("4 of 5 contacts")
    assert "fridge" not in answer._repr_html_()


@pytest.mark.parametrize(
    ("question", "dataset"),
    [
        ("prompts", "audit answers"), ("views", "family feedback"), ("supervision", "supervision"),
        ("observations", "observations"), ("complaints", "complaints compliments"), ("alerts", "practice alerts"),
        ("learning", "learning events"),
    ],
)  # fmt: skip
def test_a_dataset_that_was_not_supplied_is_one_line(question: str, dataset: str) -> None:
    refused = ask(audits=audits(6)).ask(question)
    assert refused.sentence == f"There is nothing to answer from: the dataset {dataset} was not supplied."


def test_an_answer_says_which_list_holds_its_cases_and_how_to_filter_it() -> None:
    qa = ask(audits=audits(9, service_area="Safeguarding", case_status="CP"))
    assert qa.grades(status="CP", month="2023-06").where == (
        "cases-of-the-year.xlsx in restricted/ of the published month, for the Quality Assurance Manager: sheet "
        "“Audits”. In the sheet, choose Data and then Filter: Case status “CP”, Month 2023-06 and Route random or "
        "revisit."
    )

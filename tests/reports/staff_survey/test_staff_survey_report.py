"""The report on the yearly survey of staff: its message, what is left out, and what is not there."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from sections import said, shown
from small import CONTRACTS, NO_ISSUES, month
from survey_council import NOW, QUESTION, STAFF, THEN, answers, surveyed
from words import unbound

from qa_analysis.data.identity import Identities
from qa_analysis.data.scope import Scope
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.measuring import told as told_of
from qa_analysis.month.month import Month
from qa_analysis.month.named import Named
from qa_analysis.month.quotations import masked
from qa_analysis.month.rows import Rows
from qa_analysis.reports.staff_survey.lists import commented
from qa_analysis.reports.staff_survey.report import HELD_IN

COMMENT = "Ask Oluwaseun Baptiste about the rota."
LATER = "I have time to think"


RENEWED = [
    *({**one, "ended_on": "2023-03-01"} for one in STAFF[:-1]),
    *({**one, "worker_id": f"{one['worker_id']}-b", "started_on": "2023-04-01"} for one in STAFF[:-1]),
]


def waves(to_later: Callable[[int], int]) -> Month:
    """Two waves of different people, the second with one more question, answered by what was answered to the first."""
    rows = [*answers(THEN, RENEWED), *answers(NOW, RENEWED)]
    more = [{**row, "question": LATER, "answer": to_later(row["answer"])} for row in answers(NOW, RENEWED)]
    rows[-1]["comment"] = COMMENT
    return month(surveyed(NOW, RENEWED, survey_responses=[*rows, *more]))


@cache
def renewed() -> Month:
    """Two waves in which both questions are answered alike."""
    return waves(lambda answer: answer)


@pytest.fixture(scope="module")
def told() -> str:
    return "\n".join(said("staff-survey", renewed()))


def test_the_report_falls_due_in_the_month_of_the_survey() -> None:
    assert rules_for(NOW).staff_survey_month == HELD_IN


def test_the_message_says_who_answered_and_whether_anything_changed(told: str) -> None:
    for sentence in (
        "100% of the people in post on 30 November 2023 answered (58 of 58); in November 2022 it was 100% (59 of 59).",
        "No statement has clearly gained or lost agreement since November 2022.",
    ):
        assert sentence in told


def test_where_agreement_is_highest_and_lowest_is_told_with_its_range_and_claims_no_majority() -> None:
    """23 of 58 agree with one statement, 12 with the other: by Wilson's score 28% to 53%, and 12% to 33%."""
    told = "\n".join(said("staff-survey", waves(lambda answer: 3 if answer == 4 else answer)))
    assert (
        f"Agreement is highest with “{QUESTION}” (40% of 58; likely range 28% to 53%) and lowest with “{LATER}” "
        "(21% of 58; 12% to 33%)." in told
    )


def test_answers_stand_as_counts_of_each_of_the_five(told: str) -> None:
    assert (
        "Question | Agree or strongly agree | Strongly agree | Agree | Neither | Disagree | Strongly disagree" in told
    )
    assert f"1 {QUESTION} | 23 of 58 (40%, 28% to 53%) | 12 | 11 | 11 | 12 | 12" in told


def test_a_question_that_was_not_asked_before_is_said_to_be_new(told: str) -> None:
    assert f"2 {LATER} | Not asked | 40% of 58 | Not asked before" in told


def test_every_number_of_a_sentence_is_a_figure() -> None:
    page = "".join(cell.markup for cell in shown("staff-survey", renewed()) if not cell.heading)
    assert unbound(f"<main>{page}</main>", renewed()) == []


def test_services_of_enough_are_shown_and_a_small_team_is_not(told: str) -> None:
    assert "Service: Front | 26 | 26 | 100%" in told
    assert "Dell | 5 of 14 (36%)" in told
    assert "Cedar" not in told


def test_a_comment_is_counted_and_never_printed(told: str) -> None:
    assert "1 comment came with the answers. The Quality Assurance Manager has a list; none is shown here." in told
    assert "rota" not in told and "Oluwaseun" not in told
    assert not renewed().measures.astype("str").apply(lambda column: column.str.contains("rota")).any(axis=None)


def test_the_list_has_the_comment_without_team_and_marks_what_may_be_a_name() -> None:
    rows = answers(NOW, STAFF)
    rows[-1]["comment"] = COMMENT
    shown = commented(Named(surveyed(survey_responses=rows), NO_ISSUES, {}, Identities({})))
    assert shown.to_dict("records") == [
        {"Question": QUESTION, "Comment": COMMENT, "May name somebody": "Oluwaseun and Baptiste"}
    ]


def test_of_one_service_or_team_nothing_is_told_whoever_opens_it() -> None:
    audits = [{"cycle_month": NOW, "audited_on": f"{NOW}-15", "child_id": f"c{at}", "key_worker_id": f"k{at}"}
              for at in range(9)]  # fmt: skip
    held = surveyed(NOW, audits=audits)
    rows = Rows(held.frames, CONTRACTS, NO_ISSUES, extracts_table(()), masked(held, ()), held.rules.own)
    narrow = told_of(held, rows, scope=Scope(service="Safeguarding"))
    assert "The staff survey is reported for the whole council alone" in "\n".join(said("staff-survey", narrow))
    assert narrow.held.of("staff_survey_agree")["value"].isna().all()


def test_a_dataset_that_did_not_come_is_one_line_and_no_empty_table() -> None:
    held = surveyed(NOW)
    lines = list(
        said(
            "staff-survey",
            month(replace(held, frames={k: v for k, v in held.frames.items() if k != "survey_responses"})),
        )
    )
    assert "Staff survey: not supplied this month." in lines
    assert not [line for line in lines if " | " in line]


def test_before_the_first_wave_has_ended_it_says_so() -> None:
    held = month(surveyed(NOW, survey_responses=[{**row, "wave": "2030"} for row in answers(NOW, STAFF)[:3]]))
    assert "No wave of the yearly survey of staff had ended by this date." in "\n".join(said("staff-survey", held))


def test_a_first_wave_alone_is_compared_with_nothing() -> None:
    lines = "\n".join(said("staff-survey", month(surveyed(THEN))))
    assert "This is the first wave, so there is nothing to compare with." in lines
    assert "There is no earlier wave with the same statements to compare with." in lines


def test_so_few_movers_that_the_whole_is_left_out_are_given_as_the_reason() -> None:
    lines = "\n".join(said("staff-survey", month(surveyed(NOW))))
    assert "so few came or left since the wave before that the difference would tell of them." in lines

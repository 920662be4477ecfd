"""The report on Practice Week: its message, what stands beside the headline, and what elected members see."""

from typing import Any

import pytest
from practice_weeks import GRADES, OCTOBER, SIX, USUAL, WEEK, both, event, observed
from sections import said, shown
from small import NO_ISSUES, month, tables
from words import unbound

from qa_analysis.data.identity import Identities
from qa_analysis.data.tables import Tables
from qa_analysis.month.named import Named
from qa_analysis.reports.practice_week.lists import for_members, graded_twice, participation

EVENTS = [event("L1", "2023-10-10", attended=40), event("L2", "2023-10-11", attended=12)]
TWICE = [row for at, (leader, usual) in enumerate(SIX, start=20) for row in both(leader, usual, at)]


def council(**more: Any) -> Tables:
    held = {"audits": [*USUAL, *WEEK, *TWICE], "learning_events": EVENTS, "observations": [observed("2023-10-10")]}
    return tables(OCTOBER, **(held | more))


@pytest.fixture(scope="module")
def told() -> str:
    return "\n".join(said("practice-week", month(council())))


def test_the_message_says_who_took_part_and_how_grades_compare(told: str) -> None:
    for sentence in (
        "In October 2023, 11 audits of Practice Week were done: 9 by senior leaders, 1 by elected members and 1 by "
        "others.",
        "1 observation was made, by senior leaders.",
        "Training: 2 events, to which 52 people came.",
        "Senior leaders and usual auditors gave the same grade to 3 of 6 records (50%, likely range 19% to 81%); "
        "leaders graded 2 higher and 1 lower.",
    ):
        assert sentence in told


def test_every_number_of_a_sentence_is_a_figure() -> None:
    held = month(council())
    page = "".join(cell.markup for cell in shown("practice-week", held) if not cell.heading)
    assert unbound(f"<main>{page}</main>", held) == []


def test_grades_stand_beside_the_headline_and_are_said_to_be_in_none(told: str) -> None:
    assert "Grade | Audits of Practice Week | Headline audits of October 2023" in told
    assert "Good | 6 | 10" in told
    assert "so these audits stand beside the headline figures and are in none of them" in told


def test_what_one_group_alone_did_is_said_so() -> None:
    lines = "\n".join(said("practice-week", month(council(audits=[*USUAL, *TWICE]))))
    assert "In October 2023, 6 audits of Practice Week were done, all by senior leaders." in lines


def test_few_records_graded_twice_are_told_of_in_words_without_a_number() -> None:
    lines = "\n".join(said("practice-week", month(council(audits=[*USUAL, *TWICE[:4]]))))
    assert "2 records were graded by a senior leader and by a usual auditor: too few records" in lines
    assert "Same grade" not in lines


def test_without_one_it_says_that_there_is_none() -> None:
    lines = "\n".join(said("practice-week", month(council(audits=[*USUAL, *WEEK]))))
    assert "No record was graded by both a senior leader and a usual auditor in this cycle." in lines


def named(held: Tables) -> Named:
    return Named(held, NO_ISSUES, {}, Identities({}))


def test_the_sheet_for_elected_members_has_counts_and_no_word_of_any_record() -> None:
    shown = participation(named(council()))
    assert shown.to_dict("list") == {
        "Activity": [
            "Audits", "People who audited", "Observations of practice", "Training events",
            "People who came to training",
        ],
        "Senior leaders": ["9", "4", "1", "", ""], "Elected members": ["1", "1", "0", "", ""],
        "Others": ["1", "1", "0", "", ""], "All": ["11", "", "1", "2", "52"],
    }  # fmt: skip
    [book] = for_members(named(council()))
    assert book.sheets[0].table is not None
    text = book.sheets[0].table.to_csv() + " ".join(book.sheets[0].lines)
    ids = [str(row[name]) for row in council().audits.to_dict("records") for name in ("audit_id", "child_id")]
    assert not [word for word in (*GRADES, *ids) if f" {word} " in f" {text.replace(',', ' ')} "]


def test_the_section_for_elected_members_has_no_grade(told: str) -> None:
    section = told[told.index("## For elected members") :]
    assert "9 by senior leaders" in section
    assert not [grade for grade in ("outstanding", "requires improvement", "inadequate", "alike") if grade in section]


def test_the_list_of_records_graded_twice_has_both_grades() -> None:
    [book] = graded_twice(named(council()))
    shown = book.sheets[0].table
    assert shown is not None
    assert len(shown) == 6
    first = shown[shown["Leader's audit"] == "w22"].iloc[0]
    assert (first["Leader's grade"], first["Usual auditor's grade"]) == ("Outstanding", "Good")


def test_datasets_that_did_not_come_are_one_line_each() -> None:
    lines = list(said("practice-week", month(tables(OCTOBER, audits=[*USUAL, *WEEK]))))
    assert lines.count("Training events: not supplied this month.") == 1
    assert lines.count("Observations of practice: not supplied this month.") == 1


def test_a_council_without_an_october_yet_is_told_so() -> None:
    rows = [{"cycle_month": "2022-07", "audited_on": "2022-07-02"}]
    lines = list(said("practice-week", month(tables("2022-07", audits=rows))))
    assert "No Practice Week lies within the council's audit cycles yet." in lines


def test_a_week_without_audits_is_told_of_as_that() -> None:
    lines = "\n".join(said("practice-week", month(council(audits=USUAL))))
    assert "In October 2023, no audit of Practice Week was done." in lines
    assert "Too few audits of Practice Week to show their grades." in lines

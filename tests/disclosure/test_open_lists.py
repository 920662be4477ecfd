"""A name typed where a theme or a role belongs counts as blank; a council's own words are left alone."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from small import CONTRACTS, frames

from qa_analysis.disclosure.open_lists import NOT_SHOWN, Told, without_named_subjects, without_odd_words

PEOPLE = ("Jane Smith", "CH-10234")


def told(*, known: Iterable[str] = (), **datasets: Iterable[Mapping[str, Any]]) -> Told:
    return without_odd_words(frames(**datasets), CONTRACTS, known=set(known), originals=PEOPLE)


def roles(*words: str, known: Iterable[str] = ()) -> list[str | None]:
    """The auditors' roles as they are told, None where one counts as blank."""
    found = told(audits=[{"auditor_role": word} for word in words], known=known).frames["audits"]["auditor_role"]
    return [word if isinstance(word, str) else None for word in found]


def test_a_word_in_under_three_rows_counts_as_blank_and_one_in_three_does_not() -> None:
    assert roles("court lead", "court lead") == [None, None]
    assert roles("court lead", "court lead", "court lead") == ["court lead"] * 3


def test_the_rows_of_every_open_list_count_together() -> None:
    held = told(audits=[{"theme_code": "exclusion"}], audit_plan=[{"theme_code": "exclusion", "cycle_month": month}
                for month in ("2023-06", "2023-07")])  # fmt: skip
    assert held.frames["audits"]["theme_code"].tolist() == ["exclusion"]


@pytest.mark.parametrize(
    "word",
    [
        "mum of Zelda", "Zelda's mum", "Carer for Z", "Jane Smith", "SMITH, Jane",
        "CH-10234", "z@example.org", "07700 900123",
    ],
)  # fmt: skip
def test_what_looks_like_a_name_or_a_text_counts_as_blank_however_often_it_is_there(word: str) -> None:
    assert roles(*[word] * 40) == [None] * 40


@pytest.mark.parametrize(("rows", "told"), [(9, 0), (10, 10)])
def test_what_is_as_long_as_a_sentence_is_a_code_only_in_ten_rows(rows: int, told: int) -> None:
    found = roles(*["he was very sad that day again"] * rows)
    assert len(found) - found.count(None) == told


@pytest.mark.parametrize("word", ["Mother and baby unit lead", "Foster carer", "Head of Parenting"])
def test_a_councils_own_word_is_left_alone(word: str) -> None:
    assert roles(word, word, word) == [word] * 3


def test_a_word_of_the_list_of_the_framework_or_of_sources_yaml_may_be_rare() -> None:
    assert roles("social worker") == ["social worker"]
    assert roles("Court Lead", known=["court lead"]) == ["Court Lead"]
    assert roles("supervising social worker") == ["supervising social worker"]  # a post, by its words
    assert told(findings=[{"theme_code": "3.10"}]).frames["findings"]["theme_code"].tolist() == ["3.10"]


def test_of_several_codes_the_others_stay() -> None:
    held = told(moderations=[{"panel": "principal social worker;mum of Zelda"}])
    assert held.frames["moderations"]["panel"].tolist() == ["principal social worker"]


def test_a_theme_of_the_plan_may_be_rare_but_is_no_text() -> None:
    plan = [{"theme_code": word, "cycle_month": "2023-06"} for word in ("exclusion", "mum of Zelda")]
    assert told(audit_plan=plan).frames["audit_plan"]["theme_code"].fillna("").tolist() == ["exclusion", ""]


def test_where_it_stands_is_said_and_never_what_it_is() -> None:
    [issue] = told(audits=[{}, {"auditor_role": "mum of Zelda"}]).issues.to_dict(orient="records")
    assert (issue["file"], issue["row"], issue["column"], issue["severity"]) == (
        "audits.csv", 3, "auditor_role", "warning",
    )  # fmt: skip
    assert "Zelda" not in str(issue)


def test_a_subject_that_names_somebody_is_shown_on_no_page_and_told_to_whose_record_it_is() -> None:
    items = ["Contingency plans", "Meeting with Jane Smith", "Smith review", "Support for Z's mum", "CH-10234"]
    held = frames(smt_decisions=[{"item": item, "decision": "x", "meeting_on": "2023-06-15"} for item in items])
    told = without_named_subjects(held, CONTRACTS, originals=PEOPLE)
    assert told.frames["smt_decisions"]["item"].tolist() == [
        "Contingency plans", NOT_SHOWN, "Smith review", NOT_SHOWN, NOT_SHOWN,
    ]  # fmt: skip
    assert told.issues["rule"].tolist() == ["subject-names-somebody"] * 3
    assert not told.issues["message"].str.contains("Jane|10234").any()

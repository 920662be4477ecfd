"""A number of the question notebook and its cases: filtering the workbook by the same words counts the same."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pandas import DataFrame
from small import tables

from qa_analysis.month import cases
from qa_analysis.month.checking import extracts_table
from qa_analysis.month.named import Named
from qa_analysis.questions.opening import Held
from qa_analysis.questions.query import Questions
from qa_analysis.reports.audit_cycle.cases_list import cases_book

AUDITS: list[dict[str, Any]] = [
    {"service_area": service, "team": team, "child_id": f"{team} {number}", "key_worker_id": f"kw {team} {number}",
     "auditor_id": f"au {number}", "age_band": "0-4" if number % 2 else "16+", "case_status": "CP",
     "cycle_month": month, "audited_on": f"{month}-15", "audit_id": f"{month} {team} {number}"}
    for month in ("2023-05", "2023-06")
    for service, team in (("Cared For", "Oak"), ("Safeguarding", "Harbour"))
    for number in range(8)
]  # fmt: skip
IDS = [str(audit["audit_id"]) for audit in AUDITS]
DATASETS: dict[str, Any] = {
    "audits": AUDITS,
    "findings": [{"audit_id": audit, "theme_code": "1.4", "polarity": "development"} for audit in IDS[:20]],
    "actions": [{"audit_id": audit, "child_id": audit, "owner_id": audit, "team": "Oak"} for audit in IDS[:9]],
    "moderations": [{"audit_id": audit} for audit in IDS[:10]],
    "audit_answers": [{"audit_id": audit, "prompt_code": "1.4", "answer": "no"} for audit in IDS[:12]],
    "observations": [{"worker_id": f"w {n}", "observed_on": "2023-06-02", "kind": "peer"} for n in range(4)],
    "complaints_compliments": [{"kind": "complaint", "received_on": "2023-06-02", "team": "Oak"} for _ in range(4)],
    "practice_alerts": [{"raised_on": "2023-06-02", "is_formal": True, "team": "Oak"} for _ in range(4)],
}


@pytest.fixture(scope="module")
def sheets() -> dict[str, DataFrame]:
    named = SimpleNamespace(
        tables=tables("2023-06", **DATASETS), person=str, identities=SimpleNamespace(original=lambda held: held)
    )
    book = next(iter(cases_book(cast(Named, named))))
    assert book.file == cases.FILE
    return {sheet.name: sheet.table for sheet in book.sheets if sheet.table is not None}


@pytest.mark.parametrize("sheet", sorted(cases.WORDS))
def test_every_word_a_sheet_may_be_filtered_by_is_a_heading_of_it(sheet: str, sheets: dict[str, DataFrame]) -> None:
    wanted = {cases.MONTH, *(cases.HEADINGS[word] for word in cases.WORDS[sheet])}
    assert wanted <= set(sheets[sheet].columns)


@pytest.mark.parametrize(
    ("question", "words", "sheet", "counts"),
    [
        ("grades", {"service": "Cared For"}, cases.AUDITS, 16),
        ("grades", {"team": "Harbour", "age": "0-4"}, cases.AUDITS, 8),
        ("findings", {"prompt": "1.4", "service": "Cared For", "month": "2023-05"}, cases.FINDINGS, 8),
    ],
)
def test_the_workbook_filtered_by_the_same_words_holds_as_many_cases(
    question: str, words: dict[str, str], sheet: str, counts: int, sheets: dict[str, DataFrame]
) -> None:
    qa = Questions(Held(tables("2023-06", **DATASETS), extracts_table(()), Path("nowhere")))
    answer = qa.ask(question, **words)
    shown = sheets[sheet]
    for word, value in words.items():
        column = cases.MONTH if word == "month" else cases.HEADINGS[word]
        shown = shown[shown[column].str.startswith(value)]
    told = answer.table.iloc[0]
    assert (told["numerator"] if question == "findings" else told["denominator"]) == len(shown) == counts
    assert f"sheet “{sheet}”" in answer.where


def test_the_answer_names_nobody_and_the_workbook_does(sheets: dict[str, DataFrame]) -> None:
    qa = Questions(Held(tables("2023-06", **DATASETS), extracts_table(()), Path("nowhere")))
    shown = qa.grades()._repr_html_()
    assert "Child" in sheets[cases.AUDITS].columns
    assert not [child for child in sheets[cases.AUDITS]["Child"] if child in shown]

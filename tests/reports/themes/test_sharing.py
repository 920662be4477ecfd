"""The sections on what families spoke of and on good practice: the month's figures, or one line where none."""

from types import SimpleNamespace
from typing import Any, cast

import small
from bs4 import BeautifulSoup
from small import tables

from qa_analysis.month.named import Named
from qa_analysis.reports.themes.good_practice_list import register_book
from qa_analysis.reports.themes.sharing import families_by_subject, good_practice
from qa_analysis.telling.blocks import Html

PLAN = "The plan makes sense to me, I have it on the fridge."
AUDITS = [{"child_id": f"child {number}", "key_worker_id": f"kw {number}"} for number in range(1, 5)]
APPROVED = {"approved_by_role": "principal social worker", "approved_on": "2023-06-28"}


def text(section: Html) -> str:
    return " ".join(BeautifulSoup(section.markup, "html.parser").get_text(" ").split())


def practice(**datasets: Any) -> small.Month:
    strengths = [
        {"audit_id": f"audits-{number}", "theme_code": "1.1", "polarity": "strength"} for number in range(1, 4)
    ]  # fmt: skip
    return small.month(tables("2023-06", audits=AUDITS, findings=strengths, **datasets))


def test_what_families_spoke_of_stands_in_a_table_and_no_word_of_theirs() -> None:
    said = [{"audit_id": f"audits-{number}", "text": PLAN, "views": "mixed"} for number in range(1, 4)]
    shown = text(families_by_subject(practice(family_feedback=said)))
    assert "3 of 3 contacts with words" in shown
    assert "Up-to-date, child-specific plan linked to assessed need 3 0 3 0 3 0" in shown
    assert "fridge" not in shown


def test_good_practice_says_how_much_is_ready_to_be_shared() -> None:
    flags: tuple[dict[str, Any], ...] = ({"has_consent": True, "is_anonymous": True}, {"has_consent": True}, {})
    rows = [{"finding_id": f"findings-{number}", **APPROVED, **some} for number, some in enumerate(flags, start=1)]
    shown = text(good_practice(practice(approved_quotations=rows)))
    assert "3 strengths were approved for sharing" in shown
    assert "1 is ready to be shared" in shown


def test_without_the_datasets_each_is_one_line() -> None:
    month = practice()
    assert text(families_by_subject(month)).endswith("not supplied this month.")
    assert text(good_practice(month)).endswith("not supplied this month.")


def test_the_register_is_a_workbook_with_the_words_and_what_is_still_to_do() -> None:
    rows = [{"finding_id": "findings-1", "wording": "The plan was written with the family.", **APPROVED}]
    known = tables("2023-06", audits=AUDITS, approved_quotations=rows,
                   findings=[{"audit_id": "audits-1", "theme_code": "1.1"}])  # fmt: skip
    book = next(iter(register_book(cast(Named, SimpleNamespace(tables=known)))))
    table = book.sheets[0].table
    assert table is not None
    assert table.loc[0, "What was done well"] == "The plan was written with the family."
    assert table.loc[0, "Still to do"] == "consent not recorded; anonymity not checked"
    assert book.file == "good-practice-register.xlsx"

"""An answer that is kept: a page of its own, the same every time, and none that names anybody."""

from dataclasses import replace
from pathlib import Path

import pytest
from browser import check_page
from bs4 import BeautifulSoup
from small import frames, write

from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.forms.html.page import page_faults
from qa_analysis.questions.asked import Asked
from qa_analysis.questions.names import times_named
from qa_analysis.questions.query import Questions, open_questions
from qa_analysis.questions.saved import note, questions_in
from qa_analysis.questions.saving import file_name

AUDITS = [
    {"team": team, "child_id": f"6123{place}{number}", "key_worker_id": f"9876{place}{number}", "overall_grade": grade}
    for place, team in enumerate(("North", "South", "Jane Smithson"))
    for number, grade in enumerate(["good", "good", "inadequate", "requires improvement", "good"])
]
STAFF = [{"worker_id": "987600", "name": "Jane Smithson", "role": "social worker", "team": "North",
          "service_area": "Safeguarding", "started_on": "2020-01-01"}]  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    folder = tmp_path_factory.mktemp("saving")
    opened = open_questions(data=str(write(folder / "extracts", frames(audits=AUDITS, staff=STAFF))))
    opened.answers = folder / "answers"
    return opened


def test_a_saved_answer_is_a_whole_page_that_says_where_it_comes_from(opened: Questions) -> None:
    answer = opened.grades(month="2023-06")
    path = opened.save(answer)
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    text = page.get_text(" ")
    assert path.name == "grades-month-2023-06.html"
    assert page_faults(page) == ()
    for said in (answer.question, answer.sentence, answer.caveat, answer.call, "audits.csv", "10 July 2023"):
        assert said in text
    assert str(answer.extracts["SHA-256"].iloc[0]) in text
    assert page.find("img")["alt"].startswith(answer.question)


@pytest.mark.slow
def test_the_same_answer_is_saved_to_the_same_bytes(opened: Questions) -> None:
    first = opened.save(opened.grades()).read_bytes()
    assert opened.save(opened.grades()).read_bytes() == first


def test_an_answer_that_names_somebody_is_not_kept(opened: Questions) -> None:
    with pytest.raises(DisclosureFailed, match="not saved"):
        opened.save(opened.grades(by="team"))
    assert not (opened.answers / "grades-by-team.html").exists()


def test_identifiers_are_looked_for_in_what_is_saved(opened: Questions, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<p>Child 612304 and worker 987614</p>")
    assert times_named(tmp_path, opened.held.data) == 2


def test_where_the_extracts_are_gone_nothing_is_kept(opened: Questions, tmp_path: Path) -> None:
    elsewhere = Questions(replace(opened.held, data=tmp_path / "gone"), tmp_path / "answers")
    with pytest.raises(DisclosureFailed, match="could not be read again"):
        elsewhere.save(elsewhere.grades())
    assert not (tmp_path / "answers").exists()


def test_a_refusal_is_no_answer_to_keep(opened: Questions) -> None:
    with pytest.raises(WrongUse, match="no answer to save"):
        opened.save(opened.grades(team="Nowhere"))


def test_a_name_for_a_file_holds_nothing_but_words() -> None:
    assert file_name('qa.grades(by="team", since="2023-01")') == "grades-by-team-since-2023-01.html"
    assert file_name('qa.grades(team="../../x")') == "grades-team-x.html"
    assert len(file_name(f'qa.grades(team="{"x" * 300}")')) < 90


def test_a_saved_answer_is_read_by_everyone(opened: Questions) -> None:
    found = check_page(opened.save(opened.grades(by="area")))
    assert (found.requests, found.console, found.violations) == ((), (), ())


MONTHS = [
    {"cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"7123{place}{number}", "overall_grade": "good",
     "key_worker_id": f"8876{place}{number}"}
    for place, (cycle, size) in enumerate((("2023-04", 5), ("2023-05", 5), ("2023-06", 2)))
    for number in range(size)
]  # fmt: skip


@pytest.mark.slow
def test_a_saved_answer_is_remembered_by_the_next_opening(tmp_path: Path) -> None:
    data = str(write(tmp_path / "extracts", frames(audits=MONTHS)))
    first, beside, later = (open_questions(data=data) for _ in range(3))
    first.answers = beside.answers = later.answers = tmp_path / "answers"
    wider = beside.grades(since="2023-04", until="2023-06")
    first.save(first.grades(since="2023-04", until="2023-05"))
    with pytest.raises(DisclosureFailed, match=r"not saved\. Together with an answer given before"):
        beside.save(wider)
    assert not later.grades(since="2023-04", until="2023-06").is_given
    assert later.grades(since="2023-04", until="2023-05").is_given
    assert sorted(path.name for path in later.answers.iterdir()) == [
        "asked.jsonl", "grades-since-2023-04-until-2023-05.html"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"question": "nonsense"}', '{"question": "grades", "child": "x"}']
)
def test_a_line_that_is_no_question_is_passed_over(text: str, tmp_path: Path) -> None:
    asked = Asked("change", now=("2023-06",), then=("2022-12",))
    (tmp_path / "asked.jsonl").write_text(f"{text}\n")
    note(tmp_path, asked)
    note(tmp_path, asked)
    assert questions_in(tmp_path) == (asked,)


def test_without_a_folder_a_plain_line_says_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QA_ANALYSIS_DATA", raising=False)
    with pytest.raises(WrongUse, match="--data FOLDER") as stopped:
        open_questions()
    assert stopped.value._render_traceback_() == [str(stopped.value)]
    with pytest.raises(WrongUse, match="is not a day"):
        open_questions(data="x", as_at="tomorrow")

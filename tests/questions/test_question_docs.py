"""docs/questions.md says what the demo answers today."""

import re
from pathlib import Path

import pytest
from councils import council

from qa_analysis.data.synthetic import plant_faults, with_practice_week, write_council
from qa_analysis.questions.query import Questions, open_questions

DOCUMENT = Path(__file__).parents[2] / "docs" / "questions.md"
ASKED = re.findall(r"```python\n(qa\.(\w+)\((.*)\))\n```\n\n> (.+)\n", DOCUMENT.read_text(encoding="utf-8"))
DEMO_SEED = 2022


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Questions:
    folder = tmp_path_factory.mktemp("demo") / "extracts"
    held = plant_faults(council(seed=DEMO_SEED), DEMO_SEED).frames
    write_council(folder, with_practice_week(held, DEMO_SEED))
    return open_questions(data=str(folder))


def test_the_document_asks_ten_questions_and_shows_three_refusals() -> None:
    assert len(ASKED) == 13


@pytest.mark.slow
@pytest.mark.parametrize(("line", "question", "words", "answer"), ASKED, ids=[line for line, *_ in ASKED])
def test_the_answer_in_the_document_is_the_answer_of_the_demo(
    line: str, question: str, words: str, answer: str, demo: Questions
) -> None:
    found = demo.ask(question, **dict(re.findall(r'(\w+)="([^"]*)"', words)))
    assert found.call == line
    assert answer == (found.sentence if found.is_given else f"{found.sentence} {found.caveat}")


def test_every_picture_of_the_document_is_there_and_small() -> None:
    pictures = re.findall(r"!\[(.+?)\]\((.+?)\)", DOCUMENT.read_text(encoding="utf-8"))
    assert len(pictures) == 3
    for alt, path in pictures:
        assert len(alt) > 40
        assert (DOCUMENT.parent / path).stat().st_size < 150_000

"""What is done before the first answer, and what waits until somebody asks for it."""

import subprocess
import sys
from pathlib import Path

import pytest
from runs import CORE
from small import CONTRACTS, frames

from qa_analysis.disclosure.places import DATA_VARIABLE
from qa_analysis.framework import rules_for
from qa_analysis.month.checking import extracts_table
from qa_analysis.questions.kinds import QUESTIONS
from qa_analysis.questions.opening import FEEDBACK, Held, held_of
from qa_analysis.questions.query import Questions, open_questions

SAID = "She listened to me and to the children. The plan changed nothing for us."
AUDITS = [{"audit_id": f"a{number}", "child_id": f"c{number}", "key_worker_id": f"w{number}"} for number in range(8)]
HEARD = [
    {"audit_id": f"a{number}", "feedback_id": f"f{number}", "outcome": "engaged", "text": SAID if number else None}
    for number in range(8)
]


def opened() -> Held:
    held = frames(audits=AUDITS, family_feedback=HEARD)
    return held_of(held, CONTRACTS, extracts_table(()), rules_for("2023-06"), "2023-06", None, Path("nowhere"))


def test_the_subjects_of_families_words_are_worked_out_when_somebody_asks_for_them() -> None:
    held = opened()
    qa = Questions(held)
    assert qa.ask("grades").is_given
    assert "heard" not in vars(held)
    qa.ask("views")
    assert "heard" in vars(held)


def test_no_words_are_held_before_or_after() -> None:
    held = opened()
    assert "text" not in held.tables.frames[FEEDBACK]
    assert held.tables.frames[FEEDBACK].shape[0] == 8
    assert {"text", "subject"} & set(held.heard) == {"subject"}
    assert set(held.heard["feedback_id"]) == {f"f{number}" for number in range(8)}


def loaded_by(line: str) -> set[str]:
    """What a line has loaded of what is slow to load."""
    slow = ("pandas", "matplotlib", "sklearn", "scipy.stats", "great_expectations", "qa_analysis.questions.query")
    told = f"import sys; {line}; print(*[name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_that_opens_the_panel_loads_no_pictures_and_no_questions_of_its_own() -> None:
    assert loaded_by("import qa_analysis.publishing.lab") <= {"pandas"}


def test_the_panel_loads_no_model_and_no_checks_before_they_are_needed() -> None:
    line = "import qa_analysis.questions.panel, qa_analysis.questions.query"
    assert {"sklearn", "scipy.stats", "great_expectations"}.isdisjoint(loaded_by(line))


def test_the_folder_of_a_published_month_answers_as_the_extracts_it_was_made_from(
    core: Path, core_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_month, by_extracts = open_questions(str(core / "outputs" / "2023-06")), open_questions(str(core_data))
    said = {name: str(by_month.ask(name)) for name in QUESTIONS}
    assert said == {name: str(by_extracts.ask(name)) for name in QUESTIONS}
    rows = {name: len(frame) for name, frame in by_month.held.tables.frames.items()}
    assert rows == {name: len(frame) for name, frame in by_extracts.held.tables.frames.items()}
    assert rows["audits"] == len(CORE["audits"])
    monkeypatch.setenv(DATA_VARIABLE, str(core / "outputs" / "2023-06"))  # as qa-analysis explore --data would say
    assert open_questions().held.published == "2023-06"

"""From a council's own tracker to a published month by the commands alone."""

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from runs import published, run
from trackers import forms_export

from qa_analysis.cli import main

pytestmark = pytest.mark.usefixtures("own_key")
ONLY_THE_ANALYST_KNOWS = {
    "# selection_route:": "selection_route:",
    "# moderated_on:": "moderated_on:",
    "# route:": "route:",
    "# overall_grade: {words": "overall_grade: {words",
    "# - key_area": "- key_area",
    "# Picked at random:": "Picked at random:",
    "# Asked for by manager: induction": "Asked for by manager: reactive",
    "draft: yes\n": "",
}


def command(*words: str, answers: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=answers)


def test_a_draft_is_checked_but_never_published(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    forms_export(data)
    mapped = command("map", "--data", str(data))
    assert (mapped.exit_code, "40 rows of audits, moderations, actions, findings" in mapped.output) == (0, True)
    assert "sources.yaml is a draft" in command("check", "--data", str(data)).output
    stopped = run(data, tmp_path / "outputs", month="2025-03")
    assert (stopped.exit_code, published(tmp_path / "outputs")) == (2, [])
    assert 'delete its line "draft: yes"' in stopped.output and "Traceback" not in stopped.output


def test_a_forms_export_is_published_with_the_numbers_it_holds(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    truth = forms_export(data)
    assert command("map", "--data", str(data)).exit_code == 0
    sources = data / "sources.yaml"
    text = sources.read_text(encoding="utf-8")
    for was, becomes in ONLY_THE_ANALYST_KNOWS.items():
        assert was in text
        text = text.replace(was, becomes)
    sources.write_text(text, encoding="utf-8")
    result = run(data, tmp_path / "outputs", "--report", "data-quality", month="2025-03")
    assert result.exit_code == 0, result.output
    measures = pd.read_csv(tmp_path / "outputs/2025-03/tables/measures.csv", keep_default_na=False)
    of = measures[measures["by"] == ""].set_index(["measure", "period"])
    assert float(of.loc[("audits_completed", "2025-03"), "value"]) == truth.audits["2025-03"]
    assert float(of.loc[("moderation_done", "2025-03"), "value"]) == truth.moderated["2025-03"]
    assert float(of.loc[("actions_agreed", "2025-03"), "value"]) == truth.actions["2025-03"]


def test_the_dialogue_asks_and_writes_what_was_answered(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    forms_export(data)
    asked = command("map", "--ask", "--data", str(data), answers="\n" * 40)
    assert asked.exit_code == 0, asked.output
    text = (data / "sources.yaml").read_text(encoding="utf-8")
    assert "draft: yes" not in text and "      route: random third" in text
    assert command("check", "--data", str(data)).exit_code in (0, 11)

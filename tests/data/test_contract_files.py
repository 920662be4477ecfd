"""What a contract file may not say, and what the refusal tells."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qa_analysis.data.contracts import Contract, load_contract, load_contracts
from qa_analysis.data.odcs import VERDICTS, verdicts
from qa_analysis.errors import WrongUse
from qa_analysis.framework import resource

CONTRACTS = load_contracts()
FOLDER = resource("data_contracts")


def edited(tmp_path: Path, old: str, new: str, *, dataset: str = "supervision") -> Contract:
    """A contract loaded with one piece of its text changed, the first of its kind."""
    text = (FOLDER / f"{dataset}.odcs.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{dataset}.odcs.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_contract(path)


def test_an_unchanged_copy_is_the_same_contract(tmp_path: Path):
    assert edited(tmp_path, "name: supervision", "name: supervision") == CONTRACTS["supervision"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("property: happensOn", "property: hapensOn", 'customProperty "hapensOn" is not known. Known here: core'),
        ("property: planned", "property: planed", 'next_due_on: customProperty "planed" is not known'),
        ("property: planned, value: true", "property: planned, value: yes please", "must be of type bool"),
        ("        required: true\n", "        requird: true\n", "supervision_id: breaks the Open Data .*requird"),
        ("description: The session's", "tags: [a]\n        description: The session's", '"tags" is not read here'),
        ("severity: warning", "severty: warning", "severty"),
        ("severity: warning}", "severity: warn}", 'severity must be "error"'),
        ("mustBeGreaterThan: 0", "mustBe: 0", "rowCount mustBeGreaterThan a number"),
        ("name: no-rows", "name: No rows", "small letters and hyphens"),
        ("engine: greatExpectations", "engine: soda", "a rule needs an engine"),
        ("          kwargs:", "          kwarg:", "kwarg"),
        ("property: passes", "property: pases", 'customProperty "pases" is not known'),
        ("kind, value: id", "kind, value: ident", "kind is not one of"),
        ("person, value: worker", "person, value: staff", "person is not one of"),
        ("logicalType: boolean", "logicalType: date\n        logicalType: boolean", '"logicalType" is written twice'),
        ("classification: restricted", "classification: public", "classification restricted"),
        ("{synonym: supervisee}", "{synonym: SUPERVISED_by}", '"supervised by" means two things'),
        ("value: held_on}", "value: child_id}", "happensOn names no date column"),
        ("logicalType: string", "logicalType: integer", "supervision_id: logicalType and kind do not agree"),
        ("apiVersion: v3.2.0", "apiVersion: v9", "breaks the Open Data Contract Standard"),
        ("primaryKey: true", "primaryKey: maybe", "breaks the Open Data Contract Standard"),
        ("        primaryKey: true\n", "", "no column is the primaryKey"),
        ("name: is_reflective", "name: Held_on", "means two things|differ by case alone"),
        ("- name: supervision\n", "- name: supervisions\n", "one schema of the file's own name"),
        ("schema:\n", "schema: [\n", "cannot be read as YAML"),
    ],
)  # fmt: skip
def test_what_does_not_mean_anything_here_is_refused(tmp_path: Path, old: str, new: str, told: str):
    with pytest.raises(WrongUse, match=told) as refused:
        edited(tmp_path, old, new)
    assert str(refused.value).startswith("supervision.odcs.yaml")


@pytest.mark.parametrize(
    ("dataset", "old", "new", "told"),
    [
        ("family_feedback", "positive: [good,", "postive: [good,", "codeAliases name a code that is not in the enum"),
        ("family_feedback", "negative: [poor,", "negative: [good,", '"good" means two things, code'),
        ("complaints_compliments", '{value: "1"}', "{value: 1}", "put it in quotation marks"),
        ("narratives", "(?:0[1-9]|1[0-2])", "[0-9]{2}", "the only pattern in use is a month's"),
        (
            "learning_events",
            "{minimum: 0}",
            "{minimun: 0}",
            "learning_events > invited > logicalTypeOptions: breaks the",
        ),
    ],
)
def test_lists_patterns_and_ranges_that_contradict_themselves_are_refused(
    tmp_path: Path, dataset: str, old: str, new: str, told: str
):
    with pytest.raises(WrongUse, match=re.escape(told)):
        edited(tmp_path, old, new, dataset=dataset)


def test_a_refusal_names_file_path_and_what_to_do(tmp_path: Path):
    with pytest.raises(WrongUse) as refused:
        edited(tmp_path, "property: freeText", "property: freetext", dataset="actions")
    assert str(refused.value) == (
        'actions.odcs.yaml, actions > description: customProperty "freetext" is not known. '
        "Known here: codeAliases, essential, freeText, kind, knownBy, mayBeBlank, person, planned, prompts."
    )


@pytest.mark.parametrize(
    ("dataset", "old", "new", "told"),
    [
        ("findings", "to: audits.audit_id", "to: audits.theme_code", '"audits.theme_code" is not the key of a dataset'),
        ("findings", "value: audits.auditor_id", "value: audits.auditor", 'owner "audits.auditor" is no worker'),
        (
            "findings",
            "{synonym: finding}",
            "{synonym: Action Log}",
            "means two things, dataset findings and dataset actions",
        ),
    ],
)
def test_contracts_that_do_not_fit_together_are_refused(tmp_path: Path, dataset: str, old: str, new: str, told: str):
    for path in FOLDER.glob("*.odcs.yaml"):
        shutil.copy(path, tmp_path)
    path = tmp_path / f"{dataset}.odcs.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WrongUse, match=re.escape(told)):
        load_contracts(tmp_path)


# Whether a contract keeps the standard -------------------------------------------------------------------------------


def test_a_contract_that_kept_the_standard_when_it_changed_is_not_held_against_it_at_every_start():
    code = "import sys; from qa_analysis.data.contracts import load_contracts; load_contracts(); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert "qa_analysis.data.contracts" in ran.stdout.split()
    assert "jsonschema" not in ran.stdout.split()


def test_a_list_of_contracts_that_keep_the_standard_holds_none_that_breaks_it(tmp_path: Path):
    text = (FOLDER / "supervision.odcs.yaml").read_text(encoding="utf-8")
    (tmp_path / "supervision.odcs.yaml").write_text(text.replace("primaryKey: true", "primaryKey: maybe"), "utf-8")
    with pytest.raises(WrongUse, match="breaks the Open Data Contract Standard"):
        verdicts(tmp_path)


def test_line_ends_do_not_change_what_is_known_of_a_contract(tmp_path: Path):
    text = (FOLDER / "supervision.odcs.yaml").read_text(encoding="utf-8")
    (tmp_path / "supervision.odcs.yaml").write_text(text, "utf-8", newline="\r\n")
    assert verdicts(tmp_path) in (FOLDER / VERDICTS).read_text(encoding="utf-8")

"""From a council's own files to a month: the draft of sources.yaml, confirmed in a handful of lines."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from extracts import write_csv, write_xlsx
from trackers import Truth, forms_export, grouped_tracker, monthly_tracker

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.mapping.asking import asked
from qa_analysis.data.mapping.draft import written
from qa_analysis.data.mapping.mapping import map_folder, save_draft
from qa_analysis.data.mapping.patterns import common_pattern
from qa_analysis.data.reading.sources_file import read_plan
from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for

CONTRACTS = load_contracts()
SYNONYMS = rules_for("2025-01").grade_synonyms
WIDE = Path(__file__).parents[4] / "shared/cases/wide_tracker"
GOOD = ("outstanding", "good")


def draft_of(folder: Path) -> str:
    """The draft written for a folder."""
    path = save_draft(folder, map_folder(folder, CONTRACTS, SYNONYMS), CONTRACTS, SYNONYMS)
    return path.read_text(encoding="utf-8")


def confirm(folder: Path, *right: str, **corrected: str) -> Loaded:
    """The analyst's part: lines that are right lose their #, others are corrected, "draft" goes; then all is read."""
    path = folder / "sources.yaml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line != "draft: yes"]
    for place, line in enumerate(lines):
        text = line.strip().removeprefix("# ")
        if any(text.startswith(start) for start in right):
            lines[place] = line.replace("# ", "", 1)
        elif (name := text.partition(":")[0].strip('"').replace(" ", "_").replace("-", "_")) in corrected:
            indent = line[: len(line) - len(line.lstrip())]
            lines[place] = f"{indent}{text.partition(':')[0]}: {corrected[name]}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_folder(folder, CONTRACTS, SYNONYMS)


def by_cycle(read: Loaded, dataset: str, *, of: Mapping[str, str] | None = None) -> dict[str, int]:
    """How many rows of a dataset belong to the audits of each cycle."""
    audits = read.frames["audits"].set_index("audit_id")["cycle_month"]
    rows = read.frames[dataset]
    for column, value in (of or {}).items():
        rows = rows[rows[column].isin(value.split("|"))]
    return dict(Counter(rows["audit_id"].map(audits)))


def held(read: Loaded) -> Truth:
    """What was read, as a tracker's truth is told."""
    return Truth(
        audits=by_cycle(read, "audits"),
        good=by_cycle(read, "audits", of={"overall_grade": "outstanding|good"}),
        moderated=by_cycle(read, "moderations"),
        actions=by_cycle(read, "actions"),
        strengths=by_cycle(read, "findings", of={"polarity": "strength"}),
        developments=by_cycle(read, "findings", of={"polarity": "development"}),
    )


# Three trackers -------------------------------------------------------------------------------------------------------


def test_a_forms_export_is_read_after_a_handful_of_confirmed_lines(tmp_path: Path) -> None:
    truth = forms_export(tmp_path)
    draft_of(tmp_path)
    read = confirm(
        tmp_path, "selection_route:", "moderated_on:", "route:", "overall_grade: {words:", "- key_area",
        "Picked at random", Asked_for_by_manager="reactive",
    )  # fmt: skip
    assert list(read.issues.loc[read.issues["severity"] == "error", "message"]) == []
    assert held(read) == Truth(**{**vars(truth), "upheld": {}})
    audits = read.frames["audits"].set_index("audit_id")["overall_grade"]
    panel = read.frames["moderations"]
    cycles = read.frames["audits"].set_index("audit_id")["cycle_month"]
    same = panel[panel["overall_grade"] == panel["audit_id"].map(audits)]
    assert dict(Counter(same["audit_id"].map(cycles))) == truth.upheld
    assert len(panel) == sum(truth.moderated.values())


def test_a_workbook_of_a_sheet_a_month_is_read_with_next_months_sheet(tmp_path: Path) -> None:
    truth = monthly_tracker(tmp_path)
    draft = draft_of(tmp_path)
    assert 'sheet: "* 2?"' in draft and 'audit_id: "{sheet}/{Ref}"' in draft
    read = confirm(
        tmp_path, "overall_grade: Outcome", "- ", "route:", "overall_grade: {words:", "auditor_role:", "completed_on:",
    )  # fmt: skip
    assert list(read.issues.loc[read.issues["severity"] == "error", "message"]) == []
    assert held(read) == truth
    assert dict(Counter(read.frames["audits"]["age_band"])) == {"5-9": 15, "10-15": 15}


def test_headings_that_stand_there_several_times_are_told_by_their_groups(tmp_path: Path) -> None:
    truth = grouped_tracker(tmp_path)
    draft = draft_of(tmp_path)
    assert 'audited_on: "AUDIT > Date"' in draft and 'moderated_on: "MODERATION > Date"' in draft
    assert 'due_on: "ACTION {n} > Target"' in draft
    read = confirm(tmp_path, "auditor_role:", "route:", "- ")
    assert list(read.issues.loc[read.issues["severity"] == "error", "message"]) == []
    found = held(replace(read, frames={**read.frames, "findings": read.frames["actions"].assign(polarity="none")}))
    assert found == truth


@pytest.mark.skipif(not WIDE.is_dir(), reason="the wide tracker of the cases is not here")
def test_the_wide_tracker_of_the_cases_gives_its_truth(tmp_path: Path) -> None:
    copy(next((WIDE / "data").glob("*.xlsx")), tmp_path)
    truth = json.loads((WIDE / "truth.json").read_text(encoding="utf-8"))
    draft_of(tmp_path)
    read = confirm(
        tmp_path, "grade_multi_agency:", "Monthly random:", "route:", "overall_grade: {words:", "- key_area",
        "split_at:", cycle_month="Date of audit", Thematic="random", Management_request="reactive",
    )  # fmt: skip
    assert list(read.issues.loc[read.issues["severity"] == "error", "message"]) == []
    found = held(read)
    headline = by_cycle(read, "audits", of={"selection_route": "random|revisit"})
    for cycle, told in truth.items():
        assert found.audits[cycle] == told["audits"]
        assert headline[cycle] == told["headline"]
        assert found.moderated.get(cycle, 0) == told["moderated"]
        assert (found.actions[cycle], found.strengths[cycle], found.developments[cycle]) == (
            told["actions"], told["strengths"], told["developments"],
        )  # fmt: skip
    good = by_cycle(read, "audits", of={"overall_grade": "outstanding|good", "selection_route": "random|revisit"})
    assert {cycle: good.get(cycle, 0) for cycle in truth} == {c: told["good_or_better"] for c, told in truth.items()}


# The draft ------------------------------------------------------------------------------------------------------------

HEADINGS = ["Our number", "Audit month", "Team", "Child LCS ID", "Date of audit", "Type of audit", "Overall Judgement"]
ROWS = [
    ["A1", "2024-04", "North", "700001", "11/04/2024", "Random", "Good"],
    ["A2", "2024-04", "North", "700002", "12/04/2024", "Spot check", "Inad."],
    ["A3", "2024-05", "South", "700003", "12/05/2024", "Spot check", "RI"],
]


def test_a_draft_is_read_by_the_reader_it_is_made_for_and_is_known_as_one(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    draft_of(tmp_path)
    assert read_plan(tmp_path, CONTRACTS, SYNONYMS).is_draft


def test_each_unknown_word_stands_once_with_its_count_and_nothing_is_guessed_into_it(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    draft = draft_of(tmp_path)
    (line,) = [line for line in draft.splitlines() if "Spot check" in line]
    assert line.strip().startswith('# Spot check: "?"') and "2 cells; one of: random" in line


def test_a_required_column_without_a_heading_is_named(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    absent = [line for line in draft_of(tmp_path).splitlines() if "no heading found" in line]
    assert any(line.strip().startswith("# - auditor_role") for line in absent)
    assert any("findings" in line for line in draft_of(tmp_path).splitlines() if "Not seen in any sheet" in line)


def test_a_column_that_every_row_needs_is_asked_for_and_never_offered_as_not_recorded(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [[*HEADINGS[:4], *HEADINGS[5:]], *([*row[:4], *row[5:]] for row in ROWS)])
    (line,) = [line.strip() for line in draft_of(tmp_path).splitlines() if "audited_on" in line]
    assert line.startswith('# audited_on: "?"') and "Without it no row is read" in line


def test_a_name_typed_into_a_list_that_reports_show_is_not_taken_without_a_word(tmp_path: Path) -> None:
    rows = [[*row, "Alison Reid"] for row in ROWS]
    write_csv(tmp_path, "returns.csv", [[*HEADINGS, "Auditor role"], *rows])
    (line,) = [line for line in draft_of(tmp_path).splitlines() if "auditor_role" in line]
    assert line.strip().startswith("#") and "what look like people's names" in line


def test_what_the_analyst_wrote_stays_and_the_new_draft_follows_as_comments(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    own = "# mine\ndatasets:\n  audits: {file: returns.csv, columns: {audit_id: Our number}}  # certain\n"
    (tmp_path / "sources.yaml").write_text(own, encoding="utf-8")
    first = draft_of(tmp_path)
    assert first.startswith(own) and draft_of(tmp_path) == first
    assert all(line.startswith("#") for line in first.removeprefix(own).splitlines() if line)
    assert not read_plan(tmp_path, CONTRACTS, SYNONYMS).is_draft


def test_a_file_that_cannot_be_read_is_never_overwritten(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    (tmp_path / "sources.yaml").write_text("datasets: {audit: x}", encoding="utf-8")
    with pytest.raises(WrongUse):
        draft_of(tmp_path)
    assert (tmp_path / "sources.yaml").read_text(encoding="utf-8") == "datasets: {audit: x}"


@pytest.mark.parametrize(
    "heading", ["Audit: date", "#1 grade", "yes", "- dash", "{brace}", 'say "so"', "* star", "a # b"]
)
def test_any_heading_comes_through_the_draft(tmp_path: Path, heading: str) -> None:
    write_xlsx(
        tmp_path, "audits.xlsx", {"Log": [[*HEADINGS, f"{heading} strengths"], *([*row, "one two"] for row in ROWS)]}
    )
    assert f"{heading} strengths" in str(list(_headings(draft_of(tmp_path), tmp_path)))


def _headings(draft: str, folder: Path) -> list[str]:
    plan = read_plan(folder, CONTRACTS, SYNONYMS)
    assert draft
    return [heading for source in plan.named() for heading in source.columns.values()]


def test_a_folder_without_a_table_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"x")
    with pytest.raises(WrongUse, match=r"No file in .* holds a table with headings"):
        map_folder(tmp_path, CONTRACTS, SYNONYMS)


def test_no_line_for_the_screen_holds_a_cell(tmp_path: Path) -> None:
    forms_export(tmp_path)
    shown = " ".join(map_folder(tmp_path, CONTRACTS, SYNONYMS).seen)
    assert shown.startswith(
        'Case audit form(1-40).xlsx, sheet "Sheet1": 40 rows of audits, moderations, actions, findings'
    )
    assert not re.search(r"Worker|7001\d\d|Voice", shown)


# The dialogue ---------------------------------------------------------------------------------------------------------


def test_answers_become_lines_and_what_is_left_out_stays_a_comment(tmp_path: Path) -> None:
    write_csv(tmp_path, "returns.csv", [HEADINGS, *ROWS])
    questions: list[str] = []

    def answer(question: str, suggestion: str) -> str:
        questions.append(question)
        if "Spot check" in question:
            return "nonsense" if questions.count(question) == 1 else "reactive"
        return "y" if "auditor_role" in question else "-" if "?" not in suggestion else suggestion

    mapped = asked(map_folder(tmp_path, CONTRACTS, SYNONYMS), answer)
    text = written(mapped.draft, is_confirmed=mapped.is_confirmed)
    assert "draft: yes" not in text
    assert [line.split("  #")[0].strip() for line in text.splitlines() if "Spot check" in line] == [
        "Spot check: reactive"
    ]
    assert [line.split("  #")[0].strip() for line in text.splitlines() if "auditor_role" in line] == ["- auditor_role"]
    assert any(line.strip().startswith("# - auditor_id") for line in text.splitlines())
    assert sum("Spot check" in question for question in questions) == 2


def test_the_dialogue_asks_whether_the_month_or_the_date_decides_the_cycle(tmp_path: Path) -> None:
    forms_export(tmp_path)
    mapped = asked(
        map_folder(tmp_path, CONTRACTS, SYNONYMS),
        lambda question, suggestion: "Date of audit" if "which cycle" in question else suggestion,
    )
    assert "      cycle_month: Date of audit\n" in written(mapped.draft, is_confirmed=True)


# Names of sheets ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "others", "pattern"),
    [
        (["Apr 24", "May 24", "June 24"], {"Lists", "Read me"}, ("* 2?",)),
        (["Audits Apr", "Audits May"], {"Lists"}, ("Audits *",)),
        (["April", "May"], set(), ("*",)),
        (["April", "May"], {"Lists"}, ("April", "May")),
        (["Q1 2024-25", "Q2 2024-25"], {"Guidance"}, ("Q? 202?-2?",)),
        (["Tracker"], {"Lists"}, ("Tracker",)),
    ],
)
def test_names_of_one_form_have_a_pattern_that_no_other_sheet_has(
    names: list[str], others: set[str], pattern: tuple[str, ...]
) -> None:
    assert common_pattern(names, others) == pattern

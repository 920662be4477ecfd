"""Wide trackers: one row of a council's sheet holds an audit, its moderation, its actions and its findings."""

from pathlib import Path
from typing import Any

import pytest
from extracts import plain, write_csv, write_xlsx

from qa_analysis.data.contracts import load_contracts, with_personal
from qa_analysis.data.identity import new_key, pseudonymise
from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.errors import WrongUse
from qa_analysis.framework import rules_for

CONTRACTS = load_contracts()
SYNONYMS = rules_for("2024-04").grade_synonyms
HEADINGS = ["No.", "Child LCS ID", "SW", "Date of audit", "Overall", "Moderated?", "Date moderated", "New grade"]
FIRST = ["1", "700001", "Jo Marsh", "11/04/2024", "Good", "Y", "21/04/2024", "RI"]
SECOND = ["2", "700002", "Al Reed", "12/04/2024", "RI", "N", "", ""]
MODERATIONS = """
datasets:
  moderations:
    file: tracker.csv
    rows: {"Moderated?": [Y]}
    columns: {audit_id: No., moderated_on: Date moderated, overall_grade: New grade}
    constants: {route: random third}
    make: {moderation_id: "M{No.}"}
"""


def loaded(folder: Path, rows: list[list[Any]], sources: str) -> Loaded:
    """A tracker and its sources.yaml, read."""
    write_csv(folder, "tracker.csv", rows)
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    return read_folder(folder, CONTRACTS, SYNONYMS)


def refused(folder: Path, sources: str) -> str:
    """Why a sources.yaml is refused."""
    with pytest.raises(WrongUse) as refusal:
        loaded(folder, [HEADINGS, FIRST], sources)
    return str(refusal.value)


def told(read: Loaded) -> list[str]:
    """The messages of the issues."""
    return list(read.issues["message"])


# Rows -----------------------------------------------------------------------------------------------------------------


def test_a_filter_takes_the_rows_of_one_dataset_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, FIRST, SECOND], MODERATIONS)
    assert plain(read.frames["moderations"], "moderation_id", "audit_id", "route", "moderated_on", "overall_grade") == [
        ("M1", "1", "random third", "2024-04-21", "requires improvement")
    ]
    (extract,) = read.extracts
    assert (extract.rows_in, extract.rows_loaded, extract.rows_listed, extract.rows_not_chosen) == (2, 1, 1, 1)
    assert list(read.frames["moderations"]["source_row"]) == [2]


@pytest.mark.parametrize("word", ["Y", "yes", " Yes ", "TRUE", "1", "a) Yes"])
def test_yes_is_yes_however_a_form_writes_it(tmp_path: Path, word: str) -> None:
    read = loaded(tmp_path, [HEADINGS, [*FIRST[:5], word, *FIRST[6:]]], MODERATIONS)
    assert len(read.frames["moderations"]) == 1


def test_a_word_that_is_neither_yes_nor_no_is_told_and_not_taken(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, FIRST, [*SECOND[:5], "Pending", "", ""]], MODERATIONS)
    assert len(read.frames["moderations"]) == 1
    assert told(read)[0].startswith('In 1 row "Moderated?" is neither yes nor no, and the row was not taken.')


def test_a_total_under_a_wide_table_is_no_record(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, FIRST, ["Total audits", *[""] * 7]], MODERATIONS)
    assert (read.extracts[0].rows_in, read.extracts[0].rows_loaded, read.extracts[0].rows_listed) == (2, 1, 1)


UPHELD = MODERATIONS + "    upheld: {overall_grade: {words: [blank, Agreed], as: Overall}}\n"


@pytest.mark.parametrize("word", ["", "Agreed", "agreed."])
def test_a_grade_that_the_analyst_says_was_upheld_is_the_auditors(tmp_path: Path, word: str) -> None:
    read = loaded(tmp_path, [HEADINGS, [*FIRST[:7], word]], UPHELD)
    assert plain(read.frames["moderations"], "overall_grade") == [("good",)]


def test_another_word_is_never_taken_for_upheld(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, [*FIRST[:7], "See notes"]], UPHELD)
    assert plain(read.frames["moderations"], "overall_grade") == [(None,)]
    assert "is not a grade" in told(read)[-1]


def test_without_that_word_a_blank_grade_stays_blank(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, [*FIRST[:7], ""]], MODERATIONS)
    assert plain(read.frames["moderations"], "overall_grade") == [(None,)]


# Groups of columns ----------------------------------------------------------------------------------------------------

ACTION_HEADINGS = ["No.", "Date of audit", "Action 1", "Who 1", "By 1", "Action 2", "Who 2", "By 2"]
ACTIONS = """
datasets:
  actions:
    file: tracker.csv
    repeat: 2
    columns: {audit_id: No., agreed_on: Date of audit, description: "Action {n}", owner_id: "Who {n}", due_on: "By {n}"}
    constants: {source: audit, level: child}
    make: {action_id: "{No.}-{n}"}
"""


def test_each_group_that_holds_anything_is_a_row(tmp_path: Path) -> None:
    rows = [
        ACTION_HEADINGS,
        ["7", "11/04/2024", "Visit", "SW", "20/04/2024", "Plan", "TM", "soon"],
        ["8", "12/04/2024", "", "", "", "", "TM", ""],
        ["9", "13/04/2024", "", "", "", "", "", ""],
    ]
    read = loaded(tmp_path, rows, ACTIONS)
    assert plain(read.frames["actions"], "action_id", "description", "owner_id", "agreed_on", "due_on") == [
        ("7-1", "Visit", "SW", "2024-04-11", "2024-04-20"),
        ("7-2", "Plan", "TM", "2024-04-11", None),
        ("8-2", None, "TM", "2024-04-12", None),
    ]
    (extract,) = read.extracts
    assert (extract.rows_in, extract.rows_loaded, extract.rows_listed) == (4, 3, 1)
    assert '"By 1 to 2" (due_on) is not a date' in told(read)[-1]


def test_groups_may_be_called_by_words(tmp_path: Path) -> None:
    rows = [["No.", "Done", "First action", "Second action"], ["1", "11/04/2024", "Visit", "Plan"]]
    sources = """
datasets:
  actions:
    file: tracker.csv
    repeat: [First, Second]
    columns: {agreed_on: Done, description: "{n} action"}
    constants: {source: audit, level: child}
    make: {action_id: "{No.}/{n}"}
    not_supplied: [owner_id]
"""
    read = loaded(tmp_path, rows, sources)
    assert plain(read.frames["actions"], "action_id", "description") == [("1/First", "Visit"), ("1/Second", "Plan")]
    assert '"owner_id" is not recorded' in told(read)[0]


# Lines of one cell ----------------------------------------------------------------------------------------------------

FINDINGS = """
datasets:
  findings:
    - file: tracker.csv
      columns: {audit_id: No., text: Strengths}
      split: text
      make: {finding_id: "{No.}-S{n}"}
      constants: {polarity: strength}
      not_supplied: [key_area]
    - file: tracker.csv
      columns: {audit_id: No., text: Development}
      split: text
      make: {finding_id: "{No.}-D{n}"}
      constants: {polarity: development}
      not_supplied: [key_area]
"""


def test_one_cell_of_bullets_is_several_findings_and_two_columns_are_both_polarities(tmp_path: Path) -> None:
    rows = [
        ["No.", "Strengths", "Development"],
        ["1", "- Good use of genogram\n- Voice of the child", "Chronology"],
        ["2", "", "1. Plan\n2. Drift"],
    ]
    read = loaded(tmp_path, rows, FINDINGS)
    assert plain(read.frames["findings"], "finding_id", "polarity", "text") == [
        ("1-S1", "strength", "Good use of genogram"),
        ("1-S2", "strength", "Voice of the child"),
        ("1-D1", "development", "Chronology"),
        ("2-D1", "development", "Plan"),
        ("2-D2", "development", "Drift"),
    ]
    assert [(e.rows_in, e.rows_loaded, e.rows_listed) for e in read.extracts] == [(3, 2, 1), (3, 3, 0)]


# Headings -------------------------------------------------------------------------------------------------------------


def test_a_heading_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, FIRST], MODERATIONS.replace("New grade", "New grades"))
    assert told(read) == ['sources.yaml names "New grades", which is not there. Is "New grade" meant? Correct it.']
    assert "moderations" not in read.frames


def test_a_heading_that_is_there_twice_is_told_by_its_group_or_letter(tmp_path: Path) -> None:
    above = ["AUDIT", "", "", "", "", "MODERATION", "", ""]
    twice = [*HEADINGS[:3], "Date", "Grade", "Moderated?", "Date", "Grade"]
    sources = MODERATIONS.replace("Date moderated", "Date").replace("New grade", "Grade")
    read = loaded(tmp_path, [above, twice, FIRST], sources)
    assert told(read) == [
        '"Date" is there 2 times. Name one of them: "AUDIT > Date" or "MODERATION > Date".',
        '"Grade" is there 2 times. Name one of them: "AUDIT > Grade" or "MODERATION > Grade".',
    ]
    mended = MODERATIONS.replace("Date moderated", "MODERATION > Date").replace("New grade", "column H")
    again = loaded(tmp_path, [above, twice, FIRST], mended)
    assert plain(again.frames["moderations"], "moderated_on", "overall_grade") == [
        ("2024-04-21", "requires improvement")
    ]


def test_a_required_column_is_named_or_said_not_to_be_recorded(tmp_path: Path) -> None:
    read = loaded(tmp_path, [HEADINGS, FIRST], MODERATIONS.replace("constants: {route: random third}", ""))
    assert told(read)[0].startswith('The required column "route" is missing from moderations.')


def test_in_a_shared_sheet_only_headings_that_are_named_are_read(tmp_path: Path) -> None:
    """ "Overall" is the auditor's grade: taken for the panel's it would say that the panel always agrees."""
    audits = """
  audits:
    file: tracker.csv
    columns: {audit_id: No., cycle_month: Date of audit, audited_on: Date of audit, child_id: Child LCS ID,
      key_worker_id: SW, overall_grade: Overall}
    constants: {selection_route: random}
    not_supplied: [theme_code, service_area, team, auditor_id, auditor_role, grade_assessment, grade_multi_agency,
      grade_recording_communication, grade_help_protection_stability, grade_relationships_direct_work,
      grade_supervision_oversight]
"""
    sources = MODERATIONS.replace(", overall_grade: New grade", "")
    read = loaded(tmp_path, [HEADINGS, FIRST], sources + audits)
    assert 'The required column "overall_grade" is missing from moderations' in " ".join(told(read))
    assert plain(read.frames["audits"], "cycle_month", "audited_on", "overall_grade") == [
        ("2024-04", "2024-04-11", "good")
    ]


def test_what_no_dataset_reads_is_told_once(tmp_path: Path) -> None:
    rows = [["No.", "Strengths", "Development", "Mood"], ["1", "Plan", "Drift", "Sunny"]]
    read = loaded(tmp_path, rows, FINDINGS)
    assert [text for text in told(read) if "not recognised" in text] == [
        'These columns were not recognised and have not been read: "Mood". If one of them is wanted, say in '
        "sources.yaml (columns) which column it is."
    ]


def test_one_sheet_a_month_is_read_by_a_pattern_and_its_name_is_part_of_the_id(tmp_path: Path) -> None:
    sheets = {"Apr 24": [HEADINGS, FIRST], "May 24": [HEADINGS, FIRST], "Lists": [["Good"]]}
    write_xlsx(tmp_path, "tracker.xlsx", sheets)
    sources = MODERATIONS.replace("tracker.csv", 'tracker.xlsx\n    sheet: "* 24"')
    (tmp_path / "sources.yaml").write_text(sources.replace('"M{No.}"', '"{sheet}/{No.}"'), encoding="utf-8")
    read = read_folder(tmp_path, CONTRACTS, SYNONYMS)
    assert plain(read.frames["moderations"], "moderation_id") == [("Apr 24/1",), ("May 24/1",)]


# People ---------------------------------------------------------------------------------------------------------------


def test_an_id_made_of_a_childs_number_is_replaced_like_it_in_every_dataset(tmp_path: Path) -> None:
    sources = MODERATIONS.replace("audit_id: No.", "audit_id: Child LCS ID")
    read = loaded(tmp_path, [HEADINGS, FIRST], sources.replace('"M{No.}"', '"{Child LCS ID} {Date moderated}"'))
    assert read.personal == {"audit_id", "moderation_id"}
    contracts = with_personal(CONTRACTS, read.personal)
    frames, people = pseudonymise(read.frames, contracts, key=new_key())
    (row,) = plain(frames["moderations"], "moderation_id", "audit_id")
    assert not any("700001" in str(text) for text in row)
    assert sorted(people.originals.values()) == ["700001", "700001 21/04/2024"]


def test_a_column_that_readers_see_is_never_taken_from_a_persons_heading(tmp_path: Path) -> None:
    sources = """
datasets:
  audits: {file: tracker.csv, columns: {key_worker_id: SW, team: SW}}
"""
    assert '"SW" names a person, and team is shown in reports' in refused(tmp_path, sources)


# What cannot be -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('"M{No.}"', "M1", "put the headings it is made of in braces"),
        ("rows: {", "rows: {Team: [], ", "write the words that count"),
        ("constants: {", "constants: {audit_id: x, ", "audit_id is given in two ways"),
        ("columns: {", 'columns: {panel: "Panel {n}", ', "needs repeat"),
        ("rows:", "split: panel\n    rows:", "split needs the heading"),
        ("rows:", "repeat: 3\n    rows:", "repeat needs headings with {n}"),
        ("rows:", "not_supplied: [audit_id]\n    rows:", "without audit_id a row means nothing"),
        ("rows:", "row:", 'Did you mean "rows"?'),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(tmp_path: Path, was: str, becomes: str, why: str) -> None:
    assert why in refused(tmp_path, MODERATIONS.replace(was, becomes))

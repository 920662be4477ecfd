"""Identifiers, words, numbers, codes and grades in cells."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from extracts import GRADES, SYNONYMS
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.cell_dates import read_date, read_month
from qa_analysis.data.reading.cell_text import PLACEHOLDER, Fault, is_blank, is_mojibake, read_text, tidy
from qa_analysis.data.reading.cells import (
    code_list,
    read_boolean,
    read_code,
    read_codes,
    read_column,
    read_grade,
    read_id,
    read_number,
    read_whole_number,
    reader,
)
from qa_analysis.data.reading.raw import Source

PADDING = st.text(alphabet=" \t\n\u00a0\u200b\ufeff\u2007\u202f", max_size=4)


# Identifiers ----------------------------------------------------------------------------------------------------------


@given(st.from_regex(r"[0-9]{1,30}", fullmatch=True))
def test_digits_written_as_text_stay_as_they_are(text: str):
    assert read_id(text) == read_id(f"{text}.0") == read_id(f'="{text}"') == text


@given(st.integers(0, 10**15 - 1))
def test_a_number_is_its_digits_never_scientific(number: int):
    assert read_id(float(number)) == read_id(number) == str(number)


@pytest.mark.parametrize("value", [1e15, 12345678901234567.0, 1234567890123456])
def test_a_number_that_excel_has_rounded_is_refused(value: float):
    assert read_id(value) == Fault("id-rounded-by-excel")


@pytest.mark.parametrize("value", ["1.23E+10", "1.2e15", "4E+12", 12.5, "NA", True, datetime(2023, 6, 8), timedelta(1)])
def test_an_identifier_that_was_mangled_is_refused(value: Any):
    assert read_id(value) == Fault("id-not-readable")


@pytest.mark.parametrize("text", ["P12345", "0012345", "12E5", "AB-12", "Null Jones"])
def test_an_identifier_is_kept_letter_by_letter(text: str):
    assert read_id(f"  {text}\u00a0") == text


@pytest.mark.parametrize("value", ["-1", -1, -1.0, "-1.0"])
def test_minus_one_is_a_placeholder(value: Any):
    assert read_id(value) is PLACEHOLDER


def test_a_formula_is_no_identifier():
    assert read_id("=H2+5") == Fault("formula-without-value")


# Words ----------------------------------------------------------------------------------------------------------------


@given(st.sampled_from(["North", "A1", "08/06/2023", "yes", "12", "Good"]), PADDING, PADDING)
def test_padding_and_invisible_characters_never_change_a_reading(text: str, before: str, after: str):
    padded = f"{before}{text}{after}"
    for read in (read_id, read_date, read_month, read_boolean, read_number):
        assert read(padded) == read(text)
    assert read_text(padded, is_free=False) == read_text(padded, is_free=True) == text
    assert read_grade(padded, SYNONYMS) == read_grade(text, SYNONYMS)


@given(st.text())
def test_tidy_text_is_tidy_already(text: str):
    assert tidy(tidy(text)) == tidy(text)
    assert not set(tidy(text)) & {"\0", "\u200b", "\u202e", "\u00a0", "\r", "\x85"}


def test_a_non_breaking_space_inside_a_name_is_a_space():
    assert (
        read_text("Dustin\u00a0Hazlett", is_free=False)
        == read_text("Dustin  Hazlett", is_free=False)
        == "Dustin Hazlett"
    )


@pytest.mark.parametrize("text", ["NA", "N/A", "None"])
def test_a_team_called_na_is_a_team(text: str):
    assert read_text(text, is_free=False) == text


def test_free_text_keeps_its_lines_and_its_formulas():
    assert read_text(" =HYPERLINK(1)\r\nand\0 more ", is_free=True) == "=HYPERLINK(1)\nand more"
    assert read_text("=HYPERLINK(1)", is_free=False) == Fault("formula-without-value")


@pytest.mark.parametrize("value", ["#N/A", "#REF!", "#VALUE!"])
def test_an_excel_error_exported_as_text_is_an_error(value: str):
    for read in (read_id, read_date, read_month, read_number, read_whole_number, read_boolean):
        assert read(value) == Fault("error-cell")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(12.0, "12"), (3.1, "3.1"), (True, "TRUE"), (date(2023, 6, 8), "2023-06-08"), (1e20, Fault("text-not-readable"))],
)  # fmt: skip
def test_other_cells_in_a_text_column_become_text(value: Any, expected: Any):
    assert read_text(value, is_free=False) == expected


@pytest.mark.parametrize("text", ["Zoë", "Âge", "£5", "naïve façade"])
def test_text_decoded_well_is_not_garbled(text: str):
    assert not is_mojibake(text)
    assert is_mojibake(f"see {text.encode().decode('latin-1')}")


@pytest.mark.parametrize("value", [None, "", "  ", "-", "—", "\u200b", "\u00a0", float("nan")])
def test_an_empty_looking_cell_is_blank(value: Any):
    assert is_blank(value)


@pytest.mark.parametrize("value", ["a", 0, 0.0, False, "None", Fault("error-cell")])
def test_a_cell_that_says_anything_is_not_blank(value: Any):
    assert not is_blank(value)


# Yes and no, numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["Yes", "y", "TRUE", "a) Yes", "1", "1.0", 1, 1.0, True])
def test_yes_is_yes(value: Any):
    assert read_boolean(value) is True


@pytest.mark.parametrize("value", ["No", "n", "False", "b) No", "0", 0.0, False])
def test_no_is_no(value: Any):
    assert read_boolean(value) is False


@pytest.mark.parametrize(
    "value", ["Yes - agreed", "Upheld", "x", "c) Unknown", "CS Assessment Updated", 2, date(2023, 1, 1)]
)
def test_anything_else_is_neither(value: Any):
    assert read_boolean(value) == Fault("yes-no-not-readable")


@pytest.mark.parametrize(
    ("value", "expected"), [("1,234", 1234.0), ("12.50", 12.5), (" 7 ", 7.0), (6.138, 6.138), ("-3", -3.0)]
)
def test_a_number_is_read(value: Any, expected: float):
    assert read_number(value) == expected


@pytest.mark.parametrize(
    "value", ["85%", "£5", "1.234,56", "12,34", "1e3", "5 mins", "about 5", "none", True, date(2023, 6, 5), "٣"]
)
def test_a_number_with_anything_else_is_refused(value: Any):
    assert read_number(value) == Fault("number-not-readable")
    assert read_whole_number(value) == Fault("whole-number-not-readable")


def test_a_fractional_age_is_not_whole():
    assert read_whole_number(6.138) == Fault("whole-number-not-readable")
    assert read_whole_number("45.0") == read_whole_number(45.0) == 45


# Codes and grades -----------------------------------------------------------------------------------------------------

STATUS = Column(
    "case_status", "code", codes=("CIN", "care leaver", "0-4", "16+"), code_aliases={"child in need": "CIN"}
)
CODES = code_list(STATUS, {"b) CN": "CIN"})


@pytest.mark.parametrize(
    ("value", "code"),
    [("cin", "CIN"), ("a) CIN", "CIN"), ("Child in Need", "CIN"), ("b) cn", "CIN"), ("Care_Leaver", "care leaver"),
     ("care-leaver", "care leaver"), ("0–4", "0-4"), ("16+", "16+"), ("-", None), ("n/a", None)],
)  # fmt: skip
def test_a_code_is_found_whatever_its_case_prefix_or_joins(value: str, code: str | None):
    assert read_code(value, CODES) == code


@pytest.mark.parametrize("value", ["PSRMEM - Support with memory", "CIN/CP", datetime(2023, 4, 1), 5.0])
def test_a_code_off_the_list_is_refused(value: Any):
    assert read_code(value, CODES) == Fault("code-not-in-list")


def test_an_open_list_takes_any_word():
    theme = Column("theme_code", "code", code_aliases={"sup": "supervision"})
    read = reader(theme, {}, Source("audits"))
    assert read_column(["Sup", "3.10", 3.1, "a) neglect"], read) == ["supervision", "3.10", "3.1", "a) neglect"]


PROMPTS = [f"3.{number}" for number in range(1, 12)]


@pytest.mark.parametrize(
    ("value", "prompt"),
    [("3.1", "3.1"), ("3.10", "3.10"), (3.2, "3.2"), (3.11, "3.11"), (3.0, "3"), (3, "3"),
     (3.1, Fault("prompt-lost-its-zero")),
     (datetime(2023, 10, 3), Fault("prompt-lost-its-zero")), ("a) neglect", "a) neglect"), (None, None)],
)  # fmt: skip
def test_a_number_that_may_be_either_of_two_prompts_is_neither(value: Any, prompt: Any):
    read = reader(Column("theme_code", "code", holds_prompts=True), {}, Source("findings"), prompts=PROMPTS)
    assert read(value) == prompt


def test_the_same_number_is_itself_where_a_column_holds_no_prompts():
    assert reader(Column("team", "code"), {}, Source("audits"), prompts=PROMPTS)(3.1) == "3.1"


def test_several_codes_are_read_one_by_one():
    assert read_codes("cin; a) Care leaver ;CIN", CODES) == "CIN;care leaver"
    assert read_codes("cin; other", CODES) == Fault("code-not-in-list")
    assert read_codes("", CODES) is None


@pytest.mark.parametrize(
    ("value", "grade"),
    [("GOOD ", "good"), ("R.I.", "requires improvement"), ("b) Good", "good"), ("TBC", None), ("-", None),
     ("N/A", "not applicable")],
)  # fmt: skip
def test_a_grade_is_read_by_its_synonyms(value: str, grade: str | None):
    assert read_grade(value, SYNONYMS) == grade


@pytest.mark.parametrize(
    "value", ["Good/RI", "Good with elements of RI", "1", 2.0, "Goodish", datetime(2023, 1, 1), True]
)
def test_any_other_grade_is_refused(value: Any):
    assert read_grade(value, SYNONYMS) == Fault("grade-not-known")


@pytest.mark.parametrize(
    ("value", "grade"),
    [("3 - RI", "requires improvement"), ("2 Good", "good"), ("1: Outstanding", "outstanding"), ("2. good", "good"),
     ("Good (2)", "good"), ("Grade 4 \u2013 Inadequate", "inadequate"), ("3) R.I.", "requires improvement"),
     ("2-Good", "good"), ("Good - 2", "good")],
)  # fmt: skip
def test_a_number_and_its_own_grade_are_that_grade(value: str, grade: str):
    assert read_grade(value, SYNONYMS, GRADES) == grade


@pytest.mark.parametrize("value", ["2 - RI", "1 Good", "4: Outstanding", "5 - Good", "3", "3 - Good/RI", "23 Good"])
def test_a_number_and_another_grade_are_refused(value: str):
    assert read_grade(value, SYNONYMS, GRADES) == Fault("grade-not-known")


def test_a_number_and_a_grade_go_by_the_numbers_that_the_analyst_says():
    column = Column("overall_grade", "grade", codes=GRADES)
    read = reader(column, SYNONYMS, Source("audits", grades={"4": "outstanding", "1": "inadequate"}))
    assert read_column(["4 - Outstanding", "1 - Outstanding"], read) == ["outstanding", Fault("grade-not-known")]


def test_a_grade_that_the_column_does_not_allow_is_refused():
    assert read_grade("n/a", SYNONYMS, GRADES) == Fault("grade-not-known")


def test_numbers_are_grades_where_the_analyst_says_so():
    column = Column("overall_grade", "grade", codes=GRADES)
    read = reader(column, SYNONYMS, Source("audits", grades={"1": "outstanding"}))
    assert read_column(["1", 1.0, "2"], read) == ["outstanding", "outstanding", Fault("grade-not-known")]


def test_one_true_and_1_are_read_each_as_it_is():
    assert read_column([1, True, 1.0, "1"], lambda value: read_text(value, is_free=False)) == ["1", "TRUE", "1", "1"]

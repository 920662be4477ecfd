import string
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from extracts import GRADES, SYNONYMS
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.cell_dates import orders, read_date, read_month
from qa_analysis.data.reading.cell_text import PLACEHOLDER, Fault, is_blank, is_mojibake, one_line, read_text, tidy
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

MONTHS = [f"{date(2023, month, 1):%B}" for month in range(1, 13)]
DAYS = st.dates(date(1950, 1, 2), date(2100, 12, 31))
PADDING = st.text(alphabet=" \t\n\u00a0\u200b\ufeff\u2007\u202f", max_size=4)


def written(day: date) -> dict[str, str]:
    """A day in every form that is read, by a name for it."""
    month = MONTHS[day.month - 1]
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    return {
        "iso": f"{day:%Y-%m-%d}",
        "iso midnight": f"{day:%Y-%m-%d} 00:00:00.000",
        "iso T": f"{day:%Y-%m-%d}T14:30:05",
        "iso UTC": f"{day:%Y-%m-%d}T09:00:00Z",
        "iso summer": f"{day:%Y-%m-%d}T23:59:00+01:00",
        "iso slashes": f"{day:%Y/%m/%d}",
        "iso short": f"{day.year}-{day.month}-{day.day}",
        "slashes": f"{day:%d/%m/%Y}",
        "slashes short": f"{day.day}/{day.month}/{day.year}",
        "slashes time": f"{day:%d/%m/%Y} 14:30",
        "slashes 12-hour": f"{day:%d/%m/%Y}, 2:30:00 PM",
        "dots": f"{day:%d.%m.%Y}",
        "dashes": f"{day:%d-%m-%Y}",
        "words": f"{day.day} {month} {day.year}",
        "words short": f"{day.day:02d} {month[:3]} {day.year}",
        "Excel": f"{day.day:02d}-{month[:3]}-{day.year}",
        "shouted": f"{day.day:02d}-{month[:3].upper()}-{day.year}",
        "ordinal": f"{day.day}{suffix} {month} {day.year}",
        "weekday": f"{day:%A} {day.day} {month} {day.year}",
        "weekday short": f"{day:%a}, {day.day} {month[:3]} {day.year}",
        "American words": f"{month} {day.day}, {day.year}",
    }


# Dates ----------------------------------------------------------------------------------------------------------------


@settings(max_examples=500)
@given(DAYS)
def test_a_day_is_read_the_same_however_it_is_written(day: date):
    assert {name: read_date(text) for name, text in written(day).items()} == dict.fromkeys(written(day), day)


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_year_of_two_digits_is_this_century(day: date):
    assert read_date(f"{day:%d/%m/%y}") == read_date(f"{day.day:02d}-{MONTHS[day.month - 1][:3]}-{day:%y}") == day


@pytest.mark.parametrize("text", ["08/06/76", "08-06-23", "08.06.23"])
def test_a_year_of_two_digits_that_could_be_otherwise_is_refused(text: str):
    assert read_date(text) == Fault("date-not-readable")


@settings(max_examples=500)
@given(st.integers(0, 99), st.integers(0, 99), st.integers(1950, 2100), st.sampled_from("/-."))
def test_numbers_are_day_first_or_refused_never_swapped(first: int, second: int, year: int, join: str):
    try:
        expected: date | Fault = date(year, second, first)
    except ValueError:
        expected = Fault("date-not-readable")
    expected = PLACEHOLDER if expected in (date(1900, 1, 1),) else expected
    assert read_date(f"{first:02d}{join}{second:02d}{join}{year}") == expected


@given(DAYS)
def test_numbers_are_month_first_where_the_analyst_says_so(day: date):
    assert read_date(f"{day:%m/%d/%Y}", order="month first") == day
    assert read_date(f"{day:%Y-%m-%d}", order="month first") == day


@given(st.integers(36526, 73050), st.floats(0, 0.99))
def test_an_excel_serial_is_its_day_as_number_or_as_text(serial: int, part_of_day: float):
    day = date(1899, 12, 30) + timedelta(days=serial)
    assert (
        read_date(serial)
        == read_date(serial + part_of_day)
        == read_date(str(serial))
        == read_date(f"{serial}.0")
        == day
    )


@given(st.floats().filter(lambda number: not 36526 <= number < 73051))
@example(float("inf"))
@example(-5.0)
def test_any_other_number_is_no_date(number: float):
    assert read_date(number) == (None if number != number else Fault("date-not-readable"))


@given(st.datetimes(datetime(1950, 1, 2), datetime(2100, 12, 31)))
def test_a_real_date_keeps_its_day_and_loses_its_time(moment: datetime):
    assert read_date(moment) == read_date(moment.date()) == moment.date()


@pytest.mark.parametrize(
    "value",
    ["TBC", "ongoing", "asap", "w/c 3/4", "next supervision", "31/04/2023", "29/02/2023", "06/13/2023", "June 2023",
     "2023", "8 June", "Friday 8 June 2023", "8 Juni 2023", "08/06/2023 25:00", "08/06/2023 (sent)", "20230608",
     "1/2/2203", "0023-06-08", "2023-06-08T23:30:00Z", "=A1", "#", True, time(0, 45), timedelta(hours=30),
     "٠٨/٠٦/٢٠٢٣", datetime(1850, 1, 1)],
)  # fmt: skip
def test_what_could_be_no_day_or_several_is_refused(value: Any):
    assert read_date(value) == Fault("date-not-readable")


@pytest.mark.parametrize("value", [None, "", " ", "-", "–", "n/a", "N/A", "NULL", "None", "\u00a0", float("nan")])
def test_no_date_is_blank(value: Any):
    assert read_date(value) is None
    assert read_month(value) is None


@pytest.mark.parametrize(
    "value", ["01/01/1900", "1900-01-01 00:00:00.000", datetime(1900, 1, 1), time(0), "30/12/1899"]
)
def test_a_databases_empty_date_is_a_placeholder(value: Any):
    assert read_date(value) is PLACEHOLDER


@given(st.text())
def test_no_text_at_all_stops_a_reader(text: str):
    for read in (read_date, read_month, read_boolean, read_number, read_whole_number, read_id):
        read(text)


@settings(max_examples=300)
@given(st.text(alphabet=string.digits + "/-. :TZJunMay", max_size=14))
def test_a_text_that_is_read_as_a_day_holds_that_day(text: str):
    found = read_date(text)
    if isinstance(found, date) and not one_line(text).replace(".", "").isdecimal():
        assert str(found.day) in text and (str(found.year % 100).zfill(2) in text)


# Months ---------------------------------------------------------------------------------------------------------------


@given(st.dates(date(2000, 1, 1), date(2049, 12, 31)))
def test_a_month_is_read_the_same_however_it_is_written(day: date):
    name = MONTHS[day.month - 1]
    numbers = [f"{day:%Y-%m}", f"{day:%Y/%m}", f"{day:%m/%Y}", f"{day:%Y%m}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"]
    names = [f"{name} {day.year}", f"{name[:3]} {day.year}", f"{name[:3]}-{day:%y}", f"{name[:3]} '{day:%y}"]
    texts = [*numbers, *names, f"{day.year} {name}"]
    serial = (day - date(1899, 12, 30)).days
    for value in [*texts, day, datetime(day.year, day.month, day.day), int(f"{day:%Y%m}"), float(serial)]:
        assert read_month(value) == f"{day:%Y-%m}", value


def test_sept_22_is_a_month():
    assert read_month("Sept 22") == "2022-09"


@pytest.mark.parametrize(
    "value", ["September", "06/23", "2023-13", "2023-00", "Q1 2023", "2022-23", "22/23", 6, 2023, True]
)
def test_a_month_without_its_year_is_refused(value: Any):
    assert read_month(value) == Fault("month-not-readable")


def test_dates_that_only_make_sense_month_first_are_counted():
    found = orders(["06/13/2023", "06/05/2023", "25/05/2023", "2023-05-31", "TBC", None, datetime(2023, 5, 6)])
    assert (found.month_first, found.day_first, found.doubtful) == (1, 1, 2)


def test_months_written_as_american_first_days_are_counted():
    found = orders(["06/01/2023", "07/01/2023"], is_month=True)
    assert (found.month_first, found.day_first, found.doubtful) == (2, 0, 2)
    assert orders(["01/06/2023", "01/07/2023"], is_month=True).month_first == 0


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


@pytest.mark.parametrize("text", ["NA", "N/A", "None", "Null"])
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
     (3.1, Fault("prompt-lost-its-nought")),
     (datetime(2023, 10, 3), Fault("prompt-lost-its-nought")), ("a) neglect", "a) neglect"), (None, None)],
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


def test_a_grade_that_the_column_does_not_allow_is_refused():
    assert read_grade("n/a", SYNONYMS, GRADES) == Fault("grade-not-known")


def test_numbers_are_grades_where_the_analyst_says_so():
    column = Column("overall_grade", "grade", codes=GRADES)
    read = reader(column, SYNONYMS, Source("audits", grades={"1": "outstanding"}))
    assert read_column(["1", 1.0, "2"], read) == ["outstanding", "outstanding", Fault("grade-not-known")]


def test_one_true_and_1_are_read_each_as_it_is():
    assert read_column([1, True, 1.0, "1"], lambda value: read_text(value, is_free=False)) == ["1", "TRUE", "1", "1"]

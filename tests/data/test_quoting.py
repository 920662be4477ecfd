"""What an unreadable cell may be quoted as: never a name that was typed into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.advice import cell_message
from qa_analysis.data.reading.quoting import may_be_quoted

GRADES = ("outstanding", "good", "requires improvement", "inadequate", "not applicable")
GRADE = Column("overall_grade", "grade", codes=GRADES)
ROUTE = Column("selection_route", "code", codes=("random", "revisit"), code_aliases={"random selection": "random"})
RELATION = Column("respondent", "code", codes=("parent", "carer", "child"), code_aliases={"mum": "parent"})
MONTH, DAY = Column("cycle_month", "month"), Column("audited_on", "date")


@pytest.mark.parametrize(
    "value", ["Good/RI", "Requires improve" + "mnt", "inadequte", "Goood", "3", "3 - RI", "Good to RI"]
)
def test_a_grade_with_a_slip_or_two_grades_are_quoted(value: str) -> None:
    assert may_be_quoted(value, GRADE)


@pytest.mark.parametrize(
    "value",
    ["Grace", "Goode", "Godfrey", "mum of Good", "Good, seen by Ann", "Smith", "smith", "J. Smith", "O'Hara", "612306",
     "61230", "Good 0779123456", "good@example.org", "Zoë", "Random Randall", "李"],
)  # fmt: skip
def test_a_name_or_number_in_a_cell_for_grades_is_not_quoted(value: str) -> None:
    assert not may_be_quoted(value, GRADE)


@pytest.mark.parametrize("value", ["mum of Aaliyah", "mum of child", "Carey", "Carr", "Carter", "Randall", "Priya"])
@pytest.mark.parametrize("column", [ROUTE, RELATION], ids=lambda column: column.name)
def test_a_name_in_a_coded_cell_is_not_quoted(value: str, column: Column) -> None:
    assert not may_be_quoted(value, column)


@pytest.mark.parametrize("value", ["Radnom", "random selec" + "ton", "Revisit / random", "randomm"])
def test_a_code_with_a_slip_is_quoted(value: str) -> None:
    assert may_be_quoted(value, ROUTE)


def test_a_range_of_ages_is_quoted_where_the_list_is_of_ranges() -> None:
    ages = Column("age_band", "code", codes=("0-4", "5-9", "10-15", "16+"))
    assert [may_be_quoted(value, ages) for value in ("12-14", "10 to 12", "18+", "612306", "Ann 12-14")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert not may_be_quoted("12-14", ROUTE)


@pytest.mark.parametrize(
    "value", ["31/04/2023", "06/13/2023", "3/4", "w/c 3/4", "8 June", "08-06-23", "2023-06-31", "31.06.23",
              "2023-06-07T23:00:00Z", "June 8, 2023", "31st June 2023", "Sept 31 2023"]
)  # fmt: skip
def test_what_has_the_shape_of_a_date_is_quoted(value: str) -> None:
    assert may_be_quoted(value, DAY)


@pytest.mark.parametrize(
    "value",
    ["April", "May", "June", "Juneuary", "August", "Jane", "asap", "TBC", "Mayfield 12", "April Jones", "8 Juneville",
     "Jane Smith 07/13/2011", "07/13/2011 Jane", "612306", "943 476 5919", "9434765919", "March Hare 23", "Mary 2023"],
)  # fmt: skip
@pytest.mark.parametrize("column", [MONTH, DAY], ids=lambda column: column.name)
def test_a_name_or_an_id_in_a_cell_for_dates_is_not_quoted(value: str, column: Column) -> None:
    assert not may_be_quoted(value, column)


@pytest.mark.parametrize("kind", ["text", "id", "boolean", "number", "whole number"])
def test_no_other_kind_of_cell_is_ever_quoted(kind: str) -> None:
    assert not may_be_quoted("good", Column("x", kind, codes=("good",)))  # type: ignore[arg-type]


NAMES = ("Grace", "Aaliyah", "Tom", "Ng", "Goodwin", "Patel", "O'Neill", "Zoë", "Ritchie", "Chidi", "Mair", "June")
AROUND = (
    "{}",
    "{} Good",
    "Good {}",
    "mum of {}",
    "{}/RI",
    "RI - {}",
    "3 {}",
    "{} requires improvement",
    "{}, {}",
    "8 {}",
)


@given(st.sampled_from(NAMES), st.sampled_from(AROUND), st.sampled_from([str.lower, str.upper, str.title]))
def test_whatever_stands_around_a_name_it_is_not_quoted(name, around, case) -> None:  # type: ignore[no-untyped-def]
    value = case(around.format(name, name))
    assert not any(may_be_quoted(value, column) for column in (GRADE, ROUTE, RELATION))


def test_the_heading_comes_first_and_the_value_after_it() -> None:
    message = cell_message(GRADE, '"Overall"', "grade-not-known", value="Good/RI", became="its cell is blank")
    assert message.startswith('"Overall" holds "Good/RI", which is not a grade. Enter one of the grades')
    assert message.endswith("It counts as blank.")

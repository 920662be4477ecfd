"""What the cells of a column mean together: shifted days, Access's yes, and words for nothing."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from extracts import AUDIT_HEADINGS, audit, messages, plain, read, read_audits, rules, write_csv, write_xlsx
from hypothesis import given
from hypothesis import strategies as st

from qa_analysis.data.contracts import Column
from qa_analysis.data.reading.cell_dates import UK
from qa_analysis.data.reading.cells import read_column, reader
from qa_analysis.data.reading.raw import Cell, Source
from qa_analysis.data.reading.whole_columns.shifted import SHIFTED_FAULT, settle_days
from qa_analysis.data.reading.whole_columns.yes_no import settle_yes_no

DAY = Column("audited_on", "date")
DEADLINE = Column("due_on", "date", is_planned=True)
SUMMER, WINTER = date(2023, 6, 8), date(2023, 12, 8)


def days(*cells: Cell, column: Column = DAY) -> list[Any]:
    """The cells of a column as they are read."""
    return read_column(settle_days(cells, column, order="day first").cells, reader(column, {}, Source("audits")))


def midnight_in_utc(day: date) -> datetime:
    """A day as a web export in UTC writes it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UK)
    return (midnight - (midnight.utcoffset() or timedelta())).replace(tzinfo=None)


# Shifted days ---------------------------------------------------------------------------------------------------------


@given(st.lists(st.dates(date(2000, 1, 1), date(2049, 12, 31)), min_size=1))
def test_a_column_of_midnights_in_utc_is_read_as_its_days(written: list[date]):
    moments = [midnight_in_utc(day) for day in written]
    assert days(*(moment if moment.hour else moment.date() for moment in moments)) == written
    assert days(*(f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments)) == written
    assert days(*(f"{moment:%d/%m/%Y %H:%M}" for moment in moments)) == written
    assert days(*(f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in moments)) == written


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2023, 6, 7, 23, 59, 59, 999000),
        datetime(2023, 6, 8, 0, 0, 0, 500000),
        datetime(2023, 6, 7, 23, 58, 45),
        datetime(2023, 6, 7, 23, 0, 0, 1000),
        datetime(2023, 6, 7, 22, 59, 59, 999000),
        45084.9999999,
        45084.958333333,
        "45084.958333333",
        "2023-06-07 23:59:59",
        "07/06/2023 11:00:00 PM",
        "7 June 2023 23:00",
    ],
)
def test_a_day_that_rounding_or_its_clock_shifted_is_put_right(cell: Cell):
    assert days(cell) == [SUMMER]
    assert days(cell, WINTER) == [SUMMER, WINTER]


def test_shifted_months_are_the_next_month():
    month = Column("cycle_month", "month", required=True)
    assert days(datetime(2023, 4, 30, 23), date(2023, 12, 1), "2023-05", column=month) == [
        "2023-05", "2023-12", "2023-05",
    ]  # fmt: skip


def test_hours_that_people_worked_are_of_their_own_day():
    worked = [datetime(2023, 6, 7, hour, minute) for hour in range(8, 20) for minute in (5, 30)]
    assert days(*worked, datetime(2023, 6, 7, 23)) == [date(2023, 6, 7)] * 25
    assert days(datetime(2023, 6, 7, 23, 12)) == [date(2023, 6, 7)]
    assert days(datetime(2023, 6, 7, 1), WINTER) == [date(2023, 6, 7), WINTER]  # UTC shown by a clock in summer


@pytest.mark.parametrize(
    "other", [SUMMER, datetime(2023, 12, 7, 23), datetime(2023, 6, 7, 22), datetime(2023, 6, 7, 14, 5)]
)
def test_a_time_that_does_not_fit_the_others_makes_the_late_ones_a_fault(other: Cell):
    assert days(datetime(2023, 6, 7, 23), other)[0] == SHIFTED_FAULT


def test_a_deadline_at_the_end_of_its_day_is_of_that_day():
    assert days(datetime(2023, 6, 7, 23, 59, 59), column=DEADLINE) == [date(2023, 6, 7)]
    assert days(datetime(2023, 6, 7, 23, 59), column=DEADLINE) == [date(2023, 6, 7)]
    assert days("07/06/2023 23:59") == [date(2023, 6, 7)]
    assert days(datetime(2023, 6, 7, 23), column=DEADLINE) == [SUMMER]


def test_shifted_days_are_counted_in_one_warning(tmp_path: Path):
    rows = [
        ["audit_id", "Cycle month", "team", "Audited on", "overall_grade"],
        audit(1, cycle_month=datetime(2023, 5, 31, 23), audited_on=datetime(2023, 6, 7, 23)),
        audit(2, cycle_month=datetime(2023, 5, 31, 23), audited_on=datetime(2023, 6, 8, 23)),
        audit(3, cycle_month=datetime(2023, 12, 1), audited_on=datetime(2023, 12, 8)),
    ]
    loaded = read_audits(tmp_path, rows, name="audits.xlsx")
    assert plain(loaded.frames["audits"], "cycle_month", "audited_on") == [
        ("2023-06", "2023-06-08"), ("2023-06", "2023-06-09"), ("2023-12", "2023-12-08"),
    ]  # fmt: skip
    assert rules(loaded) == ["date-shifted"]
    assert '"Cycle month" (cycle_month) in 2 rows, "Audited on" (audited_on) in 2 rows' in messages(tmp_path)


def test_a_shift_that_is_not_certain_is_an_error_for_the_cycle_and_the_audits_date(tmp_path: Path):
    rows = [
        AUDIT_HEADINGS,
        audit(1, cycle_month=datetime(2023, 5, 31, 23), audited_on=datetime(2023, 6, 7, 23)),
        audit(2, cycle_month=datetime(2023, 6, 1), audited_on=datetime(2023, 6, 8)),
    ]
    loaded = read_audits(tmp_path, rows, name="audits.xlsx")
    listed = loaded.issues[["rule", "severity", "row"]].to_records(index=False).tolist()
    assert listed == [("date-may-be-shifted", "error", 2), ("date-may-be-shifted", "error", 2)]


# Yes and no -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "read_as"),
    [
        (["-1", "0", ""], [True, False, None]),
        ([-1.0, 0.0, None], [True, False, None]),
        (["-1.0", "0.0"], [True, False]),
        (["-1", "No", "0"], [True, False, False]),
    ],
)
def test_minus_one_is_yes_where_nought_is_no(cells: list[Cell], read_as: list[Any]):
    read_one = reader(Column("is_safeguarding", "boolean"), {}, Source("actions"))
    assert read_column(settle_yes_no(cells).cells, read_one) == read_as


@pytest.mark.parametrize("cells", [["-1"], ["-1", "0", "1"], ["-1", "-2", "0"], ["-1", "No"]])
def test_minus_one_is_no_answer_where_it_may_mean_something_else(cells: list[Cell]):
    assert settle_yes_no(cells).cells == cells


def disputed(*answers: object) -> list[list[object]]:
    """Audits with an answer each to whether they are disputed."""
    return [[*AUDIT_HEADINGS, "is_disputed"], *([*audit(n), answer] for n, answer in enumerate(answers))]


@pytest.mark.parametrize("answers", [("No", "Ja"), ("Yes", "Nein"), ("-1", "-1"), ("Ja", "")])
def test_where_one_answer_alone_can_be_read_the_column_counts_as_not_supplied(tmp_path: Path, answers: tuple[str, ...]):
    loaded = read_audits(tmp_path, disputed(*answers))
    assert plain(loaded.frames["audits"], "is_disputed", "source_unread") == [(None, ""), (None, "")]
    assert "yes-no-one-answer" in rules(loaded)


def test_where_both_answers_can_be_read_a_third_is_blank_and_listed(tmp_path: Path):
    loaded = read_audits(tmp_path, disputed("Yes", "No", "Perhaps"))
    assert plain(loaded.frames["audits"], "is_disputed") == [(True,), (False,), (None,)]
    assert rules(loaded) == ["yes-no-not-readable"]


def test_the_answers_of_all_files_of_a_dataset_are_looked_at_together(tmp_path: Path):
    write_csv(tmp_path, "audits 2023-05.csv", disputed("Yes", "No"))
    rows = disputed("No", "Perhaps")
    write_csv(tmp_path, "audits 2023-06.csv", [rows[0], [*audit(7), "No"], [*audit(8), "Perhaps"]])
    assert plain(read(tmp_path).frames["audits"], "is_disputed") == [(True,), (False,), (False,), (None,)]


# Words for nothing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["audits.csv", "audits.xlsx"])
@pytest.mark.parametrize("word", ["NULL", "null", "[NULL]", "<null>", "\\N", "(null)", "NaN", "<NA>"])
def test_a_databases_word_for_nothing_is_blank_in_every_column(tmp_path: Path, word: str, name: str):
    headings = [*AUDIT_HEADINGS, "impact_statement", "case_status", "child_id"]
    rows = [headings, [*audit(1), word, word, word], [*audit(2, team=word), "He is safer.", "CP", "7"]]
    loaded = read_audits(tmp_path, rows, name=name)
    assert plain(loaded.frames["audits"], "team", "impact_statement", "case_status", "child_id") == [
        ("North", None, None, None), (None, "He is safer.", "CP", "7"),
    ]  # fmt: skip
    assert rules(loaded) == ["word-for-nothing"]


def test_a_word_that_only_holds_one_for_nothing_is_text(tmp_path: Path):
    rows = [[*AUDIT_HEADINGS, "impact_statement"], [*audit(1, team="Nan"), "NULL was entered"]]
    loaded = read_audits(tmp_path, rows)
    assert plain(loaded.frames["audits"], "team", "impact_statement") == [("Nan", "NULL was entered")]
    assert rules(loaded) == []


def test_a_row_of_nothing_but_words_for_nothing_is_padding(tmp_path: Path):
    assert rules(read_audits(tmp_path, [AUDIT_HEADINGS, audit(1), ["NULL"] * 5])) == []


def test_the_analysts_words_for_nothing_hold_for_all_datasets_or_for_one(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text(
        "nothing: [Not recorded]\ndatasets:\n  audits:\n    nothing: TBC\n", encoding="utf-8"
    )
    rows = [[*AUDIT_HEADINGS, "impact_statement"], [*audit(1, team="not  recorded"), "tbc"]]
    loaded = read_audits(tmp_path, rows)
    assert plain(loaded.frames["audits"], "team", "impact_statement") == [(None, None)]


# Files named in sources.yaml ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Audits [live] 2023.xlsx", "Audits {a} !x.xlsx", "Audits (1) +.xlsx"])
def test_a_file_is_called_letter_by_letter_save_for_the_star(tmp_path: Path, name: str):
    write_xlsx(tmp_path, name, {"Audits": [AUDIT_HEADINGS, audit(1)]})
    for written in (name, f"{name[:-6]}*.xlsx", name.replace("2", "?").upper()):
        (tmp_path / "sources.yaml").write_text(f'datasets:\n  audits:\n    file: "{written}"\n', encoding="utf-8")
        assert len(read(tmp_path).frames["audits"]) == 1

"""Ages and dates of birth, of which only the band is kept."""

from datetime import date
from pathlib import Path

import pytest
from extracts import write_xlsx

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.reading.ages import age_on
from qa_analysis.data.sources import Loaded, read_folder

CONTRACTS = load_contracts()
HEADINGS = ["Snapshot on", "Child id", "Case status", "Service area", "Team", "Key worker id", "Opened on"]
ROW = [date(2023, 6, 30), "7", "CIN", "Safeguarding", "North", "W1", date(2023, 1, 1)]


def caseload(folder: Path, *ages: tuple[str, object]) -> Loaded:
    rows = [[*HEADINGS, *(heading for heading, _ in ages)], [*ROW, *(cell for _, cell in ages)]]
    write_xlsx(folder, "caseload.xlsx", {"Caseload": rows})
    return read_folder(folder, CONTRACTS, {})


@pytest.mark.parametrize(
    ("heading", "cell", "band"),
    [
        ("Age band", "5-9", "5-9"),
        ("Age", 4, "0-4"),
        ("Age", 9.99, "5-9"),
        ("Age of child (years)", "15 years", "10-15"),
        ("DOB", date(2013, 7, 1), "5-9"),  # ten tomorrow
        ("Date of birth", date(2013, 6, 30), "10-15"),  # ten today
        ("DOB", "30/06/2007", "16+"),
        ("Age", "", None),
    ],
)
def test_an_age_or_a_date_of_birth_becomes_the_band_on_the_records_day(
    tmp_path: Path, heading: str, cell: object, band: str | None
) -> None:
    (found,) = (
        caseload(tmp_path, (heading, cell)).frames["caseload"]["age_band"].astype(object).replace({float("nan"): None})
    )
    assert found == band


@pytest.mark.parametrize(
    ("heading", "cell"), [("Age band", date(2015, 10, 1)), ("Age", 61), ("DOB", "unknown"), ("DOB", date(2024, 1, 1))]
)
def test_what_may_be_something_else_is_listed_without_its_value(tmp_path: Path, heading: str, cell: object) -> None:
    """Excel makes the first of October 2015 of the band 10-15: that is no date of birth."""
    read = caseload(tmp_path, (heading, cell))
    assert read.frames["caseload"]["age_band"].isna().all()
    (message,) = read.issues.loc[read.issues["column"] == "age_band", "message"]
    assert "is neither an age band, an age in years nor a date of birth" in message and str(cell) not in message


def test_of_an_age_beside_a_date_of_birth_the_date_counts(tmp_path: Path) -> None:
    read = caseload(tmp_path, ("Age", 3), ("DOB", date(2006, 1, 1)))
    assert list(read.frames["caseload"]["age_band"]) == ["16+"]


def test_someone_born_on_a_leap_day_is_a_year_older_in_march() -> None:
    assert [age_on(date(2012, 2, 29), date(2023, month, day)) for month, day in ((2, 28), (3, 1))] == [10, 11]

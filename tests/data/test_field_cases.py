"""The cases from the field: each does what its README says a user expects. They lie beside the project, not in it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from qa_analysis.cli import main
from qa_analysis.data.identity import new_key
from qa_analysis.month.preparing import Prepared, prepare

CASES = Path(__file__).parents[3] / "shared/cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases from the field are not here")


def folder(number: str) -> Path:
    """The extracts of one case."""
    return next(CASES.glob(f"{number}_*")) / "data"


def june(number: str) -> Prepared:
    """The month of June 2023 from the extracts of one case."""
    return prepare(folder(number), "2023-06", as_at=None, key=new_key())


def figure(prepared: Prepared, measure: str) -> float:
    """One figure of June 2023."""
    held = prepared.month.measures
    is_it = (held["measure"] == measure) & (held["by"] == "") & (held["period"] == "2023-06")
    (value,) = held.loc[is_it, "value"].unique()
    return float(value)


def told(prepared: Prepared) -> dict[str, int]:
    """The rules of the issues, and how often each is told."""
    return prepared.month.quality["rule"].value_counts().to_dict()


def test_01_days_written_an_hour_early_are_put_right_and_said_once_a_sheet() -> None:
    month = june("01")
    assert figure(month, "audits_completed") == 12
    assert told(month) == {"date-shifted": 3}


def test_04_ids_that_never_match_stop_the_run_with_the_cause_said_once(tmp_path: Path) -> None:
    checked = CliRunner().invoke(main, ["check", "--data", str(folder("04")), "--month", "2023-06"])
    assert checked.exit_code == 11
    assert checked.output.count("ids match once leading zeros are ignored") == 1
    assert checked.output.count("finds its record of audits in 0 of 57 rows") == 1


def test_05_minus_one_is_yes_as_access_writes_it() -> None:
    assert figure(june("05"), "actions_overdue_safeguarding") == 2


def test_06_null_is_blank_in_text_too() -> None:
    month = june("06")
    assert figure(month, "impact_statement_missing") == 11 / 20
    assert told(month) == {"word-for-nothing": 4}


def test_08_a_file_name_is_taken_as_it_stands() -> None:
    checked = CliRunner().invoke(main, ["check", "--data", str(folder("08"))])
    assert checked.exit_code == 0
    assert "actions: 57 of 57 rows loaded from Closing loop [live] 2023-06.csv" in checked.output


def test_10_of_months_that_hold_each_other_the_fullest_is_read_and_said_once_a_dataset() -> None:
    month = june("10")
    assert figure(month, "audits_completed") == 12
    assert told(month) == {"files-overlap": 4}


def test_11_of_equal_columns_one_is_read() -> None:
    month = june("11")
    assert figure(month, "audits_completed") == 12
    assert told(month) == {"heading-twice-same": 1}

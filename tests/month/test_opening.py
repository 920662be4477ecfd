"""A month opens from its tables, and any other month or place from the rows kept beside them."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from runs import CORE, MONTH
from small import frames, write

from qa_analysis.data.identity import new_key
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.month.files import write_month
from qa_analysis.month.opening import open_month, open_shared
from qa_analysis.month.preparing import prepare
from qa_analysis.month.rows import write_rows

AUDITS = [
    {"service_area": service, "team": team, "child_id": f"6{place}230{number}",
     "key_worker_id": f"w{place}{number % 3}",
     "cycle_month": cycle, "audited_on": f"{cycle}-15", "overall_grade": "good" if number % 2 else "inadequate"}
    for place, (service, team) in enumerate((("Cared For", "Oak"), ("Cared For", "Rowan"), ("Safeguarding", "Harbour")))
    for cycle in ("2023-05", MONTH)
    for number in range(6)
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Extracts, and a month measured from them with its rows, as a run leaves them."""
    folder = tmp_path_factory.mktemp("opening")
    write(folder / "data", frames(**{**CORE, "audits": AUDITS, "moderations": [], "findings": [], "actions": []}))
    prepared = prepare(folder / "data", MONTH, as_at=None, key=new_key())
    write_month(prepared.month, folder / MONTH / "tables")
    write_rows(prepared.rows, folder / MONTH)
    return folder


def test_a_published_month_is_read_and_not_measured_again(place: Path) -> None:
    month = open_month(MONTH, tables=str(place / MONTH / "tables"))
    assert month.count("audits_completed") == 18


@pytest.mark.slow
def test_another_month_is_measured_from_the_rows_as_from_the_extracts(place: Path) -> None:
    kept = open_month("2023-05", tables=str(place / MONTH / "tables"))
    read = open_month("2023-05", data=str(place / "data"))
    pd.testing.assert_frame_equal(kept.measures, read.measures)
    assert (kept.month, kept.as_at) == ("2023-05", date(2023, 6, 10))


@pytest.mark.slow
def test_a_service_is_the_same_analysis_on_its_rows_alone(place: Path, tmp_path: Path) -> None:
    """Measured a second way: from extracts that hold nothing but the service."""
    own = [audit for audit in AUDITS if audit["service_area"] == "Cared For"]
    write(tmp_path / "data", frames(audits=own))
    alone = open_month(MONTH, data=str(tmp_path / "data"))
    service = open_month(MONTH, tables=str(place / MONTH / "tables"), service="Cared For")
    told = service.measures[~service.measures["note"].str.contains("not shown")]
    both = told.merge(alone.measures, on=["measure", "period", "population", "by", "group"], suffixes=("", "_alone"))
    of_audits = both[~both["measure"].isin(["issues", "records_in_order"])]
    assert len(of_audits) > 100
    pd.testing.assert_series_equal(of_audits["value"], of_audits["value_alone"], check_names=False)
    assert service.count("audits_completed") == 12


def test_a_published_months_folder_may_be_given_as_the_data(place: Path) -> None:
    assert open_month("2023-05", data=str(place / MONTH), team="Oak").count("audits_completed") == 6


def test_without_rows_the_reader_is_told_where_another_place_could_come_from(place: Path, tmp_path: Path) -> None:
    month = open_month(MONTH, tables=str(place / MONTH / "tables"))
    write_month(month, tmp_path / "2023-06" / "tables")
    with pytest.raises(WrongUse, match=r"2023-06 .* restricted/rows\.sqlite, .* Give the folder of extracts instead"):
        open_month(MONTH, tables=str(tmp_path / "2023-06" / "tables"), service="Cared For")


def test_where_nothing_is_given_the_folder_that_the_lab_was_started_with_is_opened(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WrongUse, match="in the cell above"):
        open_month("")
    monkeypatch.setenv("QA_ANALYSIS_PUBLISHED", str(place / MONTH))
    assert open_month("").month == MONTH
    assert open_month("2023-05").month == "2023-05"


def test_a_month_prints_itself_in_three_lines(place: Path) -> None:
    lines = repr(open_month(MONTH, tables=str(place / MONTH / "tables"))).splitlines()
    assert lines[0] == "Audit cycle June 2023, the whole, data as at 10 July 2023"
    assert lines[1] == "4 datasets supplied: audits, moderations, findings, actions"
    assert len(lines) == 3


def test_what_everyone_may_read_is_told_of_a_service_and_of_no_team(place: Path) -> None:
    tables = str(place / MONTH / "tables")
    assert open_shared(MONTH, tables=tables, service="Cared For").told("shared_audits")
    with pytest.raises(DisclosureFailed, match="never one team"):
        open_shared(MONTH, tables=tables, team="Oak")

"""The council written as analysts find it: however untidy, the same frames are read back."""

from pathlib import Path

import pytest
from pandas import DataFrame
from pandas.testing import assert_frame_equal

from qa_analysis.data.contracts import load_contracts
from qa_analysis.data.sources import Loaded, read_folder
from qa_analysis.data.synthetic import council, renamed_team, write_council
from qa_analysis.data.synthetic.files.writing import Style
from qa_analysis.framework import rules_for

STYLES: tuple[Style, ...] = ("clean", "mixed", "messy")


@pytest.fixture(scope="module")
def small() -> dict[str, DataFrame]:
    """Four cycles: enough for every kind of cell."""
    return council(5, cycles=4)


def read(folder: Path) -> Loaded:
    return read_folder(folder, load_contracts(), rules_for("2023-06").grade_synonyms)


def assert_same(loaded: Loaded, frames: dict[str, DataFrame]) -> None:
    assert set(loaded.frames) == set(frames)
    for dataset, frame in frames.items():
        assert_frame_equal(loaded.frames[dataset][list(frame)], frame, obj=dataset)


@pytest.mark.parametrize("style", STYLES)
def test_what_is_written_in_any_style_is_read_back_the_same(
    small: dict[str, DataFrame], tmp_path: Path, style: Style
) -> None:
    write_council(tmp_path, small, style=style)
    assert_same(read(tmp_path), small)


@pytest.mark.parametrize("style", ["clean", "mixed"])
def test_a_tidy_council_gives_no_issue_when_read(small: dict[str, DataFrame], tmp_path: Path, style: Style) -> None:
    write_council(tmp_path, small, style=style)
    assert read(tmp_path).issues.empty


def test_a_messy_council_lists_its_total_and_repeated_headings_and_nothing_worse(
    small: dict[str, DataFrame], tmp_path: Path
) -> None:
    write_council(tmp_path, small, style="messy")
    issues = read(tmp_path).issues
    padding = {"rows-absent"}  # blank rows among the records, which may once have held some
    assert set(issues["rule"]) == {"total-row", "repeated-heading-row", "read-as-windows-1252"} | padding
    assert set(issues["severity"]) == {"warning"}


def test_a_team_called_na_is_a_team_and_no_blank(small: dict[str, DataFrame], tmp_path: Path) -> None:
    frames = renamed_team(small, "Dunes", "NA")
    write_council(tmp_path, frames, style="messy")
    loaded = read(tmp_path)
    assert (loaded.frames["audits"]["team"] == "NA").sum() == (small["audits"]["team"] == "Dunes").sum() > 0
    assert_same(loaded, frames)


def test_a_clean_council_is_one_csv_file_per_dataset(small: dict[str, DataFrame], tmp_path: Path) -> None:
    write_council(tmp_path, small, style="clean")
    assert {path.name for path in tmp_path.iterdir()} == {f"{dataset}.csv" for dataset in small}
    heading = (tmp_path / "findings.csv").read_text(encoding="utf-8").split("\n")[0]
    assert heading == "finding_id,audit_id,key_area,polarity,theme_code,is_safeguarding,text"


def test_a_mixed_council_is_two_workbooks_and_csv_files(small: dict[str, DataFrame], tmp_path: Path) -> None:
    write_council(tmp_path, small, style="mixed")
    workbooks = {path.name for path in tmp_path.glob("*.xlsx")}
    assert workbooks == {"Audit tracker.xlsx", "Practice Improvement Team log.xlsx"}
    assert not (tmp_path / "audits.csv").exists()
    assert (tmp_path / "caseload.csv").exists()


def test_a_council_of_core_datasets_alone_can_be_written(small: dict[str, DataFrame], tmp_path: Path) -> None:
    core = {dataset: small[dataset] for dataset in ("audits", "moderations", "findings", "actions")}
    write_council(tmp_path, core, style="mixed")
    assert_same(read(tmp_path), core)


@pytest.mark.parametrize("style", STYLES)
def test_the_same_council_gives_the_same_bytes(small: dict[str, DataFrame], tmp_path: Path, style: Style) -> None:
    for folder in ("one", "two"):
        write_council(tmp_path / folder, small, style=style)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two

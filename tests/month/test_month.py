import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import month, tables

from qa_analysis.errors import WrongUse
from qa_analysis.measures.figure import COLUMNS
from qa_analysis.month.files import read_month, write_csv, write_month
from qa_analysis.month.opening import open_month


def test_a_month_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    held = month(tables(audits=[{}, {"team": "NA"}, {"team": "=1+1"}]))
    write_month(held, tmp_path)
    again = read_month(tmp_path)
    for name in ("measures", "quality", "decisions", "extracts", "restated"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(held, name))
    assert {"NA", "=1+1"} <= set(again.measures["group"])
    assert (again.month, again.as_at, again.supplied) == (held.month, held.as_at, held.supplied)


def as_before(folder: Path) -> None:
    """The measures as they were written when a report was named in them, and verdicts and reasons were not."""
    file = folder / "measures.csv"
    table = pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns=["verdict", "reasons"])
    table.assign(report="smt-report")[["report", *table.columns]].to_csv(file, index=False)


def test_figures_of_an_earlier_version_are_read_in_todays_columns(tmp_path: Path) -> None:
    held = month(tables(audits=[{}, {}]))
    write_month(held, tmp_path)
    as_before(tmp_path)
    again = read_month(tmp_path).measures
    assert tuple(again.columns) == COLUMNS
    assert set(again["verdict"]) == set(again["reasons"]) == {""}
    known = [name for name in COLUMNS if name not in ("verdict", "reasons")]
    pd.testing.assert_frame_equal(again[known], held.measures[known])


def test_a_figure_is_asked_for_by_tuples_or_by_the_text_of_them() -> None:
    held = month(tables(audits=[{}, {"team": "A+B"}], findings=[{"theme_code": "3.1", "audit_id": "audits-1"}]))
    figure = held.figure("grade_count", by=("key_area", "grade"), group=("assessment", "good"))
    assert figure is not None
    assert (figure.by, figure.group, figure.value) == (("key_area", "grade"), ("assessment", "good"), 2.0)
    assert repr(held.figure("grade_count", by="key_area+grade", group="assessment+good")) == repr(figure)
    assert held.count("audits_completed", by="team", group=("A+B",)) == 1


@settings(max_examples=300)
@given(
    st.text(max_size=12).map(lambda text: f"={text}") | st.text(max_size=12).map(lambda text: f"@{text}") | st.text()
)
def test_no_cell_of_a_csv_starts_like_a_formula(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_csv(pd.DataFrame({"group": [text], "value": [-0.5]}), Path(folder) / "x.csv")
        cell = pd.read_csv(Path(folder) / "x.csv", dtype=str, keep_default_na=False)["group"].iloc[0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_negative_number_stays_a_number(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"value": [-0.5]}), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text() == "value\n-0.5\n"


def test_tables_of_another_month_without_its_rows_are_refused(tmp_path: Path) -> None:
    write_month(month(tables(audits=[{}])), tmp_path)
    with pytest.raises(WrongUse, match="the whole of its own month"):
        open_month("2023-05", tables=str(tmp_path))


def test_a_notebook_without_a_folder_says_what_to_give() -> None:
    with pytest.raises(WrongUse, match="-p data"):
        open_month("2023-06")

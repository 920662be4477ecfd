from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import frame

from qa_analysis.data.kept import keep, kept
from qa_analysis.errors import WrongUse

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
DAYS = st.datetimes(pd.Timestamp("1900-01-01").to_pydatetime(), pd.Timestamp("2100-01-01").to_pydatetime())
COLUMNS = {
    "str": TEXT, "datetime64[us]": DAYS, "boolean": st.booleans(), "Int64": st.integers(-(2**53), 2**53),
    "float64": st.floats(allow_nan=False, allow_infinity=False),
}  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_a_column_holds_comes_back_as_it_was(tmp_path: Path, data: st.DataObject) -> None:
    rows = data.draw(st.integers(0, 6))
    held = pd.DataFrame(
        {
            name: pd.Series(data.draw(st.lists(st.none() | values, min_size=rows, max_size=rows)), dtype=name)
            for name, values in COLUMNS.items()
        }
    )
    path = tmp_path / "rows"
    path.unlink(missing_ok=True)
    keep({"some": held, "empty": held.iloc[:0]}, path)
    again = kept(path)
    pd.testing.assert_frame_equal(again["some"], held)
    pd.testing.assert_frame_equal(again["empty"], held.iloc[:0], check_index_type=False)


def test_a_dataset_comes_back_with_the_types_of_its_contract(tmp_path: Path) -> None:
    audits = frame("audits", [{"is_disputed": True, "notice_on": "2023-06-01"}, {"team": None}])
    keep({"audits": audits}, tmp_path / "rows")
    pd.testing.assert_frame_equal(kept(tmp_path / "rows")["audits"], audits)


def test_rows_that_are_not_there_are_asked_for_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="Give the folder of extracts instead"):
        kept(tmp_path / "rows")


def test_a_file_that_is_none_of_ours_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "rows").write_text("not a database, but long enough to look like one to a careless reader" * 20)
    with pytest.raises(WrongUse, match="Run the month again"):
        kept(tmp_path / "rows")

import zipfile
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from lists import write_lists
from openpyxl import load_workbook
from small import NO_ISSUES, tables

from qa_analysis.data.identity import Identities
from qa_analysis.month.named import names_of_staff
from qa_analysis.reports.data_quality.lists import fix_lists

IDENTITIES = Identities(MappingProxyType({"aaa": "W1", "bbb": "W2", "kkk": "612306", "nnn": "Ann Lee"}))


def issues(*rows: dict[str, object]) -> pd.DataFrame:
    base = {"dataset": "caseload", "file": "c.csv", "row": 2, "message": "Mend it.", "severity": "warning", "rule": "r"}
    return pd.DataFrame([{**base, **row} for row in rows], columns=NO_ISSUES.columns)


def written(month: Path, held: pd.DataFrame, names: dict[str, str] | None = None) -> Path:
    return write_lists(month, tables(audits=[{}]), fix_lists, names=names, people=IDENTITIES, issues=held)


def cells(path: Path) -> list[list[object]]:
    return [list(row) for row in load_workbook(path).active.iter_rows(values_only=True)]


def test_each_owner_has_a_list_of_their_own_records_alone(tmp_path: Path) -> None:
    both = issues({"owner": "aaa", "key": "kkk+2023-06-30"}, {"owner": "bbb", "key": "x", "message": "Other."})
    folder = written(tmp_path, both, {"aaa": "Ann Lee"})
    index = cells(folder / "index.xlsx")
    assert index[2:] == [
        ["Worker", "Name", "Issues", "File"],
        ["W1", "Ann Lee", 1, "fix-list-001.xlsx"],
        ["W2", "", 1, "fix-list-002.xlsx"],
    ]
    first = cells(folder / "fix-list-001.xlsx")
    assert first[0][0] == "Records to correct: Ann Lee"
    assert first[3][:2] == ["caseload", "612306+2023-06-30"]
    assert len(first) == 4


def test_a_file_name_names_nobody(tmp_path: Path) -> None:
    folder = written(tmp_path, issues({"owner": "aaa"}))
    assert sorted(path.name for path in folder.iterdir()) == ["fix-list-001.xlsx", "index.xlsx"]


def test_records_without_an_owner_have_a_list_too(tmp_path: Path) -> None:
    folder = written(tmp_path, issues({"owner": None}))
    assert cells(folder / "index.xlsx")[3][0] == "Owner not recorded"


def test_nothing_to_correct_writes_nothing(tmp_path: Path) -> None:
    written(tmp_path, issues())
    assert not (tmp_path / "restricted").exists()


def test_text_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    folder = written(tmp_path, issues({"owner": "aaa", "file": "=1+1", "message": "http://x.invalid"}))
    with zipfile.ZipFile(folder / "fix-list-001.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_names_come_from_staff_through_the_way_back() -> None:
    staff = pd.DataFrame({"worker_id": ["aaa", "bbb"], "name": ["nnn", None]})
    assert names_of_staff(staff, IDENTITIES) == {"aaa": "Ann Lee"}
    assert names_of_staff(None, IDENTITIES) == {}

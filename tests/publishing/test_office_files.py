"""Word and Excel open every file of a month without repairing it."""

import re
import zipfile
from pathlib import Path

import pytest
from office import faults
from runs import DUE, MONTH, form_of


def one_of_each(folder: Path) -> list[Path]:
    """The files of restricted/, of those that differ by a number alone the first."""
    kinds = {re.sub(r"\d+", "", path.name): path for path in sorted(folder.glob("*.xlsx"), reverse=True)}
    return list(kinds.values())


@pytest.mark.parametrize("report", DUE)
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_report_opens_without_repair(report: str, form: str, full: Path) -> None:
    assert faults(form_of(report, form, full / "outputs" / MONTH)) == []


def test_every_kind_of_list_opens_without_repair(full: Path) -> None:
    lists = one_of_each(full / "outputs" / MONTH / "restricted")
    assert len(lists) > 10
    assert {path.name: faults(path) for path in lists} == {path.name: [] for path in lists}


def test_a_file_that_would_be_repaired_is_told(full: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    with zipfile.ZipFile(full / "outputs" / MONTH / "smt-report.docx") as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"<w:body>", b"<w:body><w:t>loose</w:t>"))
    assert "invalid child element" in " ".join(faults(broken))

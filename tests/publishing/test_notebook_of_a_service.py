"""Every notebook under a bare papermill, for one service of a published month, by the rules of its audience."""

from pathlib import Path

import nbformat
import papermill
import pytest
from runs import MONTH, REPORTED, SHARED

from qa_analysis.framework import resource
from qa_analysis.reports import reports

SERVICE = "Safeguarding"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("report", REPORTED)
def test_it_runs_for_a_service_and_says_so(report: str, full: Path, tmp_path: Path) -> None:
    out, tables = tmp_path / "out.ipynb", full / "outputs" / MONTH / "tables"
    papermill.execute_notebook(
        str(resource("notebooks") / reports()[report].notebook), str(out),
        parameters={"month": MONTH, "tables": str(tables), "service": SERVICE}, progress_bar=False,
    )  # fmt: skip
    cells = [cell for cell in nbformat.read(out, as_version=4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells if cell.source)
    shown = "".join(output.get("data", {}).get("text/html", "") for cell in cells for output in cell.outputs)
    assert report in SHARED or f"· {SERVICE} ·" in shown

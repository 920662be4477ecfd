"""Every notebook for one service of a published month, by the rules of its audience; one under a bare papermill."""

from pathlib import Path

import nbformat
import papermill
import pytest
from runs import MONTH, REPORTED, SHARED

from qa_analysis.framework import resource
from qa_analysis.publishing.notebooks import run_notebook
from qa_analysis.reports import reports

SERVICE = "Safeguarding"

pytestmark = pytest.mark.slow


def shown(out: Path) -> str:
    """What a notebook shows that has run to its end."""
    cells = [cell for cell in nbformat.read(out, as_version=4).cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells if cell.source)
    return "".join(output.get("data", {}).get("text/html", "") for cell in cells for output in cell.outputs)


def asked_for(full: Path) -> dict[str, str]:
    """What a notebook is told: whose month, and of which service."""
    return {"month": MONTH, "tables": str(full / "outputs" / MONTH / "tables"), "service": SERVICE}


@pytest.mark.parametrize("report", REPORTED)
def test_it_runs_for_a_service_and_says_so(report: str, full: Path, tmp_path: Path) -> None:
    out, notebook = tmp_path / "out.ipynb", resource("notebooks") / reports()[report].notebook
    run_notebook(notebook, out, parameters=asked_for(full), folder=tmp_path)
    page = shown(out)
    assert report in SHARED or f"· {SERVICE} ·" in page


def test_it_runs_for_a_service_under_a_bare_papermill_too(full: Path, tmp_path: Path) -> None:
    """Which starts an ordinary kernel, where nothing is imported yet."""
    out, notebook = tmp_path / "out.ipynb", resource("notebooks") / reports()["moderation"].notebook
    papermill.execute_notebook(str(notebook), str(out), parameters=asked_for(full), progress_bar=False)
    assert f"· {SERVICE} ·" in shown(out)

"""A stranger adds a report, a measure and a dataset by docs/adding.md, touching nothing else; the month has them."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from openpyxl import load_workbook
from runs import CORE, FORMS
from small import frames, write

from qa_analysis.framework import resource
from qa_analysis.month.files import read_measures

ROOT = resource("notebooks").parent
PAGE = ROOT / "docs" / "adding.md"
FILE = re.compile(r"^`([\w/.]+\.(?:py|yaml))`\n\n```\w+\n(.*?)```$", re.MULTILINE | re.DOTALL)
LAST_CELL = re.compile(r"^`notebooks/(\w+)\.ipynb`, three cells.*?```python\n(.*?)```$", re.MULTILINE | re.DOTALL)
MONTH = "2023-06"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with what the page says added, and nothing else touched."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("qa_analysis", "notebooks", "data_contracts", "docs"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", copy)
    page = PAGE.read_text(encoding="utf-8")
    for name, text in FILE.findall(page):
        assert not (copy / name).exists()
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    ((name, source),) = LAST_CELL.findall(page)
    nbformat.write(three_cells(source), copy / "notebooks" / f"{name}.ipynb")
    return copy


def three_cells(source: str) -> nbformat.NotebookNode:
    cells = nbformat.read(ROOT / "notebooks" / "actions.ipynb", as_version=4).cells
    (parameters,) = (cell for cell in cells if "parameters" in cell.metadata.get("tags", []))
    title = nbformat.v4.new_markdown_cell("# Are brothers and sisters audited together?")
    return nbformat.v4.new_notebook(
        cells=[title, parameters, nbformat.v4.new_code_cell(source.strip())],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )


def command(checkout: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    own = {"PYTHONPATH": str(checkout), "QA_ANALYSIS_KEY": "5a" * 32}
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=checkout, env=os.environ | own, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def published(checkout: Path) -> Path:
    """The new report of a small council that supplies the new dataset too."""
    siblings = [
        {"snapshot_on": "2023-06-30", "child_id": f"61230{number}", "case_status": "CIN",
         "service_area": "Safeguarding",
         "team": "North", "key_worker_id": "kw", "opened_on": "2023-01-01", "sibling_group": group}
        for number, group in enumerate(["a", "a", "b", "c"])
    ]  # fmt: skip
    data = write(checkout / "extracts", frames(**CORE, caseload=siblings))
    (data / "pets.csv").write_text("pet_id,child_id,team\np1,612300,North\n", encoding="utf-8")
    given = ["--data", str(data), "--outputs", str(checkout / "outputs"), "--report", "siblings"]
    done = command(checkout, "qa_analysis", "run", MONTH, *given)
    assert done.returncode == 0, done.stderr
    return checkout / "outputs" / MONTH


def test_the_new_report_is_published_in_every_form_and_led_to(published: Path) -> None:
    assert [kind for kind in FORMS if not (published / f"siblings.{kind}").is_file()] == []
    for page, link in ((published / "index.html", "siblings.html"), (published.parent / "index.html", "siblings.html")):
        assert link in page.read_text(encoding="utf-8")
    assert "Audits with a brother or sister audited in the same cycle: 2." in (published / "siblings.html").read_text()


def test_its_list_is_private_and_its_workbook_defines_the_new_measure(published: Path) -> None:
    listed = published / "restricted" / "siblings.xlsx"
    assert stat.S_IMODE(listed.stat().st_mode) == 0o600
    definitions = load_workbook(published / "siblings.xlsx")["Definitions"]
    rows = {row[1]: row for row in definitions.iter_rows(values_only=True) if row[1]}
    assert rows["sibling_audits"][0] == "Audits with a brother or sister audited too"
    assert rows["sibling_audits"][2].startswith("audits of the cycle of a child whose brother or sister")


def test_the_new_measure_is_among_the_figures_and_the_new_dataset_was_read(published: Path) -> None:
    figures = read_measures(published / "tables").set_index("measure")
    assert figures.loc["sibling_audits", "value"] == 2
    extracts = {one["dataset"]: one for one in json.loads((published / "manifest.json").read_text())["extracts"]}
    assert extracts["pets"]["rows_loaded"] == 1
    assert "612300" not in (published / "siblings.html").read_text()


def test_the_documents_list_them_once_they_are_renewed(checkout: Path) -> None:
    assert command(checkout, "qa_analysis.documents").returncode == 0
    assert (
        "| `siblings` | Are brothers and sisters audited together? | every month |"
        in (checkout / "README.md").read_text()
    )
    assert "`sibling_audits`" in (checkout / "docs" / "methods.md").read_text()
    assert "## pets" in (checkout / "docs" / "datasets.md").read_text()
    assert "siblings" in command(checkout, "qa_analysis", "reports").stdout


def test_the_new_report_comes_for_a_service_under_the_rule_of_its_audience(checkout: Path, published: Path) -> None:
    out = checkout / "out.ipynb"
    given = ["-p", "month", MONTH, "-p", "tables", str(published / "tables"), "-p", "service", "Safeguarding"]
    done = command(checkout, "papermill", str(checkout / "notebooks" / "siblings.ipynb"), str(out), *given)
    assert done.returncode, "all audits of this small council are one worker's"
    assert "one worker's cases" in done.stderr

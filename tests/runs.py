"""Runs of a small council and of the synthetic one, for the tests of what is published."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from click.testing import CliRunner, Result

from qa_analysis.cli import main
from qa_analysis.reports import reports

MONTH = "2023-06"
KEY = "5a" * 32
AUDITS = [
    {"overall_grade": grade, "cycle_month": cycle, "audited_on": f"{cycle}-15", "child_id": f"61230{number}"}
    for cycle in ("2022-12", "2023-05", "2023-06")
    for number, grade in enumerate(["good", "good", "requires improvement", "inadequate", "outstanding", "good"])
]
CORE = {
    "audits": AUDITS,
    "moderations": [{"audit_id": "audits-13"}, {"audit_id": "audits-14", "overall_grade": "inadequate"}],
    "findings": [{"audit_id": "audits-13", "theme_code": "3.10"}],
    "actions": [
        {"audit_id": "audits-13", "completed_on": "2023-06-20"},
        {"audit_id": "audits-14", "due_on": "2023-06-30"},
    ],
}
REPORTED = tuple(reports())
DUE = tuple(name for name, report in reports().items() if report.every.holds_in(MONTH))  # where nothing is lacking
SHARED = tuple(name for name, report in reports().items() if report.is_shared)
OF_PLACES = tuple(name for name, report in reports().items() if report.each)
FOR_MANAGERS = tuple(name for name in DUE if name not in (*SHARED, *OF_PLACES))
FORMS = ("html", "ipynb", "docx", "pdf", "xlsx")


def run(data: Path, outputs: Path, *more: str, month: str = MONTH) -> Result:
    return CliRunner().invoke(main, ["run", month, "--data", str(data), "--outputs", str(outputs), *more])


def publish(data: Path, place: Path, *reports: str, only: Mapping[str, str] = MappingProxyType({})) -> None:
    """The month of some extracts with some reports, or with every one, below a folder, by a key of the tests' own.

    `only` names the service and the team whose page is made, where one is as good as all.
    """
    words = [word for report in reports or DUE for word in ("--report", report)]
    words += [word for kind, name in only.items() for word in (f"--{kind}", name)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_ANALYSIS_KEY", KEY)
        result = run(data, place / "outputs", *words)
    assert result.exit_code == 0, result.output


def form_of(report: str, kind: str, folder: Path) -> Path:
    """A report of a published month in one of its forms; of one with a page for each place, the first."""
    if each := reports()[report].each if report in REPORTED else None:
        return min((folder / each.folder).glob(f"*.{kind}"))
    return folder / ("shared" if report in SHARED else "") / f"{report}.{kind}"


def published(outputs: Path) -> list[str]:
    """Every published folder, and the front page; nothing else may be seen."""
    return sorted(path.name for path in outputs.iterdir() if not path.name.startswith(".")) if outputs.exists() else []

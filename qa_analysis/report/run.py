"""One month published whole, or not at all."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final

from qa_analysis.data.identity import Key
from qa_analysis.dates import month_name
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.framework import resource
from qa_analysis.report.disclosure import identifiers_found
from qa_analysis.report.fix_lists import owner_names, write_fix_lists
from qa_analysis.report.formats import write_formats
from qa_analysis.report.moderation_lists import write_moderation_lists
from qa_analysis.report.month import Month, read_month, write_month
from qa_analysis.report.notebooks import run_notebook
from qa_analysis.report.prepare import Prepared, prepare
from qa_analysis.report.publish import publish, staging
from qa_analysis.report.render import to_html
from qa_analysis.report.restated import restated

REPORTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "data-quality": ("01_data_quality.ipynb", "How far can the month's numbers be relied on?"),
        "smt-report": ("02_smt_report.ipynb", "Quality Assurance and Impact report"),
        "moderation": ("03_moderation.ipynb", "Do we grade as the panel would?"),
    }
)
PACKAGES = (
    "pandas",
    "numpy",
    "scipy",
    "great-expectations",
    "papermill",
    "nbconvert",
    "seaborn",
    "matplotlib",
    "python-docx",
    "weasyprint",
    "xlsxwriter",
)

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """Where a month went, and what is worth saying about it."""

    folder: Path
    warnings: int
    reports: tuple[str, ...]
    notes: tuple[str, ...] = ()


def run_month(
    month: str,
    data: Path,
    outputs: Path,
    *,
    key: Key,
    now: datetime,
    as_at: date | None = None,
    reports: tuple[str, ...] = tuple(REPORTS),
    progress: Progress = lambda _: None,
) -> Published:
    """Read, check, measure, write, verify and publish one month.

    Raises:
        Refusal: any of the kinds in docs/errors.md; nothing is published then.
    """
    if unknown := set(reports) - set(REPORTS):
        raise WrongUse(f'"{min(unknown)}" is not a report. Reports: {", ".join(REPORTS)}.')
    with staging(outputs, month, now=now) as folder:
        progress("reading and checking the extracts")
        prepared = prepare(data, month, as_at=as_at, key=key)
        progress("writing the tables")
        _write_tables(prepared, folder, outputs)
        told = read_month(folder / "tables")
        notes: list[str] = []
        for name in reports:
            progress(f"writing {name}")
            notes += _write_report(name, told, folder)
        progress("checking that nobody is named, and publishing")
        published = publish(
            folder,
            outputs,
            month,
            _manifest(prepared, key, now, reports),
            last_check=lambda staged: _refuse_named(staged, prepared),
        )
    return Published(published, len(prepared.month.quality), reports, tuple(dict.fromkeys(notes)))


def _write_tables(prepared: Prepared, folder: Path, outputs: Path) -> None:
    """The figures for everyone who may see them, and in restricted/ each person's list for that person alone."""
    month = replace(prepared.month, restated=restated(prepared.month, outputs))
    write_month(month, folder / "tables")
    checked = prepared.checked
    names = owner_names(checked.frames.get("staff"), checked.identities)
    write_fix_lists(checked.issues, names, checked.identities, folder / "restricted")
    write_moderation_lists(prepared.tables, folder / "restricted")


def _write_report(name: str, month: Month, folder: Path) -> tuple[str, ...]:
    """One notebook, run on the month's tables and rendered in every format; what there is to say of them."""
    notebook, question = REPORTS[name]
    title = f"{question}, {month_name(month.month)}"
    executed = folder / f"{name}.ipynb"
    run_notebook(
        resource("notebooks") / notebook, executed, parameters={"month": month.month, "tables": "tables"}, folder=folder
    )
    html = folder / f"{name}.html"
    to_html(executed, html, title=title)
    return write_formats(html, month, report=name, title=title)


def _refuse_named(folder: Path, prepared: Prepared) -> None:
    """Stop where an identifier stands outside restricted/.

    Raises:
        DisclosureFailed: naming the files, never the identifier.
    """
    found = identifiers_found(folder, set(prepared.checked.identities.originals.values()))
    if found:
        files = ", ".join(f"{file} ({times})" for file, times in found)
        raise DisclosureFailed(
            f"An identifier of a person was found in {files}; nothing was published. "
            "Look for ids or names in columns that should hold none, such as team, service or item."
        )


def _manifest(prepared: Prepared, key: Key, now: datetime, reports: tuple[str, ...]) -> dict[str, object]:
    """What was published, from what, by which rules and versions."""
    month, severities = prepared.month, prepared.checked.issues["severity"].value_counts()
    return {
        "month": month.month,
        "as_at": month.as_at.isoformat(),
        "published": now.isoformat(timespec="seconds"),
        "reports": list(reports),
        "rules_version": month.rules.version,
        "key": key.name,
        "extracts": month.extracts.to_dict(orient="records"),
        "quality": {name: int(severities.get(name, 0)) for name in ("error", "warning")},
        "packages": {name: version(name) for name in PACKAGES},
        "python": ".".join(map(str, sys.version_info[:3])),
        "program": version("qa-analysis"),
        "commit": _commit(),
    }


def _commit() -> str:
    """The commit of the checkout the program runs from, or nothing where it was installed."""
    top = resource("notebooks").parent
    if not (top / ".git").exists():
        return ""
    shown = subprocess.run(
        ["git", "-C", str(top), "rev-parse", "HEAD"], capture_output=True, text=True, check=False, timeout=10
    )
    return shown.stdout.strip()

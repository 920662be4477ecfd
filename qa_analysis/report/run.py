"""One month published whole, or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final

from qa_analysis.data.identity import Key
from qa_analysis.dates import month_name
from qa_analysis.errors import DisclosureFailed, WrongUse
from qa_analysis.framework import Rules, resource
from qa_analysis.report.action_lists import write_action_lists
from qa_analysis.report.balance_lists import write_balance_list
from qa_analysis.report.calibration_lists import write_calibration
from qa_analysis.report.calibration_pack import write_calibration_pack
from qa_analysis.report.disclosure import identifiers_found
from qa_analysis.report.fix_lists import owner_names, write_fix_lists
from qa_analysis.report.formats import write_formats
from qa_analysis.report.front_page import INDEX, front_page, write_month_page
from qa_analysis.report.learning_lists import write_invitations
from qa_analysis.report.moderation_lists import write_moderation_lists
from qa_analysis.report.month import Month, read_month, write_month
from qa_analysis.report.notebooks import run_notebook
from qa_analysis.report.phrase_lists import write_phrase_list
from qa_analysis.report.prepare import Prepared, prepare
from qa_analysis.report.publish import publications, publish, put, staging
from qa_analysis.report.render import to_html
from qa_analysis.report.restated import restated
from qa_analysis.report.shared_edition import is_shared, place_of, refuse_unshared, shared_of
from qa_analysis.report.suggestion_lists import write_suggestion_list

REPORTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "smt-report": ("02_smt_report.ipynb", "Quality Assurance and Impact report"),
        "moderation": ("03_moderation.ipynb", "Do we grade as the panel would?"),
        "close-the-loop": ("04_close_the_loop.ipynb", "Did last half-year's learning stick?"),
        "actions": ("05_actions.ipynb", "Were the actions done, and were concerns followed through?"),
        "themes": ("06_themes.ipynb", "What keeps coming up, and is it changing?"),
        "learning-session": ("07_learning_session.ipynb", "What can we learn together from these audits?"),
        "data-quality": ("01_data_quality.ipynb", "How far can the month's numbers be relied on?"),
        "briefing": ("08_briefing.ipynb", "Practice briefing"),
        "newsletter": ("09_newsletter.ipynb", "Paragraph for Sefton Scoop"),
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
    front_page: Path | None  # none where it could not be renewed, as when it is held open on a share
    warnings: int
    pages: tuple[Path, ...]  # of each report, as asked for
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
        notes = _write_reports(reports, told, folder, progress)
        write_month_page(folder, told, _titles(reports))
        progress("checking that nobody is named, and publishing")
        published = publish(
            folder,
            outputs,
            month,
            _manifest(prepared, key, now, reports),
            last_check=lambda staged: _refuse_named(staged, prepared),
        )
        front = outputs / INDEX
        renewed = put(front_page(publications(outputs)), front)
    pages = tuple(published / _page(name, prepared.month.rules) for name in reports)
    return Published(published, front if renewed else None, len(prepared.month.quality), pages, notes)


def _write_tables(prepared: Prepared, folder: Path, outputs: Path) -> None:
    """The figures for everyone who may see them, and in restricted/ each person's list for that person alone."""
    month = replace(prepared.month, restated=restated(prepared.month, outputs))
    write_month(month, folder / "tables")
    checked = prepared.checked
    names = owner_names(checked.frames.get("staff"), checked.identities)
    write_fix_lists(checked.issues, names, checked.identities, folder / "restricted")
    write_moderation_lists(prepared.tables, folder / "restricted")
    write_calibration(prepared.tables, names, checked.identities, folder / "restricted")
    write_calibration_pack(prepared.tables, checked.identities, folder / "restricted")
    write_invitations(prepared.tables, names, checked.identities, folder / "restricted")
    write_action_lists(prepared.tables, names, checked.identities, folder / "restricted")
    write_phrase_list(prepared.tables, folder / "restricted")
    write_suggestion_list(prepared.tables, folder / "restricted")
    write_balance_list(prepared.tables, folder / "restricted")


def _write_reports(reports: tuple[str, ...], month: Month, folder: Path, progress: Progress) -> tuple[str, ...]:
    """Every report's notebook on the month's tables, each in a process of its own, as many at once as there are cores.

    They are rendered here in every form, one after another, while the next ones run. The first that fails stops those
    not begun. What there is to say of the forms is handed back, each thing once.
    """
    notes: list[str] = []
    with ThreadPoolExecutor(max_workers=min(len(reports), _cores())) as pool:
        running = {pool.submit(_run_report, name, month, folder): name for name in reports}
        try:
            for done in as_completed(running):
                done.result()
                notes += _render_report(running[done], month, folder)
                progress(f"{running[done]} is written")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return tuple(dict.fromkeys(notes))


def _run_report(name: str, month: Month, folder: Path) -> None:
    """One notebook, run on the month's tables, written beside its page to be."""
    executed = (folder / _page(name, month.rules)).with_suffix(".ipynb")
    executed.parent.mkdir(exist_ok=True)
    run_notebook(
        resource("notebooks") / REPORTS[name][0],
        executed,
        parameters={"month": month.month, "tables": "tables"},
        folder=folder,
    )


def _render_report(name: str, month: Month, folder: Path) -> tuple[str, ...]:
    """A notebook that has run, as a page and in every other form; what there is to say of them."""
    html, title = folder / _page(name, month.rules), f"{REPORTS[name][1]}, {month_name(month.month)}"
    executed = html.with_suffix(".ipynb")
    if not is_shared(name, month.rules):
        to_html(executed, html, title=title)
        return write_formats(html, month, report=name, title=title)
    told = shared_of(month)
    to_html(executed, html, title=title, is_shared=True)
    refuse_unshared(html, told)
    return write_formats(html, told, report=name, title=title)


def _page(name: str, rules: Rules) -> str:
    """The page of a report, from the month's folder."""
    return f"{place_of(name, rules)}{name}.html"


def _cores() -> int:
    """How many notebooks may run at once: the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
    month, severities = prepared.month, prepared.month.quality["severity"].value_counts()
    return {
        "month": month.month,
        "as_at": month.as_at.isoformat(),
        "published": now.isoformat(timespec="seconds"),
        "reports": _titles(reports),
        "rules_version": month.rules.version,
        "key": key.name,
        "extracts": _extracts(month),
        "quality": {name: int(severities.get(name, 0)) for name in ("error", "warning")},
        "packages": {name: version(name) for name in PACKAGES},
        "python": ".".join(map(str, sys.version_info[:3])),
        "program": version("qa-analysis"),
        "commit": _commit(),
    }


def _titles(reports: tuple[str, ...]) -> dict[str, str]:
    """The title of each report, by its name."""
    return {name: REPORTS[name][1] for name in reports}


def _extracts(month: Month) -> list[dict[str, object]]:
    """The extracts as JSON can say them: a period that is not known is null."""
    known = month.extracts.astype(object).where(month.extracts.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in known.to_dict(orient="records")]


def _commit() -> str:
    """The commit of the checkout the program runs from, or nothing where it was installed."""
    top = resource("notebooks").parent
    if not (top / ".git").exists():
        return ""
    shown = subprocess.run(
        ["git", "-C", str(top), "rev-parse", "HEAD"], capture_output=True, text=True, check=False, timeout=10
    )
    return shown.stdout.strip()

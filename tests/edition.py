"""The two pages that everyone may read, of the fullest month there can be, in every form, as notebooks make them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from small import everyone, tables

from qa_analysis.dates import month_name
from qa_analysis.disclosure.shared_page import refuse_unshared
from qa_analysis.forms.html.page import to_html
from qa_analysis.framework import Rules, Theme, resource, rules_for, usual_words
from qa_analysis.month.shared import SharedMonth
from qa_analysis.publishing.formats import write_formats
from qa_analysis.reports import reports
from qa_analysis.reports.briefing import report as briefing
from qa_analysis.reports.newsletter import report as newsletter
from qa_analysis.telling.open_questions import of_development

SECTIONS = {"briefing": briefing, "newsletter": newsletter}
NOW, THEN = "2024-11", "2024-05"  # six months apart, with no change of auditing between them
SIZE = 120
GOOD_NOW = (72, 72, 36, 36, 12, 12)  # of each key area: two ahead of the 36 overall, two behind
GOOD_THEN = (12, 12, 108, 108, 108, 108)  # clearly better now in two, clearly worse in four, and overall


def fullest(rules: Rules | None = None, *, is_other_form: bool = False) -> SharedMonth:
    """A month with everything that the rules let through, in its longest words.

    Seven themes a side, the wordiest, each found the other way too; two key areas ahead and two behind; every grade
    clearly changed; actions, families and moderations that can be told. With another form every change is qualified.
    """
    held = rules or rules_for(NOW)
    found = [
        {"audit_id": f"audits-{number}", "theme_code": code, "polarity": polarity}
        for side, other, codes in (("strength", "development", _longest(held, good)),
                                   ("development", "strength", _longest(held, todo, but=_longest(held, good))))
        for place, code in enumerate(codes)
        for polarity, size in ((side, 60 if place < 4 else 40), (other, 20))
        for number in range(1, size + 1)
    ]  # fmt: skip
    usual = tables(
        NOW,
        audits=[*_audits(held, NOW, GOOD_NOW, 36), *_audits(held, THEN, GOOD_THEN, 108)],
        findings=found,
        moderations=[{"audit_id": f"audits-{number}"} for number in range(1, 41)],
        family_feedback=[{"audit_id": f"audits-{number}"} for number in range(1, 61)],
        actions=[{"agreed_on": f"{NOW[:4]}-08-01", "completed_on": f"{NOW[:4]}-08-20"}] * 40
        + [{"agreed_on": f"{NOW[:4]}-08-01"}] * 40,
    )
    audits = usual.frames["audits"]
    forms = audits.assign(form_version=audits["cycle_month"].map({NOW: "3", THEN: "2"}) if is_other_form else None)
    return everyone(replace(usual, rules=held, frames={**usual.frames, "audits": forms}))


def _audits(rules: Rules, cycle: str, good: Iterable[int], overall: int) -> list[dict[str, Any]]:
    columns = dict(zip(rules.grade_columns.values(), good, strict=True)) | {"overall_grade": overall}
    return [
        {"cycle_month": cycle, "audited_on": f"{cycle}-15", "auditor_id": f"auditor-{number % 6}",
         **{column: "good" if number < size else "requires improvement" for column, size in columns.items()}}
        for number in range(SIZE)
    ]  # fmt: skip


def good(code: str, theme: Theme) -> int:
    """How long a strength is on the page."""
    return len(theme.called("strength")) + len(theme.definition.partition(";")[0])


def todo(code: str, theme: Theme) -> int:
    """How long an area for development is on the page, with its question."""
    return len(theme.development) + len(theme.in_practice) + len(of_development(code, theme.development))


def _longest(rules: Rules, size: Callable[[str, Theme], int], *, but: Iterable[str] = ()) -> list[str]:
    """The four themes that are longest in full, and of the others the three that are longest in short."""
    free = {code: theme for code, theme in rules.codebook.items() if code not in set(but) and not theme.compliance}
    full = sorted(free, key=lambda code: -size(code, free[code]))[:4]
    return [*full, *sorted(free.keys() - set(full), key=lambda code: (-len(free[code].in_short), code))[:3]]


def made(report: str, told: SharedMonth, folder: Path) -> Path:
    """The page of a report, checked and in every form, made of the sections that its notebook shows, in their order."""
    cells = nbformat.read(resource("notebooks") / reports()[report].notebook, as_version=4).cells
    folder.mkdir(parents=True, exist_ok=True)
    shown = [_cell(cell, SECTIONS[report], told) for cell in cells if not cell.metadata.get("tags")]
    nbformat.write(nbformat.v4.new_notebook(cells=shown), folder / f"{report}.ipynb")
    html, title = folder / f"{report}.html", f"{reports()[report].titled(told.rules.council)}, {month_name(told.month)}"
    to_html(folder / f"{report}.ipynb", html, title=title, council=usual_words(), is_shared=True)
    refuse_unshared(html, told.measures, told.rules)
    write_formats(html, told, families=reports()[report].families, title=title)
    return html


def _cell(cell: nbformat.NotebookNode, sections: Any, told: SharedMonth) -> nbformat.NotebookNode:
    if cell.cell_type == "markdown":
        return nbformat.v4.new_markdown_cell(cell.source)
    section = cell.source.splitlines()[-1].removeprefix("show.").removesuffix("(this)")
    markup = getattr(sections, section)(told).markup
    return nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("display_data", data={"text/html": markup})])

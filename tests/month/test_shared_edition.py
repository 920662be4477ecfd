"""What everyone may read holds no figure but those of the shared edition: not by oversight, not by hand."""

import io
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_markdown_cell
from openpyxl import load_workbook
from pages import rendered, shown
from small import month, tables

from qa_analysis.disclosure.shared_page import refuse_unshared, unshared
from qa_analysis.errors import DisclosureFailed
from qa_analysis.forms.excel.figures import to_excel
from qa_analysis.framework import resource, usual_words
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.family import SHARED_EDITION
from qa_analysis.measures.populations import SHARED
from qa_analysis.month.files import write_month
from qa_analysis.month.month import Month
from qa_analysis.month.shared import SharedMonth, shared_of
from qa_analysis.publishing import rendering
from qa_analysis.publishing.editions import Edition
from qa_analysis.reports import reports

TIER_C = ("briefing", "safeguarding-unit-board", "framework-review-members", "partnership", "newsletter")


def council(number: int = 43, good: int = 26, **more: Any) -> Month:
    """Forty-three audits, twenty-six of them good: told as 45 and 25, 55%."""
    audits = [{"overall_grade": "good" if n < good else "inadequate", "team": "North"} for n in range(number)]
    return month(tables(audits=audits, **more))


def test_the_briefing_the_newsletter_and_the_editions_for_boards_and_members_are_for_everyone_alone() -> None:
    assert [name for name, report in reports().items() if report.is_shared] == list(TIER_C)


def test_their_notebooks_open_nothing_but_the_month_as_everyone_may_read_it() -> None:
    for name in TIER_C:
        source = (resource("notebooks") / reports()[name].notebook).read_text(encoding="utf-8")
        assert "open_shared(" in source
        assert "open_month" not in source


def test_a_month_for_everyone_refuses_a_figure_of_another_population() -> None:
    held = council()
    with pytest.raises(DisclosureFailed, match="actions_agreed") as refused:
        SharedMonth(**{name: getattr(held, name) for name in Month.__dataclass_fields__})
    assert refused.value.exit_code == 20


def test_what_is_not_of_the_edition_cannot_be_asked_for() -> None:
    held = shared_of(council())
    assert set(held.measures["population"]) == {SHARED}
    assert held.figure("good_or_better") is None
    assert held.figure("good_or_better", by="team", group="North") is None
    assert held.count("audits_completed") == 0
    assert [len(table) for table in (held.quality, held.decisions, held.extracts, held.quotations, held.restated)] == [
        0, 0, 0, 0, 0,
    ]  # fmt: skip


def test_a_page_is_refused_that_prints_an_exact_count_even_one_typed_by_hand(tmp_path: Path) -> None:
    held = shared_of(council())
    fine = rendered(
        tmp_path, new_markdown_cell("# Well?"), shown("<p>From April to June 2023 about 45 audits, 55%.</p>")
    )
    refuse_unshared(fine, held.measures, held.rules)
    for exact in ("43", "26", "60%", "17"):
        page = rendered(tmp_path, new_markdown_cell("# Well?"), shown(f"<table><tr><td>{exact}</td></tr></table>"))
        with pytest.raises(DisclosureFailed, match="1 number that is no figure of the shared edition") as refused:
            refuse_unshared(page, held.measures, held.rules)
        assert exact not in str(refused.value)


def test_a_run_refuses_a_shared_report_that_opens_the_months_own_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As would happen if somebody called a report for managers one that everyone may read."""
    rendered(tmp_path, new_markdown_cell("# Well?"), shown("<p>26 of 43 audits (60%, 46% to 74%).</p>"))
    (tmp_path / "shared").mkdir()
    (tmp_path / "executed.ipynb").rename(tmp_path / "shared" / "briefing.ipynb")
    write_month(council(), tmp_path / "tables")
    monkeypatch.setattr(rendering, "write_formats", lambda *args, **named: ())
    with pytest.raises(DisclosureFailed):
        rendering.render_all([Edition(reports()["briefing"])], tmp_path)


def test_the_workbook_behind_holds_only_the_rows_of_the_edition() -> None:
    held = shared_of(council())
    book = load_workbook(io.BytesIO(to_excel(held, reports()["briefing"].families, title="Practice briefing")))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Definitions", "Shared edition"]
    rows = list(book["Shared edition"].iter_rows(min_row=5, values_only=True))
    own = {name for name, measure in declared().items() if measure.family == SHARED_EDITION}
    assert len(rows) == held.measures["measure"].isin(own).sum()
    numbers = {cell for row in rows for cell in row if isinstance(cell, int | float)}
    assert numbers == {0, 25, 45, 0.55}
    told = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "may be shared with the workforce" in told
    assert "tables/measures.csv" not in told
    assert "for managers" in " ".join(str(row[0].value) for row in _cover_of_managers(council()))


def _cover_of_managers(held: Month) -> Any:
    return load_workbook(io.BytesIO(to_excel(held, "smt-report", title="Report")))["Cover"].iter_rows()


def test_pages_say_for_whom_they_are(tmp_path: Path) -> None:
    from qa_analysis.forms.html.page import to_html

    managers = rendered(tmp_path, new_markdown_cell("# Well?"), shown("<p>Yes.</p>"))
    assert "OFFICIAL · for managers" in managers.read_text(encoding="utf-8")
    everyone = tmp_path / "shared.html"
    to_html(tmp_path / "executed.ipynb", everyone, title="Briefing", council=usual_words(), is_shared=True)
    assert "OFFICIAL · shared edition: may be shared with the workforce" in everyone.read_text(encoding="utf-8")
    assert "published beside it" not in everyone.read_text(encoding="utf-8")


def test_dates_rules_and_rounded_figures_are_no_strays() -> None:
    held = shared_of(council())
    text = "10 July 2023, April to June 2023, 40 days, to the nearest 5, 25 of 45, 55%, 44"
    assert unshared(f"<main><p>{text}</p></main>", held.measures, held.rules) == ["44"]

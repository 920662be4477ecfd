"""The pages that lead to what was published."""

import json
import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from small import month, tables

from qa_analysis.forms.putting import put
from qa_analysis.framework import usual_words
from qa_analysis.month.files import TABLES
from qa_analysis.publishing.editions import Edition
from qa_analysis.publishing.front_page import HELD, front_page, write_month_page
from qa_analysis.publishing.publish import Publication, publications
from qa_analysis.reports import reports

ABOUT: dict[str, Any] = {
    "as_at": "2023-07-10", "published": "2023-07-11T09:30:00+00:00", "reports": {"smt-report": "The report"},
    "extracts": [{"rows_loaded": 40}, {"rows_loaded": 2}], "quality": {"error": 0, "warning": 3},
}  # fmt: skip


def held(outputs: Path, folder: str, **changes: Any) -> None:
    (outputs / folder).mkdir()
    (outputs / folder / "manifest.json").write_text(json.dumps({"month": folder[:7], **ABOUT, **changes}))


def shared(folder: Path, report: str) -> None:
    (folder / "shared").mkdir()
    (folder / "shared" / f"{report}.html").write_text("x")


def test_publications_are_listed_by_month_and_revision(tmp_path: Path) -> None:
    for folder in ("2023-06-r10", "2023-06", "2023-06-r2", "2023-05", "demo"):
        held(tmp_path, folder)
    assert [one.folder for one in publications(tmp_path)] == ["2023-05", "2023-06", "2023-06-r2", "2023-06-r10"]


def test_a_publication_says_what_its_manifest_says(tmp_path: Path) -> None:
    held(tmp_path, "2023-06")
    assert publications(tmp_path) == (
        Publication(
            "2023-06", "2023-06", date(2023, 7, 10), datetime.fromisoformat("2023-07-11T09:30:00+00:00"),
            {"smt-report": "The report"}, shared=frozenset(), extracts=2, rows=42, issues=3, council=usual_words(),
        ),
    )  # fmt: skip


def test_a_folder_whose_manifest_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    held(tmp_path, "2023-06")
    held(tmp_path, "2023-05", published="yesterday")
    (tmp_path / "2023-04").mkdir()
    (tmp_path / "2023-03").mkdir()
    (tmp_path / "2023-03" / "manifest.json").write_text("[")
    assert [one.folder for one in publications(tmp_path)] == ["2023-06"]


def test_the_front_page_leads_to_the_newest_revision_and_names_the_earlier(tmp_path: Path) -> None:
    for folder in ("2023-06", "2023-06-r2"):
        held(tmp_path, folder)
    text = front_page(publications(tmp_path))
    assert '<a href="2023-06-r2/index.html">June 2023</a>' in text
    assert '<a href="2023-06/index.html">2023-06</a>' in text
    assert "42 rows of 2 sheets and files" in text


def test_the_front_page_opens_with_the_newest_cycle_and_its_reports(tmp_path: Path) -> None:
    for folder in ("2023-05", "2023-06"):
        held(tmp_path, folder, reports={"smt-report": "The report", "briefing": "Practice briefing"})
        shared(tmp_path / folder, "briefing")
    text = front_page(publications(tmp_path))
    places = [
        ">Audit cycle June 2023</h2>",
        "Data as at 10 July 2023, made from 42 rows of 2 sheets and files, with 3 data quality issues listed",
        '"2023-06/index.html"',
        ">The report<",
        ">May be shared with the workforce</h3>",
        '"2023-06/shared/briefing.html"',
        ">Every audit cycle</h2>",
        '"2023-05/index.html"',
    ]
    assert [text.index(place) for place in places] == sorted(text.index(place) for place in places)
    assert "2023-05/smt-report.html" not in text


def test_the_page_of_a_month_links_only_the_forms_that_were_written(tmp_path: Path) -> None:
    for name in ("smt-report.html", "smt-report.pdf"):
        (tmp_path / name).write_text("x")
    write_month_page(
        tmp_path, month(tables(audits=[{}])), [Edition(replace(reports()["smt-report"], title="The <report>"))]
    )
    text = (tmp_path / "index.html").read_text()
    assert [kind for kind in ("html", "docx", "pdf", "xlsx") if f'href="smt-report.{kind}"' in text] == ["html", "pdf"]
    assert "The &lt;report&gt;" in text


def test_what_may_be_shared_stands_in_a_section_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "smt-report.html").write_text("x")
    shared(tmp_path, "briefing")
    write_month_page(
        tmp_path, month(tables(audits=[{}])), [Edition(reports()["smt-report"]), Edition(reports()["briefing"])]
    )
    text = (tmp_path / "index.html").read_text()
    sections = [text.index(f">{title}</h2>") for title in ("Reports for managers", "May be shared with the workforce")]
    assert sections[0] < text.index('href="smt-report.html"') < sections[1] < text.index('href="shared/briefing.html"')
    held(tmp_path, "2023-06", reports={"briefing": "Practice briefing"})
    shared(tmp_path / "2023-06", "briefing")
    assert "May be shared with the workforce" in front_page(publications(tmp_path))


def test_without_a_shared_report_there_is_no_section_for_it(tmp_path: Path) -> None:
    (tmp_path / "smt-report.html").write_text("x")
    write_month_page(tmp_path, month(tables(audits=[{}])), [Edition(reports()["smt-report"])])
    assert "May be shared" not in (tmp_path / "index.html").read_text()


def test_the_page_of_a_month_says_who_receives_which_report_in_which_edition(tmp_path: Path) -> None:
    named = ("smt-report", "safeguarding-unit", "safeguarding-unit-board", "data-quality")
    write_month_page(tmp_path, month(tables(audits=[{}])), [Edition(reports()[name]) for name in named])
    text = (tmp_path / "index.html").read_text()
    told = text[text.index(">Who receives which report</h2>") : text.index(">Data behind the reports</h2>")]
    assert [re.sub("<[^>]+>", "|", row).strip("|").split("||") for row in re.findall("<tr>.*?</tr>", told)] == [
        ["Recipient", "Reports", "Edition"],
        ["SMT performance meeting", "Quality Assurance and Impact report; Safeguarding Unit", "for managers"],
        ["Children's Services management team", "Safeguarding Unit", "for managers"],
        *(
            [name, "Safeguarding Unit: board edition", "shared edition, from the folder shared/"]
            for name in (
                "LSCP Board Manager", "Local Children's Safeguarding Partnership", "Corporate Parenting Board"
            )
        ),
    ]  # fmt: skip
    assert (
        "Safeguarding Unit: presented to the SMT performance meeting by the Safeguarding and Review Service Manager."
    ) in told


def test_a_month_whose_reports_go_to_nobody_named_has_no_list_of_recipients(tmp_path: Path) -> None:
    write_month_page(tmp_path, month(tables(audits=[{}])), [Edition(reports()["data-quality"])])
    assert "Who receives" not in (tmp_path / "index.html").read_text()


def test_every_table_of_a_month_is_said_to_hold_something() -> None:
    assert set(HELD) == set(TABLES)


def test_a_page_is_put_whole_in_place_of_the_older_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("old")
    assert put("new", tmp_path / "index.html")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("index.html", "new")]


def test_a_page_that_cannot_be_put_is_said_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    assert not put("new", tmp_path / "index.html")
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]

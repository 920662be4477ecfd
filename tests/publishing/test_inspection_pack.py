"""The inspection pack says what was known on a day, from what was published by then, and nothing else."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qa_analysis.cli import main
from qa_analysis.errors import Changed, WrongUse
from qa_analysis.framework import rules_for
from qa_analysis.measures.catalogue import declared
from qa_analysis.measures.figure import COLUMNS
from qa_analysis.month.files import write_csv
from qa_analysis.publishing.inspection.known import known
from qa_analysis.publishing.inspection.order import SECTIONS
from qa_analysis.publishing.inspection.pack import inspect
from qa_analysis.publishing.publish import publish, staging, verify
from qa_analysis.reports import reports

TODAY = datetime(2024, 12, 1, 9, tzinfo=UTC)
FIRST, SECOND, NEXT = "2024-07-12", "2024-08-20", "2024-09-12"  # days of publication: June, June again, July


def share(good: int, of: int = 38, *, period: str = "2024-06") -> dict[str, Any]:
    value = {"numerator": good, "denominator": of, "value": good / of, "lower": 0.3, "upper": 0.6}
    return {"measure": "good_or_better", "period": period, "population": "headline routes", "unit": "share", **value}


def tally(measure: str, number: int) -> dict[str, Any]:
    return {"measure": measure, "period": "2024-06", "population": "every route", "value": number, "unit": "audits"}


COMPLAINTS = {"measure": "complaints_received", "period": "2023-04/2024-03", "population": "complaints",
              "value": 71, "unit": "complaints"}  # fmt: skip


def published(
    outputs: Path, month: str, day: str, *figures: Mapping[str, Any], reports: tuple[str, ...], as_at: str = ""
) -> Path:
    """One publication as a run seals it, with a list for a named person in restricted/."""
    now = datetime.fromisoformat(f"{day}T10:00:00+00:00")
    with staging(outputs, month, now=now) as folder:
        (folder / "tables").mkdir()
        write_csv(pd.DataFrame(figures, columns=list(COLUMNS)), folder / "tables" / "measures.csv")
        for name in reports:
            (folder / f"{name}.html").write_text(f"<p>{name}</p>")
        (folder / "restricted").mkdir()
        (folder / "restricted" / "jo-bloggs.xlsx").write_text("child 4711")
        about: dict[str, Any] = {
            "as_at": as_at or str(rules_for(month).as_at(month)),
            "published": now.isoformat(),
            "extracts": [],
        }
        about |= {"reports": dict.fromkeys(reports, "x"), "quality": {"error": 0}}
        return publish(folder, outputs, month, about)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    place = tmp_path / "outputs"
    published(place, "2024-03", "2024-04-12", COMPLAINTS, reports=("complaints-compliments",))
    published(place, "2024-06", FIRST, share(17), tally("audits_completed", 45), reports=("smt-report",))
    published(place, "2024-06", SECOND, share(18, 40), tally("audits_completed", 45), reports=("smt-report",))
    published(place, "2024-07", NEXT, share(20, 41), share(9, 12, period="2024-07"), reports=("smt-report",))
    return place


def pack(outputs: Path, day: str, *, month: str = "2024-06", with_later: bool = False) -> Path:
    return inspect(outputs, month, date.fromisoformat(day), now=TODAY, with_later=with_later).folder


def lines_of(folder: Path, begins: str) -> list[list[str]]:
    """The rows of the page whose figure is called so, without it."""
    page = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
    return [row[1:] for row in rows if row[0] == begins]


def test_a_figure_is_told_as_it_was_known_with_its_report_its_cycle_and_its_day(outputs: Path) -> None:
    assert lines_of(pack(outputs, "2024-08-19"), "Good or better") == [
        ["Headline routes", "June 2024", "17 of 38 (45%, 30% to 60%)", "Quality Assurance and Impact report",
         "June 2024", "12 July 2024", "yes, in 2024-06-r2 of 20 August 2024, after that day"]
    ]  # fmt: skip


def test_from_the_day_of_a_revision_on_the_revision_is_what_was_known(outputs: Path) -> None:
    (row,) = lines_of(pack(outputs, SECOND), "Good or better")
    assert row[2] == "18 of 40 (45%, 30% to 60%)"
    assert row[-1] == "yes, in 2024-07 of 12 September 2024, after that day"


def test_what_a_later_cycle_told_otherwise_by_then_is_said_to_have_been_known(outputs: Path) -> None:
    (row,) = lines_of(pack(outputs, "2024-10-01"), "Good or better")
    assert row[2].startswith("18 of 40")
    assert row[-1] == "yes, in 2024-07 of 12 September 2024, known by then"
    assert [row[-1] for row in lines_of(pack(outputs, "2024-10-01"), "Audits completed")] == ["no"]


def test_where_the_later_data_are_of_another_day_that_is_said(outputs: Path) -> None:
    published(outputs, "2024-06", "2024-10-02", share(1), reports=("smt-report",), as_at="2024-10-01")
    (row,) = lines_of(pack(outputs, SECOND), "Good or better")
    assert row[-1] == "yes, in 2024-07 of 12 September 2024, after that day"
    (gone,) = lines_of(pack(outputs, SECOND), "Audits completed")
    assert gone[-1] == "yes, in 2024-06-r3 of 2 October 2024, of data as at 1 October 2024, after that day"


def test_the_new_value_is_given_only_where_it_is_asked_for(outputs: Path) -> None:
    without, asked = pack(outputs, FIRST), pack(outputs, FIRST, with_later=True)
    assert "20 of 41" not in (without / "index.html").read_text()
    (row,) = lines_of(asked, "Good or better")
    assert row[-1] == "20 of 41 (49%, 30% to 60%), in 2024-07"
    assert lines_of(asked, "Audits completed")[0][-1] == ""


def test_a_report_that_is_not_made_every_month_is_read_where_it_last_was(outputs: Path) -> None:
    (row,) = lines_of(pack(outputs, FIRST), "Complaints received")
    assert row[1:6] == ["April 2023 to March 2024", "71", "Complaints and compliments", "March 2024", "12 April 2024"]


def test_what_nobody_had_published_by_then_is_said(outputs: Path) -> None:
    page = (pack(outputs, FIRST) / "index.html").read_text()
    assert "Observations of practice: no report had been published by 12 July 2024." in page
    assert "Complaints and compliments: no report" not in page


def test_a_day_before_the_first_publication_is_one_line_and_nothing_is_written(outputs: Path) -> None:
    done = CliRunner().invoke(main, ["inspect", "2024-06", "--on", "2024-07-11", "--outputs", str(outputs)])
    assert done.exit_code == 2
    assert done.output.strip() == (
        "June 2024 had not been published by 11 July 2024: it first was on 12 July 2024. Give that day or a later one, "
        "--on 2024-07-12, or an earlier month."
    )
    assert not (outputs / "inspections").exists()


@pytest.mark.parametrize(
    ("month", "day", "said"),
    [
        ("2024-05", "2024-08-01", "May 2024 is not published"),
        ("2024-13", "2024-08-01", "is not a month"),
        ("2024-06", "2024-12-02", "2 December 2024 has not come yet"),
    ],
)
def test_a_month_or_a_day_of_which_nothing_can_be_known_is_refused(
    outputs: Path, month: str, day: str, said: str
) -> None:
    with pytest.raises(WrongUse, match=said):
        pack(outputs, day, month=month)


@pytest.mark.parametrize(
    "edited", ["2024-06/smt-report.html", "2024-06/tables/measures.csv", "2024-07/tables/measures.csv"]
)
def test_what_is_not_as_it_was_published_is_refused_by_its_name(outputs: Path, edited: str) -> None:
    (outputs / edited).write_text((outputs / edited).read_text() + " ")
    with pytest.raises(Changed, match=f"{edited.split('/', 1)[1]} was changed"):
        pack(outputs, FIRST)
    assert not (outputs / "inspections").exists()


def test_a_folder_whose_manifest_cannot_be_read_is_refused(outputs: Path) -> None:
    (outputs / "2024-06-r2" / "manifest.json").write_text("{")
    with pytest.raises(Changed, match="2024-06-r2: its manifest cannot be read"):
        pack(outputs, FIRST)


def test_lists_that_name_people_are_neither_read_nor_named(outputs: Path) -> None:
    (outputs / "2024-06" / "restricted" / "jo-bloggs.xlsx").unlink()  # as for a reader who may not look there
    folder = pack(outputs, FIRST)
    cells = [
        str(cell)
        for sheet in load_workbook(folder / "figures.xlsx")
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    ]
    texts = [path.read_text() for path in folder.iterdir() if path.suffix != ".xlsx"]
    assert not [text for text in (*cells, *texts) if "bloggs" in text or "4711" in text or "restricted/" in text]
    assert "smt-report.html" in cells


def test_the_files_are_listed_with_the_digests_of_their_manifests(outputs: Path) -> None:
    files = dict(
        reversed(line.split("  ")) for line in (pack(outputs, FIRST) / "files.sha256").read_text().splitlines()
    )
    told = json.loads((outputs / "2024-06" / "manifest.json").read_text())["files"]
    assert files["2024-06/smt-report.html"] == told["smt-report.html"]
    assert sorted(files) == [
        "2024-03/complaints-compliments.html", "2024-03/tables/measures.csv",
        "2024-06/smt-report.html", "2024-06/tables/measures.csv",
    ]  # fmt: skip


def test_a_pack_is_sealed_and_a_second_one_does_not_touch_the_first(outputs: Path) -> None:
    first, second = pack(outputs, FIRST), pack(outputs, FIRST)
    assert [one.relative_to(outputs).as_posix() for one in (first, second)] == [
        "inspections/known-on-2024-07-12/2024-06", "inspections/known-on-2024-07-12/2024-06-r2"
    ]  # fmt: skip
    assert (verify(first), verify(second)) == ((), ())
    assert json.loads((first / "manifest.json").read_text())["known_on"] == FIRST
    assert (first / "index.html").read_bytes() == (second / "index.html").read_bytes()


def test_every_figure_is_one_of_the_whole_council_that_its_report_stands_on() -> None:
    whole = {"", "dataset", "route", "compared", "factor", "key_area", "theme_code+polarity", "change", "step",
             "held_on", "views", "level", "formality", "stage", "clock+limit", "state", "kind"}  # fmt: skip
    for one in (shown for section in SECTIONS for shown in section.shown):
        families = reports()[one.report].families
        assert declared()[one.measure].family in families, one
        assert one.by in whole, one


DAYS = st.dates(date(2024, 7, 1), date(2024, 7, 9))
EDITIONS = st.lists(st.tuples(st.sampled_from(["2024-05", "2024-06", "2024-07"]), DAYS, st.integers(0, 9)), max_size=4)


@settings(max_examples=12, deadline=None)
@given(EDITIONS, DAYS)
def test_what_was_known_on_a_day_does_not_depend_on_what_was_published_afterwards(
    later: list[tuple[str, date, int]], day: date
) -> None:
    with TemporaryDirectory() as whole, TemporaryDirectory() as then:
        editions = sorted([("2024-06", date(2024, 7, 1), 5), *later], key=lambda one: one[1])
        for month, on, good in editions:
            for outputs in (Path(whole), *([Path(then)] if on <= day else [])):
                published(outputs, month, str(on), share(good), reports=("smt-report", "moderation"))
        told = [_as_known(Path(outputs), day) for outputs in (whole, then)]
    assert told[0] == told[1]
    newest = max((one for one in editions if one[0] <= "2024-06" and one[1] <= day), key=lambda one: one[:2])
    assert told[0][0]["numerator"] in [one[2] for one in editions if one[:2] == newest[:2]]


def _as_known(outputs: Path, day: date) -> list[dict[str, Any]]:
    grades = next(section for section in SECTIONS if section.title == "Grades and moderation")
    names = ["measure", "period", "published_in", "report", "numerator", "denominator", "value"]
    return known(outputs, "2024-06", day).figures(grades)[names].to_dict("records")
